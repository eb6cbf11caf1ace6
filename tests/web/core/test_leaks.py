"""M02: a mark of its own in every kind of sealed field; no page shows one to a role that the table does not open it to.

The fictional center is full of cases, visits and papers. Some rows of every table get marks nobody else has. Then
somebody of each role, who is tied to nothing, opens every page their role has with the ids of these very rows. What
they may read stands in `GRANTS`, and is worked out here a second time, apart from the code that opens fields.
"""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from centro.core import access, clock, policy
from centro.core.classes import DOTS, FieldClass, Relation, Role
from centro.core.policy import Actor, system
from centro.core.vault import keyring
from centro.core.vault.fields import InVault, SealedText
from centro.web import demo
from tests.web.conftest import signed_in, user_as

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ROWS = 2  # of each table
MARK = re.compile(r"zq[0-9a-f]{6}|999[-)]? ?-?\d{4}")
IN_FULL = {"/people/outbox/"}  # whoever sends by hand needs the number; opening the page counts as revealing it
Kind = tuple[str, FieldClass, str, bool]  # the record it is opened as, its class, its name, whether it is masked
Marks = dict[str, Kind]


def sealed_fields(model: type[models.Model]) -> list[SealedText]:
    return [f for f in model._meta.fields if isinstance(f, SealedText) and f.klass >= FieldClass.C2]


def record_of(row: Any) -> str:
    """What the table of the policy calls the row as which this one is opened: mostly the one that holds its key."""
    while isinstance(row, InVault):
        getattr(row, row.vault_of)  # at hand, as a page would have it
        if row.opened_as() is row:
            break
        row = row.opened_as()
    return str(getattr(row, "policy_record", ""))


def plant() -> tuple[Marks, dict[str, list[UUID]]]:
    """Mark some rows of every table that has words in it; gives the marks, and the ids by the name of the table."""
    marks: Marks = {}
    ids: dict[str, list[UUID]] = {}
    with access.viewing(system("test")), keyring.held_for_request():
        for model in apps.get_models():
            rows = list(model._default_manager.all()[:ROWS]) if sealed_fields(model) else []
            for row in rows:
                ids.setdefault(model._meta.model_name or "", []).append(row.pk)
                _mark(row, marks)
    return marks, ids


def _mark(row: Any, marks: Marks) -> None:
    changed = []
    for field in sealed_fields(type(row)):
        known = str(getattr(row, field.attname))
        if not known or known == DOTS or known[0] in "[{" or known.isdigit() or field.limit < 12:
            continue  # nothing is there; a structure, a year or a code that pages read and do not show
        number = f"{len(marks):06x}"
        mark = f"999{len(marks):04d}" if known.startswith("+1") else f"zq{number}"
        setattr(row, field.attname, f"+1213{mark}" if known.startswith("+1") else mark)
        marks[mark] = (record_of(row), field.klass, field.attname, bool(field.mask))
        changed.append(field.attname)
    moment = {"changed_at"} & {field.attname for field in row._meta.fields}
    if moment:
        row.changed_at = clock.now()  # lists begin with it
    if changed:
        row.save(update_fields=[*changed, *moment])


def may_read(role: Role, kind: Kind, path: str) -> bool:
    """By the table alone, for somebody who is tied to nothing."""
    record, klass, name, masked = kind
    masked = masked and path not in IN_FULL
    return any(
        grant.record == record
        and grant.relation is Relation.CENTER
        and klass in grant.opens
        and (not grant.only or name in grant.only)
        and not (masked and grant.masked)
        for grant in policy.GRANTS
        if grant.role is role
    )


def pages(
    role: Role, ids: dict[str, list[UUID]], resolver: URLResolver | None = None, prefix: str = "/"
) -> Iterator[str]:
    """Every address of this role, with the ids of marked rows where it wants some: `case_id` is the id of a case.

    What a role does not have answers 404 to it (M01).
    """
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from pages(role, ids, entry, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern) and "static" not in prefix and _has(role, entry):
            for nth in range(ROWS if entry.pattern.converters else 1):
                yield _with_ids(prefix + str(entry.pattern), ids, nth)


def _has(role: Role, entry: URLPattern) -> bool:
    verb = getattr(entry.callback, "verb", "")
    return "." not in verb or policy.may(Actor(role=role), verb)


def _with_ids(path: str, ids: dict[str, list[UUID]], nth: int) -> str:
    def one(found: re.Match[str]) -> str:
        kind, name = found[1].rstrip(":"), found[2].removesuffix("_id").replace("_", "")
        known = ids.get(name, [])
        if known:
            return str(known[nth % len(known)])
        return str(UUID(int=7)) if kind == "uuid" else "7" if kind == "int" else "made-up"

    return re.sub(r"<(\w+:)?(\w+)>", one, path)


def shown(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code < 500, path
    if answer.streaming:
        return b"".join(answer).decode(errors="replace")  # type: ignore[arg-type]
    return answer.content.decode(errors="replace")


def marks_in(text: str) -> set[str]:
    return {re.sub(r"\D", "", found) if found.startswith("999") else found for found in MARK.findall(text)}


def leaks(role: Role, marks: Marks, ids: dict[str, list[UUID]]) -> tuple[list[str], int]:
    """What somebody of this role read that the table does not open to them; and how many marks they read at all."""
    client = signed_in(user_as(role, f"leaks-{role.value}"))
    found: dict[str, str] = {}
    for path in sorted(set(pages(role, ids))):
        if "logout" not in path:
            found.update(dict.fromkeys(marks_in(shown(client, path)) & set(marks), path))
    wrong = [(mark, path) for mark, path in found.items() if not may_read(role, marks[mark], path)]
    return [f"{path}: {marks[mark]}" for mark, path in wrong], len(found)


@pytest.fixture
def planted() -> tuple[Marks, dict[str, list[UUID]]]:
    demo.load()
    return plant()


def test_nobody_reads_what_the_table_does_not_open(planted: tuple[Marks, dict[str, list[UUID]]]) -> None:
    marks, ids = planted
    assert {kind[1] for kind in marks.values()} >= {FieldClass.C2, FieldClass.C3}
    read = {}
    for role in Role:
        leaked, read[role] = leaks(role, marks, ids)
        assert leaked == [], role
    assert read[Role.FRONT_DESK] > 10, "the walk meets the marks"
    assert read[Role.AUDITOR] == read[Role.ADMIN] == 0


def test_a_field_that_opens_to_anybody_would_be_seen(
    planted: tuple[Marks, dict[str, list[UUID]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: without a policy over fields, masked numbers stand in the open."""
    monkeypatch.setattr(policy, "sight", lambda *words, **more: access.Sight.ALL)
    leaked, _ = leaks(Role.FRONT_DESK, *planted)
    assert leaked
