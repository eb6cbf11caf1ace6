"""Handing records over: proposed by one, released by another, with the attorney file kept back."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from time_machine import Traveller

from centro.clinic.actions import cases, named, walls
from centro.clinic.actions import matters as restricting
from centro.clinic.actions import money as ledger
from centro.clinic.actions import night as nights
from centro.clinic.choices import LogKind, Route
from centro.clinic.models import Case, LegalDemand, Letter, Matter, Production
from centro.core import clock as center_clock
from centro.core.classes import Role
from centro.core.documents import queries as documents
from centro.core.documents.actions import issue_document
from centro.core.models import Access, Event, User
from centro.core.policy import Actor
from tests.web.clinic.conftest import OpenCase
from tests.web.clinic.test_evidence import bring, photo
from tests.web.conftest import SignIn, signed_in, user_as

Acting = Callable[[Role], Actor]
SeenBy = Callable[[Role], AbstractContextManager[Any]]


@pytest.fixture
def demand(open_case: OpenCase, actor: Acting, attorney_joins: Callable[[Case], Actor]) -> LegalDemand:
    """A subpoena about a case on whose team the attorney is."""
    case = open_case()
    attorney_joins(case)
    details = {"kind": "subpoena", "arrived_on": center_clock.today(), "served_on": "Elena", "what": "For payroll"}
    return walls.receive_demand(by=actor(Role.ATTORNEY), details=details, case=case)


@pytest.fixture
def manager(sign_in: SignIn, cast: dict[Role, User], actor: Acting) -> Client:
    nights.join_clinic(by=actor(Role.DIRECTOR), user=cast[Role.MANAGER])
    return sign_in(Role.MANAGER)


def case_of(demand: LegalDemand) -> Case:
    assert demand.case is not None
    return demand.case


def propose(browser: Client, demand: LegalDemand, *kinds: str, **days: str) -> Any:
    return browser.post(f"/clinic/demands/{demand.pk}/produce/", {"kinds": list(kinds), **days})


def settle(browser: Client, act: str) -> Any:
    return browser.post(f"/clinic/productions/{Production.objects.get().pk}/settle/", {"act": act})


def text_of(content: bytes) -> str:
    with pikepdf.open(BytesIO(content)) as pdf:
        return str(pdf.docinfo.get("/Title", ""))


def test_two_people_hand_the_log_over_and_the_attorney_file_stays(
    sign_in: SignIn, manager: Client, actor: Acting, seen_by: SeenBy, demand: LegalDemand
) -> None:
    case = case_of(demand)
    cases.log_line(by=actor(Role.COUNSELLOR), case=case, kind=LogKind.CALL, words="Asked for the stubs")
    cases.add_attorney_note(by=actor(Role.ATTORNEY), case=case, words="Our weak point is March")
    attorney = sign_in(Role.ATTORNEY)
    assert propose(attorney, demand, "log").status_code == 302
    address = f"/clinic/productions/{Production.objects.get().pk}/"
    for browser in (attorney, manager):
        page = browser.get(address).content.decode()
        assert "Asked for the stubs" in page
        assert "Note of the attorney file" in page
        assert "test-attorney" in page
        assert "weak point" not in page
    settle(attorney, "release")
    assert Production.objects.get().state == "proposed", "nobody releases their own"
    settle(manager, "release")
    row = Production.objects.select_related("document").get()
    assert row.state == "released"
    assert row.document is not None
    answer = attorney.get(reverse("core:document", args=[row.document_id]))
    assert answer.content.startswith(b"%PDF")
    with seen_by(Role.ATTORNEY):
        paper = documents.get_document(actor(Role.ATTORNEY), row.document.pk)
        assert text_of(documents.document_bytes(actor(Role.ATTORNEY), paper)) == "Production of records"
    assert Access.objects.filter(kind="export").exists()
    kinds = list(Event.objects.filter(kind__startswith="production.").values_list("kind", flat=True))
    assert kinds == ["production.proposed", "production.released"]


def test_only_the_days_that_were_asked_about(
    sign_in: SignIn, actor: Acting, demand: LegalDemand, clock: Traveller
) -> None:
    case = case_of(demand)
    cases.log_line(by=actor(Role.COUNSELLOR), case=case, kind=LogKind.CALL, words="Long ago")
    cases.add_attorney_note(by=actor(Role.ATTORNEY), case=case, words="x")
    clock.shift(timedelta(days=10))
    cases.log_line(by=actor(Role.COUNSELLOR), case=case, kind=LogKind.CALL, words="Lately")
    attorney = sign_in(Role.ATTORNEY)
    propose(attorney, demand, "log", from_on="2026-12-01", to_on="2026-12-03")
    page = attorney.get(f"/clinic/productions/{Production.objects.get().pk}/").content.decode()
    assert "Lately" in page
    assert "Long ago" not in page
    assert "Note of the attorney file" not in page


def test_papers_and_the_ledger_by_their_hash_and_sum(sign_in: SignIn, actor: Acting, demand: LegalDemand) -> None:
    case, attorney = case_of(demand), sign_in(Role.ATTORNEY)
    ledger.enter(by=actor(Role.COUNSELLOR), case=case, kind="claimed", cents=12_34, on=center_clock.today())
    attorney.post(f"/clinic/cases/{case.pk}/money/sheet/", {"language": "en"})
    propose(attorney, demand, "papers", "ledger", "files")
    page = attorney.get(f"/clinic/productions/{Production.objects.get().pk}/").content.decode()
    assert "$12.34" in page
    assert "collection_sheet" in page
    assert "SHA-256" in page


@pytest.fixture
def secret(demand: LegalDemand, actor: Acting, seen_by: SeenBy) -> Matter:
    """A restricted matter of the case, with a line of the log, money and a frozen letter; the attorney is not on it."""
    case, by = case_of(demand), actor(Role.COUNSELLOR)
    matter = cases.open_matter(by=by, case=case, route=Route.DISCRIMINATION)
    cases.log_line(by=by, case=case, kind=LogKind.CALL, words="She wants a woman to call", matter=matter)
    cases.log_line(by=by, case=case, kind=LogKind.CALL, words="Asked for the stubs")
    ledger.enter(by=by, case=case, matter=matter, kind="awarded", cents=7777_00, on=center_clock.today())
    with seen_by(Role.COUNSELLOR):
        paper = issue_document(by=by, kind="letter_demand", about=case, language="en", data={"blocks": [], "note": ""})
    Letter.objects.create(case=case, matter=matter, kind="crd_intake", language="en", document=paper)
    restricting.restrict(by=by, matter=matter, is_restricted=True)
    return matter


SECRETS = ("She wants a woman to call", "7,777", "letter_demand")


def name(matter: Matter, user: User, actor: Acting) -> None:
    named.name_on(by=actor(Role.COUNSELLOR), matter=matter, user=user)


def test_restricted_matters_are_left_out(
    sign_in: SignIn, manager: Client, actor: Acting, demand: LegalDemand, secret: Matter, cast: dict[Role, User]
) -> None:
    attorney = sign_in(Role.ATTORNEY)
    propose(attorney, demand, "log", "ledger", "papers")
    address = f"/clinic/productions/{Production.objects.get().pk}/"
    for browser in (attorney, manager):
        page = browser.get(address).content.decode()
        assert "Asked for the stubs" in page
        assert not [words for words in SECRETS if words in page]
    name(secret, cast[Role.ATTORNEY], actor)
    page = attorney.get(address).content.decode()
    assert [words for words in SECRETS if words in page] == list(SECRETS)
    page = manager.get(address).content.decode()
    assert not [words for words in SECRETS if words in page], "whoever releases it looks at what they release"
    name(secret, cast[Role.MANAGER], actor)
    page = manager.get(address).content.decode()
    assert [words for words in SECRETS if words in page] == list(SECRETS)


def test_files_that_are_only_for_a_restricted_matter_are_left_out(
    sign_in: SignIn, actor: Acting, demand: LegalDemand, secret: Matter, cast: dict[Role, User]
) -> None:
    case, counsellor = case_of(demand), sign_in(Role.COUNSELLOR)
    bring(counsellor, case, photo("his-note.jpg"), matters=[str(secret.pk)])
    bring(counsellor, case, photo("schedule.jpg"))
    attorney = sign_in(Role.ATTORNEY)
    propose(attorney, demand, "files")
    address = f"/clinic/productions/{Production.objects.get().pk}/"
    page = attorney.get(address).content.decode()
    assert "schedule.jpg" in page
    assert "his-note.jpg" not in page
    name(secret, cast[Role.ATTORNEY], actor)
    assert "his-note.jpg" in attorney.get(address).content.decode()


def test_a_released_one_opens_to_the_team_but_where_a_matter_is_hidden(
    sign_in: SignIn, manager: Client, actor: Acting, demand: LegalDemand, secret: Matter, cast: dict[Role, User]
) -> None:
    propose(sign_in(Role.ATTORNEY), demand, "log")
    settle(manager, "release")
    address = reverse("core:document", args=[Production.objects.get().document_id])
    colleague = user_as(Role.ATTORNEY, "other-attorney")
    cases.join_team(by=actor(Role.COUNSELLOR), case=case_of(demand), user=colleague)
    assert sign_in(Role.ATTORNEY).get(address).status_code == 200
    assert signed_in(colleague).get(address).status_code == 404
    restricting.restrict(by=actor(Role.COUNSELLOR), matter=secret, is_restricted=False)
    assert signed_in(colleague).get(address).status_code == 200


def test_what_was_taken_back_is_not_released(sign_in: SignIn, manager: Client, demand: LegalDemand) -> None:
    propose(sign_in(Role.ATTORNEY), demand, "log")
    settle(manager, "withdraw")
    settle(manager, "release")
    row = Production.objects.get()
    assert (row.state, row.document) == ("withdrawn", None)


@pytest.mark.parametrize(
    ("kinds", "days"),
    [((), {}), (("attorney_file",), {}), (("log",), {"from_on": "2026-11-20", "to_on": "2026-11-01"})],
)
def test_a_bad_proposal_stays_on_the_form(
    kinds: tuple[str, ...], days: dict[str, str], sign_in: SignIn, demand: LegalDemand
) -> None:
    assert propose(sign_in(Role.ATTORNEY), demand, *kinds, **days).status_code == 422
    assert not Production.objects.exists()


def test_only_an_attorney_of_the_team_proposes(sign_in: SignIn, manager: Client, demand: LegalDemand) -> None:
    other = signed_in(user_as(Role.ATTORNEY, "other-attorney"))
    for browser in (other, manager, sign_in(Role.COUNSELLOR), sign_in(Role.DIRECTOR), sign_in(Role.FRONT_DESK)):
        assert propose(browser, demand, "log").status_code == 404
    assert Client().get(f"/clinic/demands/{demand.pk}/produce/").status_code == 302
    assert not Production.objects.exists()


def test_who_is_not_on_the_team_does_not_look(sign_in: SignIn, demand: LegalDemand) -> None:
    propose(sign_in(Role.ATTORNEY), demand, "log")
    address = f"/clinic/productions/{Production.objects.get().pk}/"
    other = signed_in(user_as(Role.ATTORNEY, "other-attorney"))
    for browser in (other, sign_in(Role.MANAGER), sign_in(Role.COUNSELLOR), sign_in(Role.DIRECTOR)):
        assert browser.get(address).status_code == 404
        assert settle(browser, "release").status_code == 404


def test_the_table_itself_refuses_one_person(demand: LegalDemand, cast: dict[Role, User]) -> None:
    one = cast[Role.ATTORNEY]
    with pytest.raises(IntegrityError), transaction.atomic():
        Production.objects.create(case=demand.case, demand=demand, proposed_by=one, released_by=one)


def test_a_demand_about_no_case_hands_nothing_over(sign_in: SignIn, actor: Acting) -> None:
    details = {"kind": "police", "arrived_on": center_clock.today(), "served_on": "Elena", "what": "Asked at the door"}
    demand = walls.receive_demand(by=actor(Role.FRONT_DESK), details=details)
    assert propose(sign_in(Role.ATTORNEY), demand, "log").status_code == 404
