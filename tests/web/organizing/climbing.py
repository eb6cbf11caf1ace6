"""Somebody stands on a step of the ladder."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from centro.core import clock as center
from centro.core.classes import Role
from centro.organizing.actions import ladder as acts
from centro.organizing.ladder.choices import DEFAULT
from centro.organizing.models import Campaign, Climb
from centro.people.models import Person

Decide = Callable[..., Climb]
RUNGS = [rung.value for rung in DEFAULT]


@pytest.fixture
def decide(actor: Any, campaign: Campaign) -> Decide:
    """`decide(rosa, place=4, days=100)`: she stands on the fourth step since then."""

    def make(person: Person, *, place: int = 4, days: int = 0, seen: Any = None) -> Climb:
        return acts.decide_step(
            by=actor(Role.ORGANIZER),
            campaign=campaign,
            person=person,
            name=RUNGS[place - 1],
            decided_on=center.today() - timedelta(days=days),
            mentor=None,
            evidence="She ran the meeting",
            seen=seen,
        )

    return make
