"""M23, M26, M27: what was answered “saved” stays, whatever happens; a form sent often is done once; nobody's edit
is overwritten in silence. Through HTTP, against a real web server on SQLite, at sizes for every run."""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from random import Random
from threading import Event as Flag
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.web.core.backup.centers import new_center
from tests.web.core.serving import Answer, Server, found_center

pytestmark = [pytest.mark.real_time, pytest.mark.slow, pytest.mark.own_database]
CUTS = int(os.environ.get("CENTRO_POWER_CUTS", "3"))
WRITES = 40
FORMS = 20
PAIRS = 20
PERSON = {"family": "Cruz", "language": "es", "met_through": "walk_in", "new_anyway": "1"}
STATE = """
from centro.people.models import Person
from centro.people import search
with access.viewing(BY):
    names = {str(p.pk): p.given for p in Person.objects.all()}
added = [str(pk) for pk in Event.objects.filter(kind="person.added").values_list("person", flat=True)]
say(names=names, added=added, verdicts=[audit.verify(log).broken_at for log in (Event, Access)])
"""


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Server:
    here = tmp_path_factory.mktemp("served")
    return found_center(new_center(here / "center"), here / "server.log")


@pytest.fixture
def server(founded: Server) -> Iterator[Server]:
    founded.start()
    yield founded
    founded.kill()


def id_in(answer: Answer) -> str:
    return str(UUID(answer.location.strip("/").partition("/")[2]))


def is_whole(data: Path) -> bool:
    """SQLite's own word on both files."""
    words = []
    for name in ("centro.sqlite3", "keyring.sqlite3"):
        try:
            with closing(sqlite3.connect(data / name)) as file:
                words += file.execute("pragma integrity_check").fetchall()
        except sqlite3.DatabaseError:
            return False
    return words == [("ok",), ("ok",)]


# --- M23 ----------------------------------------------------------------------------------------------------
def write_until_the_cut(server: Server, acknowledged: dict[str, str], count: int, rng: Random) -> None:
    """Two people add persons without a pause; after `count` answers, in the middle of the next, the power goes."""
    cut, enough = Flag(), Flag()

    def write() -> None:
        while not cut.is_set():
            given = f"Rosa{rng.getrandbits(40):x}"
            answer = server.ask("/people/add/", {**PERSON, "given": given, "_once": str(uuid4())})
            if answer.status == 302:
                acknowledged[id_in(answer)] = given
            if len(acknowledged) >= count:
                enough.set()

    with ThreadPoolExecutor(2) as writers:
        done = [writers.submit(write) for _ in range(2)]
        assert enough.wait(90), "the server does not answer"
        server.kill()
        cut.set()
        for one in done:
            one.result()


def lost(acknowledged: dict[str, str], state: dict[str, Any]) -> list[str]:
    """Persons who were answered “saved” and are not there, readable, with the one event of their adding."""
    return [
        pk for pk, given in acknowledged.items() if state["names"].get(pk) != given or state["added"].count(pk) != 1
    ]


def half_done(state: dict[str, Any]) -> set[str]:
    """Persons without the event of their adding, and events without their person: neither stands alone."""
    return set(state["names"]) ^ set(state["added"])


def test_what_was_acknowledged_survives_the_power_cut(founded: Server) -> None:
    acknowledged: dict[str, str] = {}
    rng = Random(20261123)
    without_person = half_done(founded.center.run(STATE))  # the control below takes a person away on purpose
    for cut in range(1, CUTS + 1):
        founded.start()
        write_until_the_cut(founded, acknowledged, WRITES * cut, rng)
        assert is_whole(founded.center.data)
        state = founded.center.run(STATE)
        assert lost(acknowledged, state) == []
        assert state["verdicts"] == [None, None]
        assert half_done(state) == without_person
        assert sorted(state["added"]) == sorted(set(state["added"]))
    assert len(acknowledged) >= CUTS * WRITES


def test_a_write_that_was_lost_would_be_seen(server: Server) -> None:
    """The control: one acknowledged person taken out of the file, and the file cut short."""
    answer = server.ask("/people/add/", {**PERSON, "given": "Luz"})
    server.kill()
    acknowledged = {id_in(answer): "Luz"}
    assert lost(acknowledged, server.center.run(STATE)) == []
    server.center.run(f'Person.objects.filter(pk="{id_in(answer)}").delete()')
    after = server.center.run(STATE)
    assert lost(acknowledged, after) == [id_in(answer)]
    assert id_in(answer) in half_done(after)


def test_a_damaged_file_would_be_seen(founded: Server, tmp_path: Path) -> None:
    for name in ("centro.sqlite3", "keyring.sqlite3"):
        with closing(sqlite3.connect(founded.center.data / name)) as file:
            file.execute("vacuum into ?", [str(tmp_path / name)])
    assert is_whole(tmp_path)
    content = bytearray((tmp_path / "centro.sqlite3").read_bytes())
    content[len(content) // 2 :] = os.urandom(len(content) - len(content) // 2)
    (tmp_path / "centro.sqlite3").write_bytes(content)
    assert not is_whole(tmp_path)


# --- M26 ----------------------------------------------------------------------------------------------------
def send_all(server: Server, forms: Iterable[dict[str, str]]) -> list[Answer]:
    with ThreadPoolExecutor(8) as senders:
        return list(senders.map(lambda form: server.ask("/people/add/", form), forms))


def taps(key: bool, seed: int = 26) -> list[dict[str, str]]:
    """Twenty forms, each sent one to three times, all mixed up."""
    rng, sent = Random(seed), []
    for n in range(FORMS):
        form = {**PERSON, "given": f"Elena{n}", **({"_once": str(uuid4())} if key else {})}
        sent += [form] * (n % 3 + 1)
    rng.shuffle(sent)
    return sent


def count(server: Server) -> int:
    return len(server.center.run(STATE)["names"])


def test_a_form_sent_three_times_at_once_is_done_once(server: Server) -> None:
    before, sent = count(server), taps(key=True)
    answers = send_all(server, sent)
    assert {answer.status for answer in answers} == {302}
    places: dict[str, set[str]] = {}
    for form, answer in zip(sent, answers, strict=True):
        places.setdefault(form["_once"], set()).add(answer.location)
    assert len(sent) > FORMS
    assert {len(where) for where in places.values()} == {1}, "each arrival gets the answer of the first"
    assert count(server) - before == FORMS


def test_without_a_key_the_same_taps_add_more(server: Server) -> None:
    """The control: the key is what keeps them apart."""
    before, sent = count(server), taps(key=False)
    send_all(server, sent)
    assert count(server) - before == len(sent)


# --- M27 ----------------------------------------------------------------------------------------------------
def edit(server: Server, person: str, given: str, version: int) -> Answer:
    sent = {**PERSON, "given": given, "version": str(version), "_once": str(uuid4())}
    return server.ask(f"/people/{person}/edit/", sent)


def overwritten(server: Server, pairs: list[tuple[str, Answer, Answer]]) -> list[str]:
    """Persons of whom two were told “saved”, or of whom neither was, or who are not as the winner said."""
    names, wrong = server.center.run(STATE)["names"], []
    for person, one, other in pairs:
        told = [name for name, answer in (("One", one), ("Other", other)) if answer.status == 302]
        if len(told) != 1 or names[person] != told[0]:
            wrong.append(person)
    return wrong


def fight(server: Server, *, versions: tuple[int, int], at_once: bool) -> list[tuple[str, Answer, Answer]]:
    people = [id_in(server.ask("/people/add/", {**PERSON, "given": f"Ana{n}"})) for n in range(PAIRS)]
    pairs = []
    for person in people:
        with ThreadPoolExecutor(2 if at_once else 1) as both:
            names = zip(("One", "Other"), versions, strict=True)
            one, other = [both.submit(edit, server, person, name, version) for name, version in names]
            pairs.append((person, one.result(), other.result()))
    return pairs


def test_of_two_edits_at_once_one_is_kept_and_the_other_is_told(server: Server) -> None:
    pairs = fight(server, versions=(1, 1), at_once=True)
    assert overwritten(server, pairs) == []
    losers = [answer for _, one, other in pairs for answer in (one, other) if answer.status != 302]
    assert {answer.status for answer in losers} == {409}
    assert all("One" in answer.body and "Other" in answer.body for answer in losers), "both are shown"


def test_an_edit_over_an_edit_would_be_seen(server: Server) -> None:
    """The control: two who both save, as they would without a version."""
    assert len(overwritten(server, fight(server, versions=(1, 2), at_once=False))) == PAIRS
