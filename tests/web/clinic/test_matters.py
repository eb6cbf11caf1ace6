"""A matter moves as its table says: by those who may, from the states it names, when its guards are met."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from centro.clinic import routes
from centro.clinic.actions import cases, matters
from centro.clinic.choices import AttorneyStatus, CaseState, Route
from centro.clinic.models import ApprovingAttorney, Case, Clock, Fact, Letter, Matter, Move
from centro.clinic.routes import Guard
from centro.core import clock
from centro.core.classes import Role
from centro.core.models import Event, Task, User
from centro.core.policy import Actor
from centro.people import actions as people
from centro.people.choices import How, Purpose
from centro.people.models import Person, Phone
from tests.web.clinic.conftest import OpenCase, OpenMatter
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db
ACTOR = Callable[[Role], Actor]
SeenBy = Callable[[Role], AbstractContextManager[Any]]
TABLES = routes.tables()
MOVES = [(code, move) for code, table in TABLES.items() for move in table.moves]
IDS = [f"{code}.{move.event}" for code, move in MOVES]
EVERYTHING_TOLD = frozenset({Guard.WORKER_CONFIRMED.value, Guard.DEADLINES_TOLD.value})


@pytest.fixture
def ready(actor: ACTOR, cast: dict[Role, User], open_case: OpenCase, cook: Person) -> Case:
    """A case in which every guard is met: cleared, consented, reachable, the employer may be contacted."""
    consent: dict[str, Any] = {"text": "We keep your file.", "text_version": "1", "language": "ko", "how": How.SPOKEN}
    people.give_consent(by=actor(Role.COUNSELLOR), person=cook, purpose=Purpose.KEEP_FILE, expires_on=None, **consent)
    Phone.objects.create(person=cook, number="+12135550123", text_ok=True)
    case = open_case(contact_employer_ok=True, state=CaseState.CLEARED)
    cases.join_team(by=actor(Role.COUNSELLOR), case=case, user=cast[Role.ATTORNEY])
    return case


@pytest.fixture
def stand(ready: Case, actor: ACTOR, cast: dict[Role, User]) -> Callable[[str, str], Matter | None]:
    """Put the case (route “intake”) or a matter of a route into a state, with an attorney who approved the letters."""

    def put(code: str, state: str) -> Matter | None:
        if code == routes.INTAKE:
            Case.objects.filter(pk=ready.pk).update(state=state, closed_at=None)
            ready.state, ready.closed_at = state, None
            cases.record_move(by=actor(Role.COUNSELLOR), case=ready, matter=None, event="clear", to_state="cleared")
            Case.objects.filter(pk=ready.pk).update(state=state)
            ready.state = state
            return None
        matter = Matter.objects.create(case=ready, route=code, state=state, owner=cast[Role.COUNSELLOR])
        supervised = AttorneyStatus.SUPERVISED
        cases.set_attorney(by=actor(Role.ATTORNEY), matter=matter, status=supervised, attorney=cast[Role.ATTORNEY])
        _approve_letters(matter, cast[Role.ATTORNEY])
        return matter

    return put


def _approve_letters(matter: Matter, attorney: User) -> None:
    approver, _ = ApprovingAttorney.objects.get_or_create(
        user=attorney, defaults={"name": "Ana Ruiz", "bar_number": "1", "protocol_on": clock.today()}
    )
    for words in routes.papers().values():
        if "letter" in words:
            Letter.objects.create(
                case=matter.case,
                matter=matter,
                kind=words["letter"],
                state="approved",
                language="ko",
                text_version="1",
                decided_by=approver,
                decided_at=clock.now(),
            )


def _try(by: Actor, case: Case, matter: Matter | None, move: routes.Move) -> None:
    fact = matters.Fact(on=clock.today()) if move.asks else None
    matters.move(by=by, case=case, matter=matter, event=move.event, fact=fact, told=EVERYTHING_TOLD)


def _first_source(code: str, move: routes.Move) -> str:
    return next(state for state in TABLES[code].states if state in move.sources)


@pytest.mark.parametrize(("code", "move"), MOVES, ids=IDS)
def test_those_who_may_move_it_do_and_all_others_are_refused(
    code: str, move: routes.Move, ready: Case, stand: Callable[[str, str], Matter | None], actor: ACTOR
) -> None:
    for role in Role:
        matter = stand(code, _first_source(code, move))
        if role in move.roles:
            _try(actor(role), ready, matter, move)
            assert (matter.state if matter else ready.state) == move.to
        else:
            with pytest.raises(matters.NotNow):
                _try(actor(role), ready, matter, move)
        if matter is not None:
            matter.delete()


@pytest.mark.parametrize(("code", "move"), MOVES, ids=IDS)
def test_it_moves_from_each_state_that_the_table_names(
    code: str, move: routes.Move, ready: Case, stand: Callable[[str, str], Matter | None], actor: ACTOR
) -> None:
    role = next(role for role in (Role.ATTORNEY, Role.COUNSELLOR, Role.MANAGER) if role in move.roles)
    for state in sorted(move.sources):
        matter = stand(code, state)
        _try(actor(role), ready, matter, move)
        assert (matter.state if matter else ready.state) == move.to
        if matter is not None:
            matter.refresh_from_db()
            has_next = matter.next_task_id is not None or matter.waiting_until is not None
            assert has_next is not TABLES[code].state(move.to).is_end
            assert (matter.closed_at is not None) is TABLES[code].state(move.to).is_end
            matter.delete()


@pytest.mark.parametrize(("code", "move"), MOVES, ids=IDS)
def test_it_moves_from_no_other_state(
    code: str, move: routes.Move, ready: Case, stand: Callable[[str, str], Matter | None], actor: ACTOR
) -> None:
    same = {state for other in TABLES[code].moves if other.event == move.event for state in other.sources}
    role = next(iter(move.roles))
    for state in sorted(set(TABLES[code].states) - same):
        matter = stand(code, state)
        with pytest.raises(matters.NotNow):
            _try(actor(role), ready, matter, move)
        if matter is not None:
            matter.delete()


# --- guards -----------------------------------------------------------------------------------------------------------


def _file(actor: ACTOR, matter: Matter, **more: Any) -> None:
    fact = matters.Fact(on=clock.today())
    values: dict[str, Any] = {"event": "file_claim", "fact": fact, "told": EVERYTHING_TOLD, **more}
    matters.move(by=actor(Role.COUNSELLOR), case=matter.case, matter=matter, **values)


def _shut(case: Case, guard: Guard, person: Person) -> None:
    """Take away what this guard asks for."""
    if guard is Guard.CONFLICT_CLEARED:
        case.state = CaseState.NEW
    elif guard is Guard.CONSENT_KEEP:
        person.consents.update(withdrawn_at=clock.now())
    elif guard is Guard.SAFE_CONTACT:
        person.phones.all().delete()
    elif guard is Guard.EMPLOYER_CONTACT_OK:
        case.contact_employer_ok = False
    elif guard is Guard.ATTORNEY_APPROVAL:
        Letter.objects.all().delete()


@pytest.mark.parametrize(
    ("code", "event", "guard"),
    [
        ("wage_claim", "pass_screen", Guard.CONFLICT_CLEARED),
        ("wage_claim", "pass_screen", Guard.CONSENT_KEEP),
        ("wage_claim", "file_claim", Guard.SAFE_CONTACT),
        ("wage_claim", "ask_records", Guard.EMPLOYER_CONTACT_OK),
        ("wage_claim", "send_demand", Guard.ATTORNEY_APPROVAL),
        ("wage_claim", "file_claim", Guard.WORKER_CONFIRMED),
        ("wage_claim", "end_dismissed", Guard.DEADLINES_TOLD),
    ],
)
def test_a_guard_that_is_shut_holds_the_matter(
    code: str, event: str, guard: Guard, ready: Case, stand: Callable[[str, str], Matter | None], actor: ACTOR
) -> None:
    move = next(move for move in TABLES[code].moves if move.event == event)
    matter = stand(code, _first_source(code, move))
    _shut(ready, guard, ready.person)
    by = actor(Role.COUNSELLOR if Role.COUNSELLOR in move.roles else Role.ATTORNEY)
    with pytest.raises(matters.NotNow) as refused:
        matters.move(
            by=by,
            case=ready,
            matter=matter,
            event=event,
            fact=matters.Fact(on=clock.today()) if move.asks else None,
            told=EVERYTHING_TOLD - {guard.value},
        )
    assert str(refused.value)
    assert not Move.objects.filter(matter=matter).exists()


def test_a_fact_that_the_worker_did_not_confirm_holds_the_filing_whatever_is_ticked(
    ready: Case, stand: Callable[[str, str], Matter | None], actor: ACTOR
) -> None:
    matter = stand("wage_claim", "packet")
    assert matter is not None
    fact = Fact.objects.create(case=ready, what="worker_name", value="Chung-ho Seo")
    with pytest.raises(matters.NotNow):
        _file(actor, matter)
    Fact.objects.filter(pk=fact.pk).update(confirmed_at=clock.now())
    _file(actor, matter, told=frozenset())
    assert matter.state == "filed"


def test_without_an_attorney_what_needs_one_is_absent(sign_in: SignIn, open_matter: OpenMatter, actor: ACTOR) -> None:
    matter = open_matter(Route.WAGE_CLAIM, state="valued")
    page = sign_in(Role.COUNSELLOR).get(reverse("clinic:matter", args=[matter.pk])).content.decode()
    assert "Make the packet without a letter" in page
    assert "The demand letter was sent" not in page
    with pytest.raises(matters.NotNow):
        matters.move(
            by=actor(Role.COUNSELLOR),
            case=matter.case,
            matter=matter,
            event="send_demand",
            fact=matters.Fact(on=clock.today()),
            told=EVERYTHING_TOLD,
        )


# --- what a move does -------------------------------------------------------------------------------------------------


def test_a_decision_starts_its_deadlines_in_its_matter(
    stand: Callable[[str, str], Matter | None], ready: Case, actor: ACTOR
) -> None:
    matter = stand("wage_claim", "await_oda")
    says = {"served": "mail_california"}
    matters.move(
        by=actor(Role.COUNSELLOR),
        case=ready,
        matter=matter,
        event="serve_oda",
        fact=matters.Fact(on=clock.today(), says=says),
    )
    appeal = Clock.objects.get(rule="oda_appeal")
    assert appeal.matter == matter
    assert appeal.on == clock.today() + timedelta(days=10)
    assert appeal.extended_on is not None
    assert appeal.extended_on > appeal.on


def test_filing_keeps_the_deadlines_of_its_route_and_no_other(
    stand: Callable[[str, str], Matter | None], ready: Case, actor: ACTOR
) -> None:
    payday = clock.today() - timedelta(days=200)
    cases.note_happening(by=actor(Role.COUNSELLOR), case=ready, kind="payday_missed", on=payday)
    matter = stand("wage_claim", "packet")
    assert matter is not None
    _file(actor, matter)
    states = dict(Clock.objects.values_list("rule", "state"))
    assert states["wages"] == states["late_pay"] == "met"
    assert states["flsa"] == states["paga_payday"] == "provisional"
    assert Clock.objects.get(rule="wages").met_on == clock.today()


def test_filing_keeps_no_deadline_that_had_passed(
    stand: Callable[[str, str], Matter | None], ready: Case, actor: ACTOR
) -> None:
    payday = clock.today() - timedelta(days=500)
    cases.note_happening(by=actor(Role.COUNSELLOR), case=ready, kind="payday_missed", on=payday)
    matter = stand("wage_claim", "packet")
    assert matter is not None
    _file(actor, matter)
    states = dict(Clock.objects.values_list("rule", "state"))
    assert (states["wages"], states["late_pay"]) == ("met", "provisional")


def test_what_is_next_is_written_in_the_language_of_its_owner(
    stand: Callable[[str, str], Matter | None], ready: Case, actor: ACTOR, cast: dict[Role, User], seen_by: SeenBy
) -> None:
    User.objects.filter(pk=cast[Role.COUNSELLOR].pk).update(language="ko")
    matter = stand("wage_claim", "records_wait")
    assert matter is not None
    matter.owner = User.objects.get(pk=cast[Role.COUNSELLOR].pk)
    matters.move(by=actor(Role.COUNSELLOR), case=ready, matter=matter, event="records_came")
    with seen_by(Role.COUNSELLOR):
        task = Task.objects.visible_to(actor(Role.COUNSELLOR)).get(matter=matter)
        assert task.what == "기록으로 금액 계산하기"
    assert task.due_on == clock.today() + timedelta(days=7)


def test_two_who_move_it_at_once_move_it_once(
    stand: Callable[[str, str], Matter | None], ready: Case, actor: ACTOR
) -> None:
    matter = stand("wage_claim", "records_wait")
    assert matter is not None
    mine = Matter.objects.select_related("case").get(pk=matter.pk)
    matters.move(by=actor(Role.COUNSELLOR), case=ready, matter=matter, event="records_came")
    with pytest.raises(matters.NotNow):
        matters.move(by=actor(Role.ATTORNEY), case=ready, matter=mine, event="records_came")
    assert Move.objects.filter(matter=matter).count() == 1


def test_a_case_with_an_open_matter_is_not_closed(
    stand: Callable[[str, str], Matter | None], ready: Case, actor: ACTOR
) -> None:
    matter = stand("wage_claim", "evidence")
    assert matter is not None
    stand("intake", "full")
    close: dict[str, Any] = {"by": actor(Role.COUNSELLOR), "case": ready, "matter": None, "event": "close", "told": EVERYTHING_TOLD}
    with pytest.raises(matters.NotNow):
        matters.move(**close)
    Matter.objects.filter(pk=matter.pk).update(closed_at=clock.now())
    matters.move(**close)
    ready.refresh_from_db()
    assert ready.closed_at is not None
    assert Event.objects.filter(kind="case.closed", about=ready.pk).exists()


# --- pages ------------------------------------------------------------------------------------------------------------


def _page(client: Client, name: str, *args: Any) -> Any:
    return client.get(reverse(f"clinic:{name}", args=args))


def test_the_page_shows_where_it_stands_and_what_can_happen(sign_in: SignIn, open_matter: OpenMatter) -> None:
    matter = open_matter(Route.WAGE_CLAIM, state="filed")
    page = _page(sign_in(Role.COUNSELLOR), "matter", matter.pk).content.decode()
    assert "Filed" in page
    assert "A conference date came" in page
    assert "Nothing is next" in page
    assert "more than two to a decision" in page


def test_the_page_says_who_may_note_what_the_reader_may_not(sign_in: SignIn, open_matter: OpenMatter) -> None:
    matter = open_matter(Route.WAGE_CLAIM, state="oda")
    page = _page(sign_in(Role.COUNSELLOR), "matter", matter.pk).content.decode()
    assert reverse("clinic:move_matter", args=[matter.pk, "no_appeal"]) in page
    assert reverse("clinic:move_matter", args=[matter.pk, "worker_appeals"]) not in page
    assert "The worker appealed" in page


def test_a_conference_date_is_asked_with_hour_and_place(
    sign_in: SignIn, stand: Callable[[str, str], Matter | None], ready: Case, seen_by: SeenBy
) -> None:
    matter = stand("wage_claim", "filed")
    assert matter is not None
    client, day = sign_in(Role.COUNSELLOR), clock.today() + timedelta(days=60)
    typed = {"day": day.isoformat(), "hour": "09:30", "place": "Van Nuys", "interpreter": "on", "confidence": "sure"}
    typed |= {"what": "Prepare with Mr. Seo", "owner": str(matter.owner_id), "note": "By letter"}
    answer = client.post(reverse("clinic:move_matter", args=[matter.pk, "set_conference"]), typed)
    assert answer.status_code == 302
    matter.refresh_from_db()
    hearing = matter.hearings.get()
    assert (matter.state, hearing.kind, hearing.needs_interpreter) == ("conference_set", "conference", True)
    assert hearing.at.astimezone(clock.now().tzinfo).date() in {day, day + timedelta(days=1)}
    assert matter.next_task is not None
    assert matter.next_task.due_on == day - timedelta(days=14)
    due = sorted(Task.objects.filter(reminder__reason="hearing").values_list("due_on", flat=True))
    assert due == [day - timedelta(days=14), day - timedelta(days=3)]
    page = _page(client, "matter", matter.pk).content.decode()
    assert "Van Nuys" in page
    assert "09:30" in page


def test_a_move_without_its_day_comes_back_with_words_and_what_was_typed(
    sign_in: SignIn, stand: Callable[[str, str], Matter | None]
) -> None:
    matter = stand("wage_claim", "packet")
    assert matter is not None
    typed = {"confidence": "sure", "worker_confirmed": "on", "what": "the notice", "note": "Filed by e-mail"}
    answer = sign_in(Role.COUNSELLOR).post(reverse("clinic:move_matter", args=[matter.pk, "file_claim"]), typed)
    assert answer.status_code == 422
    assert "Filed by e-mail" in answer.content.decode()
    matter.refresh_from_db()
    assert matter.state == "packet"


def test_a_day_ahead_has_not_happened(sign_in: SignIn, stand: Callable[[str, str], Matter | None]) -> None:
    matter = stand("wage_claim", "packet")
    assert matter is not None
    day = (clock.today() + timedelta(days=1)).isoformat()
    typed = {"day": day, "confidence": "sure", "worker_confirmed": "on", "what": "the notice", "on": day}
    answer = sign_in(Role.COUNSELLOR).post(reverse("clinic:move_matter", args=[matter.pk, "file_claim"]), typed)
    assert answer.status_code == 422
    assert "cannot lie ahead" in answer.content.decode()


def test_dangerous_numbers_in_a_note_come_back_once(
    sign_in: SignIn, stand: Callable[[str, str], Matter | None]
) -> None:
    matter = stand("wage_claim", "records_wait")
    assert matter is not None
    typed = {"what": "Compute", "on": clock.today().isoformat(), "owner": str(matter.owner_id)}
    typed["note"] = "SSN 123-45-6789"
    client, url = sign_in(Role.COUNSELLOR), reverse("clinic:move_matter", args=[matter.pk, "records_came"])
    assert client.post(url, typed).status_code == 422
    assert client.post(url, {**typed, "removal": "remove"}).status_code == 302


def test_a_step_that_cannot_happen_now_does_not_exist(sign_in: SignIn, open_matter: OpenMatter) -> None:
    matter = open_matter(Route.WAGE_CLAIM, state="screened")
    for event in ("serve_oda", "nonsense"):
        assert _page(sign_in(Role.COUNSELLOR), "move_matter", matter.pk, event).status_code == 404


def test_the_next_action_and_the_wait(sign_in: SignIn, open_matter: OpenMatter, seen_by: SeenBy) -> None:
    matter = open_matter(Route.WAGE_CLAIM)
    client, day = sign_in(Role.COUNSELLOR), clock.today() + timedelta(days=3)
    typed = {"kind": "act", "what": "Ask for the paystubs", "on": day.isoformat(), "owner": str(matter.owner_id)}
    url = reverse("clinic:set_next", args=[matter.pk])
    assert client.post(url, typed).status_code == 302
    assert "Ask for the paystubs" in _page(client, "matter", matter.pk).content.decode()
    assert client.post(url, {**typed, "kind": "wait", "what": "the bank"}).status_code == 302
    matter.refresh_from_db()
    assert matter.next_task is None
    assert matter.waiting_until == day
    assert "Waiting for the bank until" in _page(client, "matter", matter.pk).content.decode()
    past = {**typed, "on": (clock.today() - timedelta(days=1)).isoformat()}
    assert client.post(url, past).status_code == 422


def test_a_matter_is_opened_with_its_first_action(sign_in: SignIn, open_case: OpenCase, cast: dict[Role, User]) -> None:
    case = open_case()
    url = reverse("clinic:begin_matter", args=[case.pk])
    typed = {"route": "retaliation", "what": "Write down the dates", "on": clock.today().isoformat()}
    typed["owner"] = str(cast[Role.COUNSELLOR].pk)
    assert sign_in(Role.COUNSELLOR).post(url, typed).status_code == 302
    matter = case.matters.get()
    assert (matter.state, matter.next_task is not None) == ("screened", True)
    answer = sign_in(Role.COUNSELLOR).post(url, {**typed, "route": "advice"})
    assert answer.status_code == 422
    assert "Please choose a sheet." in answer.content.decode()


@pytest.mark.parametrize("language", ["en", "es", "ko"])
def test_an_advice_matter_shows_its_sheet_in_the_language_asked_for(
    sign_in: SignIn, open_case: OpenCase, actor: ACTOR, language: str
) -> None:
    case = open_case()
    matter = cases.open_matter(by=actor(Role.COUNSELLOR), case=case, route=Route.ADVICE, topic="wage_theft")
    page = sign_in(Role.COUNSELLOR).get(reverse("clinic:advice", args=[matter.pk]) + f"?language={language}")
    assert f'lang="{language}"' in page.content.decode()
    assert "<p>" in page.content.decode()


def test_a_restricted_matter_is_there_only_for_those_named_on_it(
    sign_in: SignIn, ready: Case, actor: ACTOR, stand: Callable[[str, str], Matter | None], cast: dict[Role, User]
) -> None:
    matter = stand("discrimination", "screened")
    assert matter is not None
    matters.restrict(by=actor(Role.COUNSELLOR), matter=matter, is_restricted=True)
    url = reverse("clinic:matter", args=[matter.pk])
    assert sign_in(Role.COUNSELLOR).get(url).status_code == 200
    assert sign_in(Role.ATTORNEY).get(url).status_code == 200
    Matter.objects.filter(pk=matter.pk).update(attorney=None, attorney_status="none")
    assert sign_in(Role.ATTORNEY).get(url).status_code == 404
    page = _page(sign_in(Role.ATTORNEY), "case", ready.pk).content.decode()
    assert str(matter.pk) not in page


def test_the_attorney_is_named_and_joins_the_team(
    sign_in: SignIn, open_matter: OpenMatter, cast: dict[Role, User]
) -> None:
    matter = open_matter()
    client, url = sign_in(Role.COUNSELLOR), reverse("clinic:set_attorney", args=[matter.pk])
    assert client.post(url, {"status": "supervised", "attorney": ""}).status_code == 422
    assert client.post(url, {"status": "supervised", "attorney": str(cast[Role.ATTORNEY].pk)}).status_code == 302
    assert sign_in(Role.ATTORNEY).get(reverse("clinic:matter", args=[matter.pk])).status_code == 200


def test_asking_the_attorney_gives_them_a_task(
    sign_in: SignIn, stand: Callable[[str, str], Matter | None], cast: dict[Role, User]
) -> None:
    matter = stand("wage_claim", "valued")
    assert matter is not None
    Letter.objects.all().delete()
    client = sign_in(Role.COUNSELLOR)
    url = reverse("clinic:ask_about_move", args=[matter.pk, "send_demand"])
    assert url in _page(client, "matter", matter.pk).content.decode()
    assert client.post(url).status_code == 302
    assert Task.objects.filter(owner=cast[Role.ATTORNEY], about=matter.pk).count() == 1


def test_handing_over_gives_the_next_action_too(
    sign_in: SignIn, open_matter: OpenMatter, actor: ACTOR, cast: dict[Role, User]
) -> None:
    matter = open_matter()
    to = cast[Role.ATTORNEY]
    cases.set_next_action(
        by=actor(Role.COUNSELLOR), matter=matter, what="Call", owner=cast[Role.COUNSELLOR], due_on=clock.today()
    )
    url = reverse("clinic:hand_over_matter", args=[matter.pk])
    assert sign_in(Role.COUNSELLOR).post(url, {"owner": str(to.pk)}).status_code == 302
    matter.refresh_from_db()
    assert matter.owner == to
    assert matter.next_task is not None
    assert matter.next_task.owner == to


PAGES = ["matter", "set_next", "set_attorney", "hand_over_matter"]


@pytest.mark.parametrize("name", PAGES)
def test_outsiders_sign_in_and_other_roles_find_nothing(
    name: str, sign_in: SignIn, open_matter: OpenMatter, db: None
) -> None:
    matter = open_matter()
    url = reverse(f"clinic:{name}", args=[matter.pk])
    assert Client().get(url).status_code == 302
    for role in (Role.ORGANIZER, Role.FRONT_DESK, Role.DIRECTOR, Role.VOLUNTEER, Role.ATTORNEY, Role.ADMIN):
        assert sign_in(role).get(url).status_code == 404


@pytest.mark.parametrize("language", ["en", "es", "ko"])
@pytest.mark.parametrize("code", sorted(Route.values))
def test_every_state_of_every_route_has_a_page(
    code: str, language: str, sign_in: SignIn, stand: Callable[[str, str], Matter | None]
) -> None:
    client = sign_in(Role.ATTORNEY)
    client.cookies["django_language"] = language
    for state in TABLES[code].states:
        matter = stand(code, state)
        assert matter is not None
        assert _page(client, "matter", matter.pk).status_code == 200
        matter.delete()


def test_the_page_of_a_matter_asks_the_same_few_questions_whatever_it_holds(
    sign_in: SignIn, ready: Case, actor: ACTOR, stand: Callable[[str, str], Matter | None],
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    matter = stand("wage_claim", "valued")
    assert matter is not None
    for days in range(20):
        day = clock.today() - timedelta(days=100 + days)
        cases.note_happening(by=actor(Role.COUNSELLOR), case=ready, kind="payday_missed", on=day)
    client = sign_in(Role.COUNSELLOR)
    _page(client, "matter", matter.pk)
    with django_assert_max_num_queries(60):
        assert _page(client, "matter", matter.pk).status_code == 200
