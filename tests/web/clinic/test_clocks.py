"""Deadlines: provisional, confirmed, set by an attorney, met, missed; and the tasks that come before them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from centro.clinic import jobs
from centro.clinic.actions import cases, rounds
from centro.clinic.actions import clocks as actions
from centro.clinic.choices import LogKind, Route
from centro.clinic.models import Case, Clock, LogLine, Matter, Night, Reminder, Shift
from centro.core import clock
from centro.core.classes import Role
from centro.core.models import Event, Place, Task, User
from centro.core.policy import Actor, system
from centro.people import actions as people
from centro.people.models import Person, Residency
from tests.web.clinic.conftest import OpenCase, OpenMatter
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db
ACTOR = Callable[[Role], Actor]
SeenBy = Callable[[Role], AbstractContextManager[Any]]


@pytest.fixture
def notice(actor: ACTOR, open_case: OpenCase) -> Callable[..., Clock]:
    """A benefit notice mailed so many days ago: 30 days to appeal."""

    def mailed(days_ago: int, case: Case | None = None, **more: Any) -> Clock:
        on = clock.today() - timedelta(days=days_ago)
        facts = {"benefit": "unemployment"}
        details = {"kind": "ui_notice_mailed", "on": on, "facts": facts, **more}
        row = cases.note_happening(by=actor(Role.COUNSELLOR), case=case or open_case(), **details)
        return Clock.objects.select_related("case").get(happening=row, rule="benefit_appeal")

    return mailed


@pytest.fixture
def clock_moves(request: pytest.FixtureRequest) -> Callable[[int], None]:
    """Let so many days pass."""
    traveller = request.getfixturevalue("clock")

    def move(days: int) -> None:
        traveller.shift(timedelta(days=days))

    return move


def _page(client: Client, name: str, *args: Any) -> str:
    answer = client.get(reverse(f"clinic:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def _post(client: Client, name: str, row: Clock, **typed: str) -> Any:
    return client.post(reverse(f"clinic:{name}", args=[row.case_id, row.pk]), typed)


# --- states -----------------------------------------------------------------------------------------------------------


def test_a_new_deadline_is_provisional_until_somebody_confirms_it(
    sign_in: SignIn, notice: Callable[..., Clock]
) -> None:
    row = notice(1)
    client = sign_in(Role.COUNSELLOR)
    assert "Not confirmed yet" in _page(client, "clocks", row.case_id)
    assert _post(client, "confirm_clock", row).status_code == 302
    row.refresh_from_db()
    assert row.state == "confirmed"
    assert Event.objects.filter(kind="clock.confirmed", about=row.pk).count() == 1
    assert "Somebody else settled" in client.get(_post(client, "confirm_clock", row).url).content.decode()


def test_an_attorney_sets_another_day_and_the_first_stays_to_be_seen(
    sign_in: SignIn, notice: Callable[..., Clock], attorney_joins: Callable[[Case], Actor]
) -> None:
    row = notice(1)
    attorney_joins(row.case)
    later = clock.today() + timedelta(days=90)
    typed = {"on": later.isoformat(), "reason": "Good cause: the notice went to an old address"}
    assert _post(sign_in(Role.COUNSELLOR), "set_clock", row, **typed).status_code == 404
    client = sign_in(Role.ATTORNEY)
    assert _post(client, "set_clock", row, on=later.isoformat()).status_code == 422
    assert _post(client, "set_clock", row, **typed).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.on, row.first_on) == ("attorney_set", later, clock.today() + timedelta(days=29))
    page = _page(client, "clocks", row.case_id)
    assert "Earliest day, as first computed" in page
    assert "Good cause" in page


def test_a_counsellor_is_not_offered_to_set_a_day(sign_in: SignIn, notice: Callable[..., Clock]) -> None:
    row = notice(1)
    assert "Set another day" not in _page(sign_in(Role.COUNSELLOR), "clocks", row.case_id)


def test_met_and_by_mistake_met(sign_in: SignIn, notice: Callable[..., Clock]) -> None:
    row, client = notice(1), sign_in(Role.COUNSELLOR)
    ahead = (clock.today() + timedelta(days=1)).isoformat()
    assert _post(client, "meet_clock", row, on=ahead).status_code == 422
    assert _post(client, "meet_clock", row, on=clock.today().isoformat()).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.met_on) == ("met", clock.today())
    assert "It still runs" in _page(client, "clocks", row.case_id)
    _post(client, "reopen_clock", row)
    row.refresh_from_db()
    assert (row.state, row.met_on) == ("provisional", None)


def test_missed_is_noted_by_hand(sign_in: SignIn, notice: Callable[..., Clock]) -> None:
    row, client = notice(40), sign_in(Role.COUNSELLOR)
    assert "It was missed" in _page(client, "clocks", row.case_id)
    _post(client, "miss_clock", row)
    row.refresh_from_db()
    assert row.state == "missed"


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Appeal the benefit notice"), ("es", "Apelar el aviso de beneficios"), ("ko", "급여 통지에 대한 이의신청")],
)
def test_why_a_deadline_exists_is_said_in_the_workers_language(
    sign_in: SignIn, notice: Callable[..., Clock], language: str, words: str
) -> None:
    row = notice(1)
    url = reverse("clinic:clocks", args=[row.case_id])
    page = sign_in(Role.COUNSELLOR).get(url, {"language": language}).content.decode()
    assert words in page
    assert "Unemp. Ins. Code § 1328" in page
    assert "cuiab.ca.gov" in page


def test_a_rule_from_memory_says_so(sign_in: SignIn, open_case: OpenCase, actor: ACTOR) -> None:
    case = open_case()
    cases.note_happening(by=actor(Role.COUNSELLOR), case=case, kind="wrong_stub", on=clock.today())
    page = _page(sign_in(Role.COUNSELLOR), "clocks", case.pk)
    assert "from memory, to be checked by an attorney" in page


def test_a_deadline_belongs_to_the_matter_of_its_route_also_when_that_is_opened_later(
    open_case: OpenCase, notice: Callable[..., Clock], actor: ACTOR
) -> None:
    row = notice(1)
    assert row.matter is None
    matter = cases.open_matter(by=actor(Role.COUNSELLOR), case=row.case, route=Route.UNEMPLOYMENT)
    row.refresh_from_db()
    assert row.matter == matter


# --- noting a day -----------------------------------------------------------------------------------------------------


def test_a_day_is_noted_with_what_its_kind_asks(sign_in: SignIn, open_case: OpenCase) -> None:
    case, client = open_case(), sign_in(Role.COUNSELLOR)
    url = reverse("clinic:note_happening", args=[case.pk])
    assert "What happened?" in client.get(url).content.decode()
    assert "What came before it" in client.get(url, {"kind": "adverse_act"}).content.decode()
    typed = {"kind": "adverse_act", "day": clock.today().isoformat(), "confidence": "rough", "act": "fired"}
    assert client.post(url, {**typed, "because": ["safety_complaint", "wage_complaint"]}).status_code == 302
    row = case.happenings.get()
    assert (row.confidence, row.facts["act"]) == ("rough", "fired")
    assert {"retaliation", "safety_federal", "concerted"} <= set(case.clocks.values_list("rule", flat=True))


@pytest.mark.parametrize("day", ["", "2026-02-30", "1899-01-01", "2027-11-23", "yesterday"])
def test_an_impossible_day_comes_back_with_words(sign_in: SignIn, open_case: OpenCase, day: str) -> None:
    case = open_case()
    url = reverse("clinic:note_happening", args=[case.pk])
    typed = {"kind": "last_day", "day": day, "confidence": "sure"}
    answer = sign_in(Role.COUNSELLOR).post(url, typed)
    assert answer.status_code == 422
    assert not case.happenings.exists()


def test_an_unknown_kind_of_event_asks_again(sign_in: SignIn, open_case: OpenCase) -> None:
    url = reverse("clinic:note_happening", args=[open_case().pk])
    assert sign_in(Role.COUNSELLOR).get(url, {"kind": "eclipse"}).status_code == 200


# --- tasks before and after -------------------------------------------------------------------------------------------


def _tasks(reason: str) -> list[Task]:
    return list(Task.objects.filter(reminder__reason=reason).order_by("made_at"))


def test_a_near_deadline_is_a_task_of_the_duty_counsellor_at_once(
    notice: Callable[..., Clock], cast: dict[Role, User], actor: ACTOR
) -> None:
    row = notice(10)
    (task,) = _tasks("urgent")
    assert (task.owner, task.due_on) == (cast[Role.COUNSELLOR], clock.today())
    assert Reminder.objects.get(task=task).clock == row


def test_whoever_counsels_on_the_shift_gets_it(
    notice: Callable[..., Clock], cast: dict[Role, User], actor: ACTOR
) -> None:
    night = Night.objects.create(on=clock.today())
    on_duty = cast[Role.ATTORNEY]
    at = clock.now()
    place = Place.objects.create(user=on_duty, scope_kind="night", scope=night.pk, relation="assigned")
    hours = {"from_at": at - timedelta(hours=1), "to_at": at + timedelta(hours=1)}
    Shift.objects.create(night=night, user=on_duty, station="counsellor", place=place, **hours)
    notice(10)
    assert [task.owner for task in _tasks("urgent")] == [on_duty]


def test_whoever_is_on_duty_comes_before_all(notice: Callable[..., Clock], cast: dict[Role, User]) -> None:
    until = clock.now() + timedelta(hours=2)
    duty = {"scope_kind": "duty", "relation": "assigned", "to_at": until}
    Place.objects.create(user=cast[Role.ATTORNEY], scope=cast[Role.ATTORNEY].pk, **duty)
    notice(10)
    assert [task.owner for task in _tasks("urgent")] == [cast[Role.ATTORNEY]]


def test_a_far_deadline_calls_nobody(open_case: OpenCase, actor: ACTOR) -> None:
    cases.note_happening(by=actor(Role.COUNSELLOR), case=open_case(), kind="leave_denied", on=clock.today())
    assert _tasks("urgent") == []


def test_a_deadline_that_may_have_passed_is_heard_too(notice: Callable[..., Clock]) -> None:
    notice(45)
    assert len(_tasks("urgent")) == 1


def test_reminders_come_at_30_14_7_3_and_1_days_to_the_owner(
    notice: Callable[..., Clock], clock_moves: Callable[[int], None]
) -> None:
    notice(0)  # 30 days left
    heard = []
    for day in range(31):
        Task.objects.filter(reminder__reason="deadline").update(done_at=clock.now())
        before = len(_tasks("deadline"))
        rounds.remind_of_deadlines(by=system("test"))
        rounds.remind_of_deadlines(by=system("test"))
        heard += [30 - day] * (len(_tasks("deadline")) - before)
        clock_moves(1)
    assert heard == [30, 14, 7, 3, 1]


def test_a_reminder_says_number_day_and_what_in_the_language_of_its_owner_and_no_name(
    notice: Callable[..., Clock], cast: dict[Role, User], actor: ACTOR, seen_by: SeenBy
) -> None:
    User.objects.filter(pk=cast[Role.COUNSELLOR].pk).update(language="es")
    row = notice(1)
    rounds.remind_of_deadlines(by=system("test"))
    with seen_by(Role.COUNSELLOR):
        task = Task.objects.visible_to(actor(Role.COUNSELLOR)).get(reminder__reason="deadline")
        assert task.what.startswith(f"{row.case.number}: Plazo el ")
        assert "Apelar el aviso de beneficios" in task.what
        assert "Seo" not in task.what


def test_deadlines_of_one_day_are_one_task(open_case: OpenCase, actor: ACTOR) -> None:
    case = open_case()
    on = clock.today() - timedelta(days=350)
    facts = {"act": "fired", "because": ["wage_complaint", "injury_claim"]}
    cases.note_happening(by=actor(Role.COUNSELLOR), case=case, kind="adverse_act", on=on, facts=facts)
    rounds.remind_of_deadlines(by=system("test"))
    near = Clock.objects.filter(on=on.replace(year=on.year + 1)).count()
    assert near > 2
    assert len(_tasks("deadline")) == 1


def test_what_is_met_or_closed_reminds_nobody(notice: Callable[..., Clock], actor: ACTOR) -> None:
    met = notice(1)
    actions.meet_clock(by=actor(Role.COUNSELLOR), clock=met, on=clock.today())
    closed = notice(1)
    Case.objects.filter(pk=closed.case_id).update(closed_at=clock.now())
    assert rounds.remind_of_deadlines(by=system("test")) == 0


def test_a_sure_deadline_that_passed_is_missed_and_heard_once(
    notice: Callable[..., Clock], actor: ACTOR, clock_moves: Callable[[int], None]
) -> None:
    row = notice(0)
    actions.confirm_clock(by=actor(Role.COUNSELLOR), clock=row)
    clock_moves(31)
    rounds.note_passed_days(by=system("test"))
    rounds.note_passed_days(by=system("test"))
    row.refresh_from_db()
    assert row.state == "missed"
    assert len(_tasks("missed")) == 1


def test_an_unsure_one_is_not_called_missed_but_its_owner_hears(
    notice: Callable[..., Clock], clock_moves: Callable[[int], None]
) -> None:
    row = notice(0)
    clock_moves(31)
    rounds.note_passed_days(by=system("test"))
    row.refresh_from_db()
    assert row.state == "provisional"
    assert (len(_tasks("passed")), len(_tasks("missed"))) == (1, 0)


# --- long waits and new homes -----------------------------------------------------------------------------------------


def _waits_since(matter: Matter, days: int) -> None:
    Matter.objects.filter(pk=matter.pk).update(state_since=clock.now() - timedelta(days=days))


def test_sixty_days_without_a_word_in_a_long_wait_are_a_task_once(open_matter: OpenMatter, actor: ACTOR) -> None:
    matter = open_matter(Route.WAGE_CLAIM, state="filed")
    _waits_since(matter, 59)
    assert rounds.keep_alive(by=system("test")) == 0
    _waits_since(matter, 61)
    assert rounds.keep_alive(by=system("test")) == 1
    assert rounds.keep_alive(by=system("test")) == 0
    Task.objects.filter(reminder__reason="contact").update(done_at=clock.now())
    line = cases.log_line(by=actor(Role.COUNSELLOR), case=matter.case, kind=LogKind.CALL, words="She is well")
    assert rounds.keep_alive(by=system("test")) == 0
    LogLine.objects.filter(pk=line.pk).update(at=clock.now() - timedelta(days=61))
    assert rounds.keep_alive(by=system("test")) == 1


def test_a_note_is_no_word_with_the_worker(open_matter: OpenMatter, actor: ACTOR) -> None:
    matter = open_matter(Route.WAGE_CLAIM, state="filed")
    _waits_since(matter, 61)
    cases.log_line(by=actor(Role.COUNSELLOR), case=matter.case, kind=LogKind.NOTE, words="Read the file")
    assert rounds.keep_alive(by=system("test")) == 1


def test_where_we_act_ourselves_nobody_is_told_to_call(open_matter: OpenMatter) -> None:
    _waits_since(open_matter(Route.WAGE_CLAIM, state="evidence"), 90)
    assert rounds.keep_alive(by=system("test")) == 0


def _move_house(by: Actor, person: Person) -> None:
    people.add_part(by=by, person=person, part=Residency, details={"street": "12 Normandie Ave", "city": "Los Angeles"})


def test_a_new_home_raises_the_letter_to_each_agency_that_waits(
    open_matter: OpenMatter, actor: ACTOR, cook: Person
) -> None:
    matter = open_matter(Route.WAGE_CLAIM, state="filed")
    open_matter(Route.RECORDS, case=matter.case, state="sent")
    _move_house(actor(Role.COUNSELLOR), cook)
    assert rounds.hear_of_moves(by=system("test")) == 1
    assert rounds.hear_of_moves(by=system("test")) == 0
    row = Clock.objects.get(rule="address_notice")
    assert (row.matter, row.on) == (matter, clock.today() + timedelta(days=10))
    assert len(_tasks("address")) == 1


def test_before_anything_is_filed_nobody_must_be_told(open_matter: OpenMatter, actor: ACTOR, cook: Person) -> None:
    open_matter(Route.WAGE_CLAIM, state="evidence")
    _move_house(actor(Role.COUNSELLOR), cook)
    assert rounds.hear_of_moves(by=system("test")) == 0


def test_the_hourly_rounds_do_all_of_it(notice: Callable[..., Clock], open_matter: OpenMatter) -> None:
    notice(1)
    _waits_since(open_matter(Route.WAGE_CLAIM, state="filed"), 61)
    assert jobs.look_after_deadlines() == 1
    assert jobs.keep_in_touch() == 1


# --- who may not ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["clocks", "note_happening"])
def test_outsiders_sign_in_and_other_roles_find_nothing(name: str, sign_in: SignIn, open_case: OpenCase) -> None:
    url = reverse(f"clinic:{name}", args=[open_case().pk])
    assert Client().get(url).status_code == 302
    for role in (Role.ORGANIZER, Role.FRONT_DESK, Role.DIRECTOR, Role.ATTORNEY, Role.MANAGER, Role.ADMIN):
        assert sign_in(role).get(url).status_code == 404


def test_a_deadline_of_another_case_is_not_there(
    sign_in: SignIn, notice: Callable[..., Clock], open_case: OpenCase
) -> None:
    row, other = notice(1), open_case()
    url = reverse("clinic:confirm_clock", args=[other.pk, row.pk])
    assert sign_in(Role.COUNSELLOR).post(url).status_code == 404


def test_the_page_asks_no_more_with_a_hundred_deadlines(
    sign_in: SignIn, open_case: OpenCase, actor: ACTOR, django_assert_max_num_queries: Any
) -> None:
    case = open_case()
    for days in range(12):
        on = clock.today() - timedelta(days=100 + days)
        cases.note_happening(by=actor(Role.COUNSELLOR), case=case, kind="payday_missed", on=on)
    client = sign_in(Role.COUNSELLOR)
    _page(client, "clocks", case.pk)
    with django_assert_max_num_queries(30):
        _page(client, "clocks", case.pk)
