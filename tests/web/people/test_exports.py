"""A list that leaves: a reason, two people where it is long, one download."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from centro.core.classes import Role
from centro.core.models import Access, Event, User
from centro.core.policy import Actor
from centro.people import exports
from centro.people.models import Export
from tests.web.conftest import SignIn
from tests.web.people.conftest import MakePerson

Acting = Callable[[Role], Actor]
Committed = Callable[..., AbstractContextManager[Any]]
WHY = {"reason": "Call everybody about the meeting"}


@pytest.fixture
def ask(sign_in: SignIn, django_capture_on_commit_callbacks: Committed) -> Callable[..., Client]:
    def asking(**said: str) -> Client:
        client = sign_in(Role.STEWARD)
        with django_capture_on_commit_callbacks(execute=True):
            client.post("/people/exports/ask/", {**WHY, **said})
        return client

    return asking


def take(client: Client) -> str:
    answer = client.post(f"/people/exports/{Export.objects.get().pk}/take/")
    return answer.content.decode() if answer.status_code == 200 else ""


def test_a_short_list_is_taken_once(ask: Callable[..., Client], add_person: MakePerson) -> None:
    add_person(given="Rosa", family="Cruz", phone="+12135550123")
    client = ask()
    assert "Rosa Cruz" in (first := take(client))
    assert "(213) 555-0123" in first
    assert take(client) == ""
    assert Access.objects.filter(kind="export").count() == 1
    assert Event.objects.filter(kind="export.made").count() == 1


def test_the_list_speaks_the_language_of_whoever_asked(
    ask: Callable[..., Client], add_person: MakePerson, cast: dict[Role, User]
) -> None:
    add_person(given="Rosa", family="Cruz", phone="+12135550123")
    User.objects.filter(pk=cast[Role.STEWARD].pk).update(language="es")
    _who, heading, line = take(ask()).splitlines()
    assert heading.split(",")[0] == "Nombre completo"
    assert ",Sí," in line


def test_filters_leave_the_others_out(ask: Callable[..., Client], add_person: MakePerson) -> None:
    add_person(given="Rosa", language="es")
    add_person(native="김영희", language="ko")
    text = take(ask(language="ko"))
    assert "김영희" in text
    assert "Rosa" not in text


def test_no_cell_is_a_formula(ask: Callable[..., Client], add_person: MakePerson) -> None:
    add_person(given='=HYPERLINK("http://example.org")')
    assert "'=HYPERLINK" in take(ask())


def test_people_set_aside_are_not_in_it(ask: Callable[..., Client], add_person: MakePerson, actor: Acting) -> None:
    from centro.people import actions

    actions.restrict_person(by=actor(Role.STEWARD), person=add_person(given="Rosa"))
    assert "Rosa" not in take(ask())


def test_after_fifteen_minutes_it_is_too_late(
    ask: Callable[..., Client], add_person: MakePerson, clock: time_machine.Traveller
) -> None:
    add_person(given="Rosa")
    client = ask()
    clock.shift(timedelta(minutes=16))
    assert take(client) == ""


def test_a_long_list_waits_for_a_second_officer(
    ask: Callable[..., Client],
    add_person: MakePerson,
    sign_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Committed,
) -> None:
    monkeypatch.setattr(exports, "LONG", 1)
    add_person(given="Rosa")
    add_person(given="Ana")
    client = ask()
    assert Export.objects.get().state == "waiting"
    assert take(client) == ""
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(Role.DIRECTOR).post(f"/people/exports/{Export.objects.get().pk}/approve/")
    assert "Ana" in take(client)


def test_nobody_approves_their_own_list(actor: Acting, db: None) -> None:
    steward = actor(Role.STEWARD)
    export = exports.ask_for_export(by=steward, reason="x")
    with pytest.raises(exports.SamePerson):
        exports.approve_export(by=steward, export=export)


def test_only_whoever_asked_may_take_it(ask: Callable[..., Client], add_person: MakePerson, sign_in: SignIn) -> None:
    add_person(given="Rosa")
    ask()
    answer = sign_in(Role.DIRECTOR).post(f"/people/exports/{Export.objects.get().pk}/take/")
    assert answer.status_code == 404


def test_without_a_reason_there_is_no_list(sign_in: SignIn) -> None:
    answer = sign_in(Role.STEWARD).post("/people/exports/ask/", {"reason": ""})
    assert answer.status_code == 422
    assert not Export.objects.exists()


def test_after_a_day_the_list_is_destroyed(
    ask: Callable[..., Client], add_person: MakePerson, clock: time_machine.Traveller
) -> None:
    add_person(given="Rosa")
    ask()
    clock.shift(timedelta(hours=25))
    assert exports.forget_old() == 1
    assert Export.objects.get().content == ""


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.ADMIN, Role.ORGANIZER])
def test_other_roles_have_no_export(role: Role, sign_in: SignIn) -> None:
    assert sign_in(role).get("/people/exports/").status_code == 404
