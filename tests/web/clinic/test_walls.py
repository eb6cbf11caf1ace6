"""Holds, legal demands, what organizing sees, the radar, the numbers."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from time_machine import Traveller

from centro.clinic import jobs
from centro.clinic.actions import appointments, cases
from centro.clinic.actions import money as ledger
from centro.clinic.actions import night as nights
from centro.clinic.actions import walls as actions
from centro.clinic.choices import LogKind
from centro.clinic.models import Case, Hold, LegalDemand
from centro.clinic.queries import dashboard
from centro.clinic.queries import radar as reads
from centro.core import clock as center_clock
from centro.core.classes import Role
from centro.core.models import Event, Task, User
from centro.core.policy import Actor, Refused
from centro.people import actions as people
from centro.people import purge
from centro.people.choices import How, Purpose
from centro.people.models import Person, Workplace
from tests.web.clinic.conftest import OpenCase
from tests.web.conftest import SignIn

Acting = Callable[[Role], Actor]
SeenBy = Callable[[Role], AbstractContextManager[Any]]
TODAY = date(2026, 11, 23)


@pytest.fixture
def manager(sign_in: SignIn, cast: dict[Role, User], actor: Acting) -> Client:
    """A manager who works in the clinic."""
    nights.join_clinic(by=actor(Role.DIRECTOR), user=cast[Role.MANAGER])
    return sign_in(Role.MANAGER)


def agree(by: Actor, person: Person, purpose: Purpose, version: str = "2026-11-23.2") -> Any:
    words = {"text": "yes", "text_version": version, "language": "es", "how": How.SPOKEN}
    return people.give_consent(by=by, person=person, purpose=purpose, **words)


def hold_of(case: Case) -> str:
    """The id of the newest hold of a case, as its page sends it."""
    return str(case.holds.order_by("-placed_at").values_list("pk", flat=True).first())


# --- holds ------------------------------------------------------------------------------------------------------------


def test_a_hold_is_one_click_and_beats_a_purge(manager: Client, actor: Acting, open_case: OpenCase) -> None:
    case = open_case()
    for _ in range(2):
        assert manager.post(f"/clinic/cases/{case.pk}/hold/", {"reason": "Suit is likely"}).status_code == 302
    assert Hold.objects.filter(case=case, lifted_at=None).count() == 1
    assert "Suit is likely" in manager.get(f"/clinic/cases/{case.pk}/protection/").content.decode()
    with pytest.raises(purge.MustStay):
        purge.propose_purge(by=actor(Role.STEWARD), person=case.person, basis="asked", no_dispute_expected=True)
    manager.post(f"/clinic/cases/{case.pk}/hold/settle/", {"act": "lift", "hold": hold_of(case)})
    assert purge.propose_purge(by=actor(Role.STEWARD), person=case.person, basis="asked", no_dispute_expected=True)
    kinds = list(Event.objects.filter(kind__startswith="hold.").values_list("kind", flat=True))
    assert kinds == ["hold.placed", "hold.lifted"]


def test_a_counsellor_reads_of_a_hold_and_cannot_lift_it(sign_in: SignIn, manager: Client, open_case: OpenCase) -> None:
    case, counsellor = open_case(), sign_in(Role.COUNSELLOR)
    assert "places it" in counsellor.get(f"/clinic/cases/{case.pk}/protection/").content.decode()
    assert counsellor.post(f"/clinic/cases/{case.pk}/hold/").status_code == 404
    manager.post(f"/clinic/cases/{case.pk}/hold/")
    assert (
        counsellor.post(f"/clinic/cases/{case.pk}/hold/settle/", {"act": "lift", "hold": hold_of(case)}).status_code
        == 404
    )
    assert sign_in(Role.ATTORNEY).post(f"/clinic/cases/{case.pk}/hold/").status_code == 404
    assert Client().get(f"/clinic/cases/{case.pk}/protection/").status_code == 302


def test_an_attorney_of_the_team_places_it(
    sign_in: SignIn, open_case: OpenCase, attorney_joins: Callable[[Case], Actor]
) -> None:
    case = open_case()
    attorney_joins(case)
    assert sign_in(Role.ATTORNEY).post(f"/clinic/cases/{case.pk}/hold/").status_code == 302
    assert Hold.objects.filter(case=case).exists()


def test_a_reason_with_a_number_comes_back(manager: Client, open_case: OpenCase) -> None:
    answer = manager.post(f"/clinic/cases/{open_case().pk}/hold/", {"reason": "ssn 123-45-6789"})
    assert answer.status_code == 422
    assert not Hold.objects.exists()


def test_a_hold_is_looked_at_every_ninety_days(
    manager: Client, open_case: OpenCase, sign_in: SignIn, cast: dict[Role, User], clock: Traveller
) -> None:
    case = open_case()
    manager.post(f"/clinic/cases/{case.pk}/hold/")
    assert jobs.ask_for_reviews() == 0
    clock.shift(timedelta(days=91))
    assert jobs.ask_for_reviews() == 1
    assert jobs.ask_for_reviews() == 0, "asked once, until the task is done"
    assert Task.objects.get(about_kind="hold").owner == cast[Role.MANAGER]
    Task.objects.filter(about_kind="hold").update(done_at=center_clock.now())
    sign_in(Role.MANAGER).post(f"/clinic/cases/{case.pk}/hold/settle/", {"act": "review", "hold": hold_of(case)})
    assert jobs.ask_for_reviews() == 0


# --- legal demands ----------------------------------------------------------------------------------------------------


def arrived(**more: str) -> dict[str, str]:
    known = {"kind": "subpoena", "arrived_on": "2026-11-23", "served_on": "Elena", "what": "Sheriff, for payroll"}
    return {**known, **more}


def test_a_demand_holds_the_case_and_reaches_attorneys_and_directors(
    manager: Client, sign_in: SignIn, open_case: OpenCase, cast: dict[Role, User]
) -> None:
    case = open_case()
    assert "Do not answer alone" in manager.get("/clinic/demands/add/").content.decode()
    more = arrived(number=case.number, deadline="2026-12-04")
    assert manager.post("/clinic/demands/add/", more).status_code == 302
    assert Hold.objects.filter(case=case, lifted_at=None).exists()
    told = set(Task.objects.filter(about_kind="legaldemand").values_list("owner", flat=True))
    assert told == {cast[Role.ATTORNEY].pk, cast[Role.DIRECTOR].pk}
    assert "no counsel yet" in sign_in(Role.DIRECTOR).get("/clinic/demands/").content.decode()
    assert b"Sheriff" not in bytes(LegalDemand.objects.values_list("what", flat=True)[0])


def test_the_hold_stays_while_the_demand_is_open(manager: Client, open_case: OpenCase) -> None:
    case = open_case()
    manager.post("/clinic/demands/add/", arrived(number=case.number))
    answer = manager.post(f"/clinic/cases/{case.pk}/hold/settle/", {"act": "lift", "hold": hold_of(case)})
    assert "still open" in manager.get(answer["Location"]).content.decode()
    demand = LegalDemand.objects.get()
    sent = {"state": "answered", "counsel": "Park & Ruiz", "version": "1"}
    assert manager.post(f"/clinic/demands/{demand.pk}/", sent).status_code == 302
    manager.post(f"/clinic/cases/{case.pk}/hold/settle/", {"act": "lift", "hold": hold_of(case)})
    assert not Hold.objects.filter(lifted_at=None).exists()


def test_the_desk_writes_a_demand_down_and_does_not_read_it_again(sign_in: SignIn) -> None:
    desk = sign_in(Role.FRONT_DESK)
    answer = desk.post("/clinic/demands/add/", arrived())
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert desk.get("/clinic/demands/").status_code == 404
    assert desk.get(f"/clinic/demands/{LegalDemand.objects.get().pk}/").status_code == 404


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"what": ""}, "This field is required"),
        ({"arrived_on": "2027-01-01"}, "check the year"),
        ({"deadline": "2026-11-01"}, "before the demand arrived"),
        ({"number": "26-99999"}, "no such case"),
        ({"kind": "gift"}, "Select a valid choice"),
    ],
)
def test_a_bad_demand_stays_on_the_form(more: dict[str, str], words: str, sign_in: SignIn) -> None:
    answer = sign_in(Role.FRONT_DESK).post("/clinic/demands/add/", arrived(**more))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not LegalDemand.objects.exists()


def test_the_desk_learns_of_no_case_by_its_number(sign_in: SignIn, open_case: OpenCase) -> None:
    """A number that exists and one that does not give the same answer."""
    answer = sign_in(Role.FRONT_DESK).post("/clinic/demands/add/", arrived(number=open_case().number))
    assert answer.status_code == 422
    assert "no such case" in answer.content.decode()


def test_an_answer_names_its_counsel_and_two_do_not_overwrite_each_other(sign_in: SignIn, actor: Acting) -> None:
    details = {"kind": "police", "arrived_on": TODAY, "served_on": "Elena", "what": "Two officers asked"}
    demand = actions.receive_demand(by=actor(Role.FRONT_DESK), details=details)
    attorney, address = sign_in(Role.ATTORNEY), f"/clinic/demands/{demand.pk}/"
    assert "Two officers asked" in attorney.get(address).content.decode()
    assert attorney.post(address, {"state": "answered", "version": "1"}).status_code == 422
    assert attorney.post(address, {"state": "open", "counsel": "Park", "version": "1"}).status_code == 302
    answer = attorney.post(address, {"state": "open", "counsel": "Ruiz", "version": "1"})
    assert answer.status_code == 409
    assert "Ruiz" in answer.content.decode()


@pytest.mark.parametrize("address", ["/clinic/demands/", "/clinic/same-employer/", "/clinic/numbers/", "/clinic/team/"])
def test_doors_that_stay_shut(address: str, sign_in: SignIn) -> None:
    assert Client().get(address).status_code == 302
    for role in (Role.ORGANIZER, Role.FRONT_DESK, Role.MANAGER, Role.VOLUNTEER, Role.ADMIN, Role.STEWARD):
        answer = sign_in(role).get(address)
        if address == "/clinic/numbers/" and role is Role.MANAGER:
            assert "You do not work in the clinic" in answer.content.decode()
        else:
            assert answer.status_code == 404, f"{role}: a manager only where they work in the clinic"


# --- what organizing sees ---------------------------------------------------------------------------------------------


@pytest.fixture
def known_to_both(actor: Acting, cast: dict[Role, User], open_case: OpenCase) -> Case:
    """A worker in the care of an organizer, with a case."""
    person = people.add_person(by=actor(Role.ORGANIZER), details={"given": "Luis", "language": "es"})
    return open_case(person=person)


def word_of(organizer: Client, case: Case) -> str:
    page = organizer.get(f"/clinic/people/{case.person_id}/status/").content.decode()
    assert case.number not in page
    assert "Hanmat" not in page
    return next((word for word in ("Received", "Appointment", "Closed") if f'"total">{word}' in page), "")


def test_an_organizer_sees_one_word_of_whoever_agreed(sign_in: SignIn, actor: Acting, known_to_both: Case) -> None:
    organizer, by = sign_in(Role.ORGANIZER), actor(Role.ORGANIZER)
    assert word_of(organizer, known_to_both) == ""
    consent = agree(by, known_to_both.person, Purpose.ORGANIZER)
    assert word_of(organizer, known_to_both) == "Received"
    booked = {"person": known_to_both.person, "call_name": "Luis", "starts_at": center_clock.now() + timedelta(days=1)}
    row = appointments.book(by=actor(Role.FRONT_DESK), details=booked)
    assert word_of(organizer, known_to_both) == "Appointment"
    appointments.move(by=actor(Role.FRONT_DESK), appointment=row, to="cancelled", version=1)
    Case.objects.filter(pk=known_to_both.pk).update(closed_at=center_clock.now())
    assert word_of(organizer, known_to_both) == "Closed"
    people.withdraw_consent(by=by, consent=consent)
    assert word_of(organizer, known_to_both) == ""


def test_a_yes_to_older_words_does_not_count(sign_in: SignIn, actor: Acting, known_to_both: Case) -> None:
    """They promised that an organizer sees nothing of the clinic."""
    agree(actor(Role.ORGANIZER), known_to_both.person, Purpose.ORGANIZER, version="2026-11-23")
    assert word_of(sign_in(Role.ORGANIZER), known_to_both) == ""


def test_an_organizer_of_somebody_else_sees_no_page(sign_in: SignIn, cook: Person) -> None:
    assert sign_in(Role.ORGANIZER).get(f"/clinic/people/{cook.pk}/status/").status_code == 404


# --- the radar --------------------------------------------------------------------------------------------------------


@pytest.fixture
def shop(actor: Acting) -> Workplace:
    return people.add_workplace(by=actor(Role.FRONT_DESK), details={"name": "Hanmat House", "owner": "Hanmat LLC"})


def workers_of(actor: Acting, open_case: OpenCase, shop: Workplace, *, agreed: int, others: int = 0) -> list[Case]:
    made = []
    for number in range(agreed + others):
        details = {"given": f"Worker{number}", "language": "es"}
        person = people.add_person(by=actor(Role.COUNSELLOR), details=details)
        made.append(open_case(person=person, workplace=shop))
        if number < agreed:
            agree(actor(Role.COUNSELLOR), person, Purpose.MATCHING)
    return made


def test_three_who_agreed_make_a_group_and_the_others_are_not_counted(
    sign_in: SignIn, actor: Acting, open_case: OpenCase, shop: Workplace
) -> None:
    made = workers_of(actor, open_case, shop, agreed=2, others=5)
    assert reads.same_employer(actor(Role.COUNSELLOR)) == []
    agree(actor(Role.COUNSELLOR), made[4].person, Purpose.MATCHING)
    page = sign_in(Role.COUNSELLOR).get("/clinic/same-employer/").content.decode()
    assert "3 workers" in page
    assert "BOFE" in page
    for number in (0, 1, 4):
        assert f"Worker{number}" in page
    for number in (2, 3, 5, 6):
        assert f"Worker{number}" not in page


def test_two_shops_of_one_owner_are_one_employer(actor: Acting, open_case: OpenCase, shop: Workplace) -> None:
    second = people.add_workplace(by=actor(Role.FRONT_DESK), details={"name": "Hanmat 2", "owner": "Hanmat LLC"})
    workers_of(actor, open_case, shop, agreed=2)
    workers_of(actor, open_case, second, agreed=1)
    (group,) = reads.same_employer(actor(Role.COUNSELLOR))
    assert (group.workers, len(group.shops)) == (3, 2)


def test_one_judgment_is_enough(actor: Acting, open_case: OpenCase, shop: Workplace) -> None:
    (case,) = workers_of(actor, open_case, shop, agreed=0, others=1)
    ledger.take_step(by=actor(Role.COUNSELLOR), case=case, kind="judgment", on=TODAY, cents=100)
    (group,) = reads.same_employer(actor(Role.COUNSELLOR))
    assert (group.workers, group.judgments, group.cases) == (0, 1, [])
    assert not group.suggests_group


def test_names_of_other_teams_stay_hidden(sign_in: SignIn, actor: Acting, open_case: OpenCase, shop: Workplace) -> None:
    workers_of(actor, open_case, shop, agreed=3)
    page = sign_in(Role.ATTORNEY).get("/clinic/same-employer/").content.decode()
    assert "Worker" not in page
    assert "3 more workers who agreed are not named here" in page


def test_a_case_shows_its_group_once_its_worker_agreed(
    sign_in: SignIn, actor: Acting, open_case: OpenCase, shop: Workplace
) -> None:
    made = workers_of(actor, open_case, shop, agreed=3, others=1)
    counsellor = sign_in(Role.COUNSELLOR)
    assert "Co-workers of this employer" in counsellor.get(f"/clinic/cases/{made[0].pk}/protection/").content.decode()
    alone = counsellor.get(f"/clinic/cases/{made[3].pk}/protection/").content.decode()
    assert "Co-workers of this employer" not in alone


# --- the numbers ------------------------------------------------------------------------------------------------------


def test_the_numbers_count_rows_and_name_nobody(
    sign_in: SignIn, actor: Acting, open_case: OpenCase, shop: Workplace, clock: Traveller
) -> None:
    by = actor(Role.COUNSELLOR)
    made = workers_of(actor, open_case, shop, agreed=0, others=3)
    ledger.enter(by=by, case=made[0], kind="claimed", cents=500_00, on=date(2025, 12, 30))
    ledger.enter(by=by, case=made[0], kind="claimed", cents=800_00, on=TODAY)
    ledger.enter(by=by, case=made[0], kind="received", cents=200_00, on=TODAY)
    cases.log_line(by=by, case=made[1], kind=LogKind.TEXT, words="?", is_answer_owed=True)
    cases.note_happening(by=by, case=made[1], kind="oda_served", on=TODAY)
    found = dashboard.numbers(actor(Role.DIRECTOR))
    assert (found.open_cases, found.answers_owed, found.clocks["past"]) == (3, 1, 0)
    assert [(year.year, year.sums.claimed, year.workers_paid) for year in found.years] == [
        (2026, 300_00, 1),
        (2025, 500_00, 0),
    ]
    assert sum(count for _, count in found.ages) == 3
    assert [(str(bar.label), bar.value) for bar in found.topics] == [("Pay", 3)]
    page = sign_in(Role.DIRECTOR).get("/clinic/numbers/").content.decode()
    assert "Worker" not in page.replace("Workers paid", "")
    assert made[0].number not in page
    assert "$300.00" in page


def test_a_manager_counts_only_where_they_work(actor: Acting, manager: Client, open_case: OpenCase) -> None:
    open_case()
    assert manager.get("/clinic/numbers/").status_code == 200
    with pytest.raises(Refused):
        dashboard.numbers(actor(Role.COUNSELLOR))


def test_the_numbers_take_as_many_questions_for_many_cases(
    sign_in: SignIn, open_case: OpenCase, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(6):
        open_case()
    director = sign_in(Role.DIRECTOR)
    director.get("/clinic/numbers/")
    with django_assert_max_num_queries(24):
        director.get("/clinic/numbers/")


def test_an_empty_clinic_has_numbers_too(sign_in: SignIn) -> None:
    page = sign_in(Role.DIRECTOR).get("/clinic/numbers/")
    assert page.status_code == 200
    assert "Nothing is in the ledger yet" in page.content.decode()
