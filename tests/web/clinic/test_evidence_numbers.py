"""Numbers on evidence: what was seen and where, covering it for good, the original, the hold, and the packet."""

from typing import Any

import pytest
import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from centro.clinic.actions.walls import place_hold
from centro.clinic.choices import Route
from centro.clinic.models import Case, Exhibit
from centro.clinic.queries import get_case
from centro.clinic.queries.evidence import proofs, showing_numbers
from centro.core.classes import Role
from centro.core.models import Event, Numbers, Upload
from tests import hostile_files as hostile
from tests.pdf import raw_text
from tests.web.clinic.conftest import SAID, OpenCase, OpenMatter, Tell
from tests.web.clinic.paperwork import ACTOR, SeenBy, draft
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db
SSN = "536-90-4399"
STUB = {"kind": "stub", "what": "Stubs of May", "told": "5월 급여명세서", "keeps_original": "on"}
PLACE = {"left_0": "10", "top_0": "20", "wide_0": "30", "high_0": "5"}


def stub(words: str = f"Seo {SSN}") -> SimpleUploadedFile:
    content = typst.compile(f"{words}\n#pagebreak()\nsecond".encode())
    assert isinstance(content, bytes)
    return SimpleUploadedFile("stub.pdf", content, content_type="application/pdf")


def photo(name: str = "a.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, hostile.jpeg(), content_type="image/jpeg")


def bring(client: Client, case: Case, *files: SimpleUploadedFile) -> Any:
    return client.post(reverse("clinic:add_evidence", args=[case.pk]), {**STUB, "brought": list(files)})


def page_of(upload: Upload) -> str:
    return reverse("core:numbers", args=[upload.pk])


def cover(client: Client, upload: Upload, **more: str) -> Any:
    sent = {"page": "1", "version": str(upload.version), **PLACE, **more}
    return client.post(page_of(upload), sent)


def settle(client: Client, upload: Upload) -> Any:
    return client.post(reverse("core:settle_numbers", args=[upload.pk]), {"version": str(upload.version)})


def preview(client: Client, upload: Upload) -> bytes:
    return b"".join(client.get(reverse("core:upload_preview", args=[upload.pk])))


def test_a_stub_with_a_number_is_shown_at_once_and_never_says_it(sign_in: SignIn, open_case: OpenCase) -> None:
    case, client = open_case(), sign_in(Role.COUNSELLOR)
    answer = bring(client, case, stub())
    upload = Upload.objects.get()
    assert upload.numbers == Numbers.SEEN
    assert answer.url == page_of(upload)
    page = client.get(answer.url).content.decode()
    assert "Looks like a social security number or ITIN" in page
    assert "page 1" in page
    assert SSN not in page
    assert 'name="left_0" value="' in page
    picture = client.get(reverse("core:upload_page", args=[upload.pk, 1]))
    assert picture.content.startswith(b"\xff\xd8\xff")


def test_a_number_is_covered_for_good_and_the_original_stays(sign_in: SignIn, open_case: OpenCase) -> None:
    case, client = open_case(), sign_in(Role.COUNSELLOR)
    bring(client, case, stub())
    upload = Upload.objects.get()
    assert cover(client, upload).url == f"{page_of(upload)}?page=1"
    upload.refresh_from_db()
    assert (upload.numbers, upload.version, upload.has_original) == (Numbers.COVERED, 2, True)
    assert SSN not in raw_text(preview(client, upload))
    original = b"".join(client.get(reverse("core:upload_original", args=[upload.pk])))
    assert SSN in raw_text(original)
    assert Event.objects.filter(kind="upload.covered").exists()
    assert settle(client, upload).url == reverse("clinic:evidence", args=[case.pk])
    upload.refresh_from_db()
    assert upload.numbers == Numbers.COVERED


def test_the_index_says_who_covered_it(sign_in: SignIn, open_case: OpenCase, actor: ACTOR, seen_by: SeenBy) -> None:
    case, client = open_case(), sign_in(Role.COUNSELLOR)
    bring(client, case, stub())
    cover(client, Upload.objects.get())
    with seen_by(Role.COUNSELLOR):
        (line,) = proofs(get_case(actor(Role.COUNSELLOR), case.pk), "en")
    assert "a number covered by test-counsellor on November 23, 2026" in line.chain


def test_the_original_goes_when_they_say_so(
    sign_in: SignIn, open_case: OpenCase, django_capture_on_commit_callbacks: Any
) -> None:
    case, client = open_case(), sign_in(Role.COUNSELLOR)
    bring(client, case, stub())
    upload = Upload.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        cover(client, upload, drop_original="on")
    upload.refresh_from_db()
    assert not upload.has_original
    assert client.get(reverse("core:upload_original", args=[upload.pk])).status_code == 404
    assert Event.objects.filter(kind="upload.original_dropped").exists()


def test_under_a_hold_the_original_stays(sign_in: SignIn, open_case: OpenCase, actor: ACTOR) -> None:
    case, client = open_case(), sign_in(Role.COUNSELLOR)
    bring(client, case, stub())
    place_hold(by=actor(Role.MANAGER), case=case)
    upload = Upload.objects.get()
    page = client.get(page_of(upload)).content.decode()
    assert "A hold stands: the original stays sealed as it is." in page
    assert "drop_original" not in page
    cover(client, upload, drop_original="on")
    upload.refresh_from_db()
    assert (upload.numbers, upload.has_original) == (Numbers.COVERED, True)


def test_a_photo_is_asked_about_one_by_one(sign_in: SignIn, open_case: OpenCase) -> None:
    case, client = open_case(), sign_in(Role.COUNSELLOR)
    assert bring(client, case, photo("1.jpg"), photo("2.jpg")).url.endswith("/numbers/")
    first, second = Upload.objects.order_by("at")
    assert "1 more file to look at" in client.get(page_of(first)).content.decode()
    assert settle(client, first).url == page_of(second)
    assert settle(client, second).url == reverse("clinic:evidence", args=[case.pk])
    assert set(Upload.objects.values_list("numbers", flat=True)) == {Numbers.NONE}
    assert Event.objects.filter(kind="upload.looked_at", codes=["none"]).count() == 2


def test_one_answer_for_all_photos_leaves_what_was_seen(sign_in: SignIn, open_case: OpenCase) -> None:
    case, client = open_case(), sign_in(Role.COUNSELLOR)
    bring(client, case, photo("1.jpg"), photo("2.jpg"), stub())
    asked = Upload.objects.filter(numbers=Numbers.ASK)
    client.post(reverse("core:settle_all_numbers", args=[asked[0].pk]))
    assert not asked.exists()
    assert Upload.objects.get(kind="pdf").numbers == Numbers.SEEN


def test_a_place_on_a_photo_is_black_afterwards(sign_in: SignIn, open_case: OpenCase) -> None:
    case, client = open_case(), sign_in(Role.COUNSELLOR)
    bring(client, case, photo())
    upload = Upload.objects.get()
    before = preview(client, upload)
    cover(client, upload)
    assert preview(client, upload) != before
    upload.refresh_from_db()
    assert upload.numbers == Numbers.COVERED


def test_a_text_loses_its_numbers(sign_in: SignIn, open_case: OpenCase) -> None:
    case, client = open_case(), sign_in(Role.COUNSELLOR)
    bring(client, case, SimpleUploadedFile("notes.txt", f"my number\n{SSN}".encode()))
    upload = Upload.objects.get()
    page = client.get(page_of(upload)).content.decode()
    assert "line 2" in page
    assert SSN not in page
    cover(client, upload)
    assert SSN.encode() not in preview(client, upload)


def test_what_was_seen_may_be_allowed(sign_in: SignIn, open_case: OpenCase) -> None:
    case, client = open_case(), sign_in(Role.COUNSELLOR)
    bring(client, case, stub())
    assert showing_numbers(case) == ["A"]
    settle(client, Upload.objects.get())
    assert Upload.objects.get().numbers == Numbers.LEFT
    assert showing_numbers(case) == []


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"wide_0": ""}, "Mark at least one place"),
        ({"left_0": "140"}, "100"),
        ({"top_0": "-3"}, "0"),
        ({"left_0": "abc"}, "Enter a number."),
    ],
)
def test_a_place_that_is_none_comes_back(
    sign_in: SignIn, open_case: OpenCase, more: dict[str, str], words: str
) -> None:
    case, client = open_case(), sign_in(Role.COUNSELLOR)
    bring(client, case, photo())
    upload = Upload.objects.get()
    answer = cover(client, upload, **more)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert 'value="5"' in answer.content.decode()  # what was typed stays
    assert Upload.objects.get().version == 1


def test_a_page_that_is_none_covers_nothing(sign_in: SignIn, open_case: OpenCase) -> None:
    case, client = open_case(), sign_in(Role.COUNSELLOR)
    bring(client, case, stub())
    answer = cover(client, Upload.objects.get(), page="9")
    assert answer.status_code == 422
    assert "cannot be covered here" in answer.content.decode()
    assert Upload.objects.get().numbers == Numbers.SEEN
    assert client.get(reverse("core:upload_page", args=[Upload.objects.get().pk, 9])).status_code == 404


def test_two_at_once_lose_nothing(sign_in: SignIn, open_case: OpenCase) -> None:
    case, client = open_case(), sign_in(Role.COUNSELLOR)
    bring(client, case, photo())
    upload = Upload.objects.get()
    cover(client, upload)
    before = preview(client, upload)
    assert settle(client, upload).url == page_of(upload)  # the version is the one from before
    assert preview(client, upload) == before
    assert Upload.objects.get().version == 2


def test_a_packet_does_not_leave_with_a_number(
    sign_in: SignIn, open_matter: OpenMatter, tell: Tell, seen_by: SeenBy, actor: ACTOR
) -> None:
    matter, client = open_matter(Route.WAGE_CLAIM), sign_in(Role.COUNSELLOR)
    tell(matter.case, **SAID)
    bring(client, matter.case, stub())
    page = draft(client, matter.case, "hearing_kit", matter).url
    issued = client.post(f"{page}issue/", follow=True).content.decode()
    assert "A number that must not be seen stands on exhibit A." in issued
    cover(client, Upload.objects.get(), top_0="0", left_0="0", wide_0="100", high_0="50")
    assert "stands on exhibit" not in client.post(f"{page}issue/", follow=True).content.decode()


@pytest.mark.parametrize("role", [Role.ORGANIZER, Role.FRONT_DESK, Role.DIRECTOR, Role.ATTORNEY])
def test_for_everybody_off_the_team_there_is_nothing(sign_in: SignIn, open_case: OpenCase, role: Role) -> None:
    case = open_case()
    bring(sign_in(Role.COUNSELLOR), case, stub())
    client, upload = sign_in(role), Upload.objects.get()
    for name, more in (("numbers", []), ("upload_page", [1])):
        assert client.get(reverse(f"core:{name}", args=[upload.pk, *more])).status_code == 404
    for name in ("numbers", "settle_numbers", "settle_all_numbers"):
        assert client.post(reverse(f"core:{name}", args=[upload.pk]), {"version": "1"}).status_code == 404
    assert Upload.objects.get().numbers == Numbers.SEEN


def test_outsiders_are_asked_to_sign_in(client: Client, sign_in: SignIn, open_case: OpenCase) -> None:
    bring(sign_in(Role.COUNSELLOR), open_case(), stub())
    answer = Client().get(page_of(Upload.objects.get()))
    assert "/login/" in answer.headers["Location"]


def test_the_list_of_evidence_says_what_is_open(sign_in: SignIn, open_case: OpenCase) -> None:
    case, client = open_case(), sign_in(Role.COUNSELLOR)
    bring(client, case, stub())
    bring(client, case, photo())
    page = client.get(reverse("clinic:evidence", args=[case.pk])).content.decode()
    assert "Shows a number" in page
    assert "Look for numbers" in page
    assert Exhibit.objects.count() == 2
