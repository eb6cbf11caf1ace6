"""The center's own page: its name and colour, changed by the administrator, never over somebody else's change."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from centro.core import clock as center_clock
from centro.core.backup import making, sealing, store
from centro.core.classes import Role
from centro.core.models import Center, Event
from tests.web.conftest import SignIn

CASA = {"name": "Casa Obrera", "phone": "213-555-0100", "address": "1 Main St", "accent": "#3f6212", "version": "1"}


def test_the_name_and_the_colour_stand_on_every_page(sign_in: SignIn) -> None:
    admin = sign_in(Role.ADMIN)
    assert admin.get("/center/").status_code == 200
    assert admin.post("/center/", CASA).status_code == 302
    page = sign_in(Role.FRONT_DESK).get("/people/").content.decode()
    assert "Casa Obrera" in page
    assert 'data-accent="#3f6212"' in page
    assert Event.objects.get(kind="center.edited").codes == ["accent", "address", "name", "phone"]


def test_a_second_editor_overwrites_nothing(sign_in: SignIn) -> None:
    admin = sign_in(Role.ADMIN)
    admin.post("/center/", CASA)
    answer = admin.post("/center/", {**CASA, "name": "Casa Dos", "accent": "#c2410c"})
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("test-admin", "Casa Dos", "Casa Obrera", "Persimmon", "Olive"):
        assert words in page
    assert Center.objects.get().name == "Casa Obrera"
    assert admin.post("/center/", {**CASA, "name": "Casa Dos", "version": "2"}).status_code == 302
    assert Center.objects.get().name == "Casa Dos"


@pytest.fixture
def backed_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A backup was made a moment ago, sealed to one identity."""
    stamp = store.stamp_of(center_clock.now())
    monkeypatch.setattr(making, "last_made", lambda: {"stamp": stamp})
    monkeypatch.setattr(sealing, "recipients", lambda: ["age1…"])


def wells(client: Client) -> list[bool]:
    return [sign.is_well for sign in client.get("/center/").context["signs"]]


def test_the_administrator_sees_that_nobody_backs_up(sign_in: SignIn) -> None:
    admin = sign_in(Role.ADMIN)
    assert wells(admin) == [False, False, False, True]
    assert "none yet" in admin.get("/center/").content.decode()
    assert "No backup was made in the last day" in admin.get("/").content.decode()


@pytest.mark.usefixtures("backed_up")
def test_the_administrator_sees_that_all_is_well_and_when_it_no_longer_is(
    sign_in: SignIn, clock: time_machine.Traveller
) -> None:
    admin = sign_in(Role.ADMIN)
    assert wells(admin) == [True, True, False, True]
    assert "1 identity on paper" in admin.get("/center/").content.decode()
    assert "No backup was made" not in admin.get("/").content.decode()
    clock.shift(timedelta(hours=25))
    assert wells(sign_in(Role.ADMIN)) == [False, True, False, True]
    clock.shift(timedelta(days=40))
    assert wells(sign_in(Role.ADMIN)) == [False, True, False, False]


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"name": "x" * 121}, {"accent": "#000000"}, {"accent": ""}, {"phone": "1" * 50}],
)
def test_bad_input_changes_nothing(wrong: dict[str, str], sign_in: SignIn) -> None:
    assert sign_in(Role.ADMIN).post("/center/", {**CASA, **wrong}).status_code == 422
    assert not Event.objects.filter(kind="center.edited").exists()


def test_a_version_that_is_none_is_a_conflict(sign_in: SignIn) -> None:
    assert sign_in(Role.ADMIN).post("/center/", {**CASA, "version": "²"}).status_code == 409
    assert not Event.objects.filter(kind="center.edited").exists()


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.DIRECTOR, Role.STEWARD])
def test_other_roles_do_not_find_it(role: Role, sign_in: SignIn) -> None:
    assert sign_in(role).get("/center/").status_code == 404
