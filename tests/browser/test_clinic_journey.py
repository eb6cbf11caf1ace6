"""From the public door to the last installment: a cook in Korean, a car washer in Spanish, on both screens.

The public page, the intake, the conflict check, the consents, the level of help; then hours told in the worker's own
words, the claim, the facts confirmed one by one, a paper in two languages, and the money until it came.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from centro.clinic import claiming
from centro.clinic.calendar.model import Calendar, Job, Week
from centro.clinic.calendar.typed_pay import read_pay
from centro.clinic.calendar.typed_week import read_week
from centro.core.classes import Role
from centro.core.money import dollars
from tests.browser.conftest import PATIENT, WIDTHS
from tests.browser.journey import Journey
from tests.pdf import text_of

ASKED = re.compile(r"/clinic/intake/[0-9a-f-]+/ask/(?P<name>\w+)/")
CASE = re.compile(r".*/clinic/cases/[0-9a-f-]+/$")
LONGEST_WAY = 60  # screens of an intake
BEGAN = 700  # days ago
Answers = dict[str, dict[str, Any]]


def ago(days: int) -> str:
    """A day so long before today: this browser's clock runs."""
    return (date.today() - timedelta(days=days)).isoformat()  # noqa: DTZ011


@dataclass(frozen=True)
class Worker:
    """Who comes, in which language, and what they tell."""

    language: str
    name: str
    sign: str
    week: str
    pay: str
    answers: Answers
    facts: dict[str, tuple[str, str]]
    ended: int
    separation: str


def facts_of(name: str, employer: str, job: tuple[str, str]) -> dict[str, tuple[str, str]]:
    """What the paper needs to know: English, and the worker's words where they differ."""
    return {
        "worker_name": (name, ""),
        "employer_name": (employer, ""),
        "job_title": job,
        "first_day": (ago(BEGAN), ""),
        "send_to": ("100 Jacaranda Row, Los Angeles", ""),
    }


COOK = Worker(
    language="ko",
    name="나진철",
    sign="한맛 하우스",
    week="월–토 10:30–22:00, 식사 없음, 휴식 없음",
    pay="매달 말 현금 2,800달러",
    answers={
        "name": {"call_me": "진철", "whole_name": "나진철"},
        "topics": {"topics": ["pay", "fired"]},
        "last_day": {"still_there": "no", "last_day": ago(40), "how_ended": "discharged"},
        "employer": {"sign_name": "한맛 하우스", "owner_names": "고정표"},
        "where": {"town": "Koreatown", "zip": "90005", "county": "los-angeles", "place": "US-CA-los-angeles"},
        "work": {"job_title": "주방 요리사", "work": "general", "business": "restaurant_hotel_care"},
        "boss": {"label": "employee"},
        "story": {"story": "쉬는 시간 없이 일했습니다."},
    },
    facts=facts_of("나진철", "한맛 하우스", ("Cook", "주방 요리사")),
    ended=40,
    separation="discharged",
)
WASHER = Worker(
    language="es",
    name="Nicanor Güitrón",
    sign="Lavado El Ñandú",
    week="mar a dom 8:00 a 18:00, una comida de 20 minutos, sin descansos",
    pay="$95 por día, cada semana, en efectivo",
    answers={
        "name": {"call_me": "Nicanor", "whole_name": "Nicanor Güitrón"},
        "topics": {"topics": ["pay"]},
        "last_day": {"still_there": "no", "last_day": ago(60), "how_ended": "laid_off"},
        "employer": {"sign_name": "Lavado El Ñandú", "owner_names": "Óscar Peñalosa"},
        "where": {"town": "Los Angeles", "zip": "90006", "county": "los-angeles", "place": "US-CA-los-angeles"},
        "work": {"job_title": "Lavador de carros", "work": "general"},
        "boss": {"label": "employee"},
        "story": {"story": "No contaban las horas cuando no había carros."},
    },
    facts=facts_of("Nicanor Güitrón", "Lavado El Ñandú", ("Car washer", "Lavador de carros")),
    ended=60,
    separation="laid_off",
)


@pytest.fixture(params=["phone", "desktop"])
def width(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=[COOK, WASHER], ids=["cook-ko", "washer-es"])
def worker(request: pytest.FixtureRequest) -> Worker:
    found: Worker = request.param
    return found


@pytest.fixture
def journey(center: str, chromium: Browser, width: str, worker: Worker) -> Iterator[Journey]:
    context = chromium.new_context(base_url=center, viewport=WIDTHS[width], locale=worker.language)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENT)
    visitor = Journey(context.new_page(), center, worker.language, width)
    yield visitor
    context.close()
    assert visitor.complaints == []
    assert visitor.strangers == []


def give(journey: Journey, answers: dict[str, Any]) -> None:
    """Type, choose or tick what was answered."""
    for name, answer in answers.items():
        for one in answer if isinstance(answer, list) else [answer]:
            _put(journey.page.locator(f"main [name='{name}']"), str(one))


def _put(control: Locator, answer: str) -> None:
    kind = control.first.evaluate("each => each.type")
    if kind in {"radio", "checkbox"}:
        control.and_(control.page.locator(f"[value='{answer}']")).check(force=True)
    elif kind.startswith("select"):
        control.first.select_option(answer)
    else:
        control.first.fill(answer)


def press(journey: Journey, control: Locator) -> None:
    """Tap what leads to another page, and wait for it."""
    with journey.page.expect_navigation():
        control.click()


def comes_by_the_web(journey: Journey, worker: Worker) -> None:
    """The page that anybody may open: five short steps and a code to keep."""
    journey.open("/clinic/start/")
    page = journey.page
    steps: list[dict[str, Any]] = [
        {"call_me": worker.answers["name"]["call_me"] + " " + journey.mark},
        {"ways": ["call"], "phone": "(213) 555-0177"},
        {"topics": ["pay"]},
        {"date_of": "last_day", "date_on": worker.answers["last_day"]["last_day"]},
    ]
    for answers in steps:
        give(journey, answers)
        journey.button("Go on").click()
    page.wait_for_timeout(4000)  # nobody fills this in within four seconds
    journey.check()
    press(journey, journey.button("Send"))
    expect(page.locator("main")).to_contain_text(re.compile(r"[0-9A-HJKMNP-TV-Z]{5}.?[0-9A-HJKMNP-TV-Z]{5}"))
    journey.check()


def is_led_to_a_case(journey: Journey, worker: Worker) -> str:
    """The counsellor takes the intake from the web and leads it to an opened case; gives its address."""
    page = journey.page
    journey.sign_in(Role.COUNSELLOR)
    journey.open("/clinic/intake/?show=web")
    press(journey, page.get_by_text(journey.mark).first)
    press(journey, journey.button("I take this one"))
    journey.check()
    press(journey, page.locator("main a.btn-primary").first)
    for _ in range(LONGEST_WAY):
        here = page.url
        if found := ASKED.search(here):
            give(journey, worker.answers.get(found["name"], {}))
            press(journey, journey.button("Keep and go on"))
        elif "/conflict/" in here:
            journey.check()
            press(journey, journey.button("Compare the names"))
        elif "/consents/" in here:
            journey.check()
            give(journey, {"keep_file": "yes", "attorney": "yes"})
            press(journey, journey.button("Record their answers"))
        elif "/coverage/" in here:
            journey.check()
            press(journey, page.locator("main a.btn-primary"))
        else:
            break
    journey.check()
    press(journey, journey.button("It was read back and is right: finish the interview"))
    give(journey, {"level": "full", "routes": ["wage_claim"]})
    page.locator("[name=attorney]").select_option(index=1)
    journey.check()
    press(journey, journey.button("Open the case"))
    expect(page).to_have_url(CASE)
    journey.check()
    return page.url.removeprefix(journey.address)


def tells_hours_and_pay(journey: Journey, worker: Worker, case: str) -> str:
    """Typed as it is said, with the claim beside it; gives the total that stands there in the end."""
    page = journey.page
    journey.open(f"{case}hours/")
    week, pay = page.locator("#tell-week"), page.locator("#tell-pay")
    week.locator("[name=week-words]").fill(worker.week)
    week.locator("[name=week-first]").fill(ago(BEGAN))
    press(journey, journey.button("Add this usual week"))
    expect(page.locator("#calendar table, #calendar [role=grid]").first).to_be_visible()
    pay.locator("[name=pay-words]").fill(worker.pay)
    expect(page.locator("#claim-live .total")).to_contain_text("$")  # before anything is saved
    journey.check()
    press(journey, journey.button("Save the pay"))
    journey.check()
    total = page.locator("#claim-live .total").inner_text()
    assert total == expected_total(worker)
    return total


def expected_total(worker: Worker) -> str:
    """What `wagelaw` says of the same words, without any page."""
    today = date.today()  # noqa: DTZ011
    job = Job(place="US-CA-los-angeles", end=today - timedelta(days=worker.ended), separation=worker.separation)
    week = Week(today - timedelta(days=BEGAN), None, read_week(worker.week, today).lines, words=worker.week)
    told = Calendar(job=job, weeks=(week,), pay=read_pay(worker.pay, today).terms)
    outcome = claiming.compute(told, today)
    assert outcome.claim is not None, outcome.problems
    return dollars(outcome.total)


def takes_the_sheet_home(journey: Journey, case: str, total: str) -> None:
    """The claim, read through and printed in the worker's language, with the same total."""
    journey.open(f"{case}claim/")
    assert total in downloaded(journey, journey.page.locator("form[action$='/sheet/'] button").first)


def downloaded(journey: Journey, control: Locator) -> str:
    """The words of the PDF that a tap brings: as they can be copied out of it."""
    with journey.page.expect_download() as coming:
        control.click()
    return text_of(coming.value.path().read_bytes())


def confirms_facts(journey: Journey, worker: Worker, case: str) -> None:
    """Each fact is written in English and in the worker's words, read to them, and confirmed by them."""
    page = journey.page
    for code, (value, told) in worker.facts.items():
        journey.page.goto(f"{journey.address}{case}facts/{code}/")
        page.locator("main [name=value]").fill(value)
        if told:
            page.locator("main [name=told]").fill(told)
        press(journey, journey.button("Save"))
    journey.check()
    yes = page.locator("#waiting .fact .btn-primary")
    for left in range(len(worker.facts), 0, -1):
        expect(yes).to_have_count(left)
        press(journey, yes.first)
    expect(yes).to_have_count(0)


def signs_a_paper(journey: Journey, worker: Worker, case: str) -> None:
    """A request for records, which the worker may make alone: frozen in English and in their language."""
    page = journey.page
    journey.open(f"{case}papers/")
    press(journey, page.locator("form:has(input[value=records_request]) button").first)
    journey.check()
    press(journey, journey.button("Issue in both languages"))
    papers = page.locator("main a[href*='/documents/']")
    expect(papers).to_have_count(2)
    journey.check()
    words = [downloaded(journey, papers.nth(at)) for at in range(2)]
    assert any("Request for my work records" in one for one in words)
    for said in (worker.name, worker.sign, worker.facts["job_title"][1]):
        assert any(said in one for one in words), said


def is_paid(journey: Journey, case: str, total: str) -> None:
    """Claimed, awarded, to be paid in parts, and the first part came in."""
    page = journey.page
    for address, typed in (
        ("enter/", {"kind": "claimed", "cents": total, "on": ago(30)}),
        ("step/", {"kind": "award", "cents": "1200", "on": ago(20)}),
        ("plan/", {"cents": "1200", "count": "3", "every": "month", "first_on": ago(1)}),
    ):
        journey.open(f"{case}money/{address}")
        give(journey, typed)
        press(journey, page.locator("main form .btn-primary"))
    journey.check()
    press(journey, page.locator("main a[href*='/installments/']").first)
    journey.check()
    give(journey, {"cents": "400", "on": ago(0)})
    press(journey, page.locator("main form .btn-primary"))
    journey.check()
    said = page.locator("main").inner_text()
    assert total in said
    assert "$400.00" in said
    assert "$800.00" in said  # still owed


def test_from_the_door_to_the_money(journey: Journey, worker: Worker) -> None:
    comes_by_the_web(journey, worker)
    case = is_led_to_a_case(journey, worker)
    total = tells_hours_and_pay(journey, worker, case)
    takes_the_sheet_home(journey, case, total)
    confirms_facts(journey, worker, case)
    signs_a_paper(journey, worker, case)
    is_paid(journey, case, total)
