"""Today: what is due, what to do next, whom one had open."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.translation import ngettext

from centro.core import actions, clock
from centro.core.classes import Relation, Role
from centro.core.models import Access, User
from centro.core.policy import Actor
from centro.people import actions as people
from centro.people.choices import Inbox
from centro.people.models import Person, Purge, Thread

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role], Client]
As = Callable[[Role], Actor]
Cast = dict[Role, User]


def add(actor: Actor, owner: User, what: str, days: int = 0, about: Any = None) -> Any:
    return actions.add_task(by=actor, owner=owner, what=what, due_on=clock.today() + timedelta(days=days), about=about)


def page(client: Client) -> str:
    return client.get("/").content.decode()


def test_outsider_is_asked_to_sign_in(client: Client) -> None:
    assert client.get("/").headers["Location"].startswith("/account/login/?next=/")


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_today_that_says_what_to_do(sign_in: SignIn, role: Role) -> None:
    answer = sign_in(role).get("/")
    assert answer.status_code == 200
    assert "/roles/" in answer.content.decode()


def test_due_tasks_stand_under_their_day(sign_in: SignIn, actor: As, cast: Cast) -> None:
    me = cast[Role.FRONT_DESK]
    for days, what in ((-2, "call the market"), (0, "print the list"), (3, "buy water"), (30, "count the chairs")):
        add(actor(Role.FRONT_DESK), me, what, days)
    shown = page(sign_in(Role.FRONT_DESK))
    places = [
        shown.index(words) for words in ("Overdue", "call the market", "print the list", "In the next seven days")
    ]
    assert places == sorted(places)
    assert shown.index("buy water") < shown.index("Later") < shown.index("count the chairs")


def test_what_others_have_to_do_is_not_here(sign_in: SignIn, actor: As, cast: Cast) -> None:
    add(actor(Role.DIRECTOR), cast[Role.ORGANIZER], "visit the bakery")
    assert "visit the bakery" not in page(sign_in(Role.FRONT_DESK))
    assert "visit the bakery" not in page(sign_in(Role.DIRECTOR))
    assert "visit the bakery" in page(sign_in(Role.ORGANIZER))


def test_a_task_names_its_person_only_to_those_who_may_see_them(sign_in: SignIn, actor: As, cast: Cast) -> None:
    person = people.add_person(by=actor(Role.FRONT_DESK), details={"given": "Rosalba", "family": "Tzoc"})
    add(actor(Role.FRONT_DESK), cast[Role.FRONT_DESK], "call back", about=person)
    add(actor(Role.FRONT_DESK), cast[Role.COUNSELLOR], "write the letter", about=person)
    assert "Rosalba" in page(sign_in(Role.FRONT_DESK))
    others = page(sign_in(Role.COUNSELLOR))
    assert "write the letter" in others
    assert "Rosalba" not in others


def test_people_opened_last_come_back(sign_in: SignIn, actor: As) -> None:
    desk = sign_in(Role.FRONT_DESK)
    first = people.add_person(by=actor(Role.FRONT_DESK), details={"given": "Ofelia"})
    second = people.add_person(by=actor(Role.FRONT_DESK), details={"given": "Byron"})
    assert "Ofelia" not in page(desk)
    for person in (first, second, first):
        desk.get(f"/people/{person.pk}/")
    shown = page(desk)
    assert shown.index("Ofelia") < shown.index("Byron")
    assert "Ofelia" not in page(sign_in(Role.DIRECTOR))


def test_a_volunteer_sees_the_list_of_the_shift(sign_in: SignIn, actor: As, cast: Cast) -> None:
    person = people.add_person(by=actor(Role.FRONT_DESK), details={"given": "Petrona", "call_me": "Petro"})
    other = people.add_person(by=actor(Role.FRONT_DESK), details={"given": "Wilmer", "call_me": "Wil"})
    people.involve(by=actor(Role.MANAGER), person=person, scope_kind="shift", scope=person.pk)
    actions.give_place(
        by=actor(Role.MANAGER),
        user=cast[Role.VOLUNTEER],
        scope_kind="shift",
        scope=person.pk,
        relation=Relation.ASSIGNED,
    )
    shown = page(sign_in(Role.VOLUNTEER))
    assert "Petro" in shown
    assert "Petrona" not in shown
    assert "Wil" not in shown
    assert Person.objects.filter(pk=other.pk).exists()


def test_a_director_is_told_of_purges_that_wait(sign_in: SignIn, actor: As, cast: Cast) -> None:
    words = "waits for a second yes"
    assert words not in page(sign_in(Role.DIRECTOR))
    Purge.objects.create(
        person_id=cast[Role.STEWARD].pk, basis="asked", proposed_by=cast[Role.STEWARD], due_on=clock.today()
    )
    assert words in page(sign_in(Role.DIRECTOR))
    assert words not in page(sign_in(Role.FRONT_DESK))


def test_the_number_of_queries_does_not_grow(sign_in: SignIn, actor: As, cast: Cast) -> None:
    desk, by = sign_in(Role.FRONT_DESK), actor(Role.FRONT_DESK)

    def fill(count: int) -> None:
        for number in range(count):
            person = people.add_person(by=by, details={"given": f"Ana {number}"})
            add(by, cast[Role.FRONT_DESK], f"call {number}", days=number - 3, about=person)
            desk.get(f"/people/{person.pk}/")

    fill(2)
    desk.get("/")
    with CaptureQueriesContext(connection) as few:
        desk.get("/")
    fill(12)
    with CaptureQueriesContext(connection) as many:
        desk.get("/")
    assert len(few) == len(many) <= 22, "\n".join(query["sql"] for query in many)


def test_looking_leaves_one_access_row_and_no_event(sign_in: SignIn, actor: As, cast: Cast) -> None:
    add(actor(Role.FRONT_DESK), cast[Role.FRONT_DESK], "call the market")
    before = Access.objects.count()
    page(sign_in(Role.FRONT_DESK))
    rows = Access.objects.order_by("seq")[before:]
    assert [(row.kind, row.route) for row in rows] == [("open", "web:home")]
    assert rows[0].fields == ["core.task.what"]


@pytest.mark.parametrize(("language", "waits"), [("es", True), ("ko", False)])
def test_a_text_that_waits_stands_on_today_for_those_who_speak_its_language(
    sign_in: SignIn, actor: As, cast: Cast, language: str, waits: bool
) -> None:
    by = actor(Role.ORGANIZER)
    User.objects.filter(pk=cast[Role.ORGANIZER].pk).update(language="en", speaks=["es"])
    person = people.add_person(by=by, details={"given": "Ofelia", "language": language})
    now = clock.now()
    Thread.objects.create(person=person, inbox=Inbox.ORGANIZING, last_at=now, unread_at=now)
    with CaptureQueriesContext(connection) as asked:
        shown = page(sign_in(Role.ORGANIZER))
    assert ("1 text waits for an answer in your languages" in shown) == waits
    assert len(asked) <= 60
    User.objects.filter(pk=cast[Role.ORGANIZER].pk).update(language=language, speaks=[])
    with translation.override(language):
        one, more = (
            "%(n)d text waits for an answer in your languages",
            "%(n)d texts wait for an answer in your languages",
        )
        words = ngettext(one, more, 1) % {"n": 1}
    assert words in page(sign_in(Role.ORGANIZER))
