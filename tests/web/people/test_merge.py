"""Two files of one person: compare, merge, undo."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from centro.core.classes import Role
from centro.core.models import Event
from centro.core.policy import Actor
from centro.people import actions, merge, queries, ties
from centro.people.models import Consent, Household, Merge, Person, Phone, SameAs
from tests.web.conftest import SignIn
from tests.web.people.conftest import MakePerson

Acting = Callable[[Role], Actor]
SeenBy = Callable[[Role], AbstractContextManager[Any]]


@pytest.fixture
def pair(add_person: MakePerson) -> tuple[Person, Person]:
    one = add_person(given="Rosa", family="Hernández", phone="+12135550123", language="es")
    other = add_person(given="Rosa", family="Hernandez", family2="Cruz", phone="+12135550124", zip="90005")
    return one, other


def names(actor: Actor, person: Person) -> str:
    return queries.get_person(actor, person.pk).name


def test_a_look_alike_waits_in_the_queue_of_the_steward(sign_in: SignIn, pair: tuple[Person, Person]) -> None:
    page = sign_in(Role.STEWARD).get("/people/duplicates/").content.decode()
    assert "Rosa Hernández" in page
    assert "Rosa Hernandez Cruz" in page


def test_the_front_desk_has_no_queue_to_merge(sign_in: SignIn) -> None:
    assert sign_in(Role.FRONT_DESK).get("/people/duplicates/").status_code == 404


def test_merging_keeps_both_phones_and_fills_what_was_missing(
    sign_in: SignIn, pair: tuple[Person, Person], actor: Acting, seen_by: SeenBy
) -> None:
    one, other = pair
    steward = sign_in(Role.STEWARD)
    assert steward.get(f"/people/{one.pk}/same-as/{other.pk}/").status_code == 200
    answer = steward.post(f"/people/{one.pk}/same-as/{other.pk}/", {"family": "one", "language": "one"})
    assert answer.status_code == 302
    with seen_by(Role.STEWARD):
        kept = queries.get_person(actor(Role.STEWARD), one.pk)
        assert kept.name == "Rosa Hernández Cruz"
        assert {phone.number for phone in kept.phones.all()} == {"+12135550123", "+12135550124"}
        assert (kept.zip, kept.language) == ("90005", "es")
    assert steward.get(f"/people/{other.pk}/").status_code == 404
    assert not SameAs.objects.exists()


def test_whoever_merges_chooses_between_two_answers(
    pair: tuple[Person, Person], actor: Acting, seen_by: SeenBy
) -> None:
    one, _ = pair
    with seen_by(Role.STEWARD):
        steward = actor(Role.STEWARD)
        kept, gone = (queries.get_person(steward, p.pk, "merge") for p in pair)
        merge.merge_people(by=steward, kept=kept, gone=gone, take=["family"])
        assert names(steward, one) == "Rosa Hernandez Cruz"


def test_undo_gives_each_file_back_what_it_had(
    sign_in: SignIn, pair: tuple[Person, Person], actor: Acting, seen_by: SeenBy
) -> None:
    one, other = pair
    steward = sign_in(Role.STEWARD)
    steward.post(f"/people/{one.pk}/same-as/{other.pk}/", {"family": "other", "language": "other"})
    steward.post(f"/people/duplicates/{Merge.objects.get().pk}/undo/")
    with seen_by(Role.STEWARD):
        first, second = (queries.get_person(actor(Role.STEWARD), p.pk) for p in pair)
        assert (first.name, first.language, first.zip) == ("Rosa Hernández", "es", "")
        assert (second.name, second.language, second.zip) == ("Rosa Hernandez Cruz", "en", "90005")
        assert [phone.number for phone in first.phones.all()] == ["+12135550123"]
        assert [phone.number for phone in second.phones.all()] == ["+12135550124"]


def test_a_name_that_was_not_chosen_still_finds_the_person(
    add_person: MakePerson, actor: Acting, seen_by: SeenBy, sign_in: SignIn
) -> None:
    kept = add_person(given="Rosa", family="Cruz", native="", language="es")
    gone = add_person(given="Guadalupe", family="Cruz", native="김영희", aliases="Lupe la de Oaxaca", language="es")
    steward = sign_in(Role.STEWARD)
    steward.post(f"/people/{kept.pk}/same-as/{gone.pk}/", {"given": "one"})
    with seen_by(Role.STEWARD):
        one = queries.get_person(actor(Role.STEWARD), kept.pk)
        assert (one.name, one.native) == ("Rosa Cruz", "김영희")
        assert one.aliases == "Guadalupe Cruz; Lupe la de Oaxaca"
        for words in ("guadalupe", "lupe oaxaca", "rosa"):
            assert [row.pk for row in queries.find_people(actor(Role.STEWARD), words).rows] == [kept.pk]
    assert "Guadalupe Cruz; Lupe la de Oaxaca" in steward.get(f"/people/{kept.pk}/").content.decode()
    steward.post(f"/people/duplicates/{Merge.objects.get().pk}/undo/")
    with seen_by(Role.STEWARD):
        first, second = (queries.get_person(actor(Role.STEWARD), row.pk) for row in (kept, gone))
        assert (first.aliases, second.aliases) == ("", "Lupe la de Oaxaca")


def test_a_name_that_says_no_more_is_not_kept_beside(
    pair: tuple[Person, Person], actor: Acting, seen_by: SeenBy
) -> None:
    with seen_by(Role.STEWARD):
        kept, gone = (queries.get_person(actor(Role.STEWARD), p.pk, "merge") for p in pair)
        merge.merge_people(by=actor(Role.STEWARD), kept=kept, gone=gone)
        assert queries.get_person(actor(Role.STEWARD), kept.pk).aliases == ""


def test_moved_rows_are_sealed_under_the_kept_key(pair: tuple[Person, Person], actor: Acting, seen_by: SeenBy) -> None:
    from centro.core.vault import keyring

    one, other = pair
    with seen_by(Role.STEWARD):
        kept, gone = (queries.get_person(actor(Role.STEWARD), p.pk, "merge") for p in pair)
        merge.merge_people(by=actor(Role.STEWARD), kept=kept, gone=gone)
        assert other.key is not None
        keyring.shred([other.key])
        numbers = {phone.number for phone in queries.get_person(actor(Role.STEWARD), one.pk).phones.all()}
        assert numbers == {"+12135550123", "+12135550124"}


def test_two_yeses_to_one_purpose_stay_one(pair: tuple[Person, Person], actor: Acting, seen_by: SeenBy) -> None:
    from centro.people.choices import How, Purpose

    steward = actor(Role.STEWARD)
    for person in pair:
        actions.give_consent(
            by=steward,
            person=person,
            purpose=Purpose.CALL,
            text="May we call?",
            text_version="1",
            language="en",
            how=How.SPOKEN,
        )
    with seen_by(Role.STEWARD):
        kept, gone = (queries.get_person(steward, p.pk, "merge") for p in pair)
        merge.merge_people(by=steward, kept=kept, gone=gone)
        assert Consent.objects.filter(person=kept, withdrawn_at__isnull=True).count() == 1


def test_after_thirty_days_it_cannot_be_undone_and_the_hidden_file_is_destroyed(
    sign_in: SignIn, pair: tuple[Person, Person], clock: time_machine.Traveller
) -> None:
    one, other = pair
    sign_in(Role.STEWARD).post(f"/people/{one.pk}/same-as/{other.pk}/", {"family": "one", "language": "one"})
    row = Merge.objects.get()
    clock.shift(timedelta(days=31))
    sign_in(Role.STEWARD).post(f"/people/duplicates/{row.pk}/undo/")
    row.refresh_from_db()
    assert row.undone_at is None
    assert merge.finish_old_merges() == 1
    assert not Person.objects.filter(pk=other.pk).exists()
    assert Phone.objects.filter(person=one).count() == 2


def test_nobody_is_merged_with_themselves_or_twice(pair: tuple[Person, Person], actor: Acting, seen_by: SeenBy) -> None:
    steward = actor(Role.STEWARD)
    with seen_by(Role.STEWARD):
        kept, gone = (queries.get_person(steward, p.pk, "merge") for p in pair)
        with pytest.raises(merge.CannotMerge):
            merge.merge_people(by=steward, kept=kept, gone=kept)
        merge.merge_people(by=steward, kept=kept, gone=gone)
        with pytest.raises(merge.CannotMerge):
            merge.merge_people(by=steward, kept=kept, gone=gone)


def test_not_the_same_is_remembered(sign_in: SignIn, pair: tuple[Person, Person]) -> None:
    one, other = pair
    steward = sign_in(Role.STEWARD)
    steward.post(f"/people/{one.pk}/not-same-as/{other.pk}/")
    assert "Hernández" not in steward.get("/people/duplicates/").content.decode()
    assert Event.objects.filter(kind="person.not_same").count() == 1


def test_search_finds_the_kept_file_by_what_came_from_the_other(
    sign_in: SignIn, pair: tuple[Person, Person], actor: Acting, seen_by: SeenBy
) -> None:
    one, other = pair
    sign_in(Role.STEWARD).post(f"/people/{one.pk}/same-as/{other.pk}/", {"family": "one", "language": "one"})
    with seen_by(Role.STEWARD):
        assert [p.pk for p in queries.find_people(actor(Role.STEWARD), "0124").rows] == [one.pk]


def test_whoever_lives_with_one_file_lives_with_the_other_and_back(
    pair: tuple[Person, Person], add_person: MakePerson, actor: Acting, seen_by: SeenBy
) -> None:
    (one, other), luis, ana = pair, add_person(given="Luis"), add_person(given="Ana")
    steward = actor(Role.STEWARD)
    with seen_by(Role.STEWARD):
        ties.join_household(by=steward, person=one, other=luis)
        ties.join_household(by=steward, person=other, other=ana)
        kept, gone = (queries.get_person(steward, row.pk, "merge") for row in (one, other))
        merge.merge_people(by=steward, kept=kept, gone=gone)
        kept = queries.get_person(steward, one.pk)
        assert {mate.pk for mate in queries.household_of(steward, kept)} == {luis.pk, ana.pk}
        merge.undo_merge(by=steward, merge=Merge.objects.select_related("kept", "gone").get())
        for person, mate in ((one, luis), (other, ana)):
            assert [row.pk for row in queries.household_of(steward, queries.get_person(steward, person.pk))] == [
                mate.pk
            ]


def test_the_kept_file_takes_the_household_of_the_other_and_gives_it_back(
    pair: tuple[Person, Person], add_person: MakePerson, actor: Acting, seen_by: SeenBy
) -> None:
    (one, other), ana, steward = pair, add_person(given="Ana"), actor(Role.STEWARD)
    with seen_by(Role.STEWARD):
        ties.join_household(by=steward, person=other, other=ana)
        kept, gone = (queries.get_person(steward, row.pk, "merge") for row in (one, other))
        merge.merge_people(by=steward, kept=kept, gone=gone)
        mates = queries.household_of(steward, queries.get_person(steward, one.pk))
        assert [mate.pk for mate in mates] == [ana.pk]
        merge.undo_merge(by=steward, merge=Merge.objects.select_related("kept", "gone").get())
        assert queries.household_of(steward, queries.get_person(steward, one.pk)) == []
        mates = queries.household_of(steward, queries.get_person(steward, other.pk))
        assert [mate.pk for mate in mates] == [ana.pk]


def test_a_household_of_nobody_goes_with_the_hidden_file(
    pair: tuple[Person, Person], actor: Acting, seen_by: SeenBy, clock: time_machine.Traveller
) -> None:
    (one, other), steward = pair, actor(Role.STEWARD)
    Person.objects.filter(pk=other.pk).update(household=Household.objects.create())
    with seen_by(Role.STEWARD):
        kept, gone = (queries.get_person(steward, row.pk, "merge") for row in (one, other))
        merge.merge_people(by=steward, kept=kept, gone=gone)
    Person.objects.filter(pk=one.pk).update(household=None)
    clock.shift(timedelta(days=31))
    assert merge.finish_old_merges() == 1
    assert not Household.objects.exists()
