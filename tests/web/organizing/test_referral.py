"""The wall between organizing and the clinic, both ways: what crosses it by consent, and that nothing else does."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from centro.clinic.actions import intake as clinic_intake
from centro.clinic.choices import CaseState
from centro.clinic.intake.questions import screen
from centro.clinic.models import Appointment, Case, Intake
from centro.clinic.queries import intake as clinic_reads
from centro.core import access
from centro.core import clock as center
from centro.core.classes import Relation, Role
from centro.core.models import Event, Task, User
from centro.core.policy import opens_all
from centro.organizing import actions
from centro.organizing.models import Campaign
from centro.people import actions as people
from centro.people import merge
from centro.people.choices import Purpose
from centro.people.models import Consent, Involvement, Person, Referral
from tests.web.conftest import SignIn
from tests.web.organizing.conftest import Acting, MakePerson
from tests.web.organizing.test_ties import flat

STORY = "The cook burned his hand and the owner laughed."
SECRET = "She was fired for asking about the tips."
YES = {"topic": "pay", "ways": ["call"], "hours": ["evening"], "how": "spoken", "agreed": "on", "language": "es"}


def help_of(person: Person) -> str:
    return f"/people/{person.pk}/legal-help/"


def visit_of(person: Person) -> str:
    return f"/people/{person.pk}/visit/"


@pytest.fixture
def worker(add_worker: MakePerson, actor: Acting, campaign: Campaign) -> Person:
    """Somebody with a phone, of whom organizing knows a story and an assessment."""
    person = add_worker(given="Rosa", family="Quispe", language="es", phone="+12135550142")
    told = actions.Told(outcome="talked", story=STORY, value=5, own_issue="the burn")
    by = actor(Role.ORGANIZER)
    actions.log_contact(by=by, campaign=campaign, person=person, told=told, contact_id=uuid4())
    return person


@pytest.fixture
def sent(sign_in: SignIn, worker: Person) -> Intake:
    """The worker was handed on to the clinic."""
    sign_in(Role.ORGANIZER).post(help_of(worker), YES)
    return Intake.objects.get()


# --- from organizing to the clinic -------------------------------------------------------------------------------


def test_the_words_are_read_in_their_language_and_their_yes_hands_them_on(
    sign_in: SignIn, worker: Person, cast: dict[Role, User]
) -> None:
    organizer = sign_in(Role.ORGANIZER)
    page = flat(organizer.get(help_of(worker)))
    assert 'lang="es"' in page
    assert "avisar a la clínica legal" in page
    assert "tell the legal clinic" in page
    answer = organizer.post(help_of(worker), YES, follow=True)
    assert ">received<" in flat(answer)
    row, consent = Intake.objects.get(), Consent.objects.get(purpose=Purpose.CLINIC)
    assert (row.source, row.person_id, row.language, row.asked_in) == ("referral", worker.pk, "es", "es")
    assert (consent.person_id, consent.language, consent.how) == (worker.pk, "es", "spoken")
    assert row.owner_id is None
    task = Task.objects.get(about=row.pk)
    assert task.owner == cast[Role.COUNSELLOR]
    kinds = {"referral.sent", "intake.started", "person.consent_given"}
    assert kinds <= set(Event.objects.filter(person=worker.pk).values_list("kind", flat=True))


def test_the_clinic_gets_name_number_safe_time_and_topic_and_nothing_else(
    sign_in: SignIn, sent: Intake, actor: Acting, worker: Person
) -> None:
    by = actor(Role.FRONT_DESK)
    with access.viewing(by):
        row = clinic_reads.get_intake(by, sent.pk)
        answers = clinic_reads.answers_of(row)
    assert answers.given == {
        "call_me": "Rosa Quispe",
        "whole_name": "Rosa Quispe",
        "phone": "+12135550142",
        "shared_phone": "no",
        "ways": ["call"],
        "hours": ["evening"],
        "voicemail_ok": "no",
        "topics": ["pay"],
    }
    desk = sign_in(Role.FRONT_DESK)
    pages = [desk.get(path).content.decode() for path in ("/clinic/intake/", f"/clinic/intake/{sent.pk}/", "/")]
    assert "Rosa" in pages[0]
    for page in pages:
        for hidden in (STORY, "the burn", "Undecided", "Against"):
            assert hidden not in page


@pytest.mark.parametrize(
    "bad",
    [
        {**YES, "agreed": ""},
        {**YES, "topic": "love"},
        {**YES, "topic": ""},
        {**YES, "ways": []},
        {**YES, "ways": ["pigeon"]},
        {**YES, "how": "guessed"},
        {},
    ],
)
def test_without_a_yes_or_with_nonsense_nothing_goes_out(bad: dict[str, Any], sign_in: SignIn, worker: Person) -> None:
    answer = sign_in(Role.ORGANIZER).post(help_of(worker), bad)
    assert answer.status_code == 422
    if bad:
        assert re.search(r'value="evening"[^>]* checked', answer.content.decode())
    assert not Intake.objects.exists()
    assert not Consent.objects.filter(purpose=Purpose.CLINIC).exists()
    assert not Referral.objects.exists()


def test_sent_twice_is_once(sign_in: SignIn, worker: Person) -> None:
    organizer = sign_in(Role.ORGANIZER)
    organizer.post(help_of(worker), YES)
    answer = organizer.post(help_of(worker), YES, follow=True)
    assert "The clinic knows already." in flat(answer)
    assert Intake.objects.count() == Referral.objects.count() == 1


def test_only_those_who_organize_and_see_the_person_hand_them_on(
    sign_in: SignIn, worker: Person, add_worker: MakePerson
) -> None:
    for role in set(Role) - {Role.ORGANIZER}:  # a manager may, but not for somebody they do not see
        assert sign_in(role).get(help_of(worker)).status_code == 404, role
        assert sign_in(role).post(help_of(worker), YES).status_code == 404, role
    assert Client().get(help_of(worker)).url.startswith("/account/login/")
    assert not Intake.objects.exists()


def booked(sent: Intake, worker: Person, state: str = "booked") -> Appointment:
    at = center.now() + timedelta(days=3)
    return Appointment.objects.create(person=worker, call_name="Rosa", starts_at=at, state=state)


def test_the_organizer_sees_one_word_of_it(sign_in: SignIn, sent: Intake, worker: Person) -> None:
    organizer = sign_in(Role.ORGANIZER)
    assert ">received<" in flat(organizer.get(help_of(worker)))
    visit = booked(sent, worker)
    page = flat(organizer.get(help_of(worker)))
    assert "appointment set" in page
    assert str(visit.starts_at.year) not in page.partition("appointment set")[2].partition("</p>")[0]
    Appointment.objects.update(state="cancelled")
    assert "appointment set" not in flat(organizer.get(help_of(worker)))
    Intake.objects.update(state=CaseState.CLOSED)
    page = flat(organizer.get(help_of(worker)))
    assert "closed" in page
    assert 'name="agreed"' in page  # they may need help again


def test_the_day_is_shown_where_the_worker_wants_it(sign_in: SignIn, worker: Person) -> None:
    organizer = sign_in(Role.ORGANIZER)
    organizer.post(help_of(worker), {**YES, "tells_day": "on"})
    booked(Intake.objects.get(), worker)
    page = flat(organizer.get(help_of(worker))).partition("appointment set")[2].partition("</p>")[0]
    assert page.endswith("Nov. 26, 2026")


def test_a_taken_back_yes_ends_the_word_too(sign_in: SignIn, sent: Intake, worker: Person, actor: Acting) -> None:
    people.withdraw_consent(by=actor(Role.ORGANIZER), consent=Consent.objects.get(purpose=Purpose.CLINIC))
    page = flat(sign_in(Role.ORGANIZER).get(help_of(worker)))
    assert ">received<" not in page
    assert 'name="agreed"' in page
    assert Referral.objects.get().closed_at is not None
    assert Event.objects.filter(kind="referral.closed").exists()


def test_help_may_be_asked_for_anew_once_it_is_closed(sign_in: SignIn, sent: Intake, worker: Person) -> None:
    clinic_intake.forget(by=opens_nothing(), intake=sent)
    organizer = sign_in(Role.ORGANIZER)
    assert "closed" in flat(organizer.get(help_of(worker)))
    organizer.post(help_of(worker), YES)
    assert Referral.objects.filter(closed_at__isnull=True).count() == 1
    assert ">received<" in flat(organizer.get(help_of(worker)))


def opens_nothing() -> Any:
    from centro.core.policy import Actor

    return Actor(system="test")


# --- nothing more leaks --------------------------------------------------------------------------------------------


@pytest.fixture
def with_notes(sent: Intake, worker: Person, actor: Acting, cast: dict[Role, User]) -> Case:
    """The clinic has heard the story, and opened a case."""
    by = actor(Role.COUNSELLOR)
    with access.viewing(by):
        row = clinic_reads.get_intake(by, sent.pk)
        clinic_intake.take(by=by, intake=row)
        clinic_intake.answer(
            by=by, intake=row, screen=screen("topics"), values={"topics": ["fired", "punished"]}, version=row.version
        )
        case = Case(person=worker, story=SECRET, goal=SECRET, number="C-2026-77", employer_name="Casa Secreta")
        case.owner = cast[Role.COUNSELLOR]
        case.save()
        Intake.objects.filter(pk=row.pk).update(case=case)
    return case


def test_no_page_of_organizing_shows_anything_of_the_case(
    sign_in: SignIn, with_notes: Case, worker: Person, campaign: Campaign
) -> None:
    organizer = sign_in(Role.ORGANIZER)
    paths = [
        "/", "/tasks/", "/organizing/", f"/organizing/campaigns/{campaign.pk}/", f"/organizing/people/{worker.pk}/",
        f"/organizing/people/{worker.pk}/network/", f"/people/{worker.pk}/", help_of(worker),
    ]  # fmt: skip
    for path in paths:
        answer = organizer.get(path)
        assert answer.status_code == 200, path
        page = answer.content.decode()
        for hidden in (SECRET, "C-2026-77", "Casa Secreta", str(with_notes.pk), "Lost the job", "Punished"):
            assert hidden not in page, (path, hidden)
        assert str(with_notes.intake.pk) not in page, path
    for words in ("Secreta", "C-2026-77", "tips"):
        found = organizer.post("/people/search/", {"words": words}, follow=True).content.decode()
        assert str(worker.pk) not in found, words
    assert organizer.get(f"/clinic/intake/{with_notes.intake.pk}/").status_code == 404
    assert organizer.get(f"/clinic/cases/{with_notes.pk}/").status_code == 404


def test_the_timeline_of_an_organizer_names_neither_intake_nor_referral(
    sign_in: SignIn, with_notes: Case, worker: Person
) -> None:
    page = flat(sign_in(Role.ORGANIZER).get(f"/people/{worker.pk}/"))
    for words in ("Intake", "Case opened", "referral", "Handed on"):
        assert words not in page.partition("</nav>")[2].replace("Legal help", ""), words


def test_no_page_of_the_clinic_shows_anything_of_organizing(
    sign_in: SignIn, with_notes: Case, worker: Person, campaign: Campaign
) -> None:
    Involvement.objects.create(person=worker, scope_kind="case", scope=with_notes.pk)
    counsellor = sign_in(Role.COUNSELLOR)
    for path in ("/", f"/people/{worker.pk}/", "/clinic/intake/", f"/clinic/intake/{with_notes.intake.pk}/"):
        answer = counsellor.get(path)
        if answer.status_code == 404:
            continue
        page = answer.content.decode()
        for hidden in (STORY, "the burn", "Markets", "Assessment"):
            assert hidden not in page, (path, hidden)
    for path in ("", "network/", "way/", "log/"):
        assert counsellor.get(f"/organizing/people/{worker.pk}/{path}").status_code == 404


def test_the_other_team_and_the_desk_do_not_see_how_it_stands(sign_in: SignIn, sent: Intake, worker: Person) -> None:
    for role in (Role.FRONT_DESK, Role.STEWARD, Role.VOLUNTEER, Role.DIRECTOR):
        assert sign_in(role).get(help_of(worker)).status_code == 404
    assert "Legal help" not in flat(sign_in(Role.FRONT_DESK).get(f"/people/{worker.pk}/"))


# --- from the clinic to organizing -----------------------------------------------------------------------------------


@pytest.fixture
def client_of_clinic(actor: Acting) -> Person:
    """Somebody whom only the counsellor knows."""
    by = actor(Role.COUNSELLOR)
    details = {"given": "Ana", "family": "Ixcoy", "language": "es", "zip": "90006"}
    return people.add_person(by=by, details=details, phone={"number": "+12135550143"})


SEND = {"hours": ["weekend"], "how": "signed", "agreed": "on", "language": "es"}


@pytest.fixture
def asked(sign_in: SignIn, client_of_clinic: Person) -> Referral:
    sign_in(Role.COUNSELLOR).post(visit_of(client_of_clinic), SEND)
    return Referral.objects.get()


def test_the_clinic_hands_somebody_on_and_organizing_gets_a_name_and_a_time(
    sign_in: SignIn, asked: Referral, client_of_clinic: Person, campaign: Campaign
) -> None:
    counsellor, organizer = sign_in(Role.COUNSELLOR), sign_in(Role.ORGANIZER)
    assert "waits for an organizer" in flat(counsellor.get(visit_of(client_of_clinic)))
    assert Consent.objects.get(purpose=Purpose.ORGANIZER).how == "signed"
    assert "1 person asked for a visit" in flat(organizer.get("/"))
    page = flat(organizer.get("/visits/"))
    for shown in ("Ana Ixcoy", "Español", "90006", "Weekend"):
        assert shown in page
    assert "5550143" not in page.replace("-", "")
    assert organizer.get(f"/organizing/people/{client_of_clinic.pk}/").status_code == 404


def test_whoever_takes_them_up_sees_them_and_the_clinic_one_word(
    sign_in: SignIn,
    asked: Referral,
    client_of_clinic: Person,
    campaign: Campaign,
    actor: Acting,
    cast: dict[Role, User],
) -> None:
    counsellor, organizer = sign_in(Role.COUNSELLOR), sign_in(Role.ORGANIZER)
    organizer.post(f"/visits/{asked.pk}/take/", {"campaign": campaign.pk})
    assert "555-0143" in organizer.get(f"/people/{client_of_clinic.pk}/").content.decode()
    assert Task.objects.get(about=client_of_clinic.pk).owner == cast[Role.ORGANIZER]
    assert ">received<" in flat(counsellor.get(visit_of(client_of_clinic)))
    told = actions.Told(outcome="talked", story=STORY, value=1)
    by = actor(Role.ORGANIZER)
    actions.log_contact(by=by, campaign=campaign, person=client_of_clinic, told=told, contact_id=uuid4())
    page = flat(counsellor.get(visit_of(client_of_clinic)))
    assert "visited" in page
    for hidden in (STORY, "Markets", str(campaign.pk)):
        assert hidden not in page
    assert organizer.post(f"/visits/{asked.pk}/take/", {"campaign": campaign.pk}).status_code == 404
    kinds = set(Event.objects.filter(person=client_of_clinic.pk).values_list("kind", flat=True))
    assert {"referral.sent", "referral.taken", "person.involved"} <= kinds


def test_a_foreign_campaign_or_a_bad_one_takes_nobody(
    sign_in: SignIn, asked: Referral, actor: Acting, campaign: Campaign
) -> None:
    other = actions.add_campaign(by=actor(Role.MANAGER), details={"name": "Other", "goal": ""}, scale=["A", "B"])
    organizer = sign_in(Role.ORGANIZER)
    for wrong in (other.pk, "x", "", uuid4()):
        assert organizer.post(f"/visits/{asked.pk}/take/", {"campaign": wrong}).status_code == 404
    assert organizer.post(f"/visits/{uuid4()}/take/", {"campaign": campaign.pk}).status_code == 404
    assert not Involvement.objects.filter(scope=other.pk).exists()
    for role in set(Role) - {Role.ORGANIZER, Role.MANAGER}:
        assert sign_in(role).get("/visits/").status_code == 404
        assert sign_in(role).post(f"/visits/{asked.pk}/take/", {"campaign": campaign.pk}).status_code == 404


def test_when_they_take_it_back_nobody_sees_them_through_it_any_more(
    sign_in: SignIn, asked: Referral, client_of_clinic: Person, campaign: Campaign, actor: Acting
) -> None:
    organizer, consent = sign_in(Role.ORGANIZER), Consent.objects.get(purpose=Purpose.ORGANIZER)
    organizer.post(f"/visits/{asked.pk}/take/", {"campaign": campaign.pk})
    people.withdraw_consent(by=actor(Role.COUNSELLOR), consent=consent)
    assert organizer.get(f"/people/{client_of_clinic.pk}/").status_code == 404
    assert organizer.get(f"/organizing/people/{client_of_clinic.pk}/").status_code == 404


def test_who_took_it_back_before_anybody_came_waits_no_more(
    sign_in: SignIn, asked: Referral, actor: Acting, campaign: Campaign
) -> None:
    people.withdraw_consent(by=actor(Role.COUNSELLOR), consent=Consent.objects.get(purpose=Purpose.ORGANIZER))
    organizer = sign_in(Role.ORGANIZER)
    assert "Ana" not in flat(organizer.get("/visits/"))
    assert organizer.post(f"/visits/{asked.pk}/take/", {"campaign": campaign.pk}).status_code == 404


def test_without_a_yes_no_visit_is_asked_for(sign_in: SignIn, client_of_clinic: Person, worker: Person) -> None:
    counsellor = sign_in(Role.COUNSELLOR)
    assert counsellor.post(visit_of(client_of_clinic), {**SEND, "agreed": ""}).status_code == 422
    assert counsellor.post(visit_of(worker), SEND).status_code == 404
    for role in set(Role) - {Role.COUNSELLOR}:
        assert sign_in(role).post(visit_of(client_of_clinic), SEND).status_code == 404, role
    assert not Referral.objects.exists()


def test_a_referral_follows_a_merge(
    sign_in: SignIn, asked: Referral, client_of_clinic: Person, actor: Acting, campaign: Campaign
) -> None:
    by = actor(Role.COUNSELLOR)
    kept = people.add_person(by=by, details={"given": "Ana", "family": "Ixcoy"})
    with access.viewing(by):
        opens_all(client_of_clinic, Relation.OWN)
        merge.merge_people(by=actor(Role.STEWARD), kept=kept, gone=client_of_clinic)
    assert Referral.objects.get().person_id == kept.pk
    assert "Ana Ixcoy" in flat(sign_in(Role.ORGANIZER).get("/visits/"))


@pytest.mark.parametrize("path", ["legal-help", "visit"])
def test_a_visitor_is_asked_to_sign_in(path: str, db: None) -> None:
    assert Client().post(f"/people/{uuid4()}/{path}/").url.startswith("/account/login/")


def test_sending_asks_the_database_a_bounded_number_of_times(
    sign_in: SignIn, worker: Person, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    organizer = sign_in(Role.ORGANIZER)
    organizer.get(help_of(worker))
    with django_assert_max_num_queries(45):
        organizer.get(help_of(worker))
