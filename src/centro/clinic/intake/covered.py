"""From the answers about the job to the facts of `wagelaw.coverage`, and to the page that shows what it says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from centro.clinic.intake.answers import Answers
from centro.clinic.intake.questions import question, screens
from wagelaw import coverage

PLACE = "US-CA"  # where nothing is said: the center's own state
GROUPS = ("protected", "unsettled", "needs_fact", "left_out")
# The two readings of a disputed label: as the boss says, and as the law presumes until all three parts are proved.
AS_THE_BOSS_SAYS = {"label": "contractor", "controls_work": False, "same_business": False, "own_business": True}
AS_AN_EMPLOYEE = {"label": "employee", "controls_work": None, "same_business": None, "own_business": None}


@dataclass(frozen=True)
class Law:
    """One law's answer in the worker's language, and the same beside it in English."""

    id: str
    answer: str
    shown: Mapping[str, Any]
    english: Mapping[str, Any]


@dataclass(frozen=True)
class Both:
    """One law under both readings of a disputed label."""

    name: str
    english: str
    as_contractor: str
    as_employee: str


def place_of(answers: Answers) -> str:
    """The wage place of the work; the state where no city was told."""
    return answers.text("place") or PLACE


def facts(answers: Answers, *, on: date) -> dict[str, Any]:
    """The facts of docs/wage-coverage.md. What the worker does not know or say is null: not known, never assumed."""
    known: dict[str, Any] = {"on": on.isoformat(), "place": place_of(answers)}
    for screen in screens():
        for one in screen.questions:
            if one.law and answers.has(one.id):
                known[one.law] = _fact(answers, one.id)
    if headcount := answers.text("headcount"):
        known["employer_headcount"] = int(headcount)
    known.update(_settled_by_the_work(known))
    if answers.yes("union"):
        known["union_contract"] = None  # which kind it is decides, and only the contract says it
    return known


def _settled_by_the_work(known: Mapping[str, Any]) -> dict[str, Any]:
    """An app calls its drivers contractors; carrying people or parcels is what it sells, whatever it calls itself."""
    settled = {"label": "contractor", "same_business": True} if known.get("work") == "app_driving" else {}
    return {name: value for name, value in settled.items() if known.get(name) is None}


def _fact(answers: Answers, name: str) -> Any:
    if answers.is_silent(name):
        return None
    if question(name).kind == "flag":
        return answers.yes(name)
    return answers.text(name) or None


def laws(answers: Answers, *, on: date, language: str) -> list[Law]:
    """What each law says, in the order of the law's table."""
    found = coverage.coverage(facts(answers, on=on))
    spoken, english = found.as_json(language)["answers"], found.as_json("en")["answers"]
    return [Law(row["law"], row["answer"], row, plain) for row, plain in zip(spoken, english, strict=True)]


def can_tell(answers: Answers) -> bool:
    """Whether the kind of work is known: without it every law of every trade would seem to hold."""
    return bool(answers.text("work"))


def for_claim(answers: Answers, *, on: date) -> Mapping[str, Any]:
    """What the answers settle for a claim, of `worker_class` and `wage_order`; nothing where the work is not known.

    The guarantee of app drivers stands beside the claim of a driver who is an employee, and does not replace it.
    """
    if not can_tell(answers):
        return {}
    found = coverage.coverage(facts(answers, on=on))
    is_employee = found.answer("status") == "protected"
    return {name: value for name, value in found.case.items() if not (is_employee and value == "app_driver")}


def open_questions(found: list[Law]) -> list[str]:
    """The questions whose answers would settle what is open, each once, in the worker's language."""
    return list(dict.fromkeys(need["question"] for law in found for need in law.shown.get("needs", ())))


def grouped(found: list[Law]) -> list[tuple[str, list[Law]]]:
    """Protected first, left out last; groups without a law are left away."""
    return [(group, rows) for group in GROUPS if (rows := [law for law in found if law.answer == group])]


def is_disputed(answers: Answers) -> bool:
    """The boss says contractor, and it is not an app that state law has its own answer for."""
    return answers.text("label") == "contractor" and answers.text("work") != "app_driving"


def both_ways(answers: Answers, *, on: date, language: str) -> list[Both]:
    """Every law on which the two readings of a disputed label differ."""
    known = facts(answers, on=on)
    boss = coverage.coverage({**known, **AS_THE_BOSS_SAYS})
    worker = coverage.coverage({**known, **AS_AN_EMPLOYEE})
    names = {
        row["law"]: row["name"] for row in [*boss.as_json(language)["answers"], *worker.as_json(language)["answers"]]
    }
    english = {row["law"]: row["name"] for row in [*boss.as_json("en")["answers"], *worker.as_json("en")["answers"]]}
    order = [answer.law for answer in boss.answers] + [answer.law for answer in worker.answers]
    rows = [(law, boss.answer(law), worker.answer(law)) for law in dict.fromkeys(order)]
    return [
        Both(names[law], english[law], one or "", other or "")
        for law, one, other in rows
        if one and other and one != other
    ]
