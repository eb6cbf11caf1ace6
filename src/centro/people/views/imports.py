"""Bringing in a table: upload, columns, check, add, progress, what has to be corrected, undo."""

import csv
import json
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from centro.core.doors import allowed, ask_again
from centro.core.request import Request
from centro.people import columns, imports, jobs, queries, tables
from centro.people.forms import ColumnsForm, ImportForm
from centro.people.mappings import recognize
from centro.people.models import ImportBatch, ImportRow

WHY_NOT = {
    "type": gettext_lazy("This kind of file cannot be read. Save it as CSV or XLSX."),
    "size": gettext_lazy("This file is too big: 10 megabytes at most."),
    "rows": gettext_lazy("This table has too many rows: 20,000 at most. Cut it into parts."),
    "columns": gettext_lazy("This table has too many columns: 60 at most."),
    "empty": gettext_lazy("This table is empty. It needs a first line with headings, and people below."),
    "broken": gettext_lazy("This file is damaged or is not a table. Save it again as CSV or XLSX."),
}


def _read_table(request: Request) -> tuple[ImportForm, tables.Table | None]:
    """The form and the table in its file: read before the transaction that writes, because it takes seconds."""
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return form, None
    sent: UploadedFile[bytes] = form.cleaned_data["file"]
    try:
        sent.seek(0)
        return form, tables.read(sent.name or "", sent.read())
    except tables.NotATable as refusal:
        form.add_error("file", WHY_NOT[refusal.code])
        return form, None


@allowed("import.add", first=_read_table)
def imports_page(request: Request) -> HttpResponse:
    """Upload a table; the ones brought in before."""
    batches = queries.imports(request.actor)
    if request.method != "POST":
        return render(request, "people/imports.html", {"form": ImportForm(), "batches": batches})
    form, table = request.prepared
    if table is None:
        return ask_again(request, "people/imports.html", {"form": form, "batches": batches})
    batch = imports.bring_in(by=request.actor, name=form.cleaned_data["file"].name or "", table=table)
    return redirect("people:import", batch.pk)


@allowed("import.see")
def import_page(request: Request, batch_id: UUID) -> HttpResponse:
    """Where a batch stands: choose columns, wait, look, add, undo."""
    batch = queries.get_import(request.actor, batch_id)
    reader, to_correct = imports.Reader(batch), queries.import_rows(request.actor, batch, ImportRow.State.WRONG)
    context = {
        "batch": batch,
        "counts": imports.counts(batch),
        "form": ColumnsForm(batch=batch) if batch.key else None,
        "tool": recognize(json.loads(batch.header or "[]")) if batch.key else None,
        "wrong": [_with_errors(reader, row) for row in to_correct],
        "is_working": batch.state in {ImportBatch.State.CHECKING, ImportBatch.State.ADDING},
    }
    return render(request, "people/import.html", context)


def _with_errors(reader: imports.Reader, row: ImportRow) -> dict[str, object]:
    errors = reader.read(row)[1]
    return {
        "number": row.number,
        "errors": [f"{columns.FIELDS.get(name, name)}: {why}" for name, why in errors.items()],
    }


@allowed("import.see")
def import_progress(request: Request, batch_id: UUID) -> HttpResponse:
    """The bar while the worker checks or adds; when it is over, the page comes again."""
    batch = queries.get_import(request.actor, batch_id)
    is_working = batch.state in {ImportBatch.State.CHECKING, ImportBatch.State.ADDING}
    answer = render(request, "people/import.html#bar", {"batch": batch, "is_working": is_working})
    if not is_working:
        answer["HX-Refresh"] = "true"
    return answer


@allowed("import.add")
@require_POST
def choose_columns(request: Request, batch_id: UUID) -> HttpResponse:
    """Say what each column is, and check every row."""
    batch = queries.get_import(request.actor, batch_id)
    form = ColumnsForm(request.POST, batch=batch)
    if not form.is_valid():
        context = {"batch": batch, "counts": imports.counts(batch), "form": form, "wrong": [], "is_working": False}
        return ask_again(request, "people/import.html", context)
    try:
        imports.choose_columns(by=request.actor, batch=batch, fields=form.fields_chosen())
    except imports.NotNow:
        return redirect("people:import", batch.pk)
    jobs.check_import.enqueue(by=request.actor, batch=batch.pk)
    return redirect("people:import", batch.pk)


@allowed("import.add")
@require_POST
def add_import(request: Request, batch_id: UUID) -> HttpResponse:
    """Add the rows that are ready."""
    batch = queries.get_import(request.actor, batch_id)
    try:
        imports.start_adding(by=request.actor, batch=batch, adds_alike="alike" in request.POST)
    except imports.NotNow:
        return redirect("people:import", batch.pk)
    jobs.add_import.enqueue(by=request.actor, batch=batch.pk)
    return redirect("people:import", batch.pk)


@allowed("import.undo")
@require_POST
def undo_import(request: Request, batch_id: UUID) -> HttpResponse:
    """Take away everybody this table added whom nobody has touched since."""
    batch = queries.get_import(request.actor, batch_id)
    jobs.undo_import.enqueue(by=request.actor, batch=batch.pk)
    messages.success(request, _("The import is being undone. People you have worked with since stay."))
    return redirect("people:import", batch.pk)


@allowed("import.see")
def wrong_rows(request: Request, batch_id: UUID) -> HttpResponse:
    """The rows to correct as a table, each with what is wrong, to mend and bring in again."""
    batch = queries.get_import(request.actor, batch_id)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="rows-to-correct.csv"'
    answer.write("\ufeff")
    writer, reader = csv.writer(answer), imports.Reader(batch)
    writer.writerow([*json.loads(batch.header or "[]"), _("What is wrong")])
    for row in queries.import_rows(request.actor, batch, ImportRow.State.WRONG, limit=tables.MOST_ROWS):
        errors = "; ".join(reader.read(row)[1].values())
        writer.writerow([tables.harmless(cell) for cell in [*json.loads(row.cells), errors]])
    return answer
