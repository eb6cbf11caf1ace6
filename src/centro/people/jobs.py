"""Background work of the people module: imports and exports; purges that are due, merges past their undo."""

from datetime import timedelta
from uuid import UUID

from centro.core.jobs import Period, job
from centro.core.policy import Actor, system
from centro.people import exports, imports, merge, purge, queries
from centro.people.sms import delivery, receiving, twilio


def purge_due() -> int:
    return purge.carry_out_due_purges(by=system("purge"))


def send_texts() -> int:
    return delivery.send_waiting(by=system("texts that wait")) if twilio.is_on() else 0


def forget_strays() -> int:
    return receiving.forget_strays(by=system("texts from nobody known"))


PERIODS = (
    Period("people.purges", timedelta(hours=1), purge_due),
    Period("people.imports", timedelta(hours=1), imports.forget_old_rows),
    Period("people.exports", timedelta(minutes=15), exports.forget_old),
    Period("people.texts", timedelta(minutes=1), send_texts),
    Period("people.strays", timedelta(hours=12), forget_strays),
    Period("people.merges", timedelta(hours=6), merge.finish_old_merges),
)


@job
def check_import(by: Actor, *, batch: UUID) -> None:
    imports.check_batch(by=by, batch=queries.get_import(by, batch))


@job
def add_import(by: Actor, *, batch: UUID) -> None:
    imports.add_batch(by=by, batch=queries.get_import(by, batch))


@job
def make_export(by: Actor, *, export: UUID) -> None:
    exports.make_export(by=by, export=queries.get_export(by, export))


@job
def undo_import(by: Actor, *, batch: UUID) -> None:
    imports.undo_batch(by=by, batch=queries.get_import(by, batch))


@job
def deliver_text(by: Actor, *, message: UUID) -> None:
    delivery.deliver(by=by, message_id=message)
