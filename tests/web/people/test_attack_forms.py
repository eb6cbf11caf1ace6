"""Bad input through every page of people: it comes back with words or is not found; nothing answers 500 or runs."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from django import forms as django_forms
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import URLPattern, reverse

from centro.core import policy
from centro.core.careful import Words
from centro.core.classes import Role
from centro.core.policy import Actor
from centro.people import actions, exports, forms, merge, messages, purge, queries, ties
from centro.people.choices import Channel, How, Purpose
from centro.people.models import Email, Employment, Merge, NotSame, Person, Phone, Residency, SameAs
from centro.people.urls import urlpatterns
from centro.people.views import versions
from tests.web.conftest import SignIn, signed_in, user_as
from tests.web.people.conftest import MakePerson

pytestmark = pytest.mark.django_db
Acting = Callable[[Role], Actor]
SCRIPT = "<script>alert('Rosa')</script>"
SQL = "Robert'); DROP TABLE people_person;--"
STRANGER = str(UUID(int=7))
# For every field at once: what a careless parser trips over.
NONSENSE = {
    "nothing": "",
    "a null byte": "Ro\x00sa",
    "before 1900": "1899-12-31",
    "after 2100": "2199-01-01",
    "the id of nobody": STRANGER,
    "no id": "00000000-0000-0000-0000-00000000000g",
    "no choice": "no-such-choice",
    "a digit that is no number": "²",
    "more digits than an integer has": "9" * 5000,
    "below zero": "-1",
}
# For every line of free text, with the rest of the form in order, so that it is kept where it may be.
ODD_WORDS = {
    "script": SCRIPT,
    "SQL": SQL,
    "template": "{{ settings.SECRET_KEY }}{% debug %}",
    "a null byte": "Ro\x00sa",
    "a new header": "Rosa\r\nSet-Cookie: sessionid=x",
    "letters that turn the line around": "\u202easoR\u2066",
    "accents without end": "e" + "\u0301" * 500,
}
IN_ORDER = {
    "given": "Rosa", "family": "Hernández", "language": "es", "number": "(213) 555-0123", "kind": "mobile",
    "met_through": "walk_in", "zip": "90005", "address": "rosa@example.org", "street": "1 Main St", "how": "spoken",
    "from_on": "2024-01-01", "works_as": "employee", "workplace_name": "Casa Lupita", "name": "Casa Lupita",
    "basis": "asked", "no_dispute_expected": "on", "channel": "text", "words": "Hello", "reason": "A meeting",
    "version": "1", "new_anyway": "1",
}  # fmt: skip
BESIDE_THE_FORM = ("version", "_once", "not_same", "new_anyway", "to", "alike", "column0", "removal")


def fields() -> dict[str, django_forms.Field]:
    """Every field of every form about people."""
    kinds = [kind for _, kind in inspect.getmembers(forms, inspect.isclass) if issubclass(kind, django_forms.Form)]
    return {name: field for kind in kinds for name, field in kind.base_fields.items()}


def everywhere(value: str) -> dict[str, str]:
    return dict.fromkeys([*fields(), *BESIDE_THE_FORM], value)


def in_free_text(words: str) -> dict[str, str]:
    return {**IN_ORDER, **{name: words for name, field in fields().items() if isinstance(field, Words)}}


@dataclass(frozen=True)
class Standing:
    """A center with one of everything, and the addresses of its pages."""

    person: Person
    ids: dict[str, UUID]
    parts: dict[str, UUID]

    def pages(self) -> Iterator[tuple[str, str]]:
        """The verb and the address of each page, with the ids of what stands there."""
        for pattern in urlpatterns:
            for kind, part in self.parts.items():
                yield pattern.callback.verb, self._address(pattern, kind, part)  # type: ignore[attr-defined]

    def _address(self, pattern: URLPattern, kind: str, part: UUID) -> str:
        known = {**self.ids, "kind": kind, "part_id": part, "purpose": Purpose.CALL}
        wanted = {name: known.get(name, UUID(STRANGER)) for name in pattern.pattern.converters}
        return reverse(f"people:{pattern.name}", kwargs=wanted)


@pytest.fixture
def standing(add_person: MakePerson, actor: Acting) -> Standing:
    desk, steward = actor(Role.FRONT_DESK), actor(Role.STEWARD)
    person = add_person(given="Rosa", family="Hernández", phone="+12135550123")
    other, gone = add_person(given="Rosa", family="Hernandez"), add_person(given="Luz")
    shop = actions.add_workplace(by=desk, details={"name": "Casa Lupita"})
    email = actions.add_part(by=desk, person=person, part=Email, details={"address": "rosa@example.org"})
    home = actions.add_part(by=desk, person=person, part=Residency, details={"street": "1 Main St"})
    job = actions.add_part(by=desk, person=person, part=Employment, details={"workplace": shop})
    said = {"text": "Yes", "text_version": "1", "language": "es", "how": How.SPOKEN}
    for purpose in (Purpose.TEXT, Purpose.CALL):
        consent = actions.give_consent(by=desk, person=person, purpose=purpose, **said)  # type: ignore[arg-type]
    SameAs.objects.get_or_create(one=person, other=other, defaults={"why": "alike"})
    merged = merge.merge_people(
        by=steward,
        kept=queries.get_person(steward, other.pk, "merge"),
        gone=queries.get_person(steward, gone.pk, "merge"),
    )
    sent = messages.send_message(
        by=desk, person=queries.get_person(desk, person.pk), channel=Channel.TEXT, words="Hello"
    )
    tagged = ties.tag_person(by=desk, person=queries.get_person(desk, person.pk, "edit"), name="Monday class")
    asked = exports.ask_for_export(by=steward, reason="A meeting", language="", zip_code="")
    proposed = purge.propose_purge(by=steward, person=other, basis="asked", no_dispute_expected=True)
    ids = {
        "person_id": person.pk, "one_id": person.pk, "other_id": other.pk, "workplace_id": shop.pk,
        "consent_id": consent.pk, "merge_id": merged.pk, "message_id": sent.pk, "export_id": asked.pk,
        "purge_id": proposed.pk, "tagging_id": tagged.pk,
    }  # fmt: skip
    phone = Phone.objects.get(person=person)
    parts = {"phones": phone.pk, "emails": email.pk, "residencies": home.pk, "employments": job.pk}
    return Standing(person, ids, parts)


def pages_once(standing: Standing) -> list[tuple[str, str]]:
    return sorted(set(standing.pages()))


def browsers() -> Callable[[str], Client]:
    """For each verb the browser of somebody who may do it; a failure answers 500 instead of ending the test."""
    open_now: dict[Role, Client] = {}

    def of(verb: str) -> Client:
        roles = (Role.FRONT_DESK, Role.STEWARD, Role.DIRECTOR)
        role = next((role for role in roles if policy.may(Actor(role=role), verb)), roles[0])  # a public door: anybody
        if role not in open_now:
            open_now[role] = signed_in(user_as(role, f"attacks-as-{role.value}"))
            open_now[role].raise_request_exception = False
        return open_now[role]

    return of


def refuse_null_bytes(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    """SQLite takes them, PostgreSQL fails on them: none may get this far."""
    words = [value for value in params or () if isinstance(value, str)]
    if any("\x00" in word for word in words):
        raise ValueError("a null byte reached the database")
    return execute(sql, params, many, context)


def failures(standing: Standing, sent: dict[str, str]) -> list[str]:
    """Pages that fail on this input, now or when their transaction ends. Each starts from the same center."""
    failed, browser = [], browsers()
    for verb, address in pages_once(standing):
        client = browser(verb)
        with transaction.atomic(), connection.execute_wrapper(refuse_null_bytes):
            status = client.post(address, sent).status_code
            if status >= 500 or not _holds_together():
                failed.append(f"{address}: {status}")
            transaction.set_rollback(True)
    return failed


def _holds_together() -> bool:
    try:
        connection.check_constraints()
    except IntegrityError:
        return False
    return True


@pytest.mark.parametrize("kind", NONSENSE)
def test_nonsense_in_every_field_of_every_page(kind: str, standing: Standing) -> None:
    assert failures(standing, everywhere(NONSENSE[kind])) == []


@pytest.mark.parametrize("kind", NONSENSE)
def test_a_form_in_order_with_nonsense_beside_it(kind: str, standing: Standing) -> None:
    hidden = dict.fromkeys([name for name in BESIDE_THE_FORM if name != "new_anyway"], NONSENSE[kind])
    assert failures(standing, {**IN_ORDER, **hidden, "given": "Xochitl", "family": "Quintero"}) == []


@pytest.mark.parametrize("kind", ODD_WORDS)
def test_odd_words_in_every_line_of_text(kind: str, standing: Standing) -> None:
    assert failures(standing, in_free_text(ODD_WORDS[kind])) == []


def test_the_walk_reaches_every_page(standing: Standing) -> None:
    assert len(pages_once(standing)) >= len(urlpatterns) + 6
    assert {"given", "number", "street", "reason", "workplace", "expires_on"} <= set(fields())


def test_it_sees_a_parser_that_trips(standing: Standing, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: one careless `int()` behind one hidden field is found on its pages."""
    monkeypatch.setattr("centro.people.views.person.sent_version", lambda request: int(request.POST["version"]))
    found = failures(standing, {**IN_ORDER, "version": NONSENSE["no choice"]})
    assert found == [f"/people/{standing.person.pk}/edit/: 500"]


@pytest.mark.parametrize("text", ["²", "", "-1", "1e9", "٣x", "9" * 5000, "１２x", "\x00"])
def test_a_version_that_is_no_number_is_never_the_current_one(text: str, rf: Any) -> None:
    assert versions.sent_version(rf.post("/", {"version": text})) == 0


# --- addresses ----------------------------------------------------------------------------------------------
GARBAGE = [
    "x", "~", "x~y", "²", "\x00", "%00", "2026-11-23~x", f"2026-11-23~{STRANGER}", f"x~{STRANGER}", "9" * 500,
    f"0001-01-01T00:00:00+23:59~{STRANGER}", f"9999-12-31T23:59:59-23:59~{STRANGER}", STRANGER, "'; --", SCRIPT,
]  # fmt: skip


@pytest.mark.parametrize("name", ["after", "s", "language"])
def test_a_tampered_address_finds_nothing(name: str, standing: Standing, sign_in: SignIn) -> None:
    desk = sign_in(Role.FRONT_DESK)
    desk.raise_request_exception = False
    paths = ("/people/", "/people/workplaces/", "/people/add/", f"/people/{standing.person.pk}/consents/call/")
    for path in paths:
        for text in GARBAGE:
            answer = desk.get(path, {name: text})
            assert answer.status_code in {200, 404}, (path, text)
            assert SCRIPT not in answer.content.decode()


# --- size ---------------------------------------------------------------------------------------------------
def test_a_name_of_a_megabyte_comes_back_with_words(sign_in: SignIn) -> None:
    desk = sign_in(Role.FRONT_DESK)
    answer = desk.post("/people/add/", {**IN_ORDER, "given": "R" * 1_000_000})
    assert answer.status_code == 422
    assert "at most 80" in answer.content.decode()
    assert not Person.objects.exists()


@pytest.mark.parametrize("path", ["/people/add/", "/people/search/", "/people/type-ahead/", "/people/look-alikes/"])
def test_a_name_of_ten_megabytes_is_refused(path: str, sign_in: SignIn) -> None:
    desk = sign_in(Role.FRONT_DESK)
    answer = desk.post(path, {**IN_ORDER, "given": "R" * 10_000_000})
    assert answer.status_code in {400, 413}
    assert not Person.objects.exists()


# --- what was typed is shown as it was typed ----------------------------------------------------------------
def raw_in(pages: list[str]) -> list[str]:
    """Pages in which the typed markup stands as markup."""
    return [page for page in pages if SCRIPT in page or "<img src=x" in page]


def where_it_shows(desk: Client, person: Person, shop: UUID) -> list[str]:
    addresses = ["/people/", f"/people/{person.pk}/", f"/people/{person.pk}/edit/", f"/people/workplaces/{shop}/"]
    addresses += ["/people/workplaces/", f"/people/{person.pk}/phones/add/", f"/people/{person.pk}/print/"]
    pages = [desk.get(address).content.decode() for address in addresses]
    for address in ("/people/type-ahead/", "/people/search/"):
        pages.append(desk.post(address, {"words": "alert"}, follow=True).content.decode())
    typed = {"given": SCRIPT, "native": SCRIPT, "workplace_name": SCRIPT, "number": "<img src=x>"}
    pages += [desk.post(path, typed).content.decode() for path in ("/people/add/", "/people/look-alikes/")]
    pages.append(desk.post("/people/workplaces/pick/", {"workplace_name": SCRIPT}).content.decode())
    return pages


def with_markup(add_person: MakePerson, actor: Acting) -> tuple[Person, UUID]:
    person = add_person(given=SCRIPT, family=SQL, native=SCRIPT, call_me=SCRIPT, phone="+12135550123")
    shop = actions.add_workplace(by=actor(Role.FRONT_DESK), details={"name": SCRIPT, "aliases": SCRIPT})
    actions.add_part(
        by=actor(Role.FRONT_DESK), person=person, part=Employment, details={"workplace": shop, "job": SCRIPT}
    )
    return person, shop.pk


def test_markup_is_text(sign_in: SignIn, add_person: MakePerson, actor: Acting) -> None:
    person, shop = with_markup(add_person, actor)
    pages = where_it_shows(sign_in(Role.FRONT_DESK), person, shop)
    assert raw_in(pages) == []
    shown = [page for page in pages if "&lt;script&gt;alert(&#x27;Rosa&#x27;)" in page]
    assert len(shown) >= 9
    assert "DROP TABLE people_person;--" in pages[1]
    assert Person.objects.count() == 1


def test_markup_that_runs_would_be_seen(
    sign_in: SignIn, add_person: MakePerson, actor: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: without escaping, the same pages are reported."""
    monkeypatch.setattr("django.template.base.conditional_escape", lambda text: text)
    person, shop = with_markup(add_person, actor)
    assert len(raw_in(where_it_shows(sign_in(Role.FRONT_DESK), person, shop))) >= 9


def test_the_id_of_nobody_keeps_nobody_apart(sign_in: SignIn) -> None:
    """An id that was never shown says nothing about anybody; the person is added all the same."""
    sent = {**IN_ORDER, "not_same": [STRANGER, "x"], "_once": str(uuid4())}
    assert sign_in(Role.FRONT_DESK).post("/people/add/", sent).status_code == 302
    connection.check_constraints()
    assert Person.objects.count() == 1


def test_nobody_is_merged_with_themselves(sign_in: SignIn, add_person: MakePerson) -> None:
    person, steward = add_person(given="Rosa"), sign_in(Role.STEWARD)
    for how in ("same-as", "not-same-as"):
        assert steward.post(f"/people/{person.pk}/{how}/{person.pk}/", {"given": "one"}).status_code == 404
    assert not NotSame.objects.exists()
    assert not Merge.objects.exists()
