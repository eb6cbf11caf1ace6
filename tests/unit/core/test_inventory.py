"""M14: every column is sealed or named in the inventory; what must never be held has no field anywhere."""

import inspect
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django import forms as django_forms
from django.db import models
from django.test.utils import isolate_apps

from centro.core import checks, inventory
from centro.core.vault.fields import BlindIndex, SealedText
from centro.people import columns

# Bytes that are no envelope: hashes that nobody can turn back.
HASHES = {"core.event.mac", "core.access.mac", "core.invitation.mark", "organizing.pack.mark"}
HASHES |= {"people.stoppednumber.mark", "organizing.membership.card_mark"}
HASHES |= {"clinic.intake.receipt_mark", "clinic.feed.mark", "organizing.hostlink.mark", "organizing.leaderlink.mark"}
# Kinds of column that hold no words: numbers, days, keys, yes or no.
WORDLESS = (
    models.UUIDField,
    models.ForeignKey,
    models.BooleanField,
    models.IntegerField,
    models.DateField,
    models.TimeField,
)
FORMS = ("centro.people.forms", "centro.core.forms", "centro.web.forms")


def planted(field: models.Field[Any, Any], name: str) -> list[models.Field[Any, Any]]:
    """The columns of a table that somebody added carelessly."""
    with isolate_apps("centro.people"):
        table = type("Careless", (models.Model,), {
            "__module__": "centro.people.models", "Meta": type("Meta", (), {"app_label": "people"}), name: field,
        })  # fmt: skip
        return list(table._meta.concrete_fields)


def form_fields() -> Iterator[str]:
    """Every field that staff can type into, as `form.field`."""
    for module in map(import_module, FORMS):
        for name, kind in inspect.getmembers(module, inspect.isclass):
            if issubclass(kind, django_forms.BaseForm):
                yield from (f"{name}.{field}" for field in kind.base_fields)


def neither_sealed_nor_plain(columns_: list[models.Field[Any, Any]]) -> list[str]:
    """Columns of a kind that is not sealed, not named in the inventory, and could hold words."""
    known = {*inventory.known(), *HASHES}
    return [
        name
        for field in columns_
        if not isinstance(field, (SealedText, BlindIndex, *WORDLESS))
        and (name := f"{field.model._meta.label_lower}.{field.name}") not in known
    ]


def test_no_clear_column_is_unclassified() -> None:
    assert inventory.unclassified() == []
    assert neither_sealed_nor_plain(list(inventory.our_fields())) == []


def test_the_inventory_names_only_what_exists() -> None:
    columns_ = {f"{field.model._meta.label_lower}.{field.name}" for field in inventory.our_fields()}
    assert sorted(inventory.known() - columns_) == []
    assert columns_ >= HASHES


def test_free_text_is_never_clear() -> None:
    """A column without a limit is where notes go; every one of ours is sealed."""
    fields = list(inventory.our_fields())
    assert [field.name for field in fields if isinstance(field, models.TextField)] == []
    longest = max(field.max_length or 0 for field in fields if isinstance(field, models.CharField))
    assert longest <= 400  # an address of this program, with the ids in it
    sealed = [field for field in fields if isinstance(field, SealedText)]
    assert len(sealed) >= 40


def test_identity_is_sealed() -> None:
    """Whatever is called a name, a number or an address of somebody is sealed; the center's own are public."""
    telling = ("name", "given", "family", "phone", "number", "street", "city", "address", "email", "birth", "reason")
    telling += ("native", "romanized", "words", "text", "what", "safe_contact", "shared_with", "unit", "job")
    clear = [
        f"{field.model._meta.label_lower}.{field.name}"
        for field in inventory.our_fields()
        if field.name in telling and not isinstance(field, SealedText)
        if not isinstance(field, models.PositiveIntegerField | models.PositiveSmallIntegerField)  # first, second, third
    ]
    public = {"core.center.name", "core.center.phone", "core.center.address", "clinic.room.name"}
    codes = {"core.periodrun.name", "core.invitation.reason", "clinic.reminder.reason", "clinic.case.number"}
    codes |= {"clinic.fact.what", "clinic.hoursversion.what", "organizing.structuretest.what"}
    assert sorted(set(clear) - public - codes) == []


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("notes", models.TextField()),
        ("nickname", models.CharField(max_length=40)),
        ("answers", models.JSONField()),
        ("scan", models.FileField()),
        ("ip", models.GenericIPAddressField()),
        ("raw", models.BinaryField()),
    ],
)
def test_it_sees_a_column_nobody_classified(name: str, field: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    found = planted(field, name)
    assert neither_sealed_nor_plain(found) == [f"people.careless.{name}"]
    monkeypatch.setattr(inventory, "our_fields", lambda: iter(found))
    if name != "raw":
        assert inventory.unclassified() == [f"people.careless.{name}"]
        assert [error.id for error in checks.every_model_field_is_classified(None)] == ["centro.E002"]


# --- what is not held cannot be taken -----------------------------------------------------------------------
def test_no_field_asks_what_must_never_be_held() -> None:
    assert inventory.never_to_be_held() == []
    assert checks.nothing_is_held_that_must_not_be(None) == []
    typed = [*form_fields(), *(f"import.{name}" for name in columns.FIELDS)]
    assert len(typed) >= 80
    assert [name for name in typed if inventory.must_never_be_held(name.partition(".")[2])] == []


@pytest.mark.parametrize(
    "name",
    ["immigration_status", "ssn", "ssn_last_four", "social_security_number", "country_of_birth", "alien_number",
     "a_number", "passport", "visa_kind", "citizenship", "birth_country", "itin", "nationality", "driver_license"],
)  # fmt: skip
def test_it_sees_a_field_that_must_not_be(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: sealed or not, it stops the start."""
    found = planted(SealedText(), name)
    monkeypatch.setattr(inventory, "our_fields", lambda: iter(found))
    assert inventory.never_to_be_held() == [f"people.careless.{name}"]
    assert [error.id for error in checks.nothing_is_held_that_must_not_be(None)] == ["centro.E003"]


@pytest.mark.parametrize("name", ["member_number", "business", "mission", "salient", "envisaged", "vault_number"])
def test_it_does_not_see_it_in_other_words(name: str) -> None:
    assert not inventory.must_never_be_held(name)
