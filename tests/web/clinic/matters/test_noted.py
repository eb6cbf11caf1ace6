"""What only an attorney does: a counsellor notes that the matter's attorney did it, by name and day."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from centro.clinic import routes
from centro.clinic.actions import matters
from centro.clinic.choices import AttorneyStatus
from centro.clinic.models import Case, Matter, Move
from centro.core import clock
from centro.core.classes import Role
from centro.core.models import User
from centro.core.policy import Actor
from tests.web.clinic.matters.conftest import Stand
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db
ACTOR = Callable[[Role], Actor]
# Route, state and event of what is an attorney's own.
OWN = [
    ("wage_claim", "enforcement", "use_238"),
    ("paga", "offered", "send_notice"),
    ("discrimination", "dated", "immediate_right_to_sue"),
]
TOLD = frozenset({"worker_confirmed"})


def test_the_tables_name_these_moves_and_no_others() -> None:
    named = {(code, move.event) for code, table in routes.tables().items() for move in table.moves if move.noted_by}
    assert named == {(code, event) for code, _state, event in OWN}


@pytest.mark.parametrize(("code", "state", "event"), OWN)
@pytest.mark.parametrize("status", [AttorneyStatus.SUPERVISED, AttorneyStatus.REPRESENTED])
def test_a_counsellor_notes_what_the_attorney_did(
    code: str, state: str, event: str, status: AttorneyStatus, stand: Stand, ready: Case, actor: ACTOR, cast: Any
) -> None:
    matter = stand(code, state)
    assert matter is not None
    matter.attorney_status = status
    day = clock.today() - timedelta(days=2)
    done = matters.ByAttorney(cast[Role.ATTORNEY], day)
    asks = routes.table(code).find(event, state).asks  # type: ignore[union-attr]
    fact = matters.Fact(on=day) if asks else None
    by = actor(Role.COUNSELLOR)
    matters.move(by=by, case=ready, matter=matter, event=event, fact=fact, told=TOLD, done=done)
    row = Move.objects.filter(matter=matter).latest("at")
    assert (row.attorney, row.done_on, row.by_id) == (cast[Role.ATTORNEY], day, by.user_id)


@pytest.mark.parametrize(("code", "state", "event"), OWN)
def test_without_an_attorney_it_is_absent(
    code: str, state: str, event: str, stand: Stand, sign_in: SignIn, actor: ACTOR
) -> None:
    matter = stand(code, state)
    assert matter is not None
    Matter.objects.filter(pk=matter.pk).update(attorney_status=AttorneyStatus.NONE, attorney=None)
    client = sign_in(Role.COUNSELLOR)
    assert client.get(reverse("clinic:move_matter", args=[matter.pk, event])).status_code == 404
    page = client.get(reverse("clinic:matter", args=[matter.pk])).content.decode()
    assert "The attorney does this" not in page


def test_without_saying_who_did_it_nothing_moves(stand: Stand, ready: Case, actor: ACTOR) -> None:
    matter = stand("wage_claim", "enforcement")
    with pytest.raises(matters.NotNow, match="which attorney"):
        matters.move(by=actor(Role.COUNSELLOR), case=ready, matter=matter, event="use_238", told=TOLD)
    assert not Move.objects.filter(matter=matter).exists()


def test_the_page_asks_for_the_attorney_and_the_day_and_shows_both(
    stand: Stand, sign_in: SignIn, cast: dict[Role, User]
) -> None:
    matter = stand("wage_claim", "enforcement")
    assert matter is not None
    client = sign_in(Role.COUNSELLOR)
    assert "you note that it was done" in client.get(reverse("clinic:matter", args=[matter.pk])).content.decode()
    address = reverse("clinic:move_matter", args=[matter.pk, "use_238"])
    typed = {"what": "the state", "on": (clock.today() + timedelta(days=30)).isoformat()}
    answer = client.post(address, {**typed, "attorney": str(cast[Role.ATTORNEY].pk), "done_on": "2099-01-01"})
    assert answer.status_code == 422
    assert "the state" in answer.content.decode()
    answer = client.post(address, {**typed, "attorney": str(cast[Role.COUNSELLOR].pk), "done_on": "2026-11-01"})
    assert answer.status_code == 422
    answer = client.post(address, {**typed, "attorney": str(cast[Role.ATTORNEY].pk), "done_on": "2026-11-01"})
    assert answer.status_code == 302
    page = client.get(reverse("clinic:matter", args=[matter.pk])).content.decode()
    assert "Done by" in page
    assert "Nov. 1, 2026" in page


def test_an_attorney_does_it_and_is_asked_nothing_more(stand: Stand, ready: Case, actor: ACTOR) -> None:
    matter = stand("wage_claim", "enforcement")
    matters.move(by=actor(Role.ATTORNEY), case=ready, matter=matter, event="use_238", told=TOLD)
    assert Move.objects.get(matter=matter).attorney is None
