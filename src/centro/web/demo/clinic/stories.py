"""Six cases whose whole story can be followed: as they were told, in the worker's own words, up to where they stand."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.utils import timezone

from centro.clinic import routes
from centro.clinic.actions import agenda, approvals, cases, hours, money
from centro.clinic.calendar import changes
from centro.clinic.calendar.model import Anchor, Calendar, Job, Week
from centro.clinic.calendar.typed_pay import read_pay
from centro.clinic.calendar.typed_week import read_week
from centro.clinic.choices import AttorneyStatus, CaseState, LogKind, Route
from centro.clinic.models import ApprovingAttorney, Case, Matter
from centro.clinic.models.money import AssetKind, EntryKind, StepKind
from centro.core import access, clock, policy
from centro.core.policy import Actor
from centro.people import actions as people
from centro.people.choices import How, Purpose, WorkAs
from centro.people.models import Employment, Person, Workplace
from centro.web.demo import employers
from centro.web.demo.clinic import papers, told
from centro.web.demo.staff import Staff

LA = "US-CA-los-angeles"
FILED = 100  # days ago
_PAY_TO = {"es": "con cheque, en el centro", "ko": "센터에서 수표로"}


@dataclass(frozen=True)
class Story:
    """One worker, one job, and how far the case has come. Days are counted back from today."""

    given: str
    family: str
    language: str
    industry: str
    title: str
    topics: tuple[str, ...]
    story: str
    week: str
    pay: str
    began: int
    ended: int
    separation: str
    walked: tuple[str, ...]  # what happened in the first matter, by the events of its table
    native: str = ""
    route: Route = Route.WAGE_CLAIM
    also: tuple[Route, ...] = ()
    worker_class: str = "general"
    works_as: str = WorkAs.EMPLOYEE
    anchors: tuple[str, ...] = ()
    facts: dict[str, tuple[str, str]] = field(default_factory=dict)
    asset: tuple[str, str] | None = None
    happened: str = "last_day"
    next: str = "Call the worker"
    owner: str = "counsellor"
    shop: str = ""
    notes: tuple[str, str, tuple[str, ...]] | None = None  # what was brought: in English, in their words, its lines
    papers: tuple[tuple[str, str], ...] = ()  # kinds of paper of the first matter, and how far each has come
    employer: str = ""  # an employer that has no shop
    received: str = "agreed"  # what came of the pay


_TO_FILED = ("pass_screen", "rebuild_hours", "confirm_value", "start_packet", "file_claim")
_TO_HEARING = (*_TO_FILED, "set_conference", "no_settlement")
_TO_JUDGMENT = (*_TO_HEARING, "hold_hearing", "serve_oda", "no_appeal", "enter_judgment")

STORIES: tuple[Story, ...] = (
    Story(
        "Chung-ho",
        "Seo",
        "ko",
        employers.RESTAURANT,
        "Cook",
        ("pay",),
        "일주일에 6일, 하루 11시간 반씩 주방에서 일했습니다. 월급은 현금 2,800달러였고 쉬는 시간은 없었습니다.",
        "월–토 10:30–22:00, 식사 없음, 휴식 없음",
        "매달 말 현금 2,800달러",
        began=1130,
        ended=40,
        separation="discharged",
        walked=("pass_screen", "rebuild_hours", "confirm_value"),
        native="서충호",
        anchors=("일요일마다 교회에 갔습니다", "밤 10시 30분 버스를 탔습니다: TAP 카드 기록"),
        facts={
            "job_title": ("Cook", "주방 요리사"),
            "usual_week": ("Monday to Saturday 10:30 to 22:00, no meal, no rest", "월–토 10:30–22:00, 식사·휴식 없음"),
            "pay_received": ("$2,800 in cash at the end of the month", "매달 말 현금 2,800달러"),
        },
        asset=(AssetKind.SHOP, "Two more restaurants under the same owner"),
        next="Go through the demand letter with him",
        shop="Moran Garden BBQ",
        notes=(
            "His own notes of the hours, three weeks",
            "직접 적은 근무시간, 3주",
            ("9/7-9/12   10:30 - 22:00", "9/14-9/19   10:30 - 22:10", "9/21-9/26   10:30 - 22:00", "쉬는 시간 없음"),
        ),
        papers=(("records_request", "issued"), ("demand", "waiting")),
    ),
    Story(
        "Yesenia",
        "Cabrera",
        "es",
        employers.MARKET,
        "Cashier",
        ("pay", "punished"),
        "Me pagaban por hora, pero nunca las horas extra, y comía parada en la caja.",
        "lun a sáb 9:00 a 18:30, una comida de 15 minutos, sin descansos",
        "$17.50 por hora, cada dos semanas, con cheque",
        began=900,
        ended=0,
        separation="current",
        walked=_TO_FILED,
        also=(Route.RETALIATION,),
        anchors=("Guarda los horarios de la semana en fotos",),
        facts={"job_title": ("Cashier", "Cajera")},
        next="Prepare the conference with her",
        owner="counsellor_2",
        notes=(
            "Schedule of a week, as it hung on the wall",
            "El horario de una semana, como estaba en la pared",
            ("Yesenia", "lun-sáb   9:00 - 18:30", "comida 15 min"),
        ),
        papers=(("wage_packet", "issued"),),
    ),
    Story(
        "Consuelo",
        "Tzoc",
        "es",
        employers.HOME_CARE,
        "Caregiver who lives in",
        ("pay",),
        "Cuidaba a una señora y dormía en la casa. Me levantaba dos veces cada noche.",
        "lun a vie 7:00 a 21:00, una comida de 30 minutos",
        "$600 por semana, en efectivo",
        began=600,
        ended=120,
        separation="laid_off",
        walked=_TO_HEARING,
        worker_class="personal_attendant",
        facts={"job_title": ("Caregiver who lives in", "Cuidadora que duerme en la casa")},
        next="Go through the questions of the hearing",
        owner="counsellor_2",
        notes=(
            "The nights on which she got up",
            "Las noches en que se levantó",
            ("3 marzo: 1:20, 4:00", "4 marzo: 2:10", "6 marzo: 0:45, 3:30, 5:10"),
        ),
        papers=(("hearing_kit", "issued"), ("demand", "returned")),
    ),
    Story(
        "Maximino",
        "Sandoval",
        "es",
        employers.CAR_WASH,
        "Car washer",
        ("pay",),
        "Llegaba a las 8 y no contaban las horas hasta que había carros.",
        "mar a dom 8:00 a 18:00, una comida de 20 minutos, sin descansos",
        "$95 por día, cada semana, en efectivo",
        began=1050,
        ended=420,
        separation="discharged",
        walked=_TO_JUDGMENT,
        asset=(AssetKind.BANK, "Bank on the checks of the car wash: Banco Ejemplo, branch on Vermont"),
        facts={"job_title": ("Car washer", "Lavacarros")},
        next="Ask for the installment of this month",
        papers=(("records_request", "issued"),),
    ),
    Story(
        "Anselmo",
        "Pop",
        "es",
        employers.BUILDING,
        "Day laborer",
        ("pay",),
        "Tres días de pintar una casa. Dijo que pagaba el viernes y ya no contestó.",
        "lun a dom 7:30 a 17:00, una comida de 30 minutos",
        "$180 por día",
        began=62,
        ended=60,
        separation="laid_off",
        walked=(),
        route=Route.DEMAND,
        worker_class="general",
        asset=(AssetKind.PLATE, "White van, plate seen by two others"),
        next="Write the demand letter with him",
        happened="payday_missed",
        works_as=WorkAs.CONTRACTOR,
        received="nothing",
    ),
    Story(
        "Dong-wook",
        "Ma",
        "ko",
        "",
        "Ride-share driver",
        ("benefits",),
        "앱이 계정을 막았습니다. 이유는 알려 주지 않았습니다.",
        "",
        "",
        began=500,
        ended=21,
        separation="discharged",
        walked=(),
        native="마동욱",
        route=Route.UNEMPLOYMENT,
        also=(Route.ADVICE,),
        worker_class="app_driver",
        employer="Paloma Rides (app)",
        facts={"appeal_reason": ("The app closed the account and gave no reason", "앱이 이유 없이 계정을 막았습니다")},
        papers=(("ui_appeal", "draft"),),
        next="Show him which laws cover him",
        owner="counsellor",
    ),
)


def load(staff: Staff) -> int:
    """Name the attorney who approves papers, and tell every story as the counsellor who heard it. Returns how many."""
    manager = staff.actor("manager")
    with access.viewing(manager):
        attorney = approvals.name_approver(
            by=manager,
            user=staff.users["attorney"],
            name="Renata Ibarra Solís",
            bar_number="000000",
            organization="",
            protocol_on=_ago(300),
        )
    for story in STORIES:
        by = staff.actor(story.owner)
        with access.viewing(by):
            matter = _tell(staff, by, story)
            _file(by, attorney, matter, story)
    return len(STORIES)


def _tell(staff: Staff, by: Actor, story: Story) -> Matter:
    person, shop = _worker(by, story), None if story.employer else _shop(story)
    first, last = _ago(story.began), _ago(story.ended)
    ended = last if story.ended else None
    if shop is not None:
        Employment.objects.create(
            person=person, workplace=shop, job=story.title, works_as=story.works_as, from_on=first, to_on=ended
        )
    case = cases.open_case(by=by, person=person, details=_details(story, shop))
    job = story.facts.get("job_title", (story.title, ""))[1] or story.title
    told.keep_intake(by=by, case=case, job=job, first=first, ended=ended, separation=story.separation)
    matter = cases.open_matter(by=by, case=case, route=story.route)
    for way in story.also:
        cases.open_matter(by=by, case=case, route=way, topic="wage_theft" if way is Route.ADVICE else "")
    if ended:
        cases.note_happening(by=by, case=case, kind=story.happened, on=ended)
    _remember(by, case, story, first, ended)
    papers.confirm(by, case, _known(story, case.employer_name, first, ended) | story.facts)
    if story.asset:
        money.add_asset(by=by, case=case, kind=story.asset[0], words=story.asset[1])
    _walk(staff, by, matter, story)
    cases.log_line(by=by, case=case, kind=LogKind.APPOINTMENT, words="First talk: listened, and wrote it down.")
    return matter


def _known(story: Story, employer: str, first: date, ended: date | None) -> papers.Told:
    """What every paper asks for."""
    known = {
        "worker_name": (f"{story.given} {story.family}", ""),
        "employer_name": (employer, ""),
        "send_to": ("100 Jacaranda Row, Los Angeles", ""),
        "first_day": (first.isoformat(), ""),
        "pay_by": (_ago(-14).isoformat(), ""),
        "pay_to": ("by check, handed over at the center", _PAY_TO[story.language]),
    }
    return known | ({"last_day": (ended.isoformat(), "")} if ended else {})


def _file(by: Actor, attorney: ApprovingAttorney, matter: Matter, story: Story) -> None:
    """What they brought, the date of the hearing, and the papers that were written with them."""
    if story.notes:
        papers.bring(by, matter.case, *story.notes)
    if matter.state == "hearing_set":
        at = timezone.localtime(clock.now() + timedelta(days=9)).replace(hour=9, minute=0, second=0, microsecond=0)
        agenda.add_hearing(
            by=by, matter=matter, at=at, happening=None, asked="conference_on", place="Van Nuys", needs_interpreter=True
        )
    for kind, how_far in story.papers:
        papers.write(by, attorney, matter, kind, how_far)


def _ago(days: int) -> date:
    return clock.today() - timedelta(days=days)


def _worker(by: Actor, story: Story) -> Person:
    names = {"given": story.given, "family": story.family, "native": story.native, "language": story.language}
    phone = {"number": f"+1213555{100 + len(story.given):04d}", "text_ok": True}
    person = people.add_person(by=by, details=names, phone=phone)
    for purpose in (Purpose.KEEP_FILE, Purpose.TEXT, Purpose.ATTORNEY):
        people.give_consent(
            by=by,
            person=person,
            purpose=purpose,
            text="As on the sheet",
            text_version="2026-11-23",
            language=story.language,
            how=How.SPOKEN,
        )
    return person


def _shop(story: Story) -> Workplace:
    """The workplace of a name, or any of the industry."""
    shops = list(Workplace.objects.filter(industry=story.industry, jurisdiction=LA).order_by("pk"))
    for shop in shops:
        policy.opens_all(shop)
    known: Workplace = next((shop for shop in shops if shop.name == story.shop), shops[0])
    return known


def _details(story: Story, shop: Workplace | None) -> dict[str, object]:
    return {
        "workplace": shop,
        "employer_name": shop.name if shop else story.employer,
        "state": CaseState.FULL,
        "topics": list(story.topics),
        "language": story.language,
        "zip": shop.zip if shop else "",
        "industry": story.industry,
        "story": story.story,
        "goal": "The money that is owed",
    }


def _remember(by: Actor, case: Case, story: Story, first: date, ended: date | None) -> None:
    """The calendar, step by step, as somebody would type it while the worker talks."""
    today = clock.today()
    job = Job(
        place=LA,
        worker_class=story.worker_class,
        start=first,
        end=ended,
        separation=story.separation,
        filed_on=_ago(FILED) if "file_claim" in story.walked else None,
    )
    lines = read_week(story.week, today).lines
    terms = [replace(term, received=story.received) for term in read_pay(story.pay, today).terms]
    steps: list[tuple[str, Callable[[Calendar], Calendar]]] = [
        ("job", lambda now: changes.set_job(now, job)),
        ("week", lambda now: changes.set_week(now, Week(first, None, lines, "rough", story.week))),
        ("pay", lambda now: changes.set_pay(now, terms)),
    ]
    steps = steps if story.week else steps[:1]
    steps += [("anchor", _anchor(words)) for words in story.anchors]
    for version, (what, change) in enumerate(steps):
        hours.change_hours(by=by, case=case, version=version, what=what, change=change)


def _anchor(words: str) -> Callable[[Calendar], Calendar]:
    return lambda now: changes.add_anchor(now, Anchor(words))


def _walk(staff: Staff, by: Actor, matter: Matter, story: Story) -> None:
    """The matter goes from state to state as its table says; the money follows; the next action stands."""
    table, case = routes.table(matter.route), matter.case
    for event in story.walked:
        step = table.find(event, matter.state)
        if step is None:
            raise LookupError(f"{story.family}: nothing called {event} happens in {matter.state}")
        cases.record_move(by=by, case=case, matter=matter, event=event, to_state=step.to)
    if len(story.walked) > 2:
        attorney = staff.users["attorney"]
        cases.join_team(by=by, case=case, user=attorney)
        cases.set_attorney(by=by, matter=matter, status=AttorneyStatus.SUPERVISED, attorney=attorney)
        claim = hours.keep_claim(by=by, case=case, why="claimed")
        if claim is not None:
            money.enter(by=by, case=case, kind=EntryKind.CLAIMED, cents=claim.total_cents, on=_ago(90), matter=matter)
    if "enter_judgment" in story.walked:
        _collect(by, matter)
    owner = staff.users[story.owner]
    cases.set_next_action(by=by, matter=matter, what=story.next, owner=owner, due_on=_ago(-3))


def _collect(by: Actor, matter: Matter) -> None:
    """Awarded, judged, and paid in parts: two came, the third is late."""
    case = matter.case
    claimed = case.ledger.filter(kind=EntryKind.CLAIMED).get().cents
    awarded = claimed * 8 // 10
    for kind, days in ((StepKind.AWARD, 80), (StepKind.JUDGMENT, 66)):
        money.take_step(by=by, case=case, kind=kind, on=_ago(days), cents=awarded, matter=matter)
    plan = money.make_plan(
        by=by, case=case, cents=awarded, count=6, first_on=_ago(62), every="month", matter=matter, is_agreement=False
    )
    for part in plan.installments.order_by("number")[:2]:
        money.receive(by=by, installment=part, cents=part.cents, on=part.due_on)
