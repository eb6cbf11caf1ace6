"""The model side of the vault: `SealedText(FieldClass.C2)` and a key column. Nothing else to remember.

Reading a sealed attribute gives its text only inside an access context whose actor may open that class of field on
that row; everywhere else it gives `DOTS`. Writing text seals it when the row is saved. `update()` and
`bulk_update()` on a sealed column fail: sealing needs the row.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from centro.core import access
from centro.core.classes import DOTS, Dots, FieldClass
from centro.core.vault import keyring
from centro.core.vault.seal import Where, key_id_of, seal, unseal


class VaultKeyField(models.UUIDField):  # type: ignore[type-arg]
    """The id of this row's vault key; made when the row is first saved."""

    def __init__(self, kind: str = "", **options: Any) -> None:
        self.kind = kind
        super().__init__(**{"null": True, "editable": False, **options})

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "kind": self.kind}

    def pre_save(self, row: models.Model, add: bool) -> Any:
        if getattr(row, self.attname) is None:
            setattr(row, self.attname, keyring.new_vaults(self.kind)[0])
        return super().pre_save(row, add)


class Vault(models.Model):
    """A row that is a vault of its own: purging it destroys its key."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)

    class Meta:
        abstract = True

    def vault_id(self) -> UUID:
        field = next(f for f in self._meta.fields if isinstance(f, VaultKeyField))
        if getattr(self, field.attname) is None:
            setattr(self, field.attname, keyring.new_vaults(field.kind)[0])
        key_id: UUID = getattr(self, field.attname)
        return key_id


class InVault(models.Model):
    """A row that is sealed under the vault of the row `vault_of` points to, and is opened as that row is."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    vault_of: str

    class Meta:
        abstract = True

    def vault_id(self) -> UUID:
        owner: UUID = getattr(self, self.vault_of).vault_id()
        return owner

    def opened_as(self) -> models.Model:
        """The row whose relation to the actor decides; only if it is already at hand (no hidden query)."""
        owner: models.Model = self._state.fields_cache.get(self.vault_of, self)
        return owner


class _SealedAttribute(DeferredAttribute):
    def __get__(self, row: Any, cls: Any = None) -> Any:
        if row is None:
            return self
        held = super().__get__(row, cls)
        if held is None:
            return ""
        if isinstance(held, str):
            return held
        return self.field._read(row, bytes(held))  # type: ignore[attr-defined]

    def __set__(self, row: Any, value: Any) -> None:
        row.__dict__[self.field.attname] = value


class SealedText(models.BinaryField):  # type: ignore[type-arg]
    """Text that only its vault key opens. `klass` says who may; `mask` shows a part to those who must tap for all."""

    descriptor_class = _SealedAttribute

    def __init__(self, klass: FieldClass = FieldClass.C3, *, mask: str = "", limit: int = 200, **options: Any) -> None:
        self.klass, self.mask, self.limit = FieldClass(klass), mask, limit
        super().__init__(**{"null": True, "blank": True, "editable": True, **options})

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return (
            name,
            path,
            args,
            {**options, "klass": int(self.klass), "mask": self.mask, "limit": self.limit, "editable": True},
        )

    def _where(self, row: models.Model) -> Where:
        return Where(row._meta.db_table, self.attname, row.pk)

    def _open(self, row: models.Model, envelope: bytes) -> str:
        opened: dict[str, tuple[bytes, str]] = row.__dict__.setdefault("_opened", {})
        if self.attname not in opened or opened[self.attname][0] != envelope:
            text = unseal(envelope, key=keyring.vault_key(key_id_of(envelope)), where=self._where(row)).decode()
            opened[self.attname] = (envelope, text)
        return opened[self.attname][1]

    def check_opens(self, row: models.Model) -> None:
        """Raise `Unreadable` when what this row holds does not open; for proofs, which keep nothing of it."""
        held = row.__dict__.get(self.attname)
        if isinstance(held, bytes | memoryview):
            self._open(row, bytes(held))

    def _read(self, row: models.Model, envelope: bytes) -> str:
        sight = access.sight_of(row, self.attname, self.klass, masked=bool(self.mask))
        if sight is access.Sight.NOTHING:
            return DOTS
        access.note(row, self.attname, self.klass)
        text = self._open(row, envelope)
        return text if sight is access.Sight.ALL else mask_all_but(self.mask, text)

    def pre_save(self, row: models.Model, add: bool) -> bytes | None:
        held = row.__dict__.get(self.attname)
        if not isinstance(held, str):
            return None if held is None else bytes(held)
        if isinstance(held, Dots):
            raise ValueError(f"{self.attname}: dots are not a value to save")
        if not held:
            return None
        key_id: UUID = row.vault_id()  # type: ignore[attr-defined]
        return seal(held.encode(), key=keyring.vault_key(key_id), key_id=key_id, where=self._where(row))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, str):
            raise TypeError(f"{self.name}: a sealed value is saved through its row, never by update() or a filter")
        return super().get_db_prep_value(value, connection, prepared)

    def value_to_string(self, row: models.Model) -> str:
        return DOTS


def mask_all_but(kind: str, text: str) -> str:
    """What a masked field shows before the tap: `phone` its last four digits, `email` its last part."""
    if kind == "phone":
        return f"••• ••• {text[-4:]}"
    if kind == "email":
        return f"•••@{text.rpartition('@')[2]}"
    return DOTS


class BlindIndex(models.BinaryField):  # type: ignore[type-arg]
    """The keyed mark of a near-unique sealed neighbour, for exact look-up. Not unique: families share phones."""

    def __init__(self, of: str = "", **options: Any) -> None:
        self.of = of
        super().__init__(**{"null": True, "editable": False, "db_index": True, "max_length": 16, **options})

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "of": self.of}

    def pre_save(self, row: models.Model, add: bool) -> bytes | None:
        text = row.__dict__.get(self.of)
        if isinstance(text, str) and not isinstance(text, Dots):
            setattr(row, self.attname, keyring.blind(self.of, text) if text else None)
        held = getattr(row, self.attname)
        return None if held is None else bytes(held)


def open_columns(rows: models.QuerySet[Any], columns: tuple[str, ...], *, for_index: bool) -> Iterator[tuple[Any, ...]]:
    """(id, text, text, …) of many rows, without making rows: ten times faster, and past the policy.

    Only the search index may (`for_index` says so at the call; a house rule lists the callers): what it reads stays
    in memory and is shown to nobody before `visible_to()`.
    """
    if not for_index:
        raise PermissionError("sealed columns are opened through their rows")
    table = rows.model._meta.db_table
    for pk, *envelopes in rows.values_list("pk", *columns).iterator(chunk_size=5000):
        pairs = zip(columns, envelopes, strict=True)
        yield (pk, *(_open_text(bytes(e), Where(table, name, pk)) if e else "" for name, e in pairs))


def _open_text(envelope: bytes, where: Where) -> str:
    return unseal(envelope, key=keyring.vault_key(key_id_of(envelope)), where=where).decode()
