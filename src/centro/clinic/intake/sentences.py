"""From the first answers about hours and pay to plain sentences, with which the hours screen begins.

They are written the way a counsellor types them there: "Mon-Sat 10:30-22:00, one 20-minute meal, no rests"; a test
reads each of them with the reader of that screen.
"""

from collections.abc import Iterator

from centro.clinic.intake.answers import Answers

DAYS = {"mon": "Mon", "tue": "Tue", "wed": "Wed", "thu": "Thu", "fri": "Fri", "sat": "Sat", "sun": "Sun"}
EACH = {"hour": "an hour", "day": "a day", "week": "a week", "two_weeks": "every two weeks", "month": "a month"}
OVERTIME = {"nothing": "overtime: not paid", "same": "overtime: at the plain rate"}


def usual_week(answers: Answers) -> str:
    """The usual week in one line; empty when the hours change a lot or are not known."""
    days, begins, ends = answers.many("week_days"), answers.text("week_from"), answers.text("week_to")
    if answers.text("week_kind") == "irregular" or not (days and begins and ends):
        return ""
    return ", ".join([f"{_runs(days)} {begins}-{ends}", *_breaks(answers)])


def _breaks(answers: Answers) -> Iterator[str]:
    minutes = answers.text("meal_minutes")
    if minutes:
        yield f"one {minutes}-minute meal" if int(minutes) else "no meal"
    if answers.text("rests") == "none":
        yield "no rests"


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


def pay_as_told(answers: Answers) -> str:
    """What really came, or else what was promised: "$2800 cash a month". Empty for pay by piece or commission."""
    return _pay(answers, answers.text("pay_got") or answers.text("pay_promised"))


def _pay(answers: Answers, amount: str) -> str:
    each = EACH.get(answers.text("pay_kind"), "")
    form = "cash " if answers.many("pay_how") == ("cash",) else ""
    return f"${amount} {form}{each}" if amount and each else ""


def hand_over(answers: Answers) -> list[str]:
    """Everything the hours screen begins with, line by line, and what was promised where less came."""
    promised = answers.text("pay_promised") if answers.text("pay_got") not in {"", answers.text("pay_promised")} else ""
    lines = [usual_week(answers), pay_as_told(answers)]
    lines += [f"promised: {_pay(answers, promised)}"] if _pay(answers, promised) else []
    lines += [OVERTIME.get(answers.text("overtime_paid"), "")]
    return [line for line in lines if line]
