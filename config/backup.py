"""`centro backup` and `centro restore`: one command each."""

import argparse
import fcntl
import sys
from pathlib import Path

from config import running

IDENTITY_WORDS = (
    "Write this identity on paper twice, and keep the two papers in two safe places, away from this machine.\n"
    "Whoever holds one of them and the root key can open every backup. It is not shown again."
)


def make(*, to: str, only_if_changed: bool = False) -> int:
    """Add one snapshot of this center to a folder of backups."""
    running.start_django()
    running.refuse_unless_set_up()
    from centro.core.backup.making import CannotBackUp, backup, backup_if_changed
    from centro.core.backup.sealing import NoRecipients

    try:
        made = backup_if_changed(Path(to)) if only_if_changed else backup(Path(to))
    except NoRecipients as error:
        raise running.Stop(f"{error}: run “centro backup --new-identity” first.") from None
    except CannotBackUp as error:
        raise running.Stop(f"no backup was made: {error}.") from None
    if made is None:
        running.say("Nothing was written since the last backup.")
        return 0
    running.say(f"Snapshot {made.stamp}: {made.rows} rows, {made.new_files} new files, {made.bytes / 1e6:.1f} MB.")
    return 0


def new_identity() -> int:
    """Make an identity for the paper kit, show it once, and seal backups to it from now on."""
    running.start_django()
    from centro.core.backup import sealing

    identity, recipient = sealing.new_identity()
    sealing.add_recipient(recipient)
    running.say(IDENTITY_WORDS)
    running.say(f"\n  {identity}\n")
    running.say(f"Backups are sealed to {recipient} as well, from now on.")
    return 0


def thin_out(*, folder: str) -> int:
    """Delete from a folder of backups what the schedule no longer keeps."""
    running.start_django()
    refuse_unless_there(folder)
    from centro.core import clock
    from centro.core.backup.store import Store, thin

    gone = thin(Store(Path(folder)), clock.now())
    running.say(f"{gone} snapshots and keyrings deleted.")
    return 0


def restore(*, source: str, identity: str, stamp: str = "") -> int:
    """Bring a center back from a folder of backups."""
    running.start_django()
    refuse_unless_there(source)
    from django.conf import settings
    from django.db import connection

    from centro.core.backup import restoring

    connection.close()
    _refuse_while_working(settings.DATA)
    try:
        done = restoring.restore(
            Path(source),
            _read_identity(identity),
            settings.DATA,
            settings.ROOT_KEY_FILE,
            stamp=stamp,
            vendor=connection.vendor,
        )
    except restoring.CannotRestore as error:
        raise running.Stop(f"nothing was restored: {error}.") from None
    running.say(f"Restored the center as it was at {done.stamp}.")
    running.say(f"  {done.rows} rows and {done.files} files, all counted and opened.")
    running.say(f"  Logs: {done.entries['Event']} events and {done.entries['Access']} accesses, chains intact.")
    running.say(f"  Purges replayed: {done.purged} that this snapshot would have brought back.")
    running.say("What stood here before lies beside it in a folder “replaced-by-…”. Delete that when all is well.")
    return 0


def refuse_unless_there(folder: str) -> None:
    """A folder of backups that is not there is a slip of the pen, or a disk that is not mounted."""
    if not Path(folder).is_dir():
        raise running.Stop(f"there is no folder {folder}: is the disk mounted?")


def _read_identity(where: str) -> str:
    if where != "-":
        try:
            return Path(where).read_text(encoding="ascii")
        except (OSError, ValueError) as error:
            raise running.Stop(f"the identity file {where} cannot be read.") from error
    if sys.stdin.isatty():
        running.say("Type the identity from the paper kit (AGE-SECRET-KEY-…), then Enter:")
    return sys.stdin.readline()


def _refuse_while_working(data: Path) -> None:
    try:
        with (data / "worker.lock").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise running.Stop("stop the web server and the worker of this center first.") from None


def arguments_of_backup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", default="", metavar="FOLDER", help="folder of backups: another disk, a mounted store")
    parser.add_argument("--if-changed", action="store_true", help="only when something was written since the last one")
    parser.add_argument("--new-identity", action="store_true", help="make and show the identity for the paper kit")
    parser.add_argument(
        "--thin", action="store_true", help="delete old snapshots in FOLDER: all for 2 days, daily for 35"
    )


def arguments_of_restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="source", required=True, metavar="FOLDER", help="the folder of backups")
    parser.add_argument("--identity", default="-", metavar="FILE", help="file with the identity (default: ask for it)")
    parser.add_argument("--snapshot", default="", metavar="STAMP", help="which one (default: the newest)")


def carry_out_backup(given: argparse.Namespace) -> int:
    """`centro backup`, as its flags ask."""
    if given.new_identity:
        return new_identity()
    if not given.to:
        raise running.Stop("say where to: “centro backup --to FOLDER”.")
    return thin_out(folder=given.to) if given.thin else make(to=given.to, only_if_changed=given.if_changed)


def carry_out_restore(given: argparse.Namespace) -> int:
    """`centro restore`, as its flags ask."""
    return restore(source=given.source, identity=given.identity, stamp=given.snapshot)
