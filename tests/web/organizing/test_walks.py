"""Going out with a list and coming back; and what happens when somebody does not."""

import json
from datetime import time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client

from centro.core import clock
from centro.core.classes import Role
from centro.core.models import Event, Task, User
from centro.core.policy import system
from centro.organizing import actions
from centro.organizing.forms import OutForm
from centro.organizing.models import Assignment, Pack, Walk
from tests.web.conftest import SignIn
from tests.web.organizing.conftest import MakeList, MakePerson
from tests.web.organizing.phone import Phone, take_along


@pytest.fixture
def shift(add_worker: MakePerson, make_list: MakeList) -> Assignment:
    return make_list(add_worker(given="Rosa", family="Quispe"))


def go(client: Client, shift: Assignment, time: str = "23:59") -> int:
    return client.post(f"/organizing/lists/{shift.pk}/out/", {"back_by": time}).status_code


def test_whoever_goes_says_when_they_want_to_be_back_and_that_they_are(sign_in: SignIn, shift: Assignment) -> None:
    client = sign_in(Role.VOLUNTEER)
    assert go(client, shift) == 302
    walk = Walk.objects.get()
    assert (walk.assignment, walk.back_at) == (shift, None)
    page = client.get(f"/organizing/lists/{shift.pk}/").content.decode()
    assert "We are back" in page
    assert "We are going out" not in page
    assert client.post(f"/organizing/walks/{walk.pk}/back/").status_code == 302
    walk.refresh_from_db()
    assert walk.back_at is not None
    assert list(Event.objects.filter(about=shift.pk).order_by("seq").values_list("kind", flat=True))[-2:] == [
        "assignment.went_out",
        "assignment.came_back",
    ]


def test_the_time_offered_has_no_seconds_that_a_browser_would_hold_on_to() -> None:
    assert 'value="21:30"' in str(OutForm(initial={"back_by": time(21, 30, 7)}, others=[]))


def test_a_time_that_is_none_is_asked_again(sign_in: SignIn, shift: Assignment) -> None:
    client = sign_in(Role.VOLUNTEER)
    answer = client.post(f"/organizing/lists/{shift.pk}/out/", {"back_by": "late"}, follow=True)
    assert "for example 20:30" in answer.content.decode()
    assert not Walk.objects.exists()


def test_nobody_else_sees_or_ends_a_walk(sign_in: SignIn, shift: Assignment, client: Client) -> None:
    go(sign_in(Role.VOLUNTEER), shift)
    walk = Walk.objects.get()
    for role in (Role.FRONT_DESK, Role.COUNSELLOR, Role.STEWARD):
        assert sign_in(role).post(f"/organizing/walks/{walk.pk}/back/").status_code == 404
    assert client.post(f"/organizing/walks/{walk.pk}/longer/").status_code == 302
    assert sign_in(Role.VOLUNTEER).post(f"/organizing/walks/{uuid4()}/back/").status_code == 404
    assert Walk.objects.get().back_at is None


def test_a_pair_that_is_not_back_is_raised_once_with_whoever_made_the_list(
    sign_in: SignIn, shift: Assignment, cast: dict[Role, User]
) -> None:
    go(sign_in(Role.VOLUNTEER), shift)
    by = system("test")
    assert actions.raise_overdue_walks(by=by) == 0
    Walk.objects.update(back_by=clock.now() - timedelta(minutes=14))
    assert actions.raise_overdue_walks(by=by) == 0  # a traffic jam is no alarm
    Walk.objects.update(back_by=clock.now() - timedelta(minutes=16))
    assert [actions.raise_overdue_walks(by=by) for _ in range(3)] == [1, 0, 0]
    task = Task.objects.get(owner=cast[Role.ORGANIZER])
    assert task.due_on == clock.today()
    assert Event.objects.filter(kind="assignment.overdue", about=shift.pk).count() == 1
    assert mail.outbox == []  # mail is not set up here


def test_more_time_takes_the_alarm_back(sign_in: SignIn, shift: Assignment) -> None:
    client = sign_in(Role.VOLUNTEER)
    go(client, shift)
    Walk.objects.update(back_by=clock.now() - timedelta(hours=1), raised_at=clock.now())
    assert client.post(f"/organizing/walks/{Walk.objects.get().pk}/longer/").status_code == 302
    walk = Walk.objects.get()
    assert (walk.back_by - clock.now(), walk.raised_at) == (timedelta(minutes=30), None)


def test_the_organizer_sees_who_is_out(sign_in: SignIn, shift: Assignment) -> None:
    go(sign_in(Role.VOLUNTEER), shift)
    organizer = sign_in(Role.ORGANIZER)
    assert "They are back" in organizer.get(f"/organizing/lists/{shift.pk}/").content.decode()


def say(phone: Phone, walk: str, *, hours: float = 2, back: bool = False, token: str = "") -> int:
    told = {"token": token or phone.token, "id": walk, "is_back": back}
    told["back_by"] = (clock.now() + timedelta(hours=hours)).isoformat()
    return Client().post("/organizing/walks/said/", json.dumps(told), content_type="application/json").status_code


def test_a_phone_says_it_twice_and_late(sign_in: SignIn, shift: Assignment) -> None:
    phone, mark = take_along(sign_in(Role.VOLUNTEER), shift), str(uuid4())
    assert [say(phone, mark) for _ in range(3)] == [200] * 3
    assert Walk.objects.count() == 1
    say(phone, mark, hours=3)
    assert Walk.objects.get().back_by == clock.now() + timedelta(hours=3)
    say(phone, mark, back=True)
    say(phone, mark)  # an old copy of the first message
    assert Walk.objects.get().back_at == clock.now()


def test_a_new_walk_of_the_same_phone_ends_the_one_before(sign_in: SignIn, shift: Assignment) -> None:
    phone = take_along(sign_in(Role.VOLUNTEER), shift)
    say(phone, str(uuid4()))
    say(phone, str(uuid4()))
    assert Walk.objects.filter(back_at=None).count() == 1


def test_a_revoked_phone_silences_no_alarm(sign_in: SignIn, shift: Assignment) -> None:
    phone, mark = take_along(sign_in(Role.VOLUNTEER), shift), str(uuid4())
    say(phone, mark)
    Pack.objects.update(revoked_at=clock.now())
    Walk.objects.update(back_by=clock.now() - timedelta(hours=1))
    for told in ({"walk": mark, "back": True}, {"walk": mark, "hours": 5}, {"walk": str(uuid4())}):
        say(phone, **told)
    walk = Walk.objects.get()
    assert (walk.back_at, walk.back_by) == (None, clock.now() - timedelta(hours=1))
    assert actions.raise_overdue_walks(by=system("test")) == 1


def test_a_late_word_about_an_old_walk_ends_no_other(sign_in: SignIn, shift: Assignment) -> None:
    phone = take_along(sign_in(Role.VOLUNTEER), shift)
    say(phone, str(uuid4()))
    say(phone, str(uuid4()), hours=-1)  # sent hours after it was said
    say(phone, str(uuid4()), back=True)
    assert Walk.objects.get().back_at is None


def test_a_copy_that_has_run_out_says_that_they_are_back_and_no_more(
    sign_in: SignIn, shift: Assignment, clock: Any
) -> None:
    phone, mark = take_along(sign_in(Role.VOLUNTEER), shift), str(uuid4())
    say(phone, mark)
    clock.shift(timedelta(hours=5))
    before = Walk.objects.get().back_by
    say(phone, str(uuid4()))
    say(phone, mark, hours=3)
    assert (Walk.objects.get().back_by, Walk.objects.get().back_at) == (before, None)
    say(phone, mark, back=True)
    assert Walk.objects.get().back_at is not None


def test_a_time_far_ahead_is_cut(sign_in: SignIn, shift: Assignment) -> None:
    say(take_along(sign_in(Role.VOLUNTEER), shift), str(uuid4()), hours=900)
    assert Walk.objects.get().back_by == clock.now() + timedelta(hours=16)


def test_a_strangers_token_does_nothing_and_is_told_nothing(sign_in: SignIn, shift: Assignment) -> None:
    phone = take_along(sign_in(Role.VOLUNTEER), shift)
    assert say(phone, str(uuid4()), token="nobody's") == 200
    assert not Walk.objects.exists()
    for body in ("", "{}", "[]", '{"token": "x", "id": "no", "back_by": "x", "is_back": true}'):
        answer = Client().post("/organizing/walks/said/", body, content_type="application/json")
        assert answer.status_code == 400
