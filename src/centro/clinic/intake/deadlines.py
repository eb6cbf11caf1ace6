"""From the dates a worker told to the deadlines that may run: the document of `wagelaw.clocks`."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from centro.clinic.intake.answers import Answers, Day
from centro.clinic.intake.covered import place_of
from wagelaw import clocks

SOON = 30  # days: nearer than this, somebody looks today
MAY_BE_SAVED = 60  # days after which nobody looks any more whether mail days or a good reason still save a deadline
LETTERS = {
    "ui_notice_mailed",
    "ui_decision_mailed",
    "oda_served",
    "claim_dismissed",
    "retaliation_decided",
    "crd_right_to_sue",
    "eeoc_right_to_sue",
}
HEARINGS = {"conference_on", "ui_hearing_on"}


def events(answers: Answers) -> list[dict[str, Any]]:
    """What happened, as `wagelaw.clocks` reads it: kind, day, how sure, and its own facts."""
    return [event for event in _told(answers) if event]


def document(answers: Answers, *, today: date) -> dict[str, Any]:
    """The whole document, seen from today."""
    return {"as_of": today.isoformat(), "facts": _facts(answers), "events": events(answers)}


def running(answers: Answers, *, today: date, language: str) -> list[dict[str, Any]]:
    """Every deadline that may run and has not passed, the earliest first, in words; `days` are those left.

    Only what the worker or the clinic can still do or await: `days` is None where no period is known.
    """
    found = clocks.as_json(document(answers, today=today), language)["clocks"]
    return [{**row, "days": _days(row, today)} for row in found if not row["passed"]]


def passed(answers: Answers, *, today: date, language: str) -> list[dict[str, Any]]:
    """Deadlines whose day is over: said too, because a lawyer may know a way."""
    found = clocks.as_json(document(answers, today=today), language)["clocks"]
    return [{**row, "days": _days(row, today)} for row in found if row["passed"] and is_pressing(row)]


def late(answers: Answers, *, today: date, language: str) -> list[dict[str, Any]]:
    """Deadlines that passed not long ago and that mail days, or a good reason, may still save."""
    return [row for row in passed(answers, today=today, language=language) if _may_be_saved(row, today)]


def _may_be_saved(row: dict[str, Any], today: date) -> bool:
    if row["extended_on"] and date.fromisoformat(row["extended_on"]) >= today:
        return True
    return row["event"]["kind"] in LETTERS and row["days"] >= -MAY_BE_SAVED


def is_pressing(row: dict[str, Any]) -> bool:
    """Whether the worker has to keep it, or a letter they got has to be read by a lawyer within days."""
    return row["whose"] == "worker" or (row["whose"] == "clinic" and row["event"]["kind"] in LETTERS)


def hearing(answers: Answers, *, today: date) -> int | None:
    """Days until the worker has to be somewhere (below zero: it was); None when there is no such day any more."""
    day = answers.day("hearing_on")
    days = (day.on - today).days if day else None
    return days if days is not None and days >= -MAY_BE_SAVED else None


def shortest(answers: Answers, *, today: date) -> int | None:
    """Days until the first thing that cannot wait: a deadline, a hearing; nought where one just passed. Or None."""
    if late(answers, today=today, language="en"):
        return 0
    days = [row["days"] for row in running(answers, today=today, language="en") if is_pressing(row)]
    days.append(hearing(answers, today=today))
    return min((max(each, 0) for each in days if each is not None), default=None)


def _days(row: dict[str, Any], today: date) -> int | None:
    return (date.fromisoformat(row["on"]) - today).days if row["on"] else None


def _facts(answers: Answers) -> dict[str, Any]:
    facts: dict[str, Any] = {"place": place_of(answers)}
    facts["farm"] = answers.text("work") == "farm"
    facts["construction"] = (
        "construction" in answers.many("trades") or answers.text("business") == "construction_mining_logging"
    )
    if headcount := answers.text("headcount"):
        facts["employer_headcount"] = int(headcount)
    return facts


def _told(answers: Answers) -> Iterator[dict[str, Any] | None]:
    yield _event("last_day", answers.day("last_day"), how=answers.text("how_ended"))
    yield from _against(answers)
    letter = answers.text("letter_from")
    if letter in LETTERS:
        served = {"served": answers.text("letter_served")} if letter == "oda_served" else {}
        yield _event(letter, answers.day("letter_on"), **served)
    if answers.text("hearing_of") in HEARINGS:
        yield _event(answers.text("hearing_of"), answers.day("hearing_on"))
    yield _event("payday_missed", answers.day("unpaid_first"))
    if answers.day("unpaid_last") != answers.day("unpaid_first"):
        yield _event("payday_missed", answers.day("unpaid_last"))
    yield _event("bounced_check", answers.day("bounced_on"))
    yield _event("injury", answers.day("injury_on"))
    for name in ("unfair_first", "unfair_last"):
        yield _event("adverse_act", answers.day(name), act="other", because=["discrimination"])


def _against(answers: Answers) -> Iterator[dict[str, Any] | None]:
    act = answers.text("act")
    if act and act != "none":
        because = list(answers.many("because"))
        yield _event("adverse_act", answers.day("act_on"), act=act, because=because)
        yield _event("protected_act", answers.day("because_on"))
    elif answers.text("how_ended") == "discharged":
        yield _event("adverse_act", answers.day("last_day"), act="fired")


def _event(kind: str, day: Day | None, **facts: Any) -> dict[str, Any] | None:
    if day is None:
        return None
    known = {name: value for name, value in facts.items() if value}
    return {"kind": kind, "on": day.on.isoformat(), "confidence": day.confidence, **known}
