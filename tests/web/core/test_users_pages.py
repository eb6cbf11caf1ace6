"""The list of staff: fifty accounts a page, open ones first."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from centro.core.classes import Role
from centro.core.models import User
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def director(sign_in: SignIn) -> Client:
    return sign_in(Role.DIRECTOR)


def test_the_list_of_staff_has_pages(director: Client) -> None:
    User.objects.bulk_create([User(username=f"zz-{n:03}", is_active=n % 10 != 0) for n in range(120)])
    seen: list[str] = []
    address = reverse("core:users")
    for _page in range(9):
        shown = director.get(address).content.decode()
        names = re.findall(r'<span class="detail">(zz-\d+)', shown)
        assert len(names) <= 50
        seen += names
        following = re.search(r'rel="next" href="([^"]+)"', shown)
        if following is None:
            break
        address = reverse("core:users") + html.unescape(following[1])
    assert sorted(seen) == [f"zz-{n:03}" for n in range(120)]
    shut = [name for name in seen if name.endswith("0")]
    assert seen[-len(shut) :] == shut


@pytest.mark.parametrize("mark", ["x", "2~a", "1~", "1~a\x00", "0~" + "a" * 200])
def test_a_mark_that_is_none_is_not_there(director: Client, mark: str) -> None:
    assert director.get(reverse("core:users"), {"after": mark}).status_code == 404
