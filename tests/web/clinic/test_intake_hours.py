"""The hours page opens with the kind of worker and the wage order that the intake settled, chosen by nobody."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.urls import reverse

from centro.clinic.actions import hours as actions
from centro.clinic.actions.first_hours import begin_hours
from centro.clinic.calendar import changes
from centro.clinic.calendar.model import Job
from centro.clinic.forms.hours import JobForm
from centro.clinic.intake.answers import Answers
from centro.clinic.models import Case
from centro.clinic.queries import hours
from centro.core.classes import Role
from centro.core.policy import Actor
from tests.web.clinic.conftest import OpenCase
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db
SeenBy = Callable[[Role], AbstractContextManager[Any]]
Begin = Callable[..., Case]
CONDITIONS = ("app_sets_hours", "app_forces_accepting", "app_bars_other_apps", "app_bars_other_work")
KEEPS_ITS_CONDITIONS = dict.fromkeys(CONDITIONS, "no")
HOME = {"work": "home", "hired_by": "family", "label": "employee"}
DRIVER = {"work": "app_driving", "label": "contractor", "app_kind": "ride_hail"}
# What was told, and the kind of worker and wage order that follow.
WORKERS = {
    "cook": ({"work": "general", "business": "restaurant_hotel_care", "label": "employee"}, ("general", 5)),
    "car washer": ({"work": "general", "business": "other", "label": "employee"}, ("general", 17)),
    "cleans a house": ({**HOME, "home_duties": "house", "live_in": "no"}, ("general", 15)),
    "cleans, and lives there": ({**HOME, "home_duties": "house", "live_in": "yes"}, ("live_in_domestic", 15)),
    "looks after a child": (
        {**HOME, "home_duties": "children", "chores_over_fifth": "no", "live_in": "no"},
        ("personal_attendant", 15),
    ),
    "picks fruit": ({"work": "farm", "farm_kind": "field", "label": "employee"}, ("agricultural", 14)),
    "drives for an app": ({**DRIVER, **KEEPS_ITS_CONDITIONS}, ("app_driver", None)),
    "drives for an app that sets the hours": (
        {**DRIVER, **KEEPS_ITS_CONDITIONS, "app_sets_hours": "yes"},
        ("general", 9),
    ),
    "drives, and knows no more": (DRIVER, ("app_driver", None)),
    "has not said what they do": ({"label": "employee"}, ("general", None)),
}


@pytest.fixture
def begin(open_case: OpenCase, actor: Callable[[Role], Actor], seen_by: SeenBy) -> Begin:
    """A case whose intake was told these answers."""

    def begun(told: dict[str, Any]) -> Case:
        case = open_case()
        with seen_by(Role.COUNSELLOR):
            answers = Answers().with_({"place": "US-CA-los-angeles", **told})
            begin_hours(by=actor(Role.COUNSELLOR), case=case, answers=answers)
        return case

    return begun


@pytest.mark.parametrize("worker", WORKERS)
def test_the_calendar_begins_with_the_kind_of_worker(begin: Begin, seen_by: SeenBy, worker: str) -> None:
    told, expected = WORKERS[worker]
    case = begin(told)
    with seen_by(Role.COUNSELLOR):
        job = hours.hours_of(case).calendar.job
    assert (job.worker_class, job.wage_order) == expected


def test_the_page_shows_it(begin: Begin, sign_in: SignIn) -> None:
    case = begin(WORKERS["looks after a child"][0])
    client = sign_in(Role.COUNSELLOR)
    page = client.get(reverse("clinic:hours", args=[case.pk])).content.decode()
    assert "Looks after a person at home · Wage order 15" in page
    page = client.get(reverse("clinic:tell_job", args=[case.pk])).content.decode()
    assert re.search(r'<option value="personal_attendant"\s+selected', page)


def test_another_kind_of_worker_by_hand_drops_the_order(
    begin: Begin, seen_by: SeenBy, actor: Callable[[Role], Actor]
) -> None:
    case = begin(WORKERS["cook"][0])
    with seen_by(Role.COUNSELLOR):
        told = hours.hours_of(case)
        typed = {"place": "US-CA", "separation": "current", "forum": "labor_commissioner"}
        same = JobForm({**typed, "worker_class": "general"})
        other = JobForm({**typed, "worker_class": "agricultural"})
        assert same.is_valid()
        assert other.is_valid()
        assert same.job(told.calendar.job).wage_order == 5
        job = other.job(told.calendar.job)
        assert job.wage_order is None
        row = actions.change_hours(
            by=actor(Role.COUNSELLOR),
            case=case,
            version=told.version,
            what="job",
            change=lambda calendar: changes.set_job(calendar, job),
        )
    assert row.number == 2
    assert job != Job()
