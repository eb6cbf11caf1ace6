"""Evidence: several photos at once, a letter each, a clean copy, a sealed original, and the chain in the index."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from centro.clinic.models import Case, Exhibit
from centro.clinic.queries import get_case
from centro.clinic.queries.evidence import proofs
from centro.core.classes import Role
from centro.core.models import Event, Upload
from centro.core.policy import Actor
from tests import hostile_files as hostile
from tests.web.clinic.conftest import OpenCase
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db
SeenBy = Callable[[Role], AbstractContextManager[Any]]
ACTOR = Callable[[Role], Actor]
TOLD = {"kind": "schedule", "what": "Photos of the schedule", "told": "근무표 사진", "keeps_original": "on"}


def photo(name: str = "a.jpg", content: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or hostile.jpeg(), content_type="image/jpeg")


def bring(client: Client, case: Case, *files: SimpleUploadedFile, **more: Any) -> Any:
    sent = {**TOLD, **more, "brought": list(files)}
    return client.post(reverse("clinic:add_evidence", args=[case.pk]), sent)


def test_several_photos_become_one_exhibit(sign_in: SignIn, open_case: OpenCase) -> None:
    case, client = open_case(), sign_in(Role.COUNSELLOR)
    answer = bring(client, case, photo("1.jpg"), photo("2.jpg"), dated_on="2026-05-03", from_whom="the worker")
    row = Exhibit.objects.get()
    assert answer.url == reverse("core:numbers", args=[row.files.get(position=1).upload_id])
    assert row.letter == "A"
    assert row.files.count() == 2
    page = client.get(reverse("clinic:evidence", args=[case.pk])).content.decode()
    assert "Photos of the schedule" in page
    assert "근무표 사진" in page
    assert reverse("core:upload_preview", args=[row.files.first().upload_id]) in page
    assert Event.objects.filter(kind="exhibit.added", codes=["schedule"]).exists()


def test_each_file_may_be_an_exhibit_of_its_own(sign_in: SignIn, open_case: OpenCase) -> None:
    case, client = open_case(), sign_in(Role.COUNSELLOR)
    bring(client, case, photo("1.jpg"), photo("2.jpg"), is_apart="on")
    bring(client, case, photo("3.jpg"))
    assert [row.letter for row in Exhibit.objects.all()] == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("position", "letter"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA"), (703, "AAA")]
)
def test_letters_go_on_after_z(position: int, letter: str) -> None:
    assert Exhibit(position=position).letter == letter


def test_the_preview_is_clean_and_the_original_is_kept_sealed(sign_in: SignIn, open_case: OpenCase) -> None:
    case, client = open_case(), sign_in(Role.COUNSELLOR)
    bring(client, case, photo("where.jpg", hostile.jpeg_with_place()))
    upload = Upload.objects.get()
    preview = b"".join(client.get(reverse("core:upload_preview", args=[upload.pk])))
    original = b"".join(client.get(reverse("core:upload_original", args=[upload.pk])))
    assert original == hostile.jpeg_with_place()
    assert b"Exif" not in preview
    assert sign_in(Role.FRONT_DESK).get(reverse("core:upload_preview", args=[upload.pk])).status_code == 404


def test_the_worker_may_want_only_the_clean_copy_kept(sign_in: SignIn, open_case: OpenCase) -> None:
    case, client = open_case(), sign_in(Role.COUNSELLOR)
    sent = {**TOLD, "brought": [photo()]}
    del sent["keeps_original"]
    client.post(reverse("clinic:add_evidence", args=[case.pk]), sent)
    upload = Upload.objects.get()
    assert not upload.has_original
    assert client.get(reverse("core:upload_original", args=[upload.pk])).status_code == 404


def test_the_index_says_the_chain(sign_in: SignIn, open_case: OpenCase, actor: ACTOR, seen_by: SeenBy) -> None:
    case, client = open_case(), sign_in(Role.COUNSELLOR)
    bring(client, case, photo("1.jpg"), photo("2.jpg"), dated_on="2026-05-03", from_whom="the worker")
    row = Exhibit.objects.get()
    client.post(reverse("clinic:confirm_exhibit", args=[case.pk, row.pk]))
    with seen_by(Role.COUNSELLOR):
        line = proofs(get_case(actor(Role.COUNSELLOR), case.pk), "en")[0]
    assert (line.letter, line.what, line.dated, line.from_whom, line.pages) == (
        "A", "Photos of the schedule", "May 3, 2026", "the worker", 2,
    )  # fmt: skip
    assert "brought in by test-counsellor on November 23, 2026" in line.chain
    assert "confirmed by the worker on November 23, 2026 (test-counsellor)" in line.chain
    assert all(len(digest) == 64 for digest in line.digests)
    with seen_by(Role.COUNSELLOR):
        assert proofs(get_case(actor(Role.COUNSELLOR), case.pk), "ko")[0].what == "근무표 사진"


def test_correcting_it_asks_the_worker_again(sign_in: SignIn, open_case: OpenCase) -> None:
    case, client = open_case(), sign_in(Role.COUNSELLOR)
    bring(client, case, photo())
    row = Exhibit.objects.get()
    client.post(reverse("clinic:confirm_exhibit", args=[case.pk, row.pk]))
    edit = reverse("clinic:edit_exhibit", args=[case.pk, row.pk])
    assert "Photos of the schedule" in client.get(edit).content.decode()
    client.post(edit, {"version": 1, "kind": "schedule", "what": "The schedule of May", "told": "5월 근무표"})
    assert Exhibit.objects.get().confirmed_at is None
    assert Event.objects.filter(kind="exhibit.edited").exists()


def test_two_who_correct_one_exhibit_see_both_and_nothing_is_overwritten(sign_in: SignIn, open_case: OpenCase) -> None:
    case, client = open_case(), sign_in(Role.COUNSELLOR)
    bring(client, case, photo())
    edit = reverse("clinic:edit_exhibit", args=[case.pk, Exhibit.objects.get().pk])
    opened = {"version": 1, "kind": "schedule", "told": "5월 근무표"}
    client.post(edit, {**opened, "what": "The schedule of May"})
    answer = client.post(edit, {**opened, "kind": "photo", "what": "A photo of the wall"})
    page = " ".join(answer.content.decode().split())
    assert answer.status_code == 422
    assert "The schedule of May" in page
    assert 'value="A photo of the wall"' in page or ">A photo of the wall</textarea>" in page
    assert 'name="version" value="2"' in page
    client.post(edit, {**opened, "version": 2, "what": "A photo of the wall"})
    assert "A photo of the wall" in client.get(edit).content.decode()


def test_an_exhibit_set_aside_leaves_its_letter(
    sign_in: SignIn, open_case: OpenCase, actor: ACTOR, seen_by: SeenBy
) -> None:
    case, client = open_case(), sign_in(Role.COUNSELLOR)
    bring(client, case, photo())
    client.post(reverse("clinic:set_aside_exhibit", args=[case.pk, Exhibit.objects.get().pk]))
    bring(client, case, photo())
    with seen_by(Role.COUNSELLOR):
        assert [line.letter for line in proofs(get_case(actor(Role.COUNSELLOR), case.pk), "en")] == ["B"]
    assert Upload.objects.count() == 2
    assert "Set aside: A" in " ".join(client.get(reverse("clinic:evidence", args=[case.pk])).content.decode().split())


@pytest.mark.parametrize(
    ("files", "more", "words"),
    [
        ([photo("a.docx", b"PK\x03\x04[Content_Types].xml")], {}, "We do not take Word, Excel or similar files."),
        ([], {}, "This field is required"),
        ([photo()], {"what": ""}, "This field is required"),
        ([photo()], {"what": "Stub with 536-90-4399"}, "536-90-4399"),
        ([photo()], {"dated_on": "2031-01-01"}, "check the year"),
    ],
)
def test_what_cannot_be_evidence_stays_on_the_form(
    sign_in: SignIn, open_case: OpenCase, files: list[SimpleUploadedFile], more: dict[str, str], words: str
) -> None:
    case = open_case()
    answer = bring(sign_in(Role.COUNSELLOR), case, *files, **more)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Exhibit.objects.exists()
    assert not Upload.objects.exists()


def test_of_several_files_each_bad_one_is_named(sign_in: SignIn, open_case: OpenCase) -> None:
    bad = [
        photo("good.jpg"),
        SimpleUploadedFile("cut <b>.pdf", b"%PDF-1.7 cut"),
        SimpleUploadedFile("voice.mp3", b"ID3 nothing that sounds"),
        SimpleUploadedFile("empty.png", b" "),
    ]
    answer = bring(sign_in(Role.COUNSELLOR), open_case(), *bad)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "cut &lt;b&gt;.pdf: This file cannot be opened" in page
    assert "voice.mp3: This file cannot be opened" in page
    assert "empty.png: This file is empty." in page
    assert "good.jpg:" not in page
    assert not Upload.objects.exists()


def test_a_recording_is_kept_without_a_copy_and_nobody_is_asked_about_it(sign_in: SignIn, open_case: OpenCase) -> None:
    case, client = open_case(), sign_in(Role.COUNSELLOR)
    answer = bring(client, case, SimpleUploadedFile("boss.mp3", hostile.mp3()), kind="recording")
    assert answer.headers["Location"] == reverse("clinic:evidence", args=[case.pk])
    upload = Upload.objects.get()
    assert (upload.preview_kind, upload.numbers) == ("", "none")
    assert "boss.mp3" in client.get(answer.headers["Location"]).content.decode()


@pytest.mark.parametrize("role", [Role.ORGANIZER, Role.FRONT_DESK, Role.DIRECTOR, Role.ATTORNEY])
def test_for_everybody_off_the_team_there_is_nothing(sign_in: SignIn, open_case: OpenCase, role: Role) -> None:
    case = open_case()
    bring(sign_in(Role.COUNSELLOR), case, photo())
    client, row = sign_in(role), Exhibit.objects.get()
    assert client.get(reverse("clinic:evidence", args=[case.pk])).status_code == 404
    assert bring(client, case, photo()).status_code == 404
    for name in ("edit_exhibit", "confirm_exhibit", "set_aside_exhibit"):
        assert client.post(reverse(f"clinic:{name}", args=[case.pk, row.pk])).status_code == 404


def test_an_exhibit_of_another_case_is_not_there(sign_in: SignIn, open_case: OpenCase) -> None:
    case, other, client = open_case(), open_case(), sign_in(Role.COUNSELLOR)
    bring(client, case, photo())
    row = Exhibit.objects.get()
    assert client.post(reverse("clinic:confirm_exhibit", args=[other.pk, row.pk])).status_code == 404


def test_outsiders_are_asked_to_sign_in(client: Client, open_case: OpenCase) -> None:
    assert "/login/" in client.get(reverse("clinic:evidence", args=[open_case().pk])).url


def test_the_page_asks_the_database_little(
    sign_in: SignIn, open_case: OpenCase, django_assert_max_num_queries: Any
) -> None:
    case, client = open_case(), sign_in(Role.COUNSELLOR)
    for _ in range(3):
        bring(client, case, photo("1.jpg"), photo("2.jpg"))
    with django_assert_max_num_queries(24):
        client.get(reverse("clinic:evidence", args=[case.pk]))
