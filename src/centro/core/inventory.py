"""The inventory of clear text: every column that is not sealed and could hold words, with what it holds.

Sealed is the default. A new `CharField`, `TextField` or `JSONField` that is not named here stops the start.
"""

import re
from collections.abc import Iterator

from django.apps import apps
from django.db import models

# model.field → what it holds. Codes only: nothing here may identify a person.
CLEAR: dict[str, str] = {
    "core.user.username": "sign-in name, chosen not to be one's own name",
    "core.user.password": "Argon2id hash",
    "core.user.language": "language code",
    "core.user.speaks": "language codes",
    "core.rolegrant.role": "role code",
    "core.invitation.reason": "reason code",
    "core.place.scope_kind": "kind of scope",
    "core.place.relation": "relation code",
    "core.event.kind": "kind of event",
    "core.event.role": "role code",
    "core.event.about_kind": "model name",
    "core.event.codes": "field names",
    "core.access.kind": "kind of access",
    "core.access.role": "role code",
    "core.access.route": "route name",
    "core.access.records": "record ids",
    "core.access.fields": "field names",
    "core.once.location": "address with record ids",
    "core.center.name": "the center's public name",
    "core.center.accent": "colour",
    "core.center.phone": "the center's public phone",
    "core.center.address": "the center's public address",
    "core.task.about_kind": "model name",
    "core.document.about_kind": "model name",
    "core.document.kind": "code",
    "core.document.language": "language code",
    "core.document.text_version": "version of the text",
    "core.upload.about_kind": "model name",
    "core.upload.kind": "file type code",
    "core.upload.preview_kind": "file type code",
    "core.upload.numbers": "code: whether somebody looked for numbers in it",
    "core.periodrun.name": "name of a piece of work",
    "core.draft.route": "route with record ids",
}
_WORDS = (models.CharField, models.TextField, models.JSONField, models.FileField, models.GenericIPAddressField)
# Never a field of this program, under any name that holds one of these words (security.md 3.5: what is not held
# cannot be taken).
FORBIDDEN = re.compile(
    r"immigra|(?:^|_)(?:ssn|itin|a_number|visa)(?:_|$)|social_security|country_of_birth|birth_country|(?:^|_)alien"
    r"|passport|citizen|nationalit|driver_?s?_licen[cs]e"
)


def our_fields() -> Iterator[models.Field]:  # type: ignore[type-arg]
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith("centro."):
            yield from model._meta.concrete_fields


def unclassified() -> list[str]:
    """Clear text columns of ours that the inventory does not know."""
    names = (
        f"{field.model._meta.label_lower}.{field.name}"
        for field in our_fields()
        if isinstance(field, _WORDS) and not isinstance(field, models.UUIDField)
    )
    return [name for name in names if name not in known()]


def known() -> set[str]:
    """Every clear text column that is named, with its reason, here or by a module."""
    return {*CLEAR, *_registered}


def must_never_be_held(name: str) -> bool:
    """Whether a field of this name would hold what must not be asked of anybody."""
    return FORBIDDEN.search(name.lower()) is not None


def never_to_be_held() -> list[str]:
    """Columns of ours that must not exist, sealed or not."""
    return [f"{field.model._meta.label_lower}.{field.name}" for field in our_fields() if must_never_be_held(field.name)]


_registered: dict[str, str] = {}


def register(columns: dict[str, str]) -> None:
    """A module lists its own clear columns: `app.model.field` → what it holds."""
    _registered.update(columns)
