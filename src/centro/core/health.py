"""How backups and keys are doing, for whoever looks after the machine: dates and counts, nothing that is sealed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from centro.core import clock
from centro.core.backup import making, sealing, store
from centro.core.vault import keyring

BACKUP_AGE, EPOCH_AGE = timedelta(days=1), timedelta(days=35)


@dataclass(frozen=True)
class Sign:
    """One thing to look at: what it is, how it stands in words, and whether that is well."""

    label: str
    words: str
    is_well: bool


def signs() -> list[Sign]:
    return [_last_backup(), _identities(), _start(), _epoch()]


def is_backed_up() -> bool:
    """Whether a backup was made in the last day."""
    made = _backup_at()
    return made is not None and clock.now() - made <= BACKUP_AGE


def _backup_at() -> datetime | None:
    stamp = making.last_made().get("stamp")
    return store.moment_of(stamp) if stamp else None


def _last_backup() -> Sign:
    made = _backup_at()
    return Sign(_("Last backup"), _moment(made) if made else _("none yet"), is_backed_up())


def _identities() -> Sign:
    try:
        count = len(sealing.recipients())
    except sealing.NoRecipients:
        count = 0
    words = ngettext("%(n)d identity on paper", "%(n)d identities on paper", count) % {"n": count}
    return Sign(_("Who can open a backup"), words if count else _("nobody"), count > 0)


def _start() -> Sign:
    is_locked = settings.SEALED_ROOT_KEY.is_file()
    words = _("locked: somebody says a passphrase") if is_locked else _("open: the root key lies on a disk")
    return Sign(_("Start of the machine"), words, is_locked)


def _epoch() -> Sign:
    wrapped = keyring.wrapped_anew_at()
    return Sign(_("Keys wrapped anew"), _moment(wrapped), clock.now() - wrapped <= EPOCH_AGE)


def _moment(at: datetime) -> str:
    return formats.date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")
