"""Tasks: lists, adding, giving to others, ticking off and undoing."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from centro.core import actions, clock
from centro.core.classes import Role
from centro.core.models import Event, Task, User
from centro.core.policy import Actor
from centro.people import actions as people

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role], Client]
As = Callable[[Role], Actor]
Cast = dict[Role, User]


@pytest.fixture
def task(actor: As, cast: Cast) -> Task:
    """The manager asked the front desk to call the market."""
    return actions.add_task(
        by=actor(Role.MANAGER), owner=cast[Role.FRONT_DESK], what="call the market", due_on=clock.today()
    )


def typed(cast: Cast, **changes: str) -> dict[str, str]:
    owner = str(cast[Role.FRONT_DESK].pk)
    return {"what": "Water the plants", "due_on": "2026-11-25", "owner": owner} | changes


def kinds() -> list[str]:
    return list(Event.objects.order_by("seq").values_list("kind", flat=True))


def test_outsider_is_asked_to_sign_in(client: Client, task: Task) -> None:
    for address in ("/tasks/", "/tasks/add/", f"/tasks/{task.pk}/"):
        assert client.get(address).headers["Location"].startswith("/account/login/")
    assert client.post(f"/tasks/{task.pk}/do/").headers["Location"].startswith("/account/login/")
    task.refresh_from_db()
    assert task.done_at is None


def test_lists_are_mine_given_and_done(sign_in: SignIn, actor: As, task: Task) -> None:
    desk, manager = sign_in(Role.FRONT_DESK), sign_in(Role.MANAGER)
    assert "call the market" in desk.get("/tasks/").content.decode()
    assert "call the market" not in manager.get("/tasks/").content.decode()
    given = manager.get("/tasks/?show=given").content.decode()
    assert "call the market" in given
    assert "Name of Front desk" in given
    actions.do_task(by=actor(Role.FRONT_DESK), task=task)
    assert "call the market" in desk.get("/tasks/?show=done").content.decode()
    assert "call the market" not in desk.get("/tasks/").content.decode()
    assert desk.get("/tasks/?show=<b>").status_code == 200


def test_add_a_task_for_oneself(sign_in: SignIn, cast: Cast) -> None:
    answer = sign_in(Role.FRONT_DESK).post("/tasks/add/", typed(cast))
    assert answer.headers["Location"] == "/"
    row = Task.objects.get()
    assert (row.owner, row.set_by, row.due_on) == (cast[Role.FRONT_DESK], cast[Role.FRONT_DESK], date(2026, 11, 25))
    assert kinds() == ["task.added"]


def test_give_a_task_about_a_person_to_a_colleague(sign_in: SignIn, actor: As, cast: Cast) -> None:
    person = people.add_person(by=actor(Role.FRONT_DESK), details={"given": "Rosalba"})
    desk = sign_in(Role.FRONT_DESK)
    form = desk.get(f"/tasks/add/?about={person.pk}&next=/people/{person.pk}/").content.decode()
    assert "Rosalba" in form
    assert "Name of Organizer" in form
    sent = typed(cast, about=str(person.pk), owner=str(cast[Role.ORGANIZER].pk), next=f"/people/{person.pk}/")
    assert desk.post("/tasks/add/", sent).headers["Location"] == f"/people/{person.pk}/"
    row = Task.objects.get()
    assert (row.owner, row.about_kind, row.about) == (cast[Role.ORGANIZER], "person", person.pk)


def test_a_person_whom_one_may_not_see_is_not_there(sign_in: SignIn, actor: As, cast: Cast) -> None:
    person = people.add_person(by=actor(Role.FRONT_DESK), details={"given": "Rosalba"})
    organizer = sign_in(Role.ORGANIZER)
    assert organizer.get(f"/tasks/add/?about={person.pk}").status_code == 404
    assert organizer.get(f"/tasks/add/?about={uuid4()}").status_code == 404
    assert organizer.post("/tasks/add/", typed(cast, about=str(person.pk))).status_code == 404
    assert not Task.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"what": ""}, "This field is required"),
        ({"what": "x" * 301}, "at most 300 characters"),
        ({"due_on": "1899-01-01"}, "check the year"),
        ({"due_on": "2199-01-01"}, "check the year"),
        ({"due_on": "soon"}, "Enter a valid date"),
        ({"owner": "8a1b0000-0000-4000-8000-000000000000"}, "Select a valid choice"),
        ({"what": "her number is 123-45-6789"}, "Please do not write this here"),
    ],
)
def test_bad_input_stays_on_the_form_with_its_words(
    sign_in: SignIn, cast: Cast, changes: dict[str, str], words: str
) -> None:
    answer = sign_in(Role.FRONT_DESK).post("/tasks/add/", typed(cast, **changes))
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert words in shown
    if changes.get("what", "x") and len(changes.get("what", "x")) < 300:
        assert changes.get("what", "Water the plants") in shown
    assert not Task.objects.exists()
    assert kinds() == []


def test_hostile_words_are_shown_as_words(sign_in: SignIn, cast: Cast) -> None:
    desk = sign_in(Role.FRONT_DESK)
    desk.post("/tasks/add/", typed(cast, what="<script>alert(1)</script>' or 1=1 --"))
    shown = desk.get("/tasks/").content.decode()
    assert "&lt;script&gt;alert(1)" in shown
    assert "<script>alert(1)" not in shown


def test_tick_off_and_undo(sign_in: SignIn, task: Task) -> None:
    desk = sign_in(Role.FRONT_DESK)
    assert desk.post(f"/tasks/{task.pk}/do/", {"next": "/tasks/"}).headers["Location"] == "/tasks/"
    task.refresh_from_db()
    assert task.done_at is not None
    assert desk.post(f"/tasks/{task.pk}/undo/").headers["Location"] == "/"
    task.refresh_from_db()
    assert task.done_at is None
    assert kinds() == ["task.added", "task.done", "task.undone"]


def test_whoever_gave_it_may_tick_it_off_and_nobody_else(sign_in: SignIn, task: Task) -> None:
    assert sign_in(Role.ORGANIZER).post(f"/tasks/{task.pk}/do/").status_code == 404
    task.refresh_from_db()
    assert task.done_at is None
    sign_in(Role.MANAGER).post(f"/tasks/{task.pk}/do/")
    task.refresh_from_db()
    assert task.done_at is not None


def test_ticking_twice_leaves_one_event(sign_in: SignIn, task: Task) -> None:
    desk, key = sign_in(Role.FRONT_DESK), str(uuid4())
    answers = [desk.post(f"/tasks/{task.pk}/do/", {"_once": key, "next": "/tasks/"}) for _ in range(2)]
    assert [answer.headers["Location"] for answer in answers] == ["/tasks/", "/tasks/"]
    assert kinds().count("task.done") == 1


def test_a_script_gets_the_changed_line(sign_in: SignIn, task: Task) -> None:
    desk = sign_in(Role.FRONT_DESK)
    answer = desk.post(
        f"/tasks/{task.pk}/do/", {"next": "/tasks/", "_once": str(uuid4())}, headers={"HX-Request": "true"}
    )
    line = desk.get(answer.headers["Location"], headers={"HX-Request": "true"}).content.decode()
    assert f"/tasks/{task.pk}/undo/" in line
    assert "<html" not in line
    whole = desk.get("/tasks/?show=done").content.decode()
    assert f"/tasks/{task.pk}/undo/" in whole


def test_an_address_from_elsewhere_is_not_followed(sign_in: SignIn, task: Task) -> None:
    answer = sign_in(Role.FRONT_DESK).post(f"/tasks/{task.pk}/do/", {"next": "https://evil.example/"})
    assert answer.headers["Location"] == "/"


def test_a_get_changes_nothing(sign_in: SignIn, task: Task) -> None:
    assert sign_in(Role.FRONT_DESK).get(f"/tasks/{task.pk}/do/").status_code == 405
    task.refresh_from_db()
    assert task.done_at is None


def test_old_done_tasks_leave_the_list(sign_in: SignIn, task: Task) -> None:
    Task.objects.filter(pk=task.pk).update(done_at=clock.now() - timedelta(days=15))
    assert "call the market" not in sign_in(Role.FRONT_DESK).get("/tasks/?show=done").content.decode()


# --- changing and handing over ----------------------------------------------------------------------------------------


def test_a_task_is_corrected(sign_in: SignIn, task: Task, cast: Cast) -> None:
    desk, at = sign_in(Role.FRONT_DESK), f"/tasks/{task.pk}/edit/"
    assert 'value="call the market"' in desk.get(at).content.decode()
    assert desk.post(at, typed(cast, what="Call the bakery", version="1")).headers["Location"] == "/"
    shown = desk.get("/tasks/").content.decode()
    assert "Call the bakery" in shown
    assert f'href="{at}' in shown
    assert set(Event.objects.get(kind="task.edited").codes) == {"what", "due_on"}


def test_a_task_is_handed_to_a_colleague_and_who_asked_still_sees_it(sign_in: SignIn, task: Task, cast: Cast) -> None:
    desk = sign_in(Role.FRONT_DESK)
    to = str(cast[Role.DISPATCHER].pk)
    sent = {"what": "call the market", "due_on": str(task.due_on), "owner": to, "version": "1"}
    assert desk.post(f"/tasks/{task.pk}/edit/", sent).status_code == 302
    assert "call the market" not in desk.get("/tasks/").content.decode()
    assert "call the market" in sign_in(Role.DISPATCHER).get("/tasks/").content.decode()
    assert "call the market" in sign_in(Role.MANAGER).get("/tasks/?show=given").content.decode()
    assert desk.get(f"/tasks/{task.pk}/edit/").status_code == 404
    assert kinds()[-1] == "task.handed_over"


def test_a_task_that_nobody_asked_for_is_followed_by_who_hands_it_on(sign_in: SignIn, actor: As, cast: Cast) -> None:
    row = actions.add_task(
        by=Actor(system="reminders"), owner=cast[Role.FRONT_DESK], what="look at the paper", due_on=clock.today()
    )
    owner = str(cast[Role.DISPATCHER].pk)
    sent = {"what": "look at the paper", "due_on": str(row.due_on), "owner": owner, "version": "1"}
    sign_in(Role.FRONT_DESK).post(f"/tasks/{row.pk}/edit/", sent)
    assert "look at the paper" in sign_in(Role.FRONT_DESK).get("/tasks/?show=given").content.decode()


def test_of_two_edits_the_slower_sees_both(sign_in: SignIn, task: Task, cast: Cast) -> None:
    desk, at = sign_in(Role.FRONT_DESK), f"/tasks/{task.pk}/edit/"
    desk.post(at, typed(cast, what="Call the bakery", version="1"))
    answer = sign_in(Role.MANAGER).post(at, typed(cast, what="Call the laundry", version="1"))
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Call the bakery" in shown
    assert "Call the laundry" in shown
    assert "Name of Front desk saved first" in shown
    assert sign_in(Role.MANAGER).post(at, typed(cast, what="Call the laundry", version="2")).status_code == 302


def test_an_edit_without_words_stays_on_its_form(sign_in: SignIn, task: Task, cast: Cast) -> None:
    answer = sign_in(Role.FRONT_DESK).post(f"/tasks/{task.pk}/edit/", typed(cast, what="", version="1"))
    assert answer.status_code == 422
    assert "Please look at this again" in answer.content.decode()


def test_a_task_of_others_is_not_there_to_change(sign_in: SignIn, task: Task, cast: Cast) -> None:
    assert sign_in(Role.TRAINER).get(f"/tasks/{task.pk}/edit/").status_code == 404
    assert sign_in(Role.TRAINER).post(f"/tasks/{task.pk}/edit/", typed(cast, version="1")).status_code == 404
    assert Event.objects.filter(kind="task.edited").count() == 0
