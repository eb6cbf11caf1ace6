"""A clinic night: appointments, the queue, the board, shifts, the hand-over, the reminder."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from time_machine import Traveller

from centro.clinic import CLINIC, jobs
from centro.clinic.actions import appointments as actions
from centro.clinic.actions import cases
from centro.clinic.actions import night as nights
from centro.clinic.choices import LogKind
from centro.clinic.models import Appointment, LogLine, Night, Room, Shift
from centro.clinic.queries import night as reads
from centro.core import actions as core
from centro.core.classes import Relation, Role
from centro.core.models import Event, Place, PurgedVault, User
from centro.core.policy import Actor
from centro.people import actions as people
from centro.people.choices import How, Purpose
from centro.people.models import Message, Person
from tests.web.clinic.conftest import OpenCase
from tests.web.conftest import SignIn

Acting = Callable[[Role], Actor]
SeenBy = Callable[[Role], AbstractContextManager[Any]]
EVENING = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # 18:00 on the 23rd, at the center


@pytest.fixture
def desk(sign_in: SignIn) -> Client:
    return sign_in(Role.FRONT_DESK)


@pytest.fixture
def manager(sign_in: SignIn, cast: dict[Role, User], actor: Acting) -> Client:
    """A manager who works in the clinic."""
    nights.join_clinic(by=actor(Role.DIRECTOR), user=cast[Role.MANAGER])
    return sign_in(Role.MANAGER)


@pytest.fixture
def rosa(actor: Acting) -> Person:
    details = {"given": "Rosa", "call_me": "Rosi", "language": "es"}
    phone = {"number": "+12135550123", "text_ok": True}
    return people.add_person(by=actor(Role.FRONT_DESK), details=details, phone=phone)


def typed(**more: str) -> dict[str, str]:
    known = {"call_name": "Rosi", "kind": "follow_up", "language": "es", "day": "2026-11-23", "hour": "18:00"}
    return {**known, **more}


def card(actor: Acting, **details: Any) -> Appointment:
    known = {"call_name": "Rosi", "language": "es", "starts_at": EVENING, **details}
    return actions.book(by=actor(Role.FRONT_DESK), details=known)


def move(browser: Client, row: Appointment, to: str, version: int | None = None) -> Any:
    row.refresh_from_db()
    sent = {"to": to, "version": str(version or row.version)}
    return browser.post(f"/clinic/appointments/{row.pk}/move/", sent)


# --- booking ----------------------------------------------------------------------------------------------------------


def test_the_desk_books_and_sees_it_on_the_day_and_on_today(desk: Client, rosa: Person) -> None:
    assert "Rosi" in desk.get(f"/clinic/people/{rosa.pk}/book/").content.decode()
    answer = desk.post(f"/clinic/people/{rosa.pk}/book/", typed())
    assert answer.status_code == 302
    for address in (answer["Location"], "/", f"/clinic/people/{rosa.pk}/appointments/"):
        page = desk.get(address).content.decode()
        assert "18:00" in page
    assert b"Rosi" not in bytes(Appointment.objects.values_list("call_name", flat=True)[0])
    assert Event.objects.filter(kind="appointment.booked", person=rosa.pk).count() == 1


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"call_name": ""}, "This field is required"),
        ({"call_name": "?!"}, "that they will answer to"),
        ({"day": "2026-11-20"}, "already past"),
        ({"day": "2126-11-20"}, "check the year"),
        ({"hour": "25:00"}, "Enter a valid time"),
        ({"kind": "story"}, "Select a valid choice"),
        ({"call_name": "Rosa 123-45-6789"}, "Please do not write this here"),
    ],
)
def test_a_bad_booking_stays_on_the_form(more: dict[str, str], words: str, desk: Client, rosa: Person) -> None:
    answer = desk.post(f"/clinic/people/{rosa.pk}/book/", typed(**more))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Appointment.objects.exists()


def test_a_room_is_not_booked_twice_in_half_an_hour_unless_one_says_so(desk: Client, rosa: Person) -> None:
    room = str(Room.objects.create(name="Room 2").pk)
    assert desk.post(f"/clinic/people/{rosa.pk}/book/", typed(room=room)).status_code == 302
    answer = desk.post(f"/clinic/people/{rosa.pk}/book/", typed(room=room, hour="18:20"))
    assert answer.status_code == 422
    assert "Somebody else is booked here" in answer.content.decode()
    assert desk.post(f"/clinic/people/{rosa.pk}/book/", typed(room=room, hour="18:30")).status_code == 302
    more = typed(room=room, hour="18:20", anyway="on")
    assert desk.post(f"/clinic/people/{rosa.pk}/book/", more).status_code == 302


def test_two_at_the_desk_change_one_appointment(desk: Client, actor: Acting, rosa: Person) -> None:
    row = card(actor, person=rosa)
    address = f"/clinic/appointments/{row.pk}/"
    assert desk.get(address).status_code == 200
    assert desk.post(address, typed(hour="19:00", version="1")).status_code == 302
    answer = desk.post(address, typed(hour="20:00", version="1"))
    assert answer.status_code == 409
    assert "while you were typing" in answer.content.decode()
    row.refresh_from_db()
    assert row.starts_at == EVENING + timedelta(hours=1)


def test_the_case_stays_when_somebody_who_cannot_see_it_changes_the_hour(
    desk: Client, actor: Acting, open_case: OpenCase
) -> None:
    case = open_case()
    row = card(actor, person=case.person, case=case)
    assert desk.post(f"/clinic/appointments/{row.pk}/", typed(hour="19:00", version="1")).status_code == 302
    row.refresh_from_db()
    assert row.case_id == case.pk


@pytest.mark.parametrize("address", ["/clinic/day/", "/clinic/board/", "/clinic/walk-in/"])
def test_who_does_not_receive_people_sees_no_queue(address: str, sign_in: SignIn) -> None:
    assert Client().get(address).status_code == 302
    for role in (Role.ORGANIZER, Role.DIRECTOR, Role.ADMIN, Role.TRAINER):
        assert sign_in(role).get(address).status_code == 404


@pytest.mark.parametrize("on", ["", "nonsense", "0001-01-01", "9999-12-31", "2026-11-24"])
def test_any_day_opens(on: str, desk: Client) -> None:
    assert desk.get("/clinic/day/", {"on": on}).status_code == 200


# --- the queue and the board ------------------------------------------------------------------------------------------


def test_from_the_door_to_the_counsellor_to_done(
    desk: Client, sign_in: SignIn, actor: Acting, cast: dict[Role, User], clock: Traveller
) -> None:
    queue = {"call_name": "Luis", "language": "es", "kind": "intake", "needs_interpreter": "on"}
    assert desk.post("/clinic/walk-in/", queue).status_code == 302
    row = Appointment.objects.get()
    assert (row.state, row.is_walk_in) == ("arrived", True)
    assert "1 without an interpreter" in desk.get("/clinic/day/").content.decode()
    clock.shift(timedelta(minutes=12))
    counsellor = sign_in(Role.COUNSELLOR)
    assert "waited 12 min" in counsellor.get("/clinic/board/").content.decode()
    move(counsellor, row, "counsellor")
    row.refresh_from_db()
    assert (row.state, row.station, row.with_user) == ("with", "counsellor", cast[Role.COUNSELLOR])
    assert "Luis" in counsellor.get("/").content.decode()
    move(counsellor, row, "done")
    row.refresh_from_db()
    assert row.done_at is not None
    assert "Luis" not in counsellor.get("/").content.decode()
    summary = reads.summary_of(reads.cards(Appointment.objects.all()))
    assert (summary.came, summary.walked_in, summary.done, summary.usual_wait) == (1, 1, 1, 12)


@pytest.mark.parametrize("queue", [{"call_name": ""}, {"language": "xx"}, {"call_name": "x" * 61}])
def test_a_bad_walk_in_stays_on_the_form(queue: dict[str, str], desk: Client) -> None:
    known = {"call_name": "Luis", "language": "es", "kind": "intake"}
    assert desk.post("/clinic/walk-in/", {**known, **queue}).status_code == 422
    assert not Appointment.objects.exists()


def test_whoever_moves_a_card_second_is_told(desk: Client, actor: Acting) -> None:
    row = card(actor)
    move(desk, row, "arrived", version=1)
    answer = move(desk, row, "cancelled", version=1)
    assert "moved this card first" in desk.get(answer["Location"]).content.decode()
    row.refresh_from_db()
    assert row.state == "arrived"


@pytest.mark.parametrize("to", ["", "heaven", "with"])
def test_a_card_goes_only_where_there_is_a_column(to: str, desk: Client, actor: Acting) -> None:
    assert move(desk, card(actor), to).status_code == 404


def test_what_became_of_it_stands_in_the_log_of_the_case(desk: Client, actor: Acting, open_case: OpenCase) -> None:
    case = open_case()
    move(desk, card(actor, person=case.person, case=case), "no_show")
    line = LogLine.objects.get()
    assert (line.case_id, line.kind) == (case.pk, LogKind.APPOINTMENT)


def test_the_columns_alone_come_back_to_a_script(desk: Client, actor: Acting) -> None:
    card(actor)
    answer = desk.get("/clinic/board/", headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    assert "Rosi" in answer.content.decode()


def test_the_board_asks_no_more_for_more_people(
    desk: Client, actor: Acting, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    room = Room.objects.create(name="Room 1")
    for _ in range(15):
        card(actor, room=room)
    desk.get("/clinic/board/")
    with django_assert_max_num_queries(14):
        desk.get("/clinic/board/")


# --- shifts -----------------------------------------------------------------------------------------------------------


def test_a_volunteer_sees_the_list_during_the_shift_and_only_names(
    manager: Client, sign_in: SignIn, actor: Acting, cast: dict[Role, User], clock: Traveller, rosa: Person
) -> None:
    card(actor, person=rosa)
    assert "Rosi" not in sign_in(Role.VOLUNTEER).get("/clinic/day/").content.decode()
    manager.post("/clinic/nights/open/")
    night = Night.objects.get()
    shift = {"user": str(cast[Role.VOLUNTEER].pk), "from_hour": "09:00", "to_hour": "12:00"}
    assert manager.post(f"/clinic/nights/{night.pk}/shift/", shift).status_code == 302
    page = sign_in(Role.VOLUNTEER).get("/clinic/day/").content.decode()
    assert "Rosi" in page
    assert "Is here" not in page
    assert sign_in(Role.VOLUNTEER).get(f"/people/{rosa.pk}/").status_code == 404
    assert sign_in(Role.INTERPRETER).get("/clinic/day/").content.decode().count("Rosi") == 0
    clock.shift(timedelta(hours=3))
    assert "Rosi" not in sign_in(Role.VOLUNTEER).get("/clinic/day/").content.decode()


def test_a_shift_that_is_ended_closes_the_list_at_once(
    manager: Client, sign_in: SignIn, actor: Acting, cast: dict[Role, User]
) -> None:
    card(actor)
    night = nights.open_night(by=actor(Role.MANAGER), on=EVENING.date() - timedelta(days=1))
    now = EVENING - timedelta(hours=9)
    hours = {"from_at": now, "to_at": EVENING + timedelta(hours=3)}
    shift = nights.give_shift(by=actor(Role.MANAGER), night=night, user=cast[Role.VOLUNTEER], station="", **hours)
    assert "Rosi" in sign_in(Role.VOLUNTEER).get("/clinic/day/").content.decode()
    assert manager.post(f"/clinic/nights/shifts/{shift.pk}/end/").status_code == 302
    assert "Rosi" not in sign_in(Role.VOLUNTEER).get("/clinic/day/").content.decode()
    assert not Shift.objects.exists()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"to_hour": "08:00"}, "ends after it begins"),
        ({"user": ""}, "Choose who helps"),
        ({"from_hour": ""}, "required"),
    ],
)
def test_a_bad_shift_stays_on_the_page(
    more: dict[str, str], words: str, manager: Client, actor: Acting, cast: dict[Role, User]
) -> None:
    night = nights.open_night(by=actor(Role.MANAGER), on=EVENING.date())
    known = {"user": str(cast[Role.VOLUNTEER].pk), "from_hour": "09:00", "to_hour": "12:00"}
    answer = manager.post(f"/clinic/nights/{night.pk}/shift/", {**known, **more})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Shift.objects.exists()


def test_only_a_manager_of_the_clinic_runs_the_night(sign_in: SignIn, actor: Acting) -> None:
    night = nights.open_night(by=actor(Role.MANAGER), on=EVENING.date())
    for role in (Role.FRONT_DESK, Role.COUNSELLOR, Role.MANAGER, Role.VOLUNTEER):
        browser = sign_in(role)
        assert browser.post("/clinic/nights/open/").status_code == 404
        assert browser.post(f"/clinic/nights/{night.pk}/close/").status_code == 404
        assert browser.post(f"/clinic/nights/{night.pk}/room/", {"name": "Room 1"}).status_code == 404


def test_rooms_open_and_close(manager: Client, actor: Acting) -> None:
    night = nights.open_night(by=actor(Role.MANAGER), on=EVENING.date())
    for name in ("Room 1", "Room 1"):
        assert manager.post(f"/clinic/nights/{night.pk}/room/", {"name": name}).status_code == 302
    room = Room.objects.get()
    assert "Room 1" in manager.get(f"/clinic/nights/{night.pk}/").content.decode()
    assert manager.post(f"/clinic/nights/{night.pk}/room/", {"name": ""}).status_code == 422
    manager.post(f"/clinic/nights/{night.pk}/room/{room.pk}/close/")
    assert reads.rooms() == []


def test_a_hand_over_is_read_by_the_next_shift_and_says_nothing_of_people(desk: Client, actor: Acting) -> None:
    night = nights.open_night(by=actor(Role.MANAGER), on=EVENING.date())
    address = f"/clinic/nights/{night.pk}/hand-over/"
    assert desk.post(address, {"words": "The copier needs toner."}).status_code == 302
    assert "needs toner" in desk.get(f"/clinic/nights/{night.pk}/").content.decode()
    answer = desk.post(address, {"words": "She is undocumented"})
    assert answer.status_code == 422
    assert "Please do not write this here" in answer.content.decode()


def test_a_night_ends_when_everybody_is_gone(manager: Client, actor: Acting, clock: Traveller) -> None:
    manager.post("/clinic/nights/open/")
    night = Night.objects.get()
    missing, here = card(actor, starts_at=EVENING - timedelta(hours=8)), card(actor)
    desk = actor(Role.FRONT_DESK)
    actions.move(by=desk, appointment=here, to="arrived", version=1)
    answer = manager.post(f"/clinic/nights/{night.pk}/close/")
    assert "1 are here" in manager.get(answer["Location"]).content.decode()
    actions.move(by=desk, appointment=here, to="done", version=2)
    clock.shift(timedelta(minutes=1))
    manager.post(f"/clinic/nights/{night.pk}/close/")
    missing.refresh_from_db()
    night.refresh_from_db()
    assert missing.state == "no_show"
    assert night.closed_at is not None


# --- the reminder, and forgetting -------------------------------------------------------------------------------------


def agree(actor: Acting, person: Person) -> None:
    words = {"text": "yes", "text_version": "1", "language": "es", "how": How.SPOKEN}
    people.give_consent(by=actor(Role.FRONT_DESK), person=person, purpose=Purpose.TEXT, **words)


def test_a_reminder_needs_a_yes_and_says_only_when(desk: Client, actor: Acting, seen_by: SeenBy, rosa: Person) -> None:
    row = card(actor, person=rosa)
    answer = desk.post(f"/clinic/appointments/{row.pk}/remind/")
    assert "have not agreed" in desk.get(answer["Location"]).content.decode()
    agree(actor, rosa)
    desk.post(f"/clinic/appointments/{row.pk}/remind/")
    with seen_by(Role.FRONT_DESK):
        words = Message.objects.visible_to(actor(Role.FRONT_DESK), "outbox").get().words.lower()
    assert "18:00" in words
    assert not any(word in words for word in ("clinic", "clínica", "abogad", "attorney", "caso", "wage", "salario"))


def test_whoever_has_no_file_gets_no_reminder(desk: Client, actor: Acting) -> None:
    assert desk.post(f"/clinic/appointments/{card(actor).pk}/remind/").status_code == 404


def test_names_of_the_queue_die_after_two_days(actor: Acting, clock: Traveller) -> None:
    row = card(actor)
    assert jobs.forget_names() == 0
    clock.move_to(EVENING + timedelta(hours=49))
    assert jobs.forget_names() == 1
    assert jobs.forget_names() == 0
    assert Appointment.objects.values_list("call_name", "key").get(pk=row.pk) == (None, None)
    assert PurgedVault.objects.filter(vault=row.key).exists()


# --- who waits for our answer, who works here -------------------------------------------------------------------------


def test_who_waits_for_our_answer_stands_first_when_longest(
    sign_in: SignIn, actor: Acting, open_case: OpenCase, clock: Traveller
) -> None:
    by, case = actor(Role.COUNSELLOR), open_case()
    cases.log_line(by=by, case=case, kind=LogKind.TEXT, words="asks when", is_answer_owed=True)
    clock.shift(timedelta(days=4))
    cases.log_line(by=by, case=open_case(), kind=LogKind.CALL, words="called", is_answer_owed=True)
    owed = reads.answers_owed(by)
    assert [(wait.days, wait.is_late) for wait in owed] == [(4, True), (0, False)]
    page = sign_in(Role.COUNSELLOR).get("/clinic/answers/").content.decode()
    assert "4 days" in page
    assert case.number in page
    assert case.number not in sign_in(Role.ATTORNEY).get("/clinic/answers/").content.decode()


def test_the_director_says_who_works_in_the_clinic(sign_in: SignIn, cast: dict[Role, User]) -> None:
    director = sign_in(Role.DIRECTOR)
    assert director.post("/clinic/team/", {"user": cast[Role.MANAGER].username}).status_code == 302
    assert "Name of Manager" in director.get("/clinic/team/").content.decode()
    place = Place.objects.get(scope=CLINIC, relation=Relation.PROGRAM)
    assert director.post(f"/clinic/team/{place.pk}/leave/").status_code == 302
    place.refresh_from_db()
    assert place.to_at is not None


def test_nobody_makes_themselves_part_of_the_clinic(sign_in: SignIn, cast: dict[Role, User]) -> None:
    assert sign_in(Role.MANAGER).get("/clinic/team/").status_code == 404
    director = sign_in(Role.DIRECTOR)
    assert director.post("/clinic/team/", {"user": cast[Role.DIRECTOR].username}).status_code == 422
    assert director.post("/clinic/team/", {"user": ""}).status_code == 422
    assert not Place.objects.filter(scope=CLINIC).exists()


def test_core_places_end_with_the_team(actor: Acting, cast: dict[Role, User]) -> None:
    first = nights.join_clinic(by=actor(Role.DIRECTOR), user=cast[Role.MANAGER])
    assert nights.join_clinic(by=actor(Role.DIRECTOR), user=cast[Role.MANAGER]) == first
    core.end_place(by=actor(Role.DIRECTOR), place=first)
    assert nights.join_clinic(by=actor(Role.DIRECTOR), user=cast[Role.MANAGER]) != first
