"""M22: forty random things that staff do. Each write leaves one event, each page that opened identity one access row,
no value stands in either log, and both chains hold at the end."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import hypothesis.strategies as st
import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, multiple, rule, run_state_machine_as_test

from centro.core import access, audit
from centro.core.classes import FieldClass, Role
from centro.core.models import Access, Event
from centro.core.vault import fields
from centro.people import actions, search
from centro.people.models import Consent, Employment, Person, Phone, Residency, Workplace
from centro.people.views import find
from tests.web.conftest import signed_in, user_as

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# Every word that is typed begins so: no id, code or address of the program holds it.
MARK = "Zyqx"
words = st.from_regex(r"[a-z]{2,8}", fullmatch=True).map(lambda text: f"{MARK}{text}")
digits = st.integers(0, 9999).map(lambda n: f"213555{n:04}")
roles = st.sampled_from([Role.FRONT_DESK, Role.STEWARD])
STEPS = settings(
    max_examples=5,  # the first is the shortest there is: no step at all
    stateful_step_count=40,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@contextmanager
def counted() -> Iterator[list[str]]:
    """What is truly opened: every unsealing of identity in the name of a user, noted below the policy and the log."""
    opened: list[str] = []
    plain = fields.SealedText._open

    def noted(field: fields.SealedText, row: Any, envelope: bytes) -> str:
        now = access.current()
        if field.klass >= FieldClass.C2 and now is not None and not now.actor.system:
            opened.append(f"{row._meta.label_lower}.{field.attname}")
        return plain(field, row, envelope)

    fields.SealedText._open = noted  # type: ignore[method-assign]
    try:
        yield opened
    finally:
        fields.SealedText._open = plain  # type: ignore[method-assign]


class Desk(RuleBasedStateMachine):
    """The front desk and the steward at work, through the pages."""

    persons: Bundle[UUID] = Bundle("persons")
    shops: Bundle[UUID] = Bundle("shops")

    kinds: Counter[str] = Counter()
    steps = 0

    @initialize()
    def open(self) -> None:
        """Every walk begins in an empty center."""
        self.day = transaction.atomic()
        self.day.__enter__()
        search.forget()
        staff = {role: user_as(role, f"{role.value}-at-work") for role in (Role.FRONT_DESK, Role.STEWARD)}
        self.clients = {role: signed_in(user) for role, user in staff.items()}

    def do(self, role: Role, act: Callable[[Client], Any], *events: str, is_search: bool = False) -> Any:
        """One request: exactly these events, and one access row if it opened anything."""
        Desk.steps += 1
        began, read = Event.objects.count(), Access.objects.count()
        with counted() as opened:
            answer = act(self.clients[role])
        assert answer.status_code < 400 or answer.status_code in {404, 422}, answer.status_code
        written = list(Event.objects.order_by("seq").values_list("kind", flat=True)[began:])
        assert sorted(written) == sorted(events)
        rows = Access.objects.count() - read
        due = 1 if opened or answer.status_code == 404 else 0
        assert rows in ({0, due} if is_search else {due}), f"{rows} access rows for {len(opened)} openings"
        return answer

    # --- people ----------------------------------------------------------------------------------------
    @rule(target=persons, role=roles, given=words, family=words, number=digits, safe=words)
    def add(self, role: Role, given: str, family: str, number: str, safe: str) -> Any:
        sent = {"given": given, "family": family, "language": "es", "number": number, "safe_contact": safe}
        answer = self.do(role, lambda c: c.post("/people/add/", {**sent, "new_anyway": "1"}), "person.added")
        return UUID(answer["Location"].split("/")[2])

    @rule(target=shops, person=persons, name=words)
    def add_job(self, person: UUID, name: str) -> Any:
        path, sent = f"/people/{person}/employments/add/", {"workplace_name": name, "works_as": "employee"}
        known, there = set(Workplace.objects.values_list("pk", flat=True)), Person.objects.filter(pk=person).exists()
        if not there:
            return multiple()
        events = ["person.employment_added"] + (["workplace.added"] if self._is_new_shop(name) else [])
        self.do(Role.FRONT_DESK, lambda c: c.post(path, sent), *events)
        new = [pk for pk in Workplace.objects.values_list("pk", flat=True) if pk not in known]
        return new[0] if new else multiple()

    def _is_new_shop(self, name: str) -> bool:
        with access.viewing(audit.Actor(system="test")):
            return all(shop.name != name for shop in Workplace.objects.all())

    @rule(person=persons, role=roles, given=words, is_stale=st.booleans())
    def edit(self, person: UUID, role: Role, given: str, is_stale: bool) -> None:
        row = Person.objects.get(pk=person)
        with access.viewing(audit.Actor(system="test")):
            same = row.given == given and row.family == given
        version = row.version - 1 if is_stale else row.version
        sent = {"given": given, "family": given, "language": "es", "version": version}
        kept = self._kept_as(person)
        before = Event.objects.count()
        answer = self.clients[role].post(f"/people/{person}/edit/", {**sent, **kept})
        written = list(Event.objects.order_by("seq").values_list("kind", flat=True)[before:])
        assert answer.status_code == (409 if is_stale and not same else 302)
        assert written == ([] if same or is_stale else ["person.edited"])

    def _kept_as(self, person: UUID) -> dict[str, str]:
        with access.viewing(audit.Actor(system="test")):
            return {"safe_contact": Person.objects.get(pk=person).safe_contact}

    @rule(person=persons, number=digits)
    def add_phone(self, person: UUID, number: str) -> None:
        sent = {"number": number, "kind": "mobile", "text_ok": "on"}
        self.do(Role.FRONT_DESK, lambda c: c.post(f"/people/{person}/phones/add/", sent), "person.phone_added")

    @rule(person=persons, street=words)
    def add_home(self, person: UUID, street: str) -> None:
        path = f"/people/{person}/residencies/add/"
        self.do(Role.FRONT_DESK, lambda c: c.post(path, {"street": street}), "person.residency_added")

    @rule(
        person=persons,
        table=st.sampled_from([(Phone, "phones"), (Residency, "residencies"), (Employment, "employments")]),
    )
    def remove_part(self, person: UUID, table: tuple[Any, str]) -> None:
        model, kind = table
        part = model.objects.filter(person=person).first()
        path = f"/people/{person}/{kind}/{part.pk if part else uuid4()}/remove/"
        events = [f"person.{model._meta.model_name}_removed"] if part else []
        self.do(Role.FRONT_DESK, lambda c: c.post(path), *events)

    @rule(person=persons, purpose=st.sampled_from(["call", "text", "email"]))
    def consent(self, person: UUID, purpose: str) -> None:
        path, sent = f"/people/{person}/consents/{purpose}/", {"how": "spoken", "language": "es"}
        self.do(Role.FRONT_DESK, lambda c: c.post(path, sent), "person.consent_given")

    @rule(person=persons)
    def withdraw(self, person: UUID) -> None:
        live = Consent.objects.filter(person=person, withdrawn_at=None).first()
        if live:
            path = f"/people/{person}/consents/{live.pk}/withdraw/"
            self.do(Role.FRONT_DESK, lambda c: c.post(path), "person.consent_withdrawn")

    @rule(person=persons, role=roles)
    def restrict_or_lift(self, person: UUID, role: Role) -> None:
        event = "person.restriction_lifted" if Person.objects.get(pk=person).restricted_at else "person.restricted"
        self.do(role, lambda c: c.post(f"/people/{person}/restrict/"), event)

    @rule(shop=shops, name=words)
    def edit_shop(self, shop: UUID, name: str) -> None:
        with access.viewing(audit.Actor(system="test")):
            row = Workplace.objects.get(pk=shop)
            events = [] if row.name == name else ["workplace.edited"]
        sent = {"name": name, "version": row.version}
        self.do(Role.FRONT_DESK, lambda c: c.post(f"/people/workplaces/{shop}/edit/", sent), *events)

    # --- looking ---------------------------------------------------------------------------------------
    @rule(person=persons, role=roles, page=st.sampled_from(["", "edit/", "phones/add/", "consents/call/"]))
    def look_at(self, person: UUID, role: Role, page: str) -> None:
        self.do(role, lambda c: c.get(f"/people/{person}/{page}"))

    @rule(person=persons)
    def reveal(self, person: UUID) -> None:
        self.do(Role.FRONT_DESK, lambda c: c.post(f"/people/{person}/reveal/"))

    @rule(role=roles, page=st.sampled_from(["", "workplaces/", "duplicates/", "outbox/", "add/"]))
    def look_around(self, role: Role, page: str) -> None:
        self.do(role, lambda c: c.get(f"/people/{page}"))

    @rule(shop=shops, role=roles)
    def look_at_shop(self, shop: UUID, role: Role) -> None:
        self.do(role, lambda c: c.get(f"/people/workplaces/{shop}/"))

    @rule(role=roles, text=words)
    def search(self, role: Role, text: str) -> None:
        sent = {"words": text[:6]}
        self.do(role, lambda c: c.post("/people/type-ahead/", sent), is_search=True)
        found = self.do(role, lambda c: c.post("/people/search/", sent))
        self.do(role, lambda c: c.get(found["Location"]), is_search=True)

    def teardown(self) -> None:
        try:
            assert_logs_hold()
            Desk.kinds.update(Event.objects.values_list("kind", flat=True))
            Desk.kinds.update(Access.objects.values_list("kind", flat=True))
        finally:
            transaction.set_rollback(True)
            self.day.__exit__(None, None, None)


def assert_logs_hold() -> None:
    """Both chains whole; not one typed word or number in them."""
    for log in (Event, Access):
        assert audit.verify(log).broken_at is None
        text = json.dumps(list(log._default_manager.values()), default=str).lower()
        assert MARK.lower() not in text
        assert "+1213555" not in text


def work_at_random() -> None:
    Desk.steps, Desk.kinds = 0, Counter()
    run_state_machine_as_test(Desk, settings=STEPS)


def work_a_short_day() -> None:
    """The same rules in an order that is known, so that a planted fault is always met."""
    desk = Desk()
    desk.open()
    try:
        person = desk.add(Role.FRONT_DESK, f"{MARK}ana", f"{MARK}ruiz", "2135550142", f"{MARK}after six")
        desk.add_phone(person, "2135550143")
        desk.restrict_or_lift(person, Role.STEWARD)
        desk.look_at(person, Role.FRONT_DESK, "")
    finally:
        desk.teardown()


def test_a_short_day_is_in_order() -> None:
    work_a_short_day()


def test_random_work_leaves_its_trace_and_no_value() -> None:
    work_at_random()
    assert Desk.steps >= 40
    assert {"person.added", "open"} <= set(Desk.kinds)
    assert len(Desk.kinds) >= 6


# --- the controls: what a careless program does is seen -----------------------------------------------------
def test_a_write_without_an_event_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "record_event", lambda *args, **options: None)
    with pytest.raises(AssertionError):
        work_a_short_day()


def test_a_page_without_an_access_row_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "note", lambda *args: None)
    with pytest.raises(AssertionError, match="access rows"):
        work_a_short_day()


def test_a_value_in_the_log_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = actions.record_event

    def talkative(kind: str, *, codes: Any = (), about: Any = None, **options: Any) -> None:
        plain(kind, codes=[*codes, *([about.given] if isinstance(about, Person) else [])], about=about, **options)

    monkeypatch.setattr(actions, "record_event", talkative)
    with pytest.raises(AssertionError):
        work_a_short_day()


def test_a_search_leaves_one_row_in_ten_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the walk lets pass for searches is counted here."""
    desk = signed_in(user_as(Role.FRONT_DESK))
    desk.post("/people/add/", {"given": MARK, "language": "es", "met_through": "walk_in"})
    before = Access.objects.count()
    for _ in range(3):
        desk.post("/people/type-ahead/", {"words": MARK})
    assert Access.objects.filter(kind="search").count() == Access.objects.count() - before == 1
    monkeypatch.setattr(find, "SEARCH_SESSION_SECONDS", 0)
    desk.post("/people/type-ahead/", {"words": MARK})
    assert Access.objects.filter(kind="search").count() == 2
