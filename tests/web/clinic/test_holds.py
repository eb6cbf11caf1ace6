"""Holds on a person, a case, a matter; what they keep; and the sums that stay when somebody goes for good."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from time_machine import Traveller

from centro.clinic import jobs
from centro.clinic.actions import appointments, intake, matters, money, walls
from centro.clinic.actions import night as nights
from centro.clinic.choices import Route
from centro.clinic.models import Appointment, Case, Hold, Intake, Matter, PastYear, PersonHold
from centro.clinic.queries import money as sums
from centro.core import policy
from centro.core.classes import Role
from centro.core.documents import looking
from centro.core.documents.queries import get_upload
from centro.core.models import Event, Task, Upload, User
from centro.core.policy import Actor, Refused
from centro.people import actions as people
from centro.people import merge, purge
from centro.people.models import Person
from tests import hostile_files as hostile
from tests.web.clinic.asking import address, agree, cleared
from tests.web.clinic.conftest import OpenCase, OpenMatter, SeenBy
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db
Acting = Callable[[Role], Actor]


@pytest.fixture
def manager(sign_in: SignIn, cast: dict[Role, User], actor: Acting) -> Client:
    """A manager who works in the clinic."""
    nights.join_clinic(by=actor(Role.DIRECTOR), user=cast[Role.MANAGER])
    return sign_in(Role.MANAGER)


def hold(client: Client, case: Case, what: str) -> Any:
    return client.post(reverse("clinic:place_hold", args=[case.pk]), {"what": what, "reason": "Suit is likely"})


def protection(client: Client, case: Case) -> str:
    page: str = client.get(reverse("clinic:protection", args=[case.pk])).content.decode()
    return page


# --- matters and persons ----------------------------------------------------------------------------------------------


def test_case_and_matter_are_held_and_lifted_by_themselves(manager: Client, open_matter: OpenMatter) -> None:
    matter = open_matter(Route.RETALIATION)
    case = matter.case
    for what in ("case", str(matter.pk), str(matter.pk)):
        assert hold(manager, case, what).status_code == 302
    assert Hold.objects.filter(case=case, lifted_at=None).count() == 2
    page = protection(manager, case)
    assert "This case" in page
    assert "Retaliation complaint" in page
    whole = Hold.objects.get(matter=None)
    manager.post(reverse("clinic:settle_hold", args=[case.pk]), {"act": "lift", "hold": str(whole.pk)})
    assert list(Hold.objects.filter(lifted_at=None).values_list("matter", flat=True)) == [matter.pk]
    assert purge.must_keep(case.person_id)


def test_a_hold_on_a_hidden_matter_does_not_name_it(
    manager: Client, sign_in: SignIn, open_matter: OpenMatter, actor: Acting
) -> None:
    matter: Matter = open_matter(Route.DISCRIMINATION)
    matters.restrict(by=actor(Role.COUNSELLOR), matter=matter, is_restricted=True)
    walls.place_hold(by=actor(Role.COUNSELLOR), case=matter.case, matter=matter)
    assert "Discrimination or harassment" in protection(sign_in(Role.COUNSELLOR), matter.case)
    page = protection(manager, matter.case)
    assert "A matter of this case" in page
    assert "Discrimination" not in page


def test_a_hold_on_a_person_shows_on_each_of_their_cases(manager: Client, open_case: OpenCase, cook: Person) -> None:
    one, other = open_case(), open_case(employer_name="Another")
    assert hold(manager, one, "person").status_code == 302
    assert PersonHold.objects.get().person == cook
    assert "Everything of this person" in protection(manager, other)
    assert "Suit is likely" in protection(manager, other)
    assert Event.objects.get(kind="hold.placed").codes == ["person"]
    assert purge.must_keep(cook.pk)
    row = PersonHold.objects.get()
    manager.post(reverse("clinic:settle_hold", args=[other.pk]), {"act": "lift", "hold": str(row.pk)})
    assert not purge.must_keep(cook.pk)


def test_an_open_demand_about_any_case_keeps_the_hold_on_the_person(
    manager: Client, open_case: OpenCase, actor: Acting, cook: Person
) -> None:
    case = open_case()
    row = walls.hold_person(by=actor(Role.MANAGER), person=cook)
    kinds = {"kind": "subpoena", "arrived_on": date(2026, 11, 20), "what": "Records", "served_on": "Ana"}
    walls.receive_demand(by=actor(Role.ATTORNEY), details=kinds, case=case)
    assert not walls.lift_hold(by=actor(Role.MANAGER), hold=row)


def test_a_choice_that_is_none_comes_back(manager: Client, open_case: OpenCase) -> None:
    case = open_case()
    assert hold(manager, case, "everything").status_code == 422
    assert not Hold.objects.exists()


def test_a_hold_on_a_person_is_looked_at_every_ninety_days(
    actor: Acting, cook: Person, clock: Traveller, cast: dict[Role, User]
) -> None:
    walls.hold_person(by=actor(Role.MANAGER), person=cook)
    clock.shift(timedelta(days=91))
    assert jobs.ask_for_reviews() == 1
    assert jobs.ask_for_reviews() == 0
    assert "Seo" not in str(Task.objects.get(owner=cast[Role.MANAGER]).what)


def test_merged_files_keep_their_holds(actor: Acting, cook: Person, seen_by: SeenBy) -> None:
    by = actor(Role.STEWARD)
    with seen_by(Role.STEWARD):
        same = people.add_person(by=by, details={"given": "Chung ho", "family": "Seo", "language": "ko"})
        for person in (cook, same):
            walls.hold_person(by=actor(Role.MANAGER), person=person)
        merge.merge_people(by=by, kept=cook, gone=same)
    assert PersonHold.objects.filter(person=cook, lifted_at=None).count() == 2


# --- intakes and the queue --------------------------------------------------------------------------------------------


@pytest.fixture
def kept(sign_in: SignIn) -> Intake:
    """An intake whose worker let us keep a file."""
    client = sign_in(Role.COUNSELLOR)
    row = cleared(client)
    agree(client, row, "keep_file")
    row.refresh_from_db()
    return row


def test_under_a_hold_an_intake_is_not_forgotten(sign_in: SignIn, kept: Intake, actor: Acting) -> None:
    attorney = sign_in(Role.ATTORNEY)
    assert attorney.post(address(kept, "hold/")).status_code == 302
    page = attorney.get(address(kept)).content.decode()
    assert "keeps everything of this person" in page
    assert "They want nothing kept" not in page
    assert attorney.post(address(kept, "forget/")).status_code == 404
    with pytest.raises(Refused):
        intake.forget(by=actor(Role.COUNSELLOR), intake=kept)
    Intake.objects.update(expires_at=kept.at - timedelta(days=1))
    assert intake.forget_expired(by=policy.system("test")) == 0
    assert Intake.objects.exists()
    attorney.post(address(kept, "hold/"), {"act": "lift"})
    assert attorney.post(address(kept, "forget/")).status_code == 302
    assert not Intake.objects.exists()


def test_under_a_hold_on_the_person_the_originals_of_their_intake_stay(
    sign_in: SignIn, kept: Intake, actor: Acting, seen_by: SeenBy
) -> None:
    letter = SimpleUploadedFile("letter.jpg", hostile.jpeg(), content_type="image/jpeg")
    sign_in(Role.COUNSELLOR).post(address(kept, "bring/"), {"brought": letter, "keeps_original": "on"})
    by, upload = actor(Role.COUNSELLOR), Upload.objects.get()

    def may_go() -> bool:
        with seen_by(Role.COUNSELLOR):
            return looking.may_lose_original(get_upload(by, upload.pk))

    assert upload.has_original
    assert may_go()
    sign_in(Role.ATTORNEY).post(address(kept, "hold/"))
    assert not may_go()
    sign_in(Role.ATTORNEY).post(address(kept, "hold/"), {"act": "lift"})
    assert may_go()


def test_others_place_no_hold_at_the_door(sign_in: SignIn, kept: Intake) -> None:
    for role in (Role.COUNSELLOR, Role.FRONT_DESK, Role.VOLUNTEER):
        assert sign_in(role).post(address(kept, "hold/")).status_code == 404
    assert not PersonHold.objects.exists()


def test_an_intake_without_a_file_has_no_person_to_hold(sign_in: SignIn) -> None:
    row = cleared(sign_in(Role.FRONT_DESK))
    assert sign_in(Role.ATTORNEY).post(address(row, "hold/")).status_code == 404


def test_the_name_in_the_queue_stays_under_a_hold(actor: Acting, cook: Person, clock: Traveller) -> None:
    details = {"call_name": "Chung-ho", "language": "ko", "kind": "intake", "person": cook}
    from centro.core import clock as center_clock

    appointments.book(by=actor(Role.FRONT_DESK), details={**details, "starts_at": center_clock.now()})
    walls.hold_person(by=actor(Role.MANAGER), person=cook)
    clock.shift(timedelta(days=5))
    assert jobs.forget_names() == 0
    assert Appointment.objects.get().key is not None


# --- the sums of those who go -----------------------------------------------------------------------------------------


def test_yearly_totals_stay_true_when_somebody_goes(
    actor: Acting, open_matter: OpenMatter, open_case: OpenCase, cast: dict[Role, User], manager: Client
) -> None:
    matter = open_matter(Route.WAGE_CLAIM)
    by, case = actor(Role.COUNSELLOR), matter.case
    for kind, cents, on in (
        ("claimed", 9000_00, date(2024, 5, 1)),
        ("awarded", 7000_00, date(2025, 2, 1)),
        ("received", 3000_00, date(2025, 3, 1)),
        ("received", 1000_00, date(2026, 3, 1)),
    ):
        money.enter(by=by, case=case, matter=matter, kind=kind, cents=cents, on=on)
    stays = open_case(person=people.add_person(by=by, details={"given": "Ana", "language": "es"}))
    money.enter(by=by, case=stays, matter=None, kind="received", cents=500_00, on=date(2026, 4, 1))
    before = sums.by_year(actor(Role.DIRECTOR))
    this_year = sums.all_sums(since=date(2026, 1, 1), until=date(2026, 11, 23))
    Matter.objects.update(closed_at=matter.opened_at)
    going = purge.propose_purge(by=actor(Role.STEWARD), person=case.person, basis="asked", no_dispute_expected=True)
    purge.approve_purge(by=actor(Role.DIRECTOR), purge=going)
    type(going).objects.update(due_on=date(2026, 1, 1))
    assert purge.carry_out_due_purges(by=policy.system("purge")) == 1
    assert not Case.objects.filter(pk=case.pk).exists()
    assert sums.by_year(actor(Role.DIRECTOR)) == before
    assert sums.all_sums(since=date(2026, 1, 1), until=date(2026, 11, 23)) == this_year
    assert {(row.year, row.route, row.kind) for row in PastYear.objects.all()} == {
        (2024, "wage_claim", "claimed"),
        (2025, "wage_claim", "awarded"),
        (2025, "wage_claim", "received"),
        (2026, "wage_claim", "received"),
    }
    columns = {field.name for field in PastYear._meta.fields}
    assert columns == {"id", "year", "route", "kind", "change", "workers_paid"}


def test_two_who_go_add_up_in_one_row(actor: Acting, open_case: OpenCase) -> None:
    by = actor(Role.COUNSELLOR)
    for name in ("Ana", "Luis"):
        person = people.add_person(by=by, details={"given": name, "language": "es"})
        case = open_case(person=person)
        money.enter(by=by, case=case, matter=None, kind="received", cents=100_00, on=date(2025, 1, 5))
        going = purge.propose_purge(by=actor(Role.STEWARD), person=person, basis="asked", no_dispute_expected=True)
        purge.approve_purge(by=actor(Role.DIRECTOR), purge=going)
        type(going).objects.filter(pk=going.pk).update(due_on=date(2025, 1, 1))
        purge.carry_out_due_purges(by=policy.system("purge"))
    row = PastYear.objects.get()
    assert (row.change, row.workers_paid, row.route) == (200_00, 2, "")
