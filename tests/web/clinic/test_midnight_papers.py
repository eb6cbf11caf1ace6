"""Half an hour before midnight it is tomorrow in UTC: what papers say is of today, as the center counts days."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import Traveller

from centro.clinic.choices import Route
from centro.clinic.models import Case, Exhibit, Letter
from centro.clinic.queries import get_case, papers
from centro.clinic.queries.evidence import proofs
from centro.core.classes import Role
from centro.core.policy import Actor
from tests.web.clinic.conftest import OpenMatter, SeenBy, Tell
from tests.web.clinic.paperwork import draft
from tests.web.clinic.test_evidence import bring, photo
from tests.web.clinic.test_hours import case, told_all
from tests.web.conftest import SignIn

__all__ = ["case"]
pytestmark = pytest.mark.django_db
Acting = Callable[[Role], Actor]
TODAY, TOMORROW = "November 23, 2026", "November 24, 2026"


@pytest.fixture
def late(clock: Traveller, sign_in: SignIn) -> Client:
    """The counsellor at 23:30 on the 23rd, at the center."""
    clock.move_to(datetime(2026, 11, 24, 7, 30, tzinfo=UTC))
    return sign_in(Role.COUNSELLOR)


def test_evidence_brought_and_confirmed_late_bears_the_day_of_the_center(
    late: Client, case: Case, actor: Acting, seen_by: SeenBy
) -> None:
    bring(late, case, photo(), dated_on="2026-05-03", from_whom="the worker")
    late.post(reverse("clinic:confirm_exhibit", args=[case.pk, Exhibit.objects.get().pk]))
    with seen_by(Role.COUNSELLOR):
        chain = proofs(get_case(actor(Role.COUNSELLOR), case.pk), "en")[0].chain
    assert chain.count(TODAY) == 2
    assert TOMORROW not in chain


def test_form_1_made_late_ends_on_the_day_of_the_center(
    late: Client, case: Case, open_matter: OpenMatter, tell: Tell, actor: Acting, seen_by: SeenBy
) -> None:
    told_all(late, case)
    tell(case, worker_name=("Chung-ho Seo", ""), employer_name=("Hanmat House", ""))
    draft(late, case, "wage_packet", open_matter(Route.WAGE_CLAIM, case=case))
    with seen_by(Role.COUNSELLOR):
        said = papers.read(papers.get_letter(actor(Role.COUNSELLOR), Letter.objects.get().pk))["en"]
    bundle = json.dumps(said[papers.BUNDLE], default=str)
    assert f"computed on {TODAY}" in bundle
    assert bundle.count(TODAY) > 1, "the worker is still there: the days of box 36 end today"
    assert TOMORROW not in bundle
    assert said["today"] == TODAY
