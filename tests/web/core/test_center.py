"""The center's own page: its name and colour, changed by the administrator, never over somebody else's change."""

import pytest

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
    answer = admin.post("/center/", {**CASA, "name": "Casa Dos"})
    assert answer.status_code == 422
    assert "Somebody else changed this" in answer.content.decode()
    assert Center.objects.get().name == "Casa Obrera"


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"name": "x" * 121}, {"accent": "#000000"}, {"accent": ""}, {"version": "²"}, {"phone": "1" * 50}],
)
def test_bad_input_changes_nothing(wrong: dict[str, str], sign_in: SignIn) -> None:
    assert sign_in(Role.ADMIN).post("/center/", {**CASA, **wrong}).status_code == 422
    assert not Event.objects.filter(kind="center.edited").exists()


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.DIRECTOR, Role.STEWARD])
def test_other_roles_do_not_find_it(role: Role, sign_in: SignIn) -> None:
    assert sign_in(role).get("/center/").status_code == 404
