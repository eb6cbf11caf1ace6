"""Evidence that is for some matters only: their papers take it, and a restricted matter hides what is only for it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from centro.clinic.actions import cases, matters, named
from centro.clinic.choices import Route
from centro.clinic.models import Case, Exhibit, ExhibitFile, Matter
from centro.clinic.queries import get_case
from centro.clinic.queries.evidence import bound, proofs, showing_numbers
from centro.core.classes import Role
from centro.core.models import Event, Numbers, Upload, User
from centro.core.policy import Actor
from tests.web.clinic.conftest import OpenMatter
from tests.web.clinic.test_evidence import bring, photo
from tests.web.conftest import SignIn, signed_in, user_as

pytestmark = pytest.mark.django_db
SeenBy = Callable[[Role], AbstractContextManager[Any]]
Acting = Callable[[Role], Actor]


@pytest.fixture
def wage(open_matter: OpenMatter) -> Matter:
    return open_matter(Route.WAGE_CLAIM)


@pytest.fixture
def secret(open_matter: OpenMatter, wage: Matter, actor: Acting) -> Matter:
    """A restricted matter of the same case; only the counsellor is on it."""
    matter = open_matter(Route.DISCRIMINATION, case=wage.case)
    matters.restrict(by=actor(Role.COUNSELLOR), matter=matter, is_restricted=True)
    return matter


@pytest.fixture
def colleague(actor: Acting, wage: Matter) -> Client:
    """Another counsellor, on the team of the case and not on the restricted matter."""
    user = user_as(Role.COUNSELLOR, "other-counsellor")
    cases.join_team(by=actor(Role.COUNSELLOR), case=wage.case, user=user)
    return signed_in(user)


def page_of(client: Client, case: Case) -> str:
    return " ".join(client.get(reverse("clinic:evidence", args=[case.pk])).content.decode().split())


def tie(row: Exhibit, *to: Matter) -> dict[str, Any]:
    said = {"kind": row.kind, "what": row.what, "told": row.told, "version": row.version}
    return said | {"matters": [str(matter.pk) for matter in to]}


def edit(case: Case, row: Exhibit) -> str:
    return reverse("clinic:edit_exhibit", args=[case.pk, row.pk])


def test_each_paper_takes_what_is_for_its_matter_and_for_the_whole_case(
    sign_in: SignIn, wage: Matter, secret: Matter, actor: Acting, seen_by: SeenBy
) -> None:
    client, case = sign_in(Role.COUNSELLOR), wage.case
    bring(client, case, photo(), what="Stubs", matters=[str(wage.pk)])
    bring(client, case, photo(), what="His note", matters=[str(secret.pk)])
    bring(client, case, photo(), what="Schedule")
    bring(client, case, photo(), what="Letter", matters=[str(wage.pk), str(secret.pk)])
    with seen_by(Role.COUNSELLOR):
        by = actor(Role.COUNSELLOR)
        file = get_case(by, case.pk)
        assert [line.letter for line in proofs(file, "en", wage)] == ["A", "C", "D"]
        assert [row.letter for row in bound(by, file, wage)] == ["A", "C", "D"]
        assert [line.letter for line in proofs(file, "en", secret)] == ["B", "C", "D"]
        assert [line.letter for line in proofs(file, "en")] == ["A", "C", "D"], "read by the whole team"
    uploads = ExhibitFile.objects.filter(exhibit__position=2).values("upload")
    Upload.objects.filter(pk__in=uploads).update(numbers=Numbers.SEEN)
    assert showing_numbers(case, wage) == showing_numbers(case) == []
    assert showing_numbers(case, secret) == ["B"]


def test_what_is_only_for_a_restricted_matter_is_not_there_for_others(
    sign_in: SignIn, colleague: Client, wage: Matter, secret: Matter, actor: Acting
) -> None:
    case = wage.case
    client = sign_in(Role.COUNSELLOR)
    bring(client, case, photo(), what="His note", matters=[str(secret.pk)])
    bring(client, case, photo(), what="Schedule", matters=[str(secret.pk), str(wage.pk)])
    row = Exhibit.objects.get(position=1)
    upload = row.files.get().upload_id
    theirs = [
        reverse("core:upload_preview", args=[upload]),
        reverse("core:upload_original", args=[upload]),
        reverse("core:numbers", args=[upload]),
        edit(case, row),
    ]
    assert [client.get(at).status_code for at in theirs] == [200] * 4
    assert [colleague.get(at).status_code for at in theirs] == [404] * 4
    for act in ("confirm_exhibit", "set_aside_exhibit"):
        assert colleague.post(reverse(f"clinic:{act}", args=[case.pk, row.pk])).status_code == 404
    assert "His note" in page_of(client, case)
    assert "Discrimination" in page_of(client, case)
    page = page_of(colleague, case)
    assert "His note" not in page
    assert "Schedule" in page
    assert "Discrimination" not in page
    matters.restrict(by=actor(Role.COUNSELLOR), matter=secret, is_restricted=False)
    assert "His note" in page_of(colleague, case)


def test_looking_for_numbers_goes_past_what_is_hidden(
    sign_in: SignIn, colleague: Client, wage: Matter, secret: Matter
) -> None:
    bring(sign_in(Role.COUNSELLOR), wage.case, photo(), what="His note", matters=[str(secret.pk)])
    bring(colleague, wage.case, photo(), what="Schedule")
    mine = Upload.objects.get(by__username="other-counsellor")
    page = colleague.get(reverse("core:numbers", args=[mine.pk]))
    assert page.context["left"] == 0
    colleague.post(reverse("core:settle_all_numbers", args=[mine.pk]))
    assert set(Upload.objects.values_list("by__username", "numbers")) == {
        ("other-counsellor", Numbers.LEFT if mine.numbers == Numbers.SEEN else Numbers.NONE),
        ("test-counsellor", Numbers.ASK),
    }


def test_whoever_is_put_on_the_matter_sees_its_evidence(
    sign_in: SignIn, wage: Matter, secret: Matter, actor: Acting, cast: dict[Role, User]
) -> None:
    bring(sign_in(Role.COUNSELLOR), wage.case, photo(), what="His note", matters=[str(secret.pk)])
    named.name_on(by=actor(Role.COUNSELLOR), matter=secret, user=cast[Role.ATTORNEY])
    assert "His note" in page_of(sign_in(Role.ATTORNEY), wage.case)


def test_tying_it_anew_asks_nobody_to_confirm_and_is_written_down(
    sign_in: SignIn, wage: Matter, secret: Matter
) -> None:
    client, case = sign_in(Role.COUNSELLOR), wage.case
    bring(client, case, photo(), what="Schedule")
    row = Exhibit.objects.get()
    client.post(reverse("clinic:confirm_exhibit", args=[case.pk, row.pk]))
    client.post(edit(case, row), {**tie(row, wage), "what": "Schedule", "told": "근무표 사진"})
    row.refresh_from_db()
    assert set(row.matters.all()) == {wage}
    assert row.confirmed_at is not None
    assert Event.objects.filter(kind="exhibit.edited", codes=["matters"]).exists()


def test_a_colleague_changes_nothing_of_matters_they_may_not_open(
    sign_in: SignIn, colleague: Client, wage: Matter, secret: Matter
) -> None:
    case = wage.case
    bring(sign_in(Role.COUNSELLOR), case, photo(), what="Schedule", matters=[str(wage.pk), str(secret.pk)])
    row = Exhibit.objects.get()
    answer = colleague.post(edit(case, row), {**tie(row, secret), "what": "Schedule", "told": "근무표 사진"})
    assert answer.status_code == 422, "it is no choice of theirs"
    colleague.post(edit(case, row), {**tie(row, wage), "what": "The schedule", "told": "근무표 사진"})
    assert set(row.matters.all()) == {wage, secret}
    row.refresh_from_db()
    assert row.version == 2


def test_the_page_of_a_matter_leads_to_its_evidence(sign_in: SignIn, wage: Matter) -> None:
    client = sign_in(Role.COUNSELLOR)
    link = f"{reverse('clinic:evidence', args=[wage.case_id])}?matter={wage.pk}"
    assert f'href="{link}#bring"' in client.get(reverse("clinic:matter", args=[wage.pk])).content.decode()
    form = client.get(link).context["form"]
    assert form["matters"].value() == [str(wage.pk)]
