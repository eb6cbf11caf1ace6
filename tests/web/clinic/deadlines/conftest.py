"""A benefit notice, whose deadline is thirty days; and days that pass."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from centro.clinic.actions import cases
from centro.clinic.models import Case, Clock
from centro.core import clock
from centro.core.classes import Role
from centro.core.policy import Actor
from tests.web.clinic.conftest import OpenCase

ACTOR = Callable[[Role], Actor]
Notice = Callable[..., Clock]


@pytest.fixture
def notice(actor: ACTOR, open_case: OpenCase) -> Callable[..., Clock]:
    """A benefit notice mailed so many days ago: 30 days to appeal."""

    def mailed(days_ago: int, case: Case | None = None, **more: Any) -> Clock:
        on = clock.today() - timedelta(days=days_ago)
        facts = {"benefit": "unemployment"}
        details = {"kind": "ui_notice_mailed", "on": on, "facts": facts, **more}
        row = cases.note_happening(by=actor(Role.COUNSELLOR), case=case or open_case(), **details)
        return Clock.objects.select_related("case").get(happening=row, rule="benefit_appeal")

    return mailed


@pytest.fixture
def clock_moves(request: pytest.FixtureRequest) -> Callable[[int], None]:
    """Let so many days pass."""
    traveller = request.getfixturevalue("clock")

    def move(days: int) -> None:
        traveller.shift(timedelta(days=days))

    return move
