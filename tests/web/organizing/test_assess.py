"""Assessing: one person, a whole list together, and how it moved."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from centro.core import clock
from centro.core.classes import Role
from centro.core.models import Event
from centro.organizing import actions
from centro.organizing.assess_trends import HIGH, Mark, in_force, line, months, points
from centro.organizing.models import Assessment, Campaign, Standing
from centro.people import actions as people
from centro.people.models import Employment, Person, Workplace
from tests.web.conftest import SignIn
from tests.web.organizing.conftest import Acting, MakeList, MakePerson

Assess = Callable[..., Assessment]
START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def assess(actor: Acting, campaign: Campaign) -> Assess:
    """`assess(rosa, 2, days=100, basis="action")`."""

    def make(person: Person, value: int, *, days: int = 0, basis: str = "conversation") -> Assessment:
        return actions.assess(
            by=actor(Role.ORGANIZER),
            campaign=campaign,
            person=person,
            value=value,
            basis=basis,
            why="So it was",
            at=clock.now() - timedelta(days=days),
        )

    return make


@pytest.fixture
def path(campaign: Campaign) -> str:
    return f"/organizing/campaigns/{campaign.pk}/assess/"


def flat(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_a_list_is_gone_down_together_and_who_is_left_out_stays(
    sign_in: SignIn, add_worker: MakePerson, assess: Assess, path: str
) -> None:
    organizer = sign_in(Role.ORGANIZER)
    old, new, left = add_worker(given="Old"), add_worker(given="New"), add_worker(given="Left")
    assess(old, 2, days=70)
    page = flat(organizer.get(path))
    assert "old" in page.split("<h2>Old</h2>")[1].split("</section>")[0]
    sent = {"basis": "conversation", f"value-{old.pk}": "3", f"value-{new.pk}": "1", f"basis-{new.pk}": "action"}
    assert organizer.post(path, sent).status_code == 302
    assert {row.person_id: (row.value, row.basis) for row in Standing.objects.exclude(value=None)} == {
        old.pk: (3, "conversation"),
        new.pk: (1, "action"),
    }
    assert not Assessment.objects.filter(person=left).exists()
    assert Event.objects.filter(kind="contact.assessed", person=new.pk).count() == 1


def test_second_hand_never_outranks_a_conversation_and_the_page_says_so(
    sign_in: SignIn, add_worker: MakePerson, assess: Assess, path: str
) -> None:
    organizer, rosa = sign_in(Role.ORGANIZER), add_worker(given="Rosa")
    assess(rosa, 2, days=30)
    sent = {"basis": "second_hand", f"value-{rosa.pk}": "3"}
    page = flat(organizer.post(path, sent, follow=True))
    assert "1 of them is second hand: a conversation still counts more." in page
    assert Standing.objects.get(person=rosa).value == 2
    assert Assessment.objects.filter(person=rosa).count() == 2


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({}, "Choose a number for at least one person."),
        ({"basis": ""}, "needed"),
        ({"basis": "gossip", "value": "1"}, "gossip"),
        ({"value": "9"}, "9"),
        ({"value": "5"}, "They were at 1. Please say why they moved so far."),
        ({"value": "1", "why": "x" * 401}, "400"),
        ({"value": "5", "why": "A123456789"}, "could hurt this person"),
    ],
)
def test_nothing_is_saved_when_one_line_is_wrong(
    bad: dict[str, str], words: str, sign_in: SignIn, add_worker: MakePerson, assess: Assess, path: str
) -> None:
    rosa, lupe = add_worker(given="Rosa"), add_worker(given="Lupe")
    assess(rosa, 1, days=1)
    sent = {"basis": bad.get("basis", "conversation")}
    sent |= {f"{name}-{rosa.pk}": text for name, text in bad.items() if name != "basis"}
    sent |= {f"value-{lupe.pk}": "2"} if "value" in bad else {}
    answer = sign_in(Role.ORGANIZER).post(path, sent)
    assert answer.status_code == 422
    assert words in flat(answer)
    assert Assessment.objects.count() == 1


def test_with_a_reason_a_far_move_is_saved(sign_in: SignIn, add_worker: MakePerson, assess: Assess, path: str) -> None:
    rosa = add_worker()
    assess(rosa, 1, days=1)
    sent = {"basis": "conversation", f"value-{rosa.pk}": "5", f"why-{rosa.pk}": "The boss is her cousin"}
    assert sign_in(Role.ORGANIZER).post(path, sent).status_code == 302
    assert Standing.objects.get(person=rosa).value == 5


def test_the_people_come_from_a_search_or_a_list(
    sign_in: SignIn, add_worker: MakePerson, make_list: MakeList, path: str
) -> None:
    rosa = add_worker(given="Rosa", language="ko")
    add_worker(given="Lupe", language="es")
    organizer = sign_in(Role.ORGANIZER)
    for query in ("language=ko", f"list={make_list(rosa).pk}"):
        page = flat(organizer.get(f"{path}?{query}"))
        assert "<h2>Rosa" in page
        assert "Lupe" not in page
    assert organizer.get(f"{path}?list={uuid4()}").status_code == 404


def test_the_numbers_typed_are_saved_of_the_people_the_page_showed(
    sign_in: SignIn, add_worker: MakePerson, assess: Assess, path: str
) -> None:
    """Somebody may drop out of the search while the page is open: their number is not lost."""
    rosa, lupe, organizer = add_worker(given="Rosa"), add_worker(given="Lupe"), sign_in(Role.ORGANIZER)
    page = flat(organizer.get(f"{path}?value=none"))
    assert f'name="value-{rosa.pk}"' in page
    assess(rosa, 3, days=1)
    sent = {"basis": "conversation", f"value-{rosa.pk}": "2", f"value-{lupe.pk}": "", "after": ""}
    assert organizer.post(f"{path}?value=none", sent).status_code == 302
    assert Standing.objects.get(person=rosa).value == 2


def test_of_whom_is_not_of_the_campaign_nothing_is_saved_and_the_page_says_so(
    sign_in: SignIn, add_worker: MakePerson, actor: Acting, path: str
) -> None:
    rosa, organizer = add_worker(given="Rosa"), sign_in(Role.ORGANIZER)
    other = people.add_person(by=actor(Role.ORGANIZER), details={"given": "Lupe"})
    sent = {"basis": "conversation", f"value-{rosa.pk}": "2", f"value-{other.pk}": "1", f"value-{uuid4()}": ""}
    page = flat(organizer.post(path, sent, follow=True))
    assert "1 person has left this page meanwhile: their number was not saved." in page
    assert [row.person_id for row in Assessment.objects.all()] == [rosa.pk]


def test_the_next_page_begins_where_the_page_that_was_sent_ended(
    sign_in: SignIn, add_worker: MakePerson, path: str
) -> None:
    rosa, last = add_worker(language="es"), uuid4()
    sent = {"basis": "conversation", f"value-{rosa.pk}": "2", "after": f"~{last}"}
    onward = sign_in(Role.ORGANIZER).post(f"{path}?language=es", sent).url
    assert onward == f"{path}?language=es&after=~{last}"


def test_others_do_not_find_assessments(sign_in: SignIn, path: str) -> None:
    for role in (Role.MANAGER, Role.VOLUNTEER, Role.COUNSELLOR, Role.FRONT_DESK, Role.STEWARD):
        client = sign_in(role)
        assert client.get(path).status_code == 404
        assert client.post(path, {"basis": "conversation"}).status_code == 404
        assert client.get(path.replace("assess", "trends")).status_code == 404


# --- how it moved ---------------------------------------------------------------------------------------------------


def mark(value: int, day: int, basis: str = "conversation", person: Any = None) -> Mark:
    return Mark(person or ROSA, value, basis, START + timedelta(days=day))


ROSA, LUPE = uuid4(), uuid4()


def test_what_was_heard_counts_only_where_nobody_talked() -> None:
    marks = [mark(3, 1, "second_hand"), mark(2, 5), mark(5, 9, "second_hand"), mark(4, 2, "second_hand", LUPE)]
    assert in_force(marks, START) == {}
    assert in_force(marks, START + timedelta(days=3)) == {ROSA: 3, LUPE: 4}
    assert in_force(marks, START + timedelta(days=10)) == {ROSA: 2, LUPE: 4}


def test_a_picture_of_one_person() -> None:
    found = points([mark(5, 10), mark(1, 0), mark(3, 5, "second_hand")], START, START + timedelta(days=10), 5)
    assert [(point.x, point.y) for point in found] == [(6, 6), (60, 30), (114, 54)]
    assert line(found) == "6,6 114,54"  # what was heard is no part of the line


def test_a_picture_of_a_workplace_fills_as_far_as_people_are_assessed() -> None:
    marks = [mark(1, 1), mark(2, 1, person=LUPE)]
    before, after = months(marks, [START, START + timedelta(days=2)], 5, 4)
    assert before.counts == [0, 0, 0, 0, 0]
    assert after.counts == [1, 1, 0, 0, 0]
    assert sum(bar.tall for bar in after.bars) == (HIGH - 12) // 2


@pytest.fixture
def shop(actor: Acting) -> Workplace:
    return people.add_workplace(by=actor(Role.ORGANIZER), details={"name": "Pan de Vida Bakery"})


def test_pictures_stand_beside_their_numbers(
    sign_in: SignIn, add_worker: MakePerson, assess: Assess, shop: Workplace, actor: Acting, path: str
) -> None:
    organizer, rosa = sign_in(Role.ORGANIZER), add_worker(given="Rosa")
    people.add_part(by=actor(Role.ORGANIZER), person=rosa, part=Employment, details={"workplace": shop})
    assess(rosa, 3, days=60), assess(rosa, 1, days=5)
    page = flat(organizer.get(path.replace("assess", "trends")))
    assert "Pan de Vida Bakery" in page
    assert 'class="trend-bar trend-bar-1"' in page
    row = page.split("November 2026</th>")[1].split("</tr>")[0]
    assert [cell.split("<")[0] for cell in row.split('"number">')[1:]] == ["1", "0", "0", "0", "0"]
    page = flat(organizer.get(f"{path.replace('assess', 'trends')}?workplace={shop.pk}"))
    assert '<polyline class="trend-line"' in page
    assert "style=" not in page
    assert page.index("3 <span") < page.index("1 <span")


def test_queries_do_not_grow_with_the_people(
    sign_in: SignIn, add_worker: MakePerson, assess: Assess, shop: Workplace, actor: Acting, path: str
) -> None:
    organizer, counts = sign_in(Role.ORGANIZER), []
    for _ in range(3):
        for n in range(3):
            person = add_worker(given=f"W{n}")
            people.add_part(by=actor(Role.ORGANIZER), person=person, part=Employment, details={"workplace": shop})
            assess(person, 2)
        with CaptureQueriesContext(connection) as asked:
            organizer.get(path)
            organizer.get(path.replace("assess", "trends"))
            organizer.get(f"{path.replace('assess', 'trends')}?workplace={shop.pk}")
        counts.append(len(asked))
    assert counts[1] == counts[2] <= 110
