"""A restricted matter: named persons see it at once and until their day; its papers and money are hidden with it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from centro.clinic.actions import cases, matters, money
from centro.clinic.choices import Route
from centro.clinic.models import Case, Letter, LetterState, Matter
from centro.clinic.queries import papers
from centro.core import clock
from centro.core.classes import Role
from centro.core.documents.actions import issue_document
from centro.core.models import Document, Event, Place, User
from centro.core.policy import Actor
from tests.web.clinic.conftest import OpenMatter, SeenBy
from tests.web.clinic.paperwork import draft
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db
ACTOR = Callable[[Role], Actor]


@pytest.fixture
def secret(
    open_matter: OpenMatter, attorney_joins: Callable[[Case], Actor], actor: ACTOR, cast: dict[Role, User]
) -> Matter:
    """A matter of the counsellor that is shown only to those named on it; the attorney is on the team of the case."""
    matter = open_matter(Route.DISCRIMINATION)
    attorney_joins(matter.case)
    matters.restrict(by=actor(Role.COUNSELLOR), matter=matter, is_restricted=True)
    return matter


def name(client: Any, matter: Matter, user: User, **typed: Any) -> Any:
    return client.post(reverse("clinic:matter_named", args=[matter.pk]), {"owner": str(user.pk), **typed})


def test_a_named_person_sees_it_at_once_and_until_their_day(
    sign_in: SignIn, secret: Matter, cast: dict[Role, User]
) -> None:
    page = reverse("clinic:matter", args=[secret.pk])
    attorney = sign_in(Role.ATTORNEY)
    assert attorney.get(page).status_code == 404
    until = clock.today() + timedelta(days=3)
    assert name(sign_in(Role.COUNSELLOR), secret, cast[Role.ATTORNEY], until=until.isoformat()).status_code == 302
    assert attorney.get(page).status_code == 200
    assert Event.objects.filter(kind="matter.named", about=secret.pk).exists()
    shown = sign_in(Role.COUNSELLOR).get(reverse("clinic:matter_named", args=[secret.pk])).content.decode()
    assert str(cast[Role.ATTORNEY].username) in shown or "Name of" in shown
    place = Place.objects.get(scope_kind="matter", user=cast[Role.ATTORNEY])
    assert place.to_at is not None
    assert place.to_at - timedelta(days=3) > clock.now()
    Place.objects.filter(pk=place.pk).update(to_at=clock.now())
    assert attorney.get(page).status_code == 404


def test_somebody_outside_the_team_comes_onto_it(sign_in: SignIn, secret: Matter, cast: dict[Role, User]) -> None:
    Place.objects.filter(user=cast[Role.ATTORNEY]).update(to_at=clock.now())
    name(sign_in(Role.COUNSELLOR), secret, cast[Role.ATTORNEY])
    assert sign_in(Role.ATTORNEY).get(reverse("clinic:matter", args=[secret.pk])).status_code == 200


def test_taken_off_they_see_it_no_more_even_before_their_day(
    sign_in: SignIn, secret: Matter, cast: dict[Role, User]
) -> None:
    counsellor = sign_in(Role.COUNSELLOR)
    name(counsellor, secret, cast[Role.ATTORNEY], until=(clock.today() + timedelta(days=9)).isoformat())
    place = Place.objects.get(scope_kind="matter", user=cast[Role.ATTORNEY])
    assert counsellor.post(reverse("clinic:unname", args=[secret.pk, place.pk])).status_code == 302
    assert sign_in(Role.ATTORNEY).get(reverse("clinic:matter", args=[secret.pk])).status_code == 404
    assert Event.objects.filter(kind="matter.unnamed", about=secret.pk).exists()
    assert counsellor.post(reverse("clinic:unname", args=[secret.pk, place.pk])).status_code == 404


def test_named_again_the_new_day_counts(sign_in: SignIn, secret: Matter, cast: dict[Role, User]) -> None:
    for days in (2, 5):
        name(
            sign_in(Role.COUNSELLOR),
            secret,
            cast[Role.ATTORNEY],
            until=(clock.today() + timedelta(days=days)).isoformat(),
        )
    live = Place.objects.filter(scope_kind="matter", to_at__gt=clock.now()).get()
    assert live.to_at is not None
    assert live.to_at > clock.now() + timedelta(days=4)


def test_a_day_that_is_past_comes_back(sign_in: SignIn, secret: Matter, cast: dict[Role, User]) -> None:
    answer = name(sign_in(Role.COUNSELLOR), secret, cast[Role.ATTORNEY], until="2020-01-01")
    assert answer.status_code == 422
    assert "already past" in answer.content.decode()
    assert not Place.objects.filter(scope_kind="matter").exists()


def test_who_does_not_see_it_cannot_name_anybody(sign_in: SignIn, secret: Matter, cast: dict[Role, User]) -> None:
    for role in (Role.ATTORNEY, Role.ORGANIZER, Role.FRONT_DESK, Role.VOLUNTEER):
        assert sign_in(role).get(reverse("clinic:matter_named", args=[secret.pk])).status_code == 404
        assert name(sign_in(role), secret, cast[role]).status_code == 404


# --- papers and money -----------------------------------------------------------------------------------------------


@pytest.fixture
def paper(secret: Matter, actor: ACTOR, seen_by: SeenBy) -> Document:
    """A frozen letter of the restricted matter."""
    by = actor(Role.COUNSELLOR)
    with seen_by(Role.COUNSELLOR):
        document = issue_document(
            by=by, kind="letter_demand", about=secret.case, language="en", data={"blocks": [], "note": ""}
        )
    Letter.objects.create(
        case=secret.case, matter=secret, kind="crd_intake", state=LetterState.ISSUED, language="en", document=document
    )
    return document


def test_its_frozen_papers_open_only_to_those_named(
    sign_in: SignIn, secret: Matter, paper: Document, cast: dict[Role, User]
) -> None:
    page = reverse("core:document", args=[paper.pk])
    assert sign_in(Role.COUNSELLOR).get(page).status_code == 200
    assert sign_in(Role.ATTORNEY).get(page).status_code == 404
    name(sign_in(Role.COUNSELLOR), secret, cast[Role.ATTORNEY])
    assert sign_in(Role.ATTORNEY).get(page).status_code == 200


def test_papers_of_other_matters_open_to_the_team(sign_in: SignIn, secret: Matter, paper: Document) -> None:
    Matter.objects.update(is_restricted=False)
    assert sign_in(Role.ATTORNEY).get(reverse("core:document", args=[paper.pk])).status_code == 200


def test_its_money_is_hidden_too(sign_in: SignIn, secret: Matter, actor: ACTOR) -> None:
    by, today = actor(Role.COUNSELLOR), clock.today()
    money.enter(by=by, case=secret.case, matter=secret, kind="awarded", cents=7777_00, on=today)
    money.enter(by=by, case=secret.case, matter=None, kind="claimed", cents=1200_00, on=today)
    page = reverse("clinic:money", args=[secret.case_id])
    assert "7,777" in sign_in(Role.COUNSELLOR).get(page).content.decode()
    seen = sign_in(Role.ATTORNEY).get(page).content.decode()
    assert "7,777" not in seen
    assert "1,200" in seen


def test_a_deadline_of_it_cannot_be_reached_by_its_address(sign_in: SignIn, secret: Matter, actor: ACTOR) -> None:
    cases.note_happening(
        by=actor(Role.COUNSELLOR), case=secret.case, kind="adverse_act", on=clock.today(), matter=secret
    )
    row = secret.case.clocks.filter(matter=secret).first()
    assert row is not None
    address = reverse("clinic:set_clock", args=[secret.case_id, row.pk])
    assert sign_in(Role.ATTORNEY).get(address).status_code == 404


# --- letters of the case as a whole -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["closing", "scope", "deadlines", "referral"])
def test_a_letter_of_the_whole_case_is_silent_about_it(
    sign_in: SignIn, secret: Matter, open_matter: OpenMatter, actor: ACTOR, seen_by: SeenBy, kind: str
) -> None:
    by, case, facts = actor(Role.COUNSELLOR), secret.case, {"act": "threat", "because": ["harassment"]}
    open_matter(Route.WAGE_CLAIM, case=case)
    cases.note_happening(by=by, case=case, kind="adverse_act", on=clock.today(), facts=facts, matter=secret)
    letter = draft(sign_in(Role.ATTORNEY), case, kind)
    page = sign_in(Role.ATTORNEY).get(letter.url).content.decode()
    assert "State complaint" not in page
    for role in (Role.ATTORNEY, Role.COUNSELLOR):
        with seen_by(role):
            row = papers.get_letter(actor(role), Letter.objects.get(kind=kind).pk)
            said = papers.read(row)["en"]
        assert said["matter_name"] == str(Route.WAGE_CLAIM.label)
        assert "State complaint" not in str(said["deadlines"])


def test_a_letter_in_it_tells_its_own_days(sign_in: SignIn, secret: Matter, actor: ACTOR, seen_by: SeenBy) -> None:
    by, case, facts = actor(Role.COUNSELLOR), secret.case, {"act": "threat", "because": ["harassment"]}
    cases.note_happening(by=by, case=case, kind="adverse_act", on=clock.today(), facts=facts, matter=secret)
    draft(sign_in(Role.COUNSELLOR), case, "closing", secret)
    with seen_by(Role.COUNSELLOR):
        said = papers.read(papers.get_letter(by, Letter.objects.get().pk))["en"]
    assert "State complaint" in str(said["deadlines"])


def test_its_advice_sheet_is_offered_only_to_those_named(
    sign_in: SignIn, secret: Matter, open_matter: OpenMatter
) -> None:
    Matter.objects.filter(pk=secret.pk).update(topic="discrimination")
    Matter.objects.filter(pk=open_matter(Route.WAGE_CLAIM, case=secret.case).pk).update(topic="wage_theft")
    sheet = "/discrimination/ko/"
    page = reverse("clinic:papers", args=[secret.case_id])
    assert sheet in sign_in(Role.COUNSELLOR).get(page).content.decode()
    assert sheet not in sign_in(Role.ATTORNEY).get(page).content.decode()
