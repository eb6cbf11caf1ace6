"""M13: what was typed about people stands nowhere in clear: not in a file of the running center, its log, its backup.

Known people are added through the pages of a real web server; then every file it keeps is searched, while it runs
and after it was backed up, in every writing a careless program leaves behind.
"""

import base64
import gzip
import re
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest

from centro.core.backup import sealing
from tests.web.core.backup.centers import new_center
from tests.web.core.serving import Server, found_center

pytestmark = [pytest.mark.real_time, pytest.mark.slow, pytest.mark.own_database]
PEOPLE = 8
SYLLABLES = "xo chi zal que tla hui mix pez yol nen".split()
HANGUL = "김 이 박 최 정 강 조 윤".split()


def word(n: int, kind: int) -> str:
    """A word that no program text holds, another for each person and field."""
    digits = f"{n * 37 + kind * 11 + 1234:04}"
    return "".join(SYLLABLES[int(digit)] for digit in digits).capitalize() + f"q{kind}w{n}"


def known_person(n: int) -> dict[str, str]:
    """What is typed about one person, field by field."""
    return {
        "given": word(n, 1),
        "family": word(n, 2),
        "native": f"{HANGUL[n % 8]}무궁화{HANGUL[(n + 3) % 8]}{n}",
        "call_me": word(n, 3),
        "safe_contact": f"Never say {word(n, 4)}",
        "number": f"213555{7000 + n * 13:04}",
        "address": f"{word(n, 5).lower()}@example.org",
        "street": f"{n} {word(n, 6)} Street",
        "workplace_name": f"Taller {word(n, 7)}",
        "words": f"Meet at {word(n, 8)}",
    }


def add(server: Server, known: dict[str, str]) -> None:
    """Add a person through the pages, with all that is known of them, and look at what was added."""
    first = {name: known[name] for name in "given family native call_me safe_contact number workplace_name".split()}
    done = server.ask("/people/add/", {**first, "language": "es", "text_ok": "on", "new_anyway": "1"})
    assert done.status == 302, done.body
    person = done.location
    sent = {
        "emails/add/": {"address": known["address"]},
        "residencies/add/": {"street": known["street"]},
        "consents/email/": {"how": "spoken", "language": "es"},
        "message/": {"channel": "email", "words": known["words"]},
    }
    for path, form in sent.items():
        answer = server.ask(person + path, form)
        assert answer.status == 302, (path, answer.body)
    assert server.ask("/people/type-ahead/", {"words": known["given"]}).status == 200
    found = server.ask("/people/search/", {"words": known["family"]})
    assert known["family"] in server.ask(found.location).body
    assert known["given"] in server.ask(person).body
    for path in (person, "/people/", f"/people/?after={UUID(int=7)}", "/people/outbox/"):
        server.ask(path)
    assert server.ask("/people/add/", {**first, "number": "12"}).status == 422


# --- the scanner --------------------------------------------------------------------------------------------
def writings(text: str) -> Iterator[bytes]:
    """The ways in which a text may stand in a file. Base64 shifts with its place, so all three shifts, without ends."""
    for encoded in (text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be")):
        yield encoded
        yield encoded.hex().encode()
        yield encoded.hex().upper().encode()
        for shift in range(3):
            yield base64.b64encode(b"\0" * shift + encoded)[2 * (shift > 0) + 2 * (shift > 1) : -4]
    yield text.encode("unicode_escape")
    yield re.sub(rb"%20", b"+", "".join(f"%{byte:02X}" for byte in text.encode()).encode())


def unfolded(content: bytes) -> Iterator[bytes]:
    """The content itself, and what it holds if it is compressed."""
    yield content
    for opening in (gzip.decompress, zlib.decompress):
        try:
            yield opening(content)
        except (OSError, EOFError, zlib.error):
            continue


def found(texts: Iterable[str], places: Iterable[Path]) -> set[tuple[str, str]]:
    """Which text stands in which file, in any writing."""
    wanted = [(text, [w for w in writings(text) if len(w) > 5]) for text in texts]
    hits = set()
    for place in places:
        for content in unfolded(place.read_bytes()):
            hits |= {(text, place.name) for text, ways in wanted if any(way in content for way in ways)}
    return hits


def telling(known: dict[str, str]) -> list[str]:
    """What would give a person away: each value, and the words inside longer ones."""
    inner = [known[name].split()[-1 if name != "street" else 1] for name in ("safe_contact", "words", "street")]
    return [*known.values(), f"+1{known['number']}", known["workplace_name"].split()[1], *inner]


@pytest.fixture(scope="module")
def crowd() -> list[dict[str, str]]:
    return [known_person(n) for n in range(PEOPLE)]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, crowd: list[dict[str, str]]) -> Iterator[Server]:
    here = tmp_path_factory.mktemp("scanned")
    center = new_center(here / "center")
    _, recipient = sealing.new_identity()
    (center.data / "backup.recipients").write_text(f"{recipient}\n")
    running = found_center(center, here / "server.log")
    running.start()
    for known in crowd:
        add(running, known)
    center.back_up(here / "backups")
    yield running
    running.kill()


def files(server: Server) -> list[Path]:
    """Everything on the disk: data with its write-ahead logs, the server's words, the backup."""
    return [path for path in server.center.data.parent.rglob("*") if path.is_file()]


def test_nothing_that_was_typed_stands_anywhere_in_clear(server: Server, crowd: list[dict[str, str]]) -> None:
    names = {path.name for path in files(server)}
    assert {"centro.sqlite3", "centro.sqlite3-wal", "keyring.sqlite3", "server.log", "database.age"} <= names
    assert found([text for known in crowd for text in telling(known)], files(server)) == set()


def test_it_was_there_to_be_found(server: Server, crowd: list[dict[str, str]]) -> None:
    """Guards the check above: all of it was kept, and comes back to whoever may read it."""
    code = """
from centro.people.models import Message, Residency, Workplace
with access.viewing(BY):
    say(given=sorted(p.given for p in Person.objects.all()), words=sorted(m.words for m in Message.objects.all()),
        street=sorted(r.street for r in Residency.objects.all()), shops=sorted(w.name for w in Workplace.objects.all()))
"""
    kept = server.center.run(code)
    for name, field in (("given", "given"), ("street", "street"), ("shops", "workplace_name"), ("words", "words")):
        assert kept[name] == sorted(known[field] for known in crowd)


def test_the_same_scanner_finds_everybody_in_a_clear_copy(tmp_path: Path, crowd: list[dict[str, str]]) -> None:
    """The control: a database that keeps the same people as other programs do."""
    with closing(sqlite3.connect(tmp_path / "clear.sqlite3")) as file:
        file.execute(f"create table person ({', '.join(crowd[0])})")
        marks = ", ".join("?" * len(crowd[0]))
        file.executemany(f"insert into person values ({marks})", [tuple(known.values()) for known in crowd])  # noqa: S608
        file.commit()
    texts = [text for known in crowd for text in known.values()]
    assert {text for text, _ in found(texts, [tmp_path / "clear.sqlite3"])} == set(texts)


@pytest.mark.parametrize(
    "careless",
    [
        lambda text: text.encode("utf-16-le"),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode().hex().encode(),
        lambda text: base64.b64encode(text.encode()),
        lambda text: base64.b64encode(b"{" + text.encode() + b"}"),
        lambda text: base64.b64encode(b'{"' + text.encode() + b'"}'),
        lambda text: gzip.compress(text.encode()),
        lambda text: ascii(text).encode(),
    ],
)  # fmt: skip
def test_it_reads_every_writing(careless: object, tmp_path: Path, crowd: list[dict[str, str]]) -> None:
    for name, text in crowd[3].items():
        (tmp_path / name).write_bytes(careless(f"before {text} after"))  # type: ignore[operator]
    hits = found(crowd[3].values(), list(tmp_path.iterdir()))
    assert {name for _, name in hits} == set(crowd[3])
