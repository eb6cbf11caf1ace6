"""The logs: pages for auditors that name no person, and a chain that shows where it was touched (M21)."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from centro.core import audit, migrating, policy
from centro.core.classes import Role
from centro.core.models import Access, Event, LogEntry, User
from centro.core.policy import Actor
from centro.core.vault import keyring
from centro.people.models import Person
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db
Cast = dict[Role, User]
LOG, VERIFY = "/log/", "/log/verify/"


def fill(count: int, by: Actor | None = None) -> None:
    """So many entries in both logs."""
    by = by or Actor()
    with transaction.atomic():
        audit.record_events([audit.event(f"test.number_{n % 7}", by=by, codes=[str(n)]) for n in range(count)])
    for _ in range(count):
        audit.record_access("open", by=by, route="people:person", fields=["people.person.given"])


@pytest.fixture
def auditor(sign_in: SignIn) -> Client:
    return sign_in(Role.AUDITOR)


# --- pages ----------------------------------------------------------------------------------------
def test_auditors_and_administrators_read_the_log(sign_in: SignIn) -> None:
    fill(3)
    for role in (Role.AUDITOR, Role.ADMIN):
        page = sign_in(role).get(LOG).content.decode()
        assert "test.number_2" in page


def test_the_log_speaks_the_language_of_whoever_reads_it(
    auditor: Client, cast: Cast, actor: Callable[[Role], Actor]
) -> None:
    with transaction.atomic():
        audit.record_event("backup.made", by=policy.system("backup"))
        audit.record_event("role.proposed", by=actor(Role.ADMIN))
    audit.record_access("refuse", by=actor(Role.FRONT_DESK), route="people:person")
    User.objects.filter(pk=cast[Role.AUDITOR].pk).update(language="ko")
    done = auditor.get(LOG).content.decode()
    for words in ("백업을 만듦", "프로그램이 스스로", "역할을 제안함", "role.proposed", "관리자"):
        assert words in done
    assert "거절됨" in auditor.get(LOG, {"log": "access"}).content.decode()


def test_a_visitor_is_asked_to_sign_in() -> None:
    assert Client().get(LOG).url == "/account/login/?next=/log/"


def test_others_find_nothing(sign_in: SignIn) -> None:
    for role in set(Role) - {Role.AUDITOR, Role.ADMIN}:
        assert sign_in(role).get(LOG).status_code == 404
        assert sign_in(role).get(VERIFY).status_code == 404


def test_the_log_names_accounts_and_no_person(auditor: Client, actor: Callable[[Role], Actor]) -> None:
    person = Person.objects.create(given="Candelaria", family="Xolotl")
    with transaction.atomic():
        audit.record_event("person.added", by=actor(Role.FRONT_DESK), about=person, person=person.pk)
    page = auditor.get(LOG).content.decode()
    assert "test-front_desk" in page
    assert str(person.pk)[:8] in page
    assert "Candelaria" not in page
    assert "Xolotl" not in page


def test_older_entries_follow_without_gap_or_repeat(auditor: Client) -> None:
    fill(120)
    address, seen = LOG, []
    while address:
        page = auditor.get(address).context
        seen += [entry.seq for entry, _ in page["page"].entries]
        address = LOG + page["older"] if page["older"] else ""
    assert seen == sorted(range(1, Event.objects.count() + 1), reverse=True)


def test_the_log_is_narrowed_by_kind_user_and_day(auditor: Client, actor: Callable[[Role], Actor], clock: Any) -> None:
    fill(14)
    by = actor(Role.TRAINER)
    fill(3, by)
    assert len(auditor.get(LOG, {"kind": "test.number_2"}).context["page"].entries) == 3
    assert len(auditor.get(LOG, {"user": str(by.user_id)}).context["page"].entries) == 3
    assert len(auditor.get(LOG, {"log": "access", "user": str(by.user_id)}).context["page"].entries) == 3
    assert auditor.get(LOG, {"day": "2026-11-23"}).context["page"].entries
    assert not auditor.get(LOG, {"day": "2026-11-22"}).context["page"].entries


@pytest.mark.parametrize("asked", ["kind=no.such", "user=x", "day=1899-99-99", "before=-1", "before=9e9", "log=x"])
def test_a_filter_that_makes_no_sense_is_answered(auditor: Client, asked: str) -> None:
    fill(1)
    assert auditor.get(f"{LOG}?{asked}").status_code == 200


def test_one_button_checks_both_chains(auditor: Client) -> None:
    fill(5)
    page = auditor.get(VERIFY)
    assert [v.broken_at for v in page.context["verdicts"]] == [None, None]
    assert Access.objects.filter(kind="verify").count() == 1


# --- the chain (M21) ------------------------------------------------------------------------------
LOGS = pytest.mark.parametrize("log", [Event, Access])


@pytest.fixture
def unguarded() -> Iterator[None]:
    """The logs without their triggers, as somebody with the database file would make them."""
    fill(40)
    with connection.cursor() as cursor:
        migrating.disarm(None, SimpleNamespace(connection=connection, execute=cursor.execute))
    for log in (Event, Access):
        audit.drop_anchor(log)
    yield
    for log in (Event, Access):
        keyring.set_anchor(log.__name__, 0, b"")


@LOGS
def test_the_triggers_refuse_every_change(log: type[LogEntry]) -> None:
    fill(2)
    rows = log._default_manager
    for change in (rows.all().delete, lambda: rows.update(kind="x"), lambda: rows.filter(seq=1).update(seq=9)):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@LOGS
def test_an_untouched_chain_is_whole(log: type[LogEntry], unguarded: None) -> None:
    assert audit.verify(log).broken_at is None


@LOGS
@pytest.mark.parametrize("at", [1, 2, 19, 40])
def test_an_altered_entry_is_found(log: type[LogEntry], at: int, unguarded: None) -> None:
    log._default_manager.filter(seq=at).update(role="admin")
    assert audit.verify(log) == audit.Verdict(log.__name__, at - 1, at, "altered")


@LOGS
@pytest.mark.parametrize("at", [1, 2, 19])
def test_a_deleted_entry_is_found(log: type[LogEntry], at: int, unguarded: None) -> None:
    log._default_manager.filter(seq=at).delete()
    assert audit.verify(log) == audit.Verdict(log.__name__, at - 1, at, "missing")


@LOGS
@pytest.mark.parametrize("at", [1, 19, 39])
def test_two_entries_in_the_wrong_order_are_found(log: type[LogEntry], at: int, unguarded: None) -> None:
    for old, new in ((at, 1000), (at + 1, at), (1000, at + 1)):
        log._default_manager.filter(seq=old).update(seq=new)
    assert audit.verify(log).broken_at == at


@LOGS
@pytest.mark.parametrize("kept", [0, 1, 39])
def test_a_cut_tail_is_found(log: type[LogEntry], kept: int, unguarded: None) -> None:
    log._default_manager.filter(seq__gt=kept).delete()
    assert audit.verify(log) == audit.Verdict(log.__name__, kept, kept + 1, "cut off")


@LOGS
def test_a_cut_tail_is_found_also_when_the_log_has_grown_since(log: type[LogEntry], unguarded: None) -> None:
    log._default_manager.filter(seq__gt=38).delete()
    fill(10, Actor(user_id=uuid4()))
    assert audit.verify(log) == audit.Verdict(log.__name__, 39, 40, "cut off")


@LOGS
def test_a_deleted_entry_closed_up_is_found(log: type[LogEntry], unguarded: None) -> None:
    log._default_manager.filter(seq=20).delete()
    for seq in range(21, 41):
        log._default_manager.filter(seq=seq).update(seq=seq - 1)
    assert audit.verify(log).broken_at == 20


@LOGS
def test_a_chain_made_anew_without_the_key_is_found(log: type[LogEntry], unguarded: None, monkeypatch: Any) -> None:
    """Who holds the database but not the keyring can change rows and compute the links again: with another key."""
    rows = list(log._default_manager.order_by("seq"))
    before = audit.START
    for row in rows:
        row.mac = before = audit._mac(b"a key of their own, 32 bytes long", before, row)
    log._default_manager.bulk_update(rows, ["mac"])
    assert audit.verify(log).broken_at == 1


def test_the_page_names_the_first_bad_entry(auditor: Client, unguarded: None) -> None:
    Event.objects.filter(seq=17).update(kind="nothing.happened")
    assert "17" in auditor.get(reverse("core:verify")).content.decode()
