"""The paper round trip: a sheet goes out, comes back, and an alarm rings when it does not."""

from datetime import timedelta
from typing import Any

import pytest

from centro.core.classes import Role
from centro.core.models import Access, Event
from centro.organizing.models import Contact
from tests.web.conftest import SignIn
from tests.web.organizing.conftest import MakeList, MakePerson


def test_a_sheet_has_a_code_a_line_and_a_guide_and_says_who_printed_it(
    sign_in: SignIn, add_worker: MakePerson, make_list: MakeList
) -> None:
    row = make_list(add_worker(given="Rosa", family="Quispe", street="12 Magpie Street"))
    organizer = sign_in(Role.ORGANIZER)
    answer = organizer.post(f"/organizing/lists/{row.pk}/sheet/")
    page = organizer.get(answer.url).content.decode()
    for words in (f"{row.code}-1 · Rosa", "12 Magpie Street", "At the door", "Name of Organizer"):
        assert words in page
    assert Access.objects.filter(kind="print", route="organizing:sheet").exists()
    assert Event.objects.filter(kind="assignment.printed").exists()


def test_the_guide_is_in_the_languages_of_the_people(
    sign_in: SignIn, add_worker: MakePerson, make_list: MakeList
) -> None:
    people_on = [
        add_worker(given=given, language=code) for given, code in (("Ana", "es"), ("Min", "ko"), ("Eva", "es"))
    ]
    row, organizer = make_list(*people_on), sign_in(Role.ORGANIZER)
    page = organizer.get(f"/organizing/lists/{row.pk}/sheet/").content.decode()
    assert (page.count("En la puerta"), page.count("문 앞에서"), page.count("At the door")) == (1, 1, 0)


def test_what_came_back_is_typed_in_line_by_line(sign_in: SignIn, add_worker: MakePerson, make_list: MakeList) -> None:
    row, organizer = make_list(*(add_worker(given=f"W{n}") for n in range(3))), sign_in(Role.ORGANIZER)
    path = f"/organizing/lists/{row.pk}/enter/"
    assert organizer.post("/organizing/sheets/", {"code": f"{row.code.lower()}-2"}).url == path
    one, two, _three = row.stops.all()
    sent = {f"outcome-{one.pk}": "not_home", f"outcome-{two.pk}": "talked", f"step-{two.pk}": "nothing"}
    assert organizer.post(path, sent).url == path
    organizer.post(path, sent)
    assert sorted(Contact.objects.values_list("outcome", "no_step", "source")) == [
        ("not_home", "", "paper"),
        ("talked", "done", "paper"),
    ]
    assert "1 door to type in" in organizer.get(path).content.decode()


@pytest.mark.parametrize(
    "bad", [{"outcome": "talked"}, {"note": "a note"}, {"outcome": "flew"}, {"outcome": "moved", "note": "123-45-6789"}]
)
def test_a_bad_line_stays_on_the_page(
    bad: dict[str, str], sign_in: SignIn, add_worker: MakePerson, make_list: MakeList
) -> None:
    row = make_list(add_worker())
    sent = {f"{name}-{row.stops.get().pk}": value for name, value in bad.items()}
    assert sign_in(Role.ORGANIZER).post(f"/organizing/lists/{row.pk}/enter/", sent).status_code == 422
    assert not Contact.objects.exists()


@pytest.mark.parametrize("code", ["", "K7", "K7QX", "K7QX-1234", "../../etc"])
def test_a_code_of_no_list_stays_on_the_form(code: str, sign_in: SignIn) -> None:
    assert sign_in(Role.ORGANIZER).post("/organizing/sheets/", {"code": code}).status_code == 422


def test_a_printed_list_that_nobody_typed_in_is_missed_after_a_day(
    sign_in: SignIn, add_worker: MakePerson, make_list: MakeList, clock: Any
) -> None:
    row, organizer = make_list(add_worker()), sign_in(Role.ORGANIZER)
    organizer.post(f"/organizing/lists/{row.pk}/sheet/")
    assert "on paper" not in organizer.get("/organizing/").content.decode()
    clock.shift(timedelta(hours=30))
    assert "1 person on paper is not typed in" in sign_in(Role.ORGANIZER).get("/organizing/").content.decode()


def test_volunteers_neither_print_nor_type_in(sign_in: SignIn, add_worker: MakePerson, make_list: MakeList) -> None:
    row, volunteer = make_list(add_worker()), sign_in(Role.VOLUNTEER)
    for path in (f"lists/{row.pk}/sheet/", f"lists/{row.pk}/enter/", "sheets/"):
        assert volunteer.get(f"/organizing/{path}").status_code == 404
