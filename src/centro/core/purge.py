"""The end of a vault: its ledger line, its papers, its key; and the promise that a restore keeps it dead.

The ledger is written with the deletion of the rows, in one transaction. The keys die at its commit; if the machine
stops between the two, `finish` does it at the next start. So no page ever meets a row whose key is gone, and no
ledger ever misses a vault that was destroyed.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from centro.core.documents import blobs
from centro.core.models import Document, PurgedVault, Upload
from centro.core.vault import keyring


def bury(vaults: Iterable[UUID]) -> None:
    """Destroy vaults for ever. Call it in the transaction that deletes the rows they sealed.

    Papers sealed under them go with it: rows now, files and keys once the transaction is committed.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a vault is buried in the transaction that deletes its rows")
    dead = list(vaults)
    papers = [paper.pk for model in (Document, Upload) for paper in model.objects.filter(key__in=dead).only("pk")]
    for model in (Document, Upload):
        model.objects.filter(key__in=dead).delete()
    PurgedVault.objects.bulk_create([PurgedVault(vault=vault) for vault in dead], ignore_conflicts=True)
    connection.on_commit(lambda: _destroy(dead, papers))


def _destroy(vaults: list[UUID], papers: list[UUID]) -> None:
    for paper in papers:
        blobs.delete(paper)
    finish(vaults)


def finish(vaults: Iterable[UUID] | None = None) -> int:
    """Destroy whatever keys of the ledger still live, and the epoch that wrapped them. Returns how many there were."""
    ledger = vaults if vaults is not None else PurgedVault.objects.values_list("vault", flat=True)
    alive = keyring.living(ledger)
    return keyring.shred(alive) if alive else 0
