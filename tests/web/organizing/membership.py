"""Members for tests."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from centro.core import clock as center
from centro.core.classes import Role
from centro.core.policy import Actor
from centro.organizing.actions import members as actions
from centro.organizing.actions.members import Pledge
from centro.organizing.members.choices import Method, SaidHow
from centro.organizing.models import DuesEntry, Membership
from centro.people.models import Person

TERMS = {"dues_cents": 2400, "paying": "year", "interest": "", "may_be_named": False}
MakeMember = Callable[..., Membership]


@pytest.fixture
def make_member(actor: Callable[[Role], Actor], add_worker: Callable[..., Person]) -> MakeMember:
    """Somebody of the campaign who joined; with `until` dues are paid until that day."""

    def make(*, until: date | None = None, **details: Any) -> Membership:
        by, person = actor(Role.ORGANIZER), add_worker(**{"given": "Rosa", "family": "Quispe", **details})
        pledge = Pledge("es", SaidHow.PAPER, center.today())
        row = actions.join(by=by, person=person, pledge=pledge, details=TERMS)
        if until:
            actions.pay(by=by, membership=row, cents=2400, method=Method.CASH, months=12, paid_on=center.today())
            Membership.objects.filter(pk=row.pk).update(paid_until=until)
            DuesEntry.objects.filter(membership=row).update(covers_until=until)
            row.refresh_from_db()
        return row

    return make
