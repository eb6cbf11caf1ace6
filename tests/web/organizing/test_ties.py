"""Who knows whom: two sides, people without a name, and confidential ties that no table shows."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import connection

from centro.core.classes import Role
from centro.organizing import actions
from centro.organizing.models import Campaign, QuietTie, Tie
from centro.people import actions as people
from tests.web.conftest import SignIn
from tests.web.organizing.conftest import Acting, MakePerson

SeenBy = Callable[[Role], AbstractContextManager[Any]]


def test_a_tie_reads_from_both_sides(sign_in: SignIn, add_worker: MakePerson, campaign: Campaign) -> None:
    rosa, lupe, organizer = add_worker(given="Rosa"), add_worker(given="Lupe"), sign_in(Role.ORGANIZER)
    path = f"/organizing/people/{rosa.pk}/ties/add/"
    assert "Lupe" in organizer.post(path, {"words": "lupe"}).content.decode()
    assert "Confidential" in organizer.get(f"{path}?other={lupe.pk}").content.decode()
    organizer.post(path, {"other": lupe.pk, "kind": "influences", "strength": "3"})
    assert "Somebody who listens to them" in flat(organizer.get(f"/organizing/people/{rosa.pk}/"))
    assert "Somebody they listen to" in flat(organizer.get(f"/organizing/people/{lupe.pk}/"))
    organizer.post(f"/organizing/ties/{Tie.objects.get().pk}/end/")
    assert "Somebody they listen to" not in flat(organizer.get(f"/organizing/people/{lupe.pk}/"))


def flat(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_somebody_not_met_yet_has_words_instead_of_a_file(sign_in: SignIn, add_worker: MakePerson) -> None:
    rosa, organizer = add_worker(), sign_in(Role.ORGANIZER)
    organizer.post(
        f"/organizing/people/{rosa.pk}/ties/add/", {"known_as": "the tall cook", "kind": "coworker", "strength": "1"}
    )
    page = flat(organizer.get(f"/organizing/people/{rosa.pk}/"))
    assert "the tall cook" in page
    assert "not met yet" in page


def test_where_somebody_not_met_works_leads_to_that_workplace(
    sign_in: SignIn, add_worker: MakePerson, campaign: Campaign, actor: Acting
) -> None:
    by, rosa, organizer = actor(Role.ORGANIZER), add_worker(given="Rosa"), sign_in(Role.ORGANIZER)
    bakery = people.add_workplace(by=by, details={"name": "Panadería Luz"})
    told = {"outcome": "talked", "no_step": "done", "kind": "visit"}
    named = {"known_as0": "Lupe", "works0": "panaderia luz", "known_as1": "Chuy", "works1": "a car wash on 8th"}
    organizer.post(f"/organizing/people/{rosa.pk}/log/", {**told, **named})
    lupe = Tie.objects.get(workplace=bakery)
    assert Tie.objects.filter(workplace__isnull=True).count() == 1
    page = flat(organizer.get(f"/organizing/people/{rosa.pk}/"))
    assert "Panadería Luz" in page
    assert "Chuy (a car wash on 8th)" in page
    assert "Panadería Luz" in flat(organizer.get(f"/organizing/people/{rosa.pk}/network/"))
    assert "Rosa" in flat(organizer.get(f"/organizing/campaigns/{campaign.pk}/way/{bakery.pk}/"))
    correct = flat(organizer.get(f"/organizing/contacts/{lupe.contact_id}/correct/"))
    assert 'value="Panadería Luz"' in correct


@pytest.mark.parametrize("bad", [{}, {"kind": "enemy", "strength": "1"}, {"kind": "friend", "strength": "1"}])
def test_a_bad_tie_stays_on_the_form(bad: dict[str, str], sign_in: SignIn, add_worker: MakePerson) -> None:
    rosa, organizer = add_worker(), sign_in(Role.ORGANIZER)
    assert organizer.post(f"/organizing/people/{rosa.pk}/ties/add/", {"known_as": "", **bad}).status_code == 422
    themself = {"other": rosa.pk, "kind": "friend", "strength": "1"}
    assert organizer.post(f"/organizing/people/{rosa.pk}/ties/add/", themself).status_code == 422
    assert not Tie.objects.exists()


def test_a_confidential_tie_shows_its_ends_to_the_team_and_in_no_table(
    sign_in: SignIn, add_worker: MakePerson, campaign: Campaign
) -> None:
    rosa, lupe, organizer = add_worker(given="Rosa"), add_worker(given="Lupe"), sign_in(Role.ORGANIZER)
    sent = {"other": lupe.pk, "kind": "family", "strength": "3", "is_confidential": "on"}
    organizer.post(f"/organizing/people/{rosa.pk}/ties/add/", sent)
    assert "Family member" in flat(organizer.get(f"/organizing/people/{rosa.pk}/"))
    assert QuietTie.objects.count() == 1
    assert not Tie.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("select * from organizing_quiettie")
        kept = b"".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in cursor.fetchone())
        cursor.execute("select count(*) from core_event where kind = 'contact.quiet_tie_added' and person is not null")
        assert cursor.fetchone()[0] == 0
    for person in (rosa, lupe):
        assert str(person.pk).encode() not in kept
        assert person.pk.hex.encode() not in kept


def test_the_closest_comes_first_and_of_them_whom_nobody_talked_with(
    add_worker: MakePerson, campaign: Campaign, actor: Acting, sign_in: SignIn
) -> None:
    by, rosa = actor(Role.ORGANIZER), add_worker()
    for name, strength in (("weak one", "1"), ("trusted one", "3"), ("middle one", "2")):
        named = actions.Named(known_as=name, strength=strength)
        actions.add_tie(by=by, campaign=campaign, person=rosa, named=named)
    page = flat(sign_in(Role.ORGANIZER).get(f"/organizing/people/{rosa.pk}/"))
    assert page.index("trusted one") < page.index("middle one") < page.index("weak one")
