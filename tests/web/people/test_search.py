"""Finding somebody by whatever part of them one remembers."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from centro.core.classes import Relation, Role
from centro.core.policy import Actor
from centro.people import actions, queries
from centro.people.models import Workplace
from tests.web.people.conftest import MakePerson

SeenBy = Callable[[Role], AbstractContextManager[Any]]
Acting = Callable[[Role], Actor]


def found(actor: Actor, words: str) -> set[str]:
    return {person.name for person in queries.find_people(actor, words).rows}


@pytest.mark.parametrize("words", ["jose", "JOSÉ", "garc", "lopez garcia", "García López", "pepe", "0123", "osé"])
def test_a_person_with_two_surnames_is_found(
    words: str, add_person: MakePerson, seen_by: SeenBy, actor: Acting
) -> None:
    add_person(given="José", family="García", family2="López", call_me="Pepe", phone="+12135550123")
    add_person(given="Ana", family="Ruiz")
    with seen_by(Role.FRONT_DESK):
        assert found(actor(Role.FRONT_DESK), words) == {"José García López"}


@pytest.mark.parametrize(
    "words", ["김", "김영", "김영희", "영희", "기", "kim", "gim", "young-hee", "yeonghui", "Kim Younghee"]
)
def test_a_korean_name_is_found_by_script_and_by_every_spelling(
    words: str, add_person: MakePerson, seen_by: SeenBy, actor: Acting
) -> None:
    add_person(native="김영희", language="ko")
    add_person(native="박민수", language="ko")
    with seen_by(Role.FRONT_DESK):
        assert found(actor(Role.FRONT_DESK), words) == {"김영희"}


@pytest.mark.parametrize("words", ["lupe", "la güera", "영순", "Kim Youngsoon"])
def test_a_person_is_found_by_their_other_names(
    words: str, add_person: MakePerson, seen_by: SeenBy, actor: Acting
) -> None:
    add_person(given="Guadalupe", family="Cruz", aliases="Lupe; la Güera; 김영순", language="es")
    add_person(native="박민수", language="ko")
    with seen_by(Role.FRONT_DESK):
        assert found(actor(Role.FRONT_DESK), words) == {"Guadalupe Cruz"}


@pytest.mark.parametrize("words", ["Gim", "Kim", "minsu", "Min Soo"])
def test_a_korean_name_written_in_latin_is_found_by_other_spellings(
    words: str, add_person: MakePerson, seen_by: SeenBy, actor: Acting
) -> None:
    add_person(given="Minsoo", family="Kim", language="ko")
    with seen_by(Role.FRONT_DESK):
        assert found(actor(Role.FRONT_DESK), words) == {"Minsoo Kim"}


def test_a_person_is_found_by_their_workplace(add_person: MakePerson, seen_by: SeenBy, actor: Acting) -> None:
    desk = actor(Role.FRONT_DESK)
    shop = actions.add_workplace(by=desk, details={"name": "Casa Lupita", "aliases": "La Lupe"})
    actions.add_person(by=desk, details={"given": "Rosa"}, workplace=shop)
    with seen_by(Role.FRONT_DESK):
        assert found(desk, "lupita") == found(desk, "la lupe") == {"Rosa"}


def test_people_of_that_name_come_before_people_of_a_workplace_of_that_name(
    add_person: MakePerson, seen_by: SeenBy, actor: Acting
) -> None:
    desk = actor(Role.FRONT_DESK)
    shop = actions.add_workplace(by=desk, details={"name": "Gimbap House"})
    actions.add_person(by=desk, details={"given": "Rosa"}, workplace=shop)
    add_person(native="김영희", language="ko")
    with seen_by(Role.FRONT_DESK):
        assert [person.name for person in queries.find_people(desk, "gim").rows] == ["김영희", "Rosa"]


def test_a_new_name_is_found_at_once_and_the_old_one_no_more(
    add_person: MakePerson, seen_by: SeenBy, actor: Acting
) -> None:
    desk, person = actor(Role.FRONT_DESK), add_person(given="Rosa")
    with seen_by(Role.FRONT_DESK):
        assert found(desk, "rosa") == {"Rosa"}
        actions.edit_person(by=desk, person=person, version=1, details={"given": "Elena"})
        assert found(desk, "elena") == {"Elena"}
        assert found(desk, "rosa") == set()


def test_a_workplace_with_a_new_name_finds_its_people(add_person: MakePerson, seen_by: SeenBy, actor: Acting) -> None:
    desk = actor(Role.FRONT_DESK)
    shop = actions.add_workplace(by=desk, details={"name": "Old Name"})
    actions.add_person(by=desk, details={"given": "Rosa"}, workplace=shop)
    with seen_by(Role.FRONT_DESK):
        assert found(desk, "old") == {"Rosa"}
        row = Workplace.objects.visible_to(desk).get(pk=shop.pk)
        actions.edit_workplace(by=desk, workplace=row, version=1, details={"name": "New Sign"})
        assert found(desk, "new sign") == {"Rosa"}


def test_results_and_counts_obey_the_role(add_person: MakePerson, seen_by: SeenBy, actor: Acting) -> None:
    add_person(given="Rosa", family="Cruz")
    add_person(given="Rosa", family="Luna", role=Role.ORGANIZER)
    with seen_by(Role.ORGANIZER):
        page = queries.find_people(actor(Role.ORGANIZER), "rosa")
        assert [person.name for person in page.rows] == ["Rosa Luna"]
        assert page.total == 1
    with seen_by(Role.ADMIN):
        assert queries.find_people(actor(Role.ADMIN), "rosa").total == 0


def test_a_place_on_a_campaign_shows_its_people_and_its_end_hides_them(
    add_person: MakePerson, seen_by: SeenBy, actor: Acting, cast: Any
) -> None:
    from uuid import uuid4

    from centro.core.actions import end_place, give_place

    campaign, admin, organizer = uuid4(), actor(Role.ADMIN), actor(Role.ORGANIZER)
    person = add_person(given="Rosa")
    actions.involve(by=actor(Role.FRONT_DESK), person=person, scope_kind="campaign", scope=campaign)
    with seen_by(Role.ORGANIZER):
        assert found(organizer, "rosa") == set()
        place = give_place(
            by=admin, user=cast[Role.ORGANIZER], scope_kind="campaign", scope=campaign, relation=Relation.TEAM
        )
        assert found(organizer, "rosa") == {"Rosa"}
        end_place(by=admin, place=place)
        assert found(organizer, "rosa") == set()


def test_words_with_odd_signs_find_nobody_and_break_nothing(
    add_person: MakePerson, seen_by: SeenBy, actor: Acting
) -> None:
    add_person(given="Rosa")
    with seen_by(Role.FRONT_DESK):
        for words in ["%", "'; drop table people_person; --", "\\", "\x00", "~", "^", "#", "x" * 5000, "🙂"]:
            assert found(actor(Role.FRONT_DESK), words) == set()


def test_a_process_that_starts_builds_the_index_unless_the_center_is_locked(
    add_person: MakePerson, seen_by: SeenBy, actor: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    from centro.core.vault.root import Locked
    from centro.people import search

    def locked() -> None:
        raise Locked("no key")

    add_person(given="Rosa")
    monkeypatch.setattr(search.connection, "close", lambda: None)
    search.warm_up()
    assert search._index.seen > 0
    search.forget()
    monkeypatch.setattr(search, "_ready", locked)
    search.warm_up()
    assert search._index.seen < 0
