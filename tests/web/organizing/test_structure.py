"""Structure tests: defined, ticked, typed in from paper, and compared with what was assessed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext

from centro.core.classes import Role
from centro.core.models import Event
from centro.organizing import actions
from centro.organizing.actions import structure
from centro.organizing.actions.structure import add_test, mark_act
from centro.organizing.models import Act, Campaign, Department, StructureTest
from centro.organizing.queries import structure as queries
from centro.people import actions as people
from centro.people.models import Employment, Person, Workplace
from tests.pdf import pages_of
from tests.web.conftest import SignIn
from tests.web.organizing.conftest import Acting, MakePerson

AddCook = Callable[..., Person]


@pytest.fixture
def shop(actor: Acting) -> Workplace:
    return people.add_workplace(by=actor(Role.ORGANIZER), details={"name": "Pan de Vida Bakery"})


@pytest.fixture
def kitchen(actor: Acting, campaign: Campaign, shop: Workplace) -> Department:
    expected = {"day": 3, "night": 6}
    by = actor(Role.ORGANIZER)
    return actions.add_department(by=by, campaign=campaign, workplace=shop, title="Kitchen", expected=expected)


@pytest.fixture
def add_cook(
    add_worker: MakePerson, actor: Acting, campaign: Campaign, shop: Workplace, kitchen: Department
) -> AddCook:
    """Somebody of the bakery: `add_cook("Rosa", value=1, shift="day", leads=True)`."""

    def make(name: str, *, value: int = 0, shift: str = "", leads: bool = False, language: str = "es") -> Person:
        by, person = actor(Role.ORGANIZER), add_worker(given=name, language=language)
        people.add_part(by=by, person=person, part=Employment, details={"workplace": shop})
        if shift:
            actions.put_on_chart(by=by, person=person, department=kitchen, shift=shift, is_leader=leads)
        if value:
            actions.assess(by=by, campaign=campaign, person=person, value=value, basis="conversation")
        return person

    return make


@pytest.fixture
def test(actor: Acting, campaign: Campaign, shop: Workplace) -> StructureTest:
    details = {"title": "Two days off", "what": "petition", "goal": 50}
    return add_test(by=actor(Role.ORGANIZER), campaign=campaign, details=details, workplaces=[shop])


def flat(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def tick(client: Client, test: StructureTest, person: Person, deed: str, **more: Any) -> Any:
    return client.post(f"/organizing/tests/{test.pk}/tick/{person.pk}/", {"deed": deed, **more})


def test_a_test_is_defined_ticked_and_says_where_nobody_acted(
    sign_in: SignIn, add_cook: AddCook, campaign: Campaign, shop: Workplace
) -> None:
    organizer = sign_in(Role.ORGANIZER)
    rosa, lupe = add_cook("Rosa", value=1, shift="day"), add_cook("Lupe", value=3, shift="day", language="ko")
    page = flat(organizer.get(f"/organizing/campaigns/{campaign.pk}/tests/add/"))
    assert "Pan de Vida Bakery" in page
    sent = {"title": "Petition", "what": "petition", "held_on": "2026-11-23", "goal": "50", "workplaces": [shop.pk]}
    path = organizer.post(f"/organizing/campaigns/{campaign.pk}/tests/add/", sent).url
    made = StructureTest.objects.get()
    assert path == f"/organizing/tests/{made.pk}/"
    assert "Rosa" in flat(organizer.get(f"{path}tick/"))
    assert tick(organizer, made, lupe, "did").status_code == 302
    tick(organizer, made, rosa, "refused")
    page = flat(organizer.get(path))
    assert "1 of 9 did it" in page  # three of the day, six of the night, of whom nobody is known
    assert "2 were asked" in page
    assert "Kitchen, Night: 0 of 6" in page
    ones, threes = page.split("Assessed 1, and did not act")[1].split("Assessed 3 or farther")
    assert "Rosa" in ones
    assert "Lupe" not in ones
    assert "Lupe" in threes
    assert "한국어" in page
    assert Event.objects.filter(kind="contact.tested", person=rosa.pk).count() == 1


def test_by_leader_it_says_whom_they_asked_and_who_did_it_without_ranking(
    sign_in: SignIn, add_cook: AddCook, actor: Acting, campaign: Campaign, test: StructureTest
) -> None:
    zoila, ana = add_cook("Zoila", shift="day", leads=True), add_cook("Ana", shift="night", leads=True)
    mine, hers = add_cook("Mine"), add_cook("Hers")
    named = actions.Named(other=hers, kind="influences")
    actions.add_tie(by=actor(Role.ORGANIZER), campaign=campaign, person=ana, named=named)
    organizer = sign_in(Role.ORGANIZER)
    tick(organizer, test, mine, "did", leader=zoila.pk)
    tick(organizer, test, hers, "missed")
    page = flat(organizer.get(f"/organizing/tests/{test.pk}/"))
    page = page.split("who did it</caption>")[1].split("Language</th>")[0]
    assert page.index("Ana</th>") < page.index("Zoila</th>")  # by name, not by success
    zoilas = page.split("Zoila</th>")[1].split("</tr>")[0]
    assert [part.split("</td>")[0] for part in zoilas.split('">')[1:]] == ["1", "1", "1", "100"]
    anas = page.split("Ana</th>")[1].split("</tr>")[0]
    assert [part.split("</td>")[0] for part in anas.split('">')[1:]] == ["1", "0", "0", "0"]
    listed = flat(organizer.get(f"/organizing/tests/{test.pk}/tick/?leader={ana.pk}")).split("<main", 1)[1]
    assert "Hers" in listed
    assert "Mine" not in listed


def test_a_tap_with_a_script_gives_the_line_again_and_a_second_tap_takes_it_back(
    sign_in: SignIn, add_cook: AddCook, test: StructureTest
) -> None:
    organizer, rosa = sign_in(Role.ORGANIZER), add_cook("Rosa")
    path = f"/organizing/tests/{test.pk}/tick/{rosa.pk}/"
    line = flat(organizer.post(path, {"deed": "did"}, headers={"HX-Request": "true"}))
    assert line.startswith("<li")
    assert 'value="" aria-pressed="true">Did it' in line
    organizer.post(path, {"deed": ""}, headers={"HX-Request": "true"})
    assert Act.objects.get().deed == ""


def test_the_list_for_ticking_shows_no_assessment(sign_in: SignIn, add_cook: AddCook, test: StructureTest) -> None:
    add_cook("Rosa", value=4)
    assert "stand-4" not in flat(sign_in(Role.ORGANIZER).get(f"/organizing/tests/{test.pk}/tick/"))


def test_a_sheet_is_printed_and_typed_in_by_its_numbers(
    sign_in: SignIn, add_cook: AddCook, test: StructureTest
) -> None:
    organizer = sign_in(Role.ORGANIZER)
    path = f"/organizing/tests/{test.pk}/"
    assert "No sheet was printed yet" in flat(organizer.get(f"{path}enter/"))
    leader = add_cook("Ana", shift="day", leads=True)
    cooks = [add_cook(f"W{n}") for n in range(6)]
    pdf = organizer.post(f"{path}sheet/", {})
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")
    numbers = {act.person_id: act.number for act in Act.objects.all()}
    assert sorted(numbers.values()) == list(range(1, 8))  # type: ignore[type-var]
    organizer.post(f"{path}sheet/", {})
    assert {act.person_id: act.number for act in Act.objects.all()} == numbers
    of = [numbers[cook.pk] for cook in cooks]
    sent = {"asked_by": leader.pk, "did": f"{of[0]}, {of[1]}", "refused": f"{of[2]} – {of[2]}", "missed": str(of[3])}
    assert organizer.post(f"{path}enter/", sent).url == path
    deeds = {act.person_id: act.deed for act in Act.objects.all()}
    assert [deeds[cook.pk] for cook in cooks] == ["did", "did", "refused", "missed", "", ""]
    assert Act.objects.filter(asked_by=leader, source="paper").count() == 4


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({}, "Type at least one number"),
        ({"did": "99"}, "Not on any sheet of this test: 99"),
        ({"did": "1", "refused": "1"}, "These stand twice: 1"),
        ({"did": "one"}, "not “one”"),
        ({"did": "1-9999"}, "Please look at “1-9999” again"),
        ({"did": "2-1"}, "Please look at “2-1” again"),
        ({"did": "1," * 5000}, "4000"),
        ({"did": "1", "asked_by": "x"}, "asked_by"),
    ],
)
def test_bad_numbers_come_back_with_words(
    bad: dict[str, str], words: str, sign_in: SignIn, add_cook: AddCook, test: StructureTest
) -> None:
    organizer = sign_in(Role.ORGANIZER)
    add_cook("Rosa"), add_cook("Lupe")
    organizer.post(f"/organizing/tests/{test.pk}/sheet/", {})
    answer = organizer.post(f"/organizing/tests/{test.pk}/enter/", bad)
    assert answer.status_code == 422
    assert words in flat(answer)
    assert not Act.objects.exclude(deed="").exists()


@pytest.mark.parametrize(
    "bad",
    [
        {"title": ""},
        {"goal": "0"},
        {"goal": "101"},
        {"what": "party"},
        {"held_on": "soon"},
        {"workplaces": ["x"]},
        {"title": "her A-number is A123456789"},
    ],
)
def test_a_bad_test_stays_on_the_form(bad: dict[str, Any], sign_in: SignIn, campaign: Campaign) -> None:
    good = {"title": "Petition", "what": "petition", "held_on": "2026-11-23", "goal": "50"}
    answer = sign_in(Role.ORGANIZER).post(f"/organizing/campaigns/{campaign.pk}/tests/add/", {**good, **bad})
    assert answer.status_code == 422
    assert not StructureTest.objects.exists()


def test_two_correct_one_test_and_the_second_is_told(sign_in: SignIn, test: StructureTest, add_cook: AddCook) -> None:
    organizer, path = sign_in(Role.ORGANIZER), f"/organizing/tests/{test.pk}/edit/"
    sent = {"title": "Petition", "what": "photo", "held_on": "2026-11-23", "goal": "60", "version": "1"}
    assert organizer.post(path, sent).status_code == 302
    answer = organizer.post(path, {**sent, "goal": "70"})
    assert answer.status_code == 422
    assert "Somebody else changed this meanwhile" in flat(answer)
    assert StructureTest.objects.get().goal == 60
    assert not StructureTest.objects.get().workplaces.exists()
    assert "the whole campaign" in flat(organizer.get(f"/organizing/tests/{test.pk}/"))


def test_the_wall_chart_shows_who_did_the_chosen_test(
    sign_in: SignIn, add_cook: AddCook, actor: Acting, campaign: Campaign, shop: Workplace, test: StructureTest
) -> None:
    rosa = add_cook("Rosa", shift="day")
    add_cook("Lupe", shift="day")
    mark_act(by=actor(Role.ORGANIZER), test=test, person=rosa, deed="did")
    path = f"/organizing/campaigns/{campaign.pk}/chart/{shop.pk}/"
    organizer = sign_in(Role.ORGANIZER)
    assert 'aria-label="did it"' not in flat(organizer.get(path))
    page = flat(organizer.get(f"{path}?test={test.pk}"))
    assert page.count('aria-label="did it"') == 1
    assert 'aria-label="did it"' in page.split("Rosa")[1].split("</a>")[0]


def test_others_do_not_find_tests(sign_in: SignIn, add_cook: AddCook, test: StructureTest) -> None:
    rosa = add_cook("Rosa")
    for role in (Role.MANAGER, Role.VOLUNTEER, Role.COUNSELLOR, Role.FRONT_DESK, Role.DIRECTOR):
        client = sign_in(role)
        for part in ("", "tick/", "enter/", "edit/"):
            assert client.get(f"/organizing/tests/{test.pk}/{part}").status_code == 404
        assert client.post(f"/organizing/tests/{test.pk}/sheet/").status_code == 404
        assert tick(client, test, rosa, "did").status_code == 404
    assert not Act.objects.exists()


def test_somebody_of_another_workplace_cannot_be_ticked(
    sign_in: SignIn, add_worker: MakePerson, test: StructureTest
) -> None:
    assert tick(sign_in(Role.ORGANIZER), test, add_worker(given="Elsewhere"), "did").status_code == 404
    assert not Act.objects.exists()


def test_queries_do_not_grow_with_the_people(sign_in: SignIn, add_cook: AddCook, test: StructureTest) -> None:
    organizer, counts = sign_in(Role.ORGANIZER), []
    paths = (f"/organizing/tests/{test.pk}/", f"/organizing/tests/{test.pk}/tick/")
    for number in range(3):
        for at in range(3):
            add_cook(f"W{number}{at}", value=1, shift="day", leads=True)
        with CaptureQueriesContext(connection) as asked:
            for path in paths:
                organizer.get(path)
        counts.append(len(asked))
    assert counts[1] == counts[2] <= 80


def test_two_sheets_at_one_moment_get_two_numbers(
    actor: Acting, add_cook: AddCook, test: StructureTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    by, rosa, lupe = actor(Role.ORGANIZER), add_cook("Rosa"), add_cook("Lupe")
    structure.number_people(by=by, test=test, people=[lupe])
    read, stale = QuerySet.aggregate, [{"last": None}]  # the first reading is from before that sheet

    def late(self: Any, *args: Any, **named: Any) -> Any:
        return stale.pop() if self.model is Act and stale else read(self, *args, **named)

    monkeypatch.setattr(QuerySet, "aggregate", late)
    assert structure.number_people(by=by, test=test, people=[rosa]) == {rosa.pk: 2}
    assert dict(Act.objects.values_list("person", "number")) == {lupe.pk: 1, rosa.pk: 2}
    assert Event.objects.filter(kind="contact.test_printed").count() == 2


def test_the_sheet_says_when_it_does_not_name_everybody(
    sign_in: SignIn, add_cook: AddCook, test: StructureTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_cook("Rosa"), add_cook("Lupe")
    organizer, path = sign_in(Role.ORGANIZER), f"/organizing/tests/{test.pk}/sheet/"
    words = "Only 1 people are on this sheet"
    assert words not in "".join(pages_of(organizer.post(path).content))
    monkeypatch.setattr(queries, "MOST", 1)
    assert words in " ".join("".join(pages_of(organizer.post(path).content)).split())


def test_a_corrected_test_says_when(actor: Acting, test: StructureTest, clock: Any, shop: Workplace) -> None:
    before = test.changed_at
    clock.shift(timedelta(hours=1))
    edit = {"version": test.version, "details": {"title": "Three days off"}, "workplaces": [shop]}
    assert structure.edit_test(by=actor(Role.ORGANIZER), test=test, **edit) == ["title"]
    assert StructureTest.objects.get().changed_at == before + timedelta(hours=1)
