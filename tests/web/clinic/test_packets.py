"""Packets and hearing kits: put together from facts, claim and evidence, frozen in two languages."""

import json
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import wagelaw
from centro.clinic.choices import Route
from centro.clinic.models import Case, ClaimVersion, Letter, Matter
from centro.core import clock
from centro.core.classes import Role
from centro.core.models import Document
from tests import hostile_files as hostile
from tests.unit.clinic.test_papers_packet import COOK
from tests.web.clinic.conftest import SAID, OpenMatter, SeenBy, Tell
from tests.web.clinic.paperwork import ACTOR, draft, printed
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def told_hours(seen_by: SeenBy) -> Callable[[Case], ClaimVersion]:
    """The cook's hours, as a claim of the case."""

    def tell(case: Case) -> ClaimVersion:
        claim = wagelaw.claim(COOK)
        row = ClaimVersion(
            case=case,
            number=1,
            hours_number=1,
            case_file=json.dumps(COOK),
            result="{}",
            law_version=claim.law_version,
            computed_on=clock.today(),
            total_cents=claim.totals()["total"],
            at_risk_month=clock.today().replace(day=1),
        )
        row.save()
        return row

    return tell


def test_the_packet_is_issued_in_two_languages_with_the_total_of_the_wage_law(
    sign_in: SignIn,
    open_matter: OpenMatter,
    tell: Tell,
    told_hours: Callable[[Case], ClaimVersion],
    actor: ACTOR,
    seen_by: SeenBy,
) -> None:
    matter, client = open_matter(Route.WAGE_CLAIM), sign_in(Role.COUNSELLOR)
    tell(matter.case, **SAID)
    claim = told_hours(matter.case)
    page = draft(client, matter.case, "wage_packet", matter).url
    total = f"${claim.total_cents / 100:,.2f}"
    assert total in client.get(page).content.decode()
    letter = Letter.objects.get()
    assert "Change the wording" not in client.get(page).content.decode()
    client.post(reverse("clinic:issue_letter", args=[letter.pk]))
    letter.refresh_from_db()
    english, korean = (printed(actor, seen_by, paper) for paper in (letter.document, letter.mirror_document))
    assert total in english
    assert total in korean
    assert "Information, not legal advice." in english
    assert "노동청 임금 청구 서류 묶음" in korean
    assert "조리사" in korean


def test_with_an_attorney_the_packet_waits_for_them(
    sign_in: SignIn, supervised: Matter, tell: Tell, told_hours: Callable[[Case], ClaimVersion]
) -> None:
    client = sign_in(Role.COUNSELLOR)
    tell(supervised.case, **SAID)
    claim = told_hours(supervised.case)
    draft(client, supervised.case, "wage_packet", supervised)
    letter = Letter.objects.get()
    client.post(reverse("clinic:issue_letter", args=[letter.pk]))
    assert not Document.objects.exists()
    client.post(reverse("clinic:ask_attorney", args=[letter.pk]))
    attorney = sign_in(Role.ATTORNEY)
    assert f"${claim.total_cents / 100:,.2f}" in attorney.get(reverse("clinic:approvals")).content.decode()
    letter.refresh_from_db()
    attorney.post(reverse("clinic:approve_letter", args=[letter.pk]), {"version": letter.version})
    client.post(reverse("clinic:issue_letter", args=[letter.pk]))
    assert Document.objects.count() == 2


def test_without_hours_there_is_no_packet(sign_in: SignIn, open_matter: OpenMatter, tell: Tell) -> None:
    matter, client = open_matter(Route.WAGE_CLAIM), sign_in(Role.COUNSELLOR)
    tell(matter.case, **SAID)
    page = draft(client, matter.case, "wage_packet", matter).url
    assert "Total of the claim" in client.get(page).content.decode()
    answer = client.post(reverse("clinic:issue_letter", args=[Letter.objects.get().pk]), follow=True)
    assert "This is missing or not confirmed: Total of the claim" in answer.content.decode()


def test_a_demand_names_the_claim_and_the_attorney(
    sign_in: SignIn,
    supervised: Matter,
    tell: Tell,
    told_hours: Callable[[Case], ClaimVersion],
    actor: ACTOR,
    seen_by: SeenBy,
) -> None:
    client, attorney = sign_in(Role.COUNSELLOR), sign_in(Role.ATTORNEY)
    tell(supervised.case, **SAID, pay_by=("2026-12-10", ""), pay_to=("a check", "수표"))
    claim = told_hours(supervised.case)
    draft(client, supervised.case, "demand", supervised)
    letter = Letter.objects.get()
    client.post(reverse("clinic:ask_attorney", args=[letter.pk]))
    letter.refresh_from_db()
    attorney.post(reverse("clinic:approve_letter", args=[letter.pk]), {"version": letter.version})
    client.post(reverse("clinic:issue_letter", args=[letter.pk]))
    letter.refresh_from_db()
    english = printed(actor, seen_by, letter.document)
    assert f"The total is ${claim.total_cents / 100:,.2f}." in english
    assert "Reviewed by Ada Park, California State Bar number 123456" in english
    assert "Please pay by December 10, 2026." in english
    assert "I began to work for you as cook on March 7, 2022." in english
    assert "This is what is owed for my work from" in english
    assert "연장근로" in printed(actor, seen_by, letter.mirror_document)


def test_the_hearing_kit_is_printed_in_both_languages(
    sign_in: SignIn, open_matter: OpenMatter, tell: Tell, actor: ACTOR, seen_by: SeenBy
) -> None:
    matter, client = open_matter(Route.WAGE_CLAIM), sign_in(Role.COUNSELLOR)
    tell(matter.case, **SAID)
    draft(client, matter.case, "hearing_kit", matter)
    letter = Letter.objects.get()
    client.post(reverse("clinic:issue_letter", args=[letter.pk]))
    letter.refresh_from_db()
    assert "What the officer may ask you" in printed(actor, seen_by, letter.document)
    assert "담당관이 물을 수 있는 것" in printed(actor, seen_by, letter.mirror_document)


def test_a_bundle_has_no_wording_to_change(sign_in: SignIn, open_matter: OpenMatter) -> None:
    matter, client = open_matter(Route.WAGE_CLAIM), sign_in(Role.COUNSELLOR)
    draft(client, matter.case, "hearing_kit", matter)
    answer = client.get(reverse("clinic:edit_letter", args=[Letter.objects.get().pk]))
    assert answer.status_code == 302


def test_what_is_sent_holds_the_exhibits_themselves(
    sign_in: SignIn, open_matter: OpenMatter, tell: Tell, actor: ACTOR, seen_by: SeenBy
) -> None:
    matter, client = open_matter(Route.WAGE_CLAIM), sign_in(Role.COUNSELLOR)
    tell(matter.case, **SAID)
    photos = [SimpleUploadedFile(f"{name}.jpg", hostile.jpeg_with_place(), "image/jpeg") for name in "ab"]
    client.post(
        reverse("clinic:add_evidence", args=[matter.case_id]),
        {"kind": "photo", "what": "Photos of the kitchen", "told": "주방 사진", "brought": photos},
    )
    draft(client, matter.case, "hearing_kit", matter)
    letter = Letter.objects.get()
    client.post(reverse("clinic:issue_letter", args=[letter.pk]))
    letter.refresh_from_db()
    english, korean = (printed(actor, seen_by, paper) for paper in (letter.document, letter.mirror_document))
    assert "Exhibit A 1/2" in english
    assert "Exhibit A 2/2" in english
    assert "증거 A" in korean
    assert "주방 사진" in korean
    assert "1/2" not in korean
