"""Before midnight it is tomorrow in UTC: days are those of the center. And what time destroys, and what it spares."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from time_machine import Traveller

from centro.clinic.actions import agenda, appointments, intake
from centro.clinic.actions import night as nights
from centro.clinic.choices import LogKind, Route
from centro.clinic.models import Appointment, Intake, LogLine, Production
from centro.clinic.queries import agenda as diary
from centro.clinic.queries import night as queue
from centro.clinic.queries import productions as reads
from centro.core import clock as center_clock
from centro.core import policy
from centro.core.classes import Role
from centro.core.policy import Actor
from centro.people.models import Person
from tests.web.clinic.conftest import OpenCase, OpenMatter, SeenBy

pytestmark = pytest.mark.django_db
Acting = Callable[[Role], Actor]
LATE = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)  # 23:30 on the 23rd, at the center
TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def late(clock: Traveller) -> Traveller:
    """Half an hour before midnight."""
    clock.move_to(LATE)
    return clock


# --- days -------------------------------------------------------------------------------------------------------------


def test_who_comes_before_midnight_comes_today(late: Traveller, actor: Acting) -> None:
    by = actor(Role.FRONT_DESK)
    details = {"call_name": "Lupe", "language": "es", "kind": "intake"}
    for minutes in (10, 40):
        appointments.book(by=by, details={**details, "starts_at": LATE + timedelta(minutes=minutes)})
    assert [len(queue.day_of(by, day)) for day in (TODAY, TOMORROW)] == [1, 1]


def test_a_night_opened_late_is_the_night_of_today(late: Traveller, actor: Acting) -> None:
    row = nights.open_night(by=actor(Role.MANAGER), on=center_clock.today())
    assert row.on == TODAY


def test_an_evening_date_stands_on_its_own_day_in_the_calendar(
    late: Traveller, open_matter: OpenMatter, actor: Acting
) -> None:
    matter = open_matter(Route.WAGE_CLAIM, state="conference_set")
    by = actor(Role.COUNSELLOR)
    agenda.add_hearing(by=by, matter=matter, at=LATE + timedelta(minutes=20), happening=None, asked="conference_on")
    assert [entry.on for entry in diary.entries(by) if entry.at is not None] == [TODAY]


def test_what_was_logged_late_is_handed_over_with_its_day(
    late: Traveller, open_case: OpenCase, seen_by: SeenBy, actor: Acting
) -> None:
    case, by = open_case(), actor(Role.ATTORNEY)
    with seen_by(Role.COUNSELLOR):
        LogLine.objects.create(case=case, kind=LogKind.CALL, words="Called late", at=LATE)
        row = Production(case=case, kinds=["log"], from_on=TODAY, to_on=TODAY, proposed_by_id=by.me)
        assert [str(item.words) for item in reads.answer_of(by, row).items] == ["Called late"]


# --- what time destroys -----------------------------------------------------------------------------------------------


def test_a_name_written_anew_after_its_key_died_is_sealed_under_a_new_one(
    actor: Acting, seen_by: SeenBy, clock: Traveller
) -> None:
    by = actor(Role.FRONT_DESK)
    details: dict[str, Any] = {"call_name": "Lupe", "language": "es", "kind": "intake"}
    row = appointments.book(by=by, details={**details, "starts_at": center_clock.now()})
    clock.shift(timedelta(days=3))
    assert appointments.forget_names(by=policy.system("test")) == 1
    with seen_by(Role.FRONT_DESK):
        gone = queue.get_appointment(by, row.pk)
        assert gone.call_name == ""
        appointments.change(by=by, appointment=gone, version=gone.version, details={"call_name": "Lupita"})
        assert queue.get_appointment(by, row.pk).call_name == "Lupita"
    assert Appointment.objects.get().key is not None


def test_who_says_keep_it_while_others_are_destroyed_is_kept(
    cook: Person, monkeypatch: pytest.MonkeyPatch, actor: Acting
) -> None:
    for _ in range(2):
        intake.start_intake(by=actor(Role.FRONT_DESK), language="ko", asked_in="ko")
    Intake.objects.update(expires_at=center_clock.now() - timedelta(minutes=1))
    forget = intake.forget

    def meanwhile(*, by: Actor, intake: Intake) -> None:
        """While one is destroyed, the other worker says yes."""
        forget(by=by, intake=intake)
        Intake.objects.update(person=cook, expires_at=center_clock.now() + timedelta(days=90))

    monkeypatch.setattr(intake, "forget", meanwhile)
    assert intake.forget_expired(by=policy.system("test")) == 1
    assert Intake.objects.get().person == cook
