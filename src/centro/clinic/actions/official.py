"""Official forms of the center: a PDF brought in, its map changed, both taken away. Each is a file, no row."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import transaction

from centro.clinic.papers import official
from centro.clinic.papers.official import Form
from centro.core import clock
from centro.core.audit import record_event
from centro.core.policy import Actor


@transaction.atomic
def bring_form(*, by: Actor, name: str, title: str, routes: Sequence[str], pdf: bytes) -> Form:
    """Keep the PDF of an agency, as it was published. Nothing is filled in until somebody maps it.

    A form of the same name gets the new file, keeps its places, and has to be looked at again.
    """
    folder, known = official.own_folder(), official.forms().get(name)
    digest = hashlib.sha256(pdf).hexdigest()
    form = Form(
        name, title, str(clock.today()), folder / f"{name}.pdf", digest, tuple(routes), known.fields if known else ()
    )
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    record_event("official_form.brought", by=by, codes=[name])
    _write(form.path, pdf)
    _write_map(form)
    return form


@transaction.atomic
def map_form(*, by: Actor, form: Form, fields: Sequence[Mapping[str, Any]]) -> Form:
    """Say anew what stands where on a form."""
    mapped = replace(form, fields=tuple(fields), version=str(clock.today()))
    record_event("official_form.mapped", by=by, codes=[form.name])
    _write_map(mapped)
    return mapped


@transaction.atomic
def drop_form(*, by: Actor, form: Form) -> None:
    """The form is offered no more. What was printed with it stays."""
    record_event("official_form.dropped", by=by, codes=[form.name])
    (form.path.parent / f"{form.name}.en.md").unlink(missing_ok=True)
    form.path.unlink(missing_ok=True)


def _write_map(form: Form) -> None:
    _write(form.path.parent / f"{form.name}.en.md", official.written_map(form).encode())


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all."""
    unfinished = path.with_name(f".{uuid4().hex}")
    unfinished.write_bytes(content)
    unfinished.replace(path)
