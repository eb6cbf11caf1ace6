"""A matter moves as its table says: by those who may, from the states it names, when its guards are met."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from centro.clinic import routes
from centro.clinic.actions import cases, matters
from centro.clinic.choices import CaseState, Route
from centro.clinic.models import Case, Clock, Fact, Letter, Matter, Move
from centro.clinic.routes import Guard
from centro.core import clock
from centro.core.classes import Role
from centro.core.models import Event, Task, User
from centro.core.policy import Actor
from centro.people.models import Person
from tests.web.clinic.conftest import OpenMatter
from tests.web.clinic.matters.conftest import ACTOR, Stand
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db
SeenBy = Callable[[Role], AbstractContextManager[Any]]
TABLES = routes.tables()
EVERYTHING_TOLD = frozenset({Guard.WORKER_CONFIRMED.value, Guard.DEADLINES_TOLD.value})


def _happens(by: Actor, case: Case, matter: Matter | None, move: routes.Move) -> bool:
    """Whether the move can be made; then the matter (or the case) is where the table says, with what follows."""
    fact = matters.Fact(on=clock.today()) if move.asks else None
    try:
        matters.move(by=by, case=case, matter=matter, event=move.event, fact=fact, told=EVERYTHING_TOLD)
    except matters.NotNow:
        return False
    assert (matter.state if matter else case.state) == move.to
    return True


def _first_source(code: str, move: routes.Move) -> str:
    return next(state for state in TABLES[code].states if state in move.sources)


def _worker_of(move: routes.Move) -> Role:
    """The first role that may note it, those who see the most of a case before others."""
    order: tuple[Role, ...] = (Role.ATTORNEY, Role.COUNSELLOR, Role.MANAGER, *Role)
    return next(role for role in order if role in move.roles)


@pytest.mark.parametrize("code", sorted(TABLES))
def test_those_who_may_make_a_move_do_and_all_others_are_refused(
    code: str, ready: Case, stand: Stand, actor: ACTOR
) -> None:
    for move in TABLES[code].moves:
        for role in Role:
            matter = stand(code, _first_source(code, move))
            assert _happens(actor(role), ready, matter, move) is (role in move.roles), f"{move.event} by {role}"
            if matter is not None:
                matter.delete()


@pytest.mark.parametrize("code", sorted(TABLES))
def test_a_move_is_made_from_each_state_that_the_table_names(
    code: str, ready: Case, stand: Stand, actor: ACTOR
) -> None:
    for move in TABLES[code].moves:
        for state in sorted(move.sources):
            matter = stand(code, state)
            assert _happens(actor(_worker_of(move)), ready, matter, move), f"{move.event} from {state}"
            if matter is not None:
                _check_what_follows(code, move, matter)
                matter.delete()


def _check_what_follows(code: str, move: routes.Move, matter: Matter) -> None:
    """An open matter acts or waits; one that ended does neither."""
    matter.refresh_from_db()
    is_end = TABLES[code].state(move.to).is_end
    has_next = matter.next_task_id is not None or matter.waiting_until is not None
    assert has_next is not is_end, move.event
    assert (matter.closed_at is not None) is is_end, move.event


@pytest.mark.parametrize("code", sorted(TABLES))
def test_a_move_is_made_from_no_other_state(code: str, ready: Case, stand: Stand, actor: ACTOR) -> None:
    for move in TABLES[code].moves:
        same = {state for other in TABLES[code].moves if other.event == move.event for state in other.sources}
        for state in sorted(set(TABLES[code].states) - same):
            matter = stand(code, state)
            assert not _happens(actor(_worker_of(move)), ready, matter, move), f"{move.event} from {state}"
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
    code: str, event: str, guard: Guard, ready: Case, stand: Stand, actor: ACTOR
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
    ready: Case, stand: Stand, actor: ACTOR
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


def test_a_decision_starts_its_deadlines_in_its_matter(stand: Stand, ready: Case, actor: ACTOR) -> None:
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


def test_filing_keeps_the_deadlines_of_its_route_and_no_other(stand: Stand, ready: Case, actor: ACTOR) -> None:
    payday = clock.today() - timedelta(days=200)
    cases.note_happening(by=actor(Role.COUNSELLOR), case=ready, kind="payday_missed", on=payday)
    matter = stand("wage_claim", "packet")
    assert matter is not None
    _file(actor, matter)
    states = dict(Clock.objects.values_list("rule", "state"))
    assert states["wages"] == states["late_pay"] == "met"
    assert states["flsa"] == states["paga_payday"] == "provisional"
    assert Clock.objects.get(rule="wages").met_on == clock.today()


def test_filing_keeps_no_deadline_that_had_passed(stand: Stand, ready: Case, actor: ACTOR) -> None:
    payday = clock.today() - timedelta(days=500)
    cases.note_happening(by=actor(Role.COUNSELLOR), case=ready, kind="payday_missed", on=payday)
    matter = stand("wage_claim", "packet")
    assert matter is not None
    _file(actor, matter)
    states = dict(Clock.objects.values_list("rule", "state"))
    assert (states["wages"], states["late_pay"]) == ("met", "provisional")


def test_what_is_next_is_written_in_the_language_of_its_owner(
    stand: Stand, ready: Case, actor: ACTOR, cast: dict[Role, User], seen_by: SeenBy
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


def test_two_who_move_it_at_once_move_it_once(stand: Stand, ready: Case, actor: ACTOR) -> None:
    matter = stand("wage_claim", "records_wait")
    assert matter is not None
    mine = Matter.objects.select_related("case").get(pk=matter.pk)
    matters.move(by=actor(Role.COUNSELLOR), case=ready, matter=matter, event="records_came")
    with pytest.raises(matters.NotNow):
        matters.move(by=actor(Role.ATTORNEY), case=ready, matter=mine, event="records_came")
    assert Move.objects.filter(matter=matter).count() == 1


def test_a_case_with_an_open_matter_is_not_closed(stand: Stand, ready: Case, actor: ACTOR) -> None:
    matter = stand("wage_claim", "evidence")
    assert matter is not None
    stand("intake", "full")
    close: dict[str, Any] = {
        "by": actor(Role.COUNSELLOR),
        "case": ready,
        "matter": None,
        "event": "close",
        "told": EVERYTHING_TOLD,
    }
    with pytest.raises(matters.NotNow):
        matters.move(**close)
    Matter.objects.filter(pk=matter.pk).update(closed_at=clock.now())
    matters.move(**close)
    ready.refresh_from_db()
    assert ready.closed_at is not None
    assert Event.objects.filter(kind="case.closed", about=ready.pk).exists()
