"""The frame of every page: the parts of the work by role, the part one is in, no query that grows."""

from collections.abc import Callable

import pytest
from django.test import Client

from centro.core import policy
from centro.core.classes import Role
from centro.web.context import PARTS

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role], Client]


def current(client: Client, address: str) -> list[str]:
    return [line["url"] for line in client.get(address).context["nav"] if line["is_current"]]


@pytest.mark.parametrize(
    ("address", "part"),
    [
        ("/", "/"),
        ("/tasks/", "/"),
        ("/tasks/add/", "/"),
        ("/people/", "/people/"),
        ("/people/add/", "/people/"),
        ("/people/workplaces/", "/people/workplaces/"),
        ("/people/workplaces/add/", "/people/workplaces/"),
    ],
)
def test_one_part_is_marked(sign_in: SignIn, address: str, part: str) -> None:
    assert current(sign_in(Role.FRONT_DESK), address) == [part]


def test_roles_see_their_parts(sign_in: SignIn) -> None:
    def parts(role: Role) -> list[str]:
        return [line["url"] for line in sign_in(role).get("/").context["nav"]]

    assert parts(Role.VOLUNTEER)[0] == "/"
    assert not {"/people/", "/workplaces/", "/log/"} & set(parts(Role.VOLUNTEER))
    assert parts(Role.ADMIN) == ["/", "/users/", "/center/", "/log/", "/clinic/forms/"]
    assert "/log/" not in parts(Role.FRONT_DESK)
    at_the_desk = ["/", "/people/", "/clinic/intake/", "/people/workplaces/", "/organizing/members/", "/clinic/day/"]
    assert parts(Role.FRONT_DESK) == at_the_desk


def test_visitors_get_the_frame_without_parts(client: Client) -> None:
    answer = client.get("/about/")
    assert answer.context["nav"] == []
    assert answer.status_code == 200


def test_every_part_leads_to_a_page(sign_in: SignIn) -> None:
    for part in PARTS:
        role = next(role for role in Role if part.verb in _verbs(role))
        lines = sign_in(role).get("/").context["nav"]
        address = next(line["url"] for line in lines if str(line["label"]) == str(part.label))
        assert sign_in(role).get(address).status_code == 200


def _verbs(role: Role) -> set[str]:
    return {verb for grant in policy.explain()[role] for verb in grant.verbs}
