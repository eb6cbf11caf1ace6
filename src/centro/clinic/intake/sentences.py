"""From the first answers about hours and pay to plain sentences, with which the hours screen begins.

They are written the way a counsellor types them there: "Mon, Tue 10:30-22:00, one 20-minute meal, no rests".
"""

from collections.abc import Iterator

from centro.clinic.intake.answers import Answers

DAYS = {"mon": "Mon", "tue": "Tue", "wed": "Wed", "thu": "Thu", "fri": "Fri", "sat": "Sat", "sun": "Sun"}
EACH = {"hour": "hour", "day": "day", "week": "week", "two_weeks": "two weeks", "month": "month", "piece": "piece"}
RESTS = {"all": "all rests", "some": "some rests", "none": "no rests"}


def usual_week(answers: Answers) -> str:
    """The usual week in one line; empty when the hours change a lot or are not known."""
    days, begins, ends = answers.many("week_days"), answers.text("week_from"), answers.text("week_to")
    if answers.text("week_kind") == "irregular" or not (days and begins and ends):
        return ""
    parts = [f"{_runs(days)} {begins}-{ends}", *_breaks(answers)]
    return ", ".join(parts)


def _breaks(answers: Answers) -> Iterator[str]:
    minutes = answers.text("meal_minutes")
    if minutes:
        yield f"one {minutes}-minute meal" if int(minutes) else "no meal"
    if rests := RESTS.get(answers.text("rests")):
        yield rests


def _runs(days: tuple[str, ...]) -> str:
    """Days that follow each other as a run: Mon-Sat; others one by one."""
    order = list(DAYS)
    places = sorted(order.index(day) for day in days if day in DAYS)
    runs: list[list[int]] = []
    for place in places:
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return ", ".join(_run([DAYS[order[place]] for place in run]) for run in runs)


def _run(names: list[str]) -> str:
    return f"{names[0]}-{names[-1]}" if len(names) > 2 else ", ".join(names)


def pay_as_told(answers: Answers) -> list[str]:
    """What was promised and what came, one sentence each: "$2800 cash a month"."""
    each = EACH.get(answers.text("pay_kind"), "")
    form = "cash " if answers.many("pay_how") == ("cash",) else ""
    told = [("promised", answers.text("pay_promised")), ("", answers.text("pay_got"))]
    return [
        " ".join(f"{word} ${amount} {form}{'a ' + each if each else ''}".split()) for word, amount in told if amount
    ]


def hand_over(answers: Answers) -> list[str]:
    """Everything the hours screen begins with, line by line."""
    lines = [usual_week(answers), *pay_as_told(answers)]
    if answers.text("overtime_paid") in {"nothing", "same"}:
        lines.append("overtime: not paid" if answers.text("overtime_paid") == "nothing" else "overtime: plain rate")
    return [line for line in lines if line]
