"""Who is at the door of the invented clinic today: three who wrote from the web, and four whose intake is under way."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from centro.clinic.actions import conflicts, public
from centro.clinic.actions import intake as intakes
from centro.clinic.intake.answers import Answers
from centro.clinic.intake.questions import screen
from centro.clinic.models import Intake, Source
from centro.core import clock
from centro.core.policy import NOBODY
from centro.people.choices import How, Purpose
from centro.web.demo.staff import Staff

Said = Mapping[str, Mapping[str, Any]]
_SILENT = {"not": "unknown"}


def load(staff: Staff) -> None:
    """Save the intakes of today."""
    _from_the_web()
    desk, counsellor = staff.actor("front_desk"), staff.actor("counsellor")
    waits = _begin(desk, "es", Source.WALK_IN, _fired())
    intakes.let_help(by=desk, intake=waits, user=staff.users["volunteer"])
    sook = _begin(counsellor, "ko", Source.PHONE, {**_named("미숙 씨", "강미숙"), **_pay("Golden Thread")})
    conflicts.check_conflict(by=counsellor, intake=sook)
    other = _begin(desk, "es", Source.WALK_IN, {**_named("Chayo", "Rosario Tun"), **_pay("Golden Thread")})
    _say(desk, other, {"employer": {"sign_name": "Blue Thread", "boss_names": ["Mi-sook Kang"]}})
    conflicts.check_conflict(by=desk, intake=other)
    _interview(staff)


def _interview(staff: Staff) -> None:
    """A hotel worker whose interview has begun, led by a counsellor."""
    by = staff.actor("counsellor_2")
    row = _begin(by, "es", Source.REFERRAL, {**_named("Doña Irma", "Irma Cux Tzoc"), **_pay("Hotel Miramonte")})
    conflicts.check_conflict(by=by, intake=row)
    agreed = (Purpose.KEEP_FILE, Purpose.CALL, Purpose.ATTORNEY, Purpose.MATCHING)
    intakes.record_consents(by=by, intake=row, agreed=agreed, how=How.SPOKEN)
    _say(by, row, _JOB)


def _begin(by: Any, language: str, source: str, said: Said) -> Intake:
    asked_in = language if language in {"en", "es", "ko"} else "es"
    row = intakes.start_intake(by=by, language=language, asked_in=asked_in, source=source)
    _say(by, row, said)
    return row


def _say(by: Any, row: Intake, said: Said) -> None:
    for name, values in said.items():
        intakes.answer(by=by, intake=row, screen=screen(name), values=values, version=row.version)


def _ago(days: int) -> str:
    return (clock.today() - timedelta(days=days)).isoformat()


def _day(days: int, confidence: str = "rough") -> dict[str, str]:
    return {"on": _ago(days), "confidence": confidence}


def _named(call_me: str, whole: str) -> dict[str, dict[str, Any]]:
    reach = {
        "ways": ["call", "text"],
        "phone": f"+12135550{100 + len(whole)}",
        "voicemail_ok": "no",
        "shared_phone": "yes",
    }
    return {"name": {"call_me": call_me, "whole_name": whole}, "reach": reach, "backup": {}}


def _dates() -> dict[str, dict[str, Any]]:
    """The dates screens in which nothing happened."""
    return {
        "danger": {"danger_now": "no", "threatened": "no"},
        "last_day": {"still_there": "yes"},
        "against": {"act": "none"},
        "letter": {"letter_from": "none"},
        "hearing": {"hearing_of": "none"},
    }


def _pay(sign: str) -> dict[str, dict[str, Any]]:
    return {
        "topics": {"topics": ["pay"]},
        **_dates(),
        "unpaid": {"unpaid_first": _day(400), "unpaid_last": _day(12), "bounced_on": _SILENT},
        "employer": {"sign_name": sign, "owner_names": _SILENT},
        "coworkers": {"others_here": "no"},
    }


_JOB: Said = {
    "where": {"town": "Hollywood", "zip": "90028", "county": "los-angeles", "place": "US-CA-los-angeles"},
    "work": {"job_title": "room attendant", "work": "general", "business": "restaurant_hotel_care"},
    "began": {"began_on": _SILENT},
    "boss": {"label": "employee"},
    "special": {"union": "no", "public_works": "no"},
    "size": {"headcount": "26"},
    "pay": {"pay_kind": "hour", "pay_got": "17", "pay_how": ["check"], "stub": "always"},
}


def _fired() -> dict[str, dict[str, Any]]:
    """Fired three weeks ago after saying that the work is not safe: eight days are left at federal OSHA."""
    against = {"act": "fired", "act_on": _day(22, "sure"), "because": ["safety_complaint"], "because_on": _day(25)}
    gone = {"still_there": "no", "last_day": _day(22, "sure"), "how_ended": "discharged"}
    named = _named("Marisela", "Marisela Pop")
    return {**named, "topics": {"topics": ["fired"]}, "last_day": gone, "against": against}


def _from_the_web() -> None:
    """Three forms: a car wash, a nail salon, a street corner."""
    forms = (
        ("es", "Chava", ["pay"], "unpaid_last", 9),
        ("ko", "은정", ["treated_differently"], "unfair_last", 30),
        ("quc", "Diego", ["pay", "injured"], "injury_on", 5),
    )
    for number, (language, name, topics, date_of, days) in enumerate(forms):
        reach = {"ways": ["text"], "phone": f"+1323555010{number}"}
        told = {"call_me": name, "topics": topics, "county": "los-angeles", date_of: _day(days), **reach}
        asked_in = language if language in {"en", "es", "ko"} else "es"
        key = UUID(int=7_000 + number)
        public.submit_intake(by=NOBODY, form=key, answers=Answers(told), language=language, asked_in=asked_in)
