"""The end of a vault: in one transaction or not at all; its papers go with it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from centro.core import policy, purge
from centro.core.documents import actions, blobs
from centro.core.documents.uploads import examine_bytes
from centro.core.models import PurgedVault, Upload
from centro.core.vault import keyring
from centro.people.models import Person

pytestmark = pytest.mark.django_db
Committed = Callable[..., AbstractContextManager[Any]]


@pytest.fixture
def person(settings: Any, tmp_path: Path) -> Person:
    settings.BLOBS = tmp_path / "blobs"
    person = Person.objects.create(given="Ana")
    file = examine_bytes("note.txt", b"what Ana brought")
    actions.keep_upload(by=policy.system("test"), about=person, file=file)
    return person


def test_a_vault_its_papers_and_its_key_go_together(
    person: Person, django_capture_on_commit_callbacks: Committed
) -> None:
    other = Person.objects.create(given="Bea")
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        purge.bury([person.key])
        Person.objects.filter(pk=person.pk).delete()
    assert keyring.living([person.key, other.key]) == [other.key]
    assert not Upload.objects.exists()
    assert not list(blobs.all_files())
    assert list(PurgedVault.objects.values_list("vault", flat=True)) == [person.key]
    with pytest.raises(keyring.KeyGone):
        keyring.vault_key(person.key)


def test_what_fails_leaves_everything_as_it_was(person: Person, django_capture_on_commit_callbacks: Committed) -> None:
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(RuntimeError, match="stopped"),
        transaction.atomic(),
    ):
        _bury_and_stop(person)
    assert keyring.living([person.key]) == [person.key]
    assert Upload.objects.count() == 1
    assert len(list(blobs.all_files())) == 2
    assert not PurgedVault.objects.exists()


def _bury_and_stop(person: Person) -> None:
    purge.bury([person.key])
    raise RuntimeError("stopped")


def test_no_vault_is_buried_outside_a_transaction(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purge, "connection", SimpleNamespace(in_atomic_block=False))
    with pytest.raises(RuntimeError, match="in the transaction"):
        purge.bury([person.key])
    assert keyring.living([person.key]) == [person.key]


def test_burying_twice_and_finishing_twice_harm_nothing(
    person: Person, django_capture_on_commit_callbacks: Committed
) -> None:
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            purge.bury([person.key, uuid4()])
    assert purge.finish() == 0
    assert PurgedVault.objects.filter(vault=person.key).count() == 1


def test_what_a_power_cut_left_is_finished(person: Person) -> None:
    PurgedVault.objects.create(vault=person.key)
    assert purge.finish() == 1
    assert keyring.living([person.key]) == []
