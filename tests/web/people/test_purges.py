"""Destroying a file: two people, seven days, and then for ever."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection

from centro.core import policy
from centro.core.classes import Role
from centro.core.models import Event, PurgedVault
from centro.core.policy import Actor
from centro.core.vault import keyring
from centro.people import merge, purge
from centro.people.models import Person, Phone, Purge
from tests.web.conftest import SignIn
from tests.web.people.conftest import MakePerson

Acting = Callable[[Role], Actor]
Committed = Callable[..., AbstractContextManager[Any]]
WHY = {"basis": "asked", "no_dispute_expected": "on"}


def test_proposed_approved_waited_and_gone(
    sign_in: SignIn,
    add_person: MakePerson,
    clock: time_machine.Traveller,
    django_capture_on_commit_callbacks: Committed,
) -> None:
    person = add_person(given="Rosa", phone="+12135550123")
    vault = person.key
    sign_in(Role.STEWARD).post(f"/people/{person.pk}/purge/", WHY)
    row = Purge.objects.get()
    sign_in(Role.DIRECTOR).post(f"/people/purges/{row.pk}/approve/")
    assert purge.carry_out_due_purges(by=policy.system("purge")) == 0
    clock.shift(timedelta(days=8))
    with django_capture_on_commit_callbacks(execute=True):
        assert purge.carry_out_due_purges(by=policy.system("purge")) == 1
    assert not Person.objects.exists()
    assert not Phone.objects.exists()
    assert PurgedVault.objects.filter(vault=vault).exists()
    assert vault is not None
    with pytest.raises(keyring.KeyGone):
        keyring.vault_key(vault)
    assert Event.objects.filter(kind="person.purged", person=person.pk).exists()


def test_what_was_copied_before_is_noise_afterwards(
    sign_in: SignIn,
    add_person: MakePerson,
    clock: time_machine.Traveller,
    django_capture_on_commit_callbacks: Committed,
) -> None:
    from centro.core.vault.seal import Where, key_id_of, unseal

    person = add_person(given="Rosa")
    with connection.cursor() as cursor:
        cursor.execute("select given from people_person")
        envelope = bytes(cursor.fetchone()[0])
    where = Where("people_person", "given", person.pk)
    assert unseal(envelope, key=keyring.vault_key(key_id_of(envelope)), where=where) == b"Rosa"
    sign_in(Role.STEWARD).post(f"/people/{person.pk}/purge/", WHY)
    sign_in(Role.DIRECTOR).post(f"/people/purges/{Purge.objects.get().pk}/approve/")
    clock.shift(timedelta(days=8))
    with django_capture_on_commit_callbacks(execute=True):
        purge.carry_out_due_purges(by=policy.system("purge"))
    with pytest.raises(keyring.KeyGone):
        keyring.vault_key(key_id_of(envelope))


def test_nothing_happens_without_a_second_officer(
    sign_in: SignIn, add_person: MakePerson, clock: time_machine.Traveller
) -> None:
    person = add_person(given="Rosa")
    sign_in(Role.STEWARD).post(f"/people/{person.pk}/purge/", WHY)
    clock.shift(timedelta(days=30))
    assert purge.carry_out_due_purges(by=policy.system("purge")) == 0
    assert Person.objects.exists()


def test_whoever_proposed_cannot_approve(actor: Acting, add_person: MakePerson) -> None:
    person, steward = add_person(given="Rosa"), actor(Role.STEWARD)
    row = purge.propose_purge(by=steward, person=person, basis="asked", no_dispute_expected=True)
    with pytest.raises(purge.SamePerson):
        purge.approve_purge(by=steward, purge=row)


def test_a_cancelled_purge_keeps_the_file(
    sign_in: SignIn, add_person: MakePerson, clock: time_machine.Traveller
) -> None:
    person = add_person(given="Rosa")
    steward = sign_in(Role.STEWARD)
    steward.post(f"/people/{person.pk}/purge/", WHY)
    row = Purge.objects.get()
    sign_in(Role.DIRECTOR).post(f"/people/purges/{row.pk}/approve/")
    steward.post(f"/people/purges/{row.pk}/cancel/")
    clock.shift(timedelta(days=8))
    assert purge.carry_out_due_purges(by=policy.system("purge")) == 0
    assert Person.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"basis": "asked"}, {"basis": "boredom", "no_dispute_expected": "on"}])
def test_without_a_reason_and_an_answer_about_disputes_nothing_is_proposed(
    sent: dict[str, str], sign_in: SignIn, add_person: MakePerson
) -> None:
    answer = sign_in(Role.STEWARD).post(f"/people/{add_person().pk}/purge/", sent)
    assert answer.status_code == 422
    assert not Purge.objects.exists()


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.ORGANIZER, Role.ADMIN, Role.DIRECTOR])
def test_other_roles_cannot_propose(role: Role, sign_in: SignIn, add_person: MakePerson) -> None:
    assert sign_in(role).post(f"/people/{add_person().pk}/purge/", WHY).status_code == 404


def test_a_second_run_after_a_crash_finishes_the_work(
    actor: Acting, add_person: MakePerson, clock: time_machine.Traveller
) -> None:
    person = add_person(given="Rosa")
    row = purge.propose_purge(by=actor(Role.STEWARD), person=person, basis="asked", no_dispute_expected=True)
    purge.approve_purge(by=actor(Role.DIRECTOR), purge=row)
    clock.shift(timedelta(days=8))
    assert person.key is not None
    keyring.shred([person.key])  # the crash came between the key and the rows
    assert purge.carry_out_due_purges(by=policy.system("purge")) == 1
    assert not Person.objects.exists()


def test_a_file_that_was_merged_into_it_dies_with_it(
    add_person: MakePerson,
    actor: Acting,
    clock: time_machine.Traveller,
    django_capture_on_commit_callbacks: Committed,
) -> None:
    kept, gone = add_person(given="Rosa"), add_person(given="Rosita")
    merge.merge_people(by=actor(Role.STEWARD), kept=kept, gone=gone)
    row = purge.propose_purge(by=actor(Role.STEWARD), person=kept, basis="asked", no_dispute_expected=True)
    purge.approve_purge(by=actor(Role.DIRECTOR), purge=row)
    clock.shift(timedelta(days=8))
    with django_capture_on_commit_callbacks(execute=True):
        purge.carry_out_due_purges(by=policy.system("purge"))
    assert PurgedVault.objects.filter(vault__in=[kept.key, gone.key]).count() == 2


def test_what_is_to_be_destroyed_is_not_merged_away(sign_in: SignIn, add_person: MakePerson, actor: Acting) -> None:
    one, other = add_person(given="Rosa"), add_person(given="Rosita")
    purge.propose_purge(by=actor(Role.STEWARD), person=other, basis="asked", no_dispute_expected=True)
    with pytest.raises(merge.CannotMerge):
        merge.merge_people(by=actor(Role.STEWARD), kept=one, gone=other)
    answer = sign_in(Role.STEWARD).post(f"/people/{one.pk}/same-as/{other.pk}/", {})
    assert answer.status_code in {302, 422}
    assert not Person.objects.get(pk=other.pk).merged_into_id
