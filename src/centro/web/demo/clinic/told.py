"""What the workers of the stories answered at the door, so that each case has the intake that it came from."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from centro.clinic.intake.answers import SEEN, Answers, split
from centro.clinic.models import Case, Intake
from centro.core import clock
from centro.core.audit import record_event
from centro.core.policy import Actor

_SILENT = {"not": "unknown"}
# Answered by everybody in the same way, unless a story says otherwise.
_USUAL: Mapping[str, Any] = {
    "ways": ["call", "text"],
    "voicemail_ok": "no",
    "hours": ["evening"],
    "shared_phone": "no",
    "danger_now": "no",
    "threatened": "no",
    "act": "none",
    "letter_from": "none",
    "hearing_of": "none",
    "bounced_on": _SILENT,
    "others_here": "no",
    "town": "Koreatown",
    "county": "los-angeles",
    "place": "US-CA-los-angeles",
    "work": "general",
    "label": "employee",
    "union": "no",
    "public_works": "no",
    "headcount": "15",
    "supervises": "no",
    "exempt_duties": "no",
    "pay_written": "no",
    "stub": "never",
    "wants": ["money"],
    "contact_employer": "no",
    "hearing_interpreter": "yes",
}
# Answered otherwise, by the family name of the worker.
_OTHERWISE: Mapping[str, Mapping[str, Any]] = {
    "Seo": {"business": "restaurant_hotel_care", "pay_kind": "month", "pay_got": "2800", "pay_how": ["cash"]},
    "Cabrera": {
        "business": "shop",
        "pay_kind": "hour",
        "pay_got": "17.50",
        "pay_how": ["check"],
        "stub": "always",
        "act": "hours_cut",
        "act_on": _SILENT,
        "because": ["wage_complaint"],
    },
    "Tzoc": {
        "work": "home",
        "hired_by": "agency",
        "home_duties": "personal_care",
        "chores_over_fifth": "no",
        "live_in": "yes",
        "pay_kind": "week",
        "pay_got": "600",
        "pay_how": ["cash"],
    },
    "Sandoval": {
        "business": "other",
        "trades": ["car_wash"],
        "pay_kind": "day",
        "pay_got": "95",
        "pay_how": ["cash"],
        "bank_name": "Banco Ejemplo",
    },
    "Pop": {
        "business": "construction_mining_logging",
        "trades": ["construction", "day_labor"],
        "label": "contractor",
        "controls_work": "yes",
        "same_business": "yes",
        "own_business": "no",
        "tools_from": "hirer",
        "can_be_fired": "yes",
        "special_skill": "no",
        "pay_kind": "day",
        "pay_promised": "180",
    },
    "Ma": {
        "work": "app_driving",
        "label": "contractor",
        "controls_work": _SILENT,
        "same_business": "yes",
        "own_business": "no",
        "app_kind": "ride_hail",
        "app_sets_hours": "no",
        "app_forces_accepting": "no",
        "app_bars_other_apps": "no",
        "app_bars_other_work": "no",
        "pay_kind": "week",
        "pay_got": "900",
        "pay_how": ["deposit"],
    },
}


def keep_intake(*, by: Actor, case: Case, job: str, first: date, ended: date | None, separation: str) -> Intake:
    """The intake behind a case: what everybody answers, the days of the job, and what this worker said."""
    person = case.person
    named = {"call_me": person.given, "whole_name": person.native or f"{person.given} {person.family}"}
    days: dict[str, Any] = {"began_on": _day(first), "still_there": "no" if ended else "yes"}
    if ended:
        days |= {"last_day": _day(ended, "sure"), "how_ended": separation}
    head = {"topics": list(case.topics), "sign_name": case.employer_name, "zip": case.zip, "story": case.story}
    said = {**_USUAL, **named, **days, **head, "job_title": job, **_OTHERWISE[person.family]}
    answers = Answers(said).only_way()
    answers.given[SEEN] = sorted(screen.id for screen in answers.way())
    desk, story = split(answers)
    row = Intake(
        state=case.state,
        language=case.language,
        asked_in=case.language,
        topics=list(case.topics),
        county=answers.text("county"),
        desk=desk.as_text(),
        story=story.as_text(),
        person=case.person,
        case=case,
        owner_id=by.user_id,
        started_by_id=by.user_id,
        at=clock.now(),
    )
    row.save()
    record_event("intake.became_case", by=by, about=row, person=case.person_id, codes=[case.state])
    return row


def _day(on: date, confidence: str = "rough") -> dict[str, str]:
    return {"on": on.isoformat(), "confidence": confidence}
