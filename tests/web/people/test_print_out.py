"""“What we hold about you”: the paper, in the person's language, frozen, and only for those who may print."""

import shutil
import subprocess
from pathlib import Path

import pytest

from centro.core.classes import Role
from centro.core.models import Access, Document
from tests.web.conftest import SignIn
from tests.web.people.conftest import MakePerson


def words_of(pdf: bytes, folder: Path) -> str:
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    return subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True).stdout.decode()


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "How to reach you"), ("es", "Cómo comunicarnos con usted"), ("ko", "연락처")],
)
def test_the_paper_speaks_the_language_and_holds_the_whole_number(
    language: str, words: str, sign_in: SignIn, add_person: MakePerson, tmp_path: Path
) -> None:
    person = add_person(given="Rosa", family="Hernández", phone="+12135550123")
    desk = sign_in(Role.FRONT_DESK)
    answer = desk.post(f"/people/{person.pk}/print/", {"language": language})
    document = desk.get(answer["Location"])
    text = words_of(b"".join(document), tmp_path) if document.streaming else words_of(document.content, tmp_path)
    assert words in text
    assert "Rosa Hernández" in text
    assert "(213) 555-0123" in text
    assert Access.objects.filter(kind="print").exists()


def test_what_was_printed_stays_in_the_list(sign_in: SignIn, add_person: MakePerson) -> None:
    person, desk = add_person(given="Rosa"), sign_in(Role.FRONT_DESK)
    desk.post(f"/people/{person.pk}/print/", {"language": "ko"})
    page = desk.get(f"/people/{person.pk}/print/").content.decode()
    assert str(Document.objects.get().pk) in page


def test_a_role_that_does_not_print_gets_neither_the_page_nor_the_paper(
    sign_in: SignIn, add_person: MakePerson
) -> None:
    person, desk = add_person(given="Rosa"), sign_in(Role.FRONT_DESK)
    where = desk.post(f"/people/{person.pk}/print/", {"language": "en"})["Location"]
    director = sign_in(Role.DIRECTOR)
    assert director.get(f"/people/{person.pk}/print/").status_code == 404
    assert director.get(where).status_code == 404
    assert sign_in(Role.ORGANIZER).get(where).status_code == 404
