"""The language of every page, and as what one works."""

from collections.abc import Callable

import pytest
from django.test import Client

from centro.core import clock
from centro.core.classes import Role
from centro.core.models import Access, Event, RoleGrant, User

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role], Client]


def test_a_visitor_chooses_a_language_by_cookie(client: Client) -> None:
    answer = client.post("/language/", {"language": "ko", "next": "/about/"})
    assert answer.headers["Location"] == "/about/"
    assert client.get("/about/").headers["Content-Language"] == "ko"
    assert not Event.objects.exists()


def test_a_user_keeps_their_language(sign_in: SignIn, cast: dict[Role, User]) -> None:
    desk = sign_in(Role.FRONT_DESK)
    desk.post("/language/", {"language": "es"})
    cast[Role.FRONT_DESK].refresh_from_db()
    assert cast[Role.FRONT_DESK].language == "es"
    assert desk.get("/").headers["Content-Language"] == "es"
    assert Event.objects.get().kind == "user.language_set"


def test_an_unknown_language_changes_nothing(client: Client) -> None:
    answer = client.post("/language/", {"language": "xx", "next": "//evil.example/"})
    assert answer.headers["Location"] == "/"
    assert "centro_language" not in answer.cookies


def test_a_form_that_came_back_leads_to_the_page_on_which_it_stood(sign_in: SignIn) -> None:
    """The address that it was sent to may answer nothing but a form."""
    desk, stood = sign_in(Role.FRONT_DESK), "/people/?q=a"
    came_back = desk.post("/tasks/add/", {}, HTTP_REFERER=f"http://testserver{stood}").content.decode()
    assert f'name="next" value="{stood}"' in came_back
    elsewhere = desk.post("/tasks/add/", {}, HTTP_REFERER="http://evil.example/x/").content.decode()
    assert 'name="next" value="/tasks/add/"' in elsewhere


def test_working_as_another_role_one_holds(sign_in: SignIn, cast: dict[Role, User]) -> None:
    RoleGrant.objects.create(user=cast[Role.FRONT_DESK], role=Role.STEWARD, from_at=clock.now())
    desk = sign_in(Role.FRONT_DESK)
    assert desk.get("/people/purges/").status_code == 404
    desk.post("/role/", {"role": "steward"})
    assert desk.get("/people/purges/").status_code == 200
    assert Access.objects.filter(kind="role", fields=["steward"]).count() == 1


def test_a_role_one_does_not_hold_is_not_there(sign_in: SignIn) -> None:
    assert sign_in(Role.FRONT_DESK).post("/role/", {"role": "director"}).status_code == 404


def test_the_pulse_says_who_is_signed_in(sign_in: SignIn, client: Client, cast: dict[Role, User]) -> None:
    assert client.get("/pulse/").status_code == 401
    answer = sign_in(Role.FRONT_DESK).get("/pulse/").json()
    assert answer["user"] == str(cast[Role.FRONT_DESK].pk)
    assert len(answer["token"]) == 64
