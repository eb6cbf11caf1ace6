"""Centers in folders of their own, worked on by processes of their own, as in life; and a drill with one."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from centro.core.backup import restoring, sealing
from config.env import ROOT
from tests import schema

PEOPLE, PURGED = 40, 5
ROOT_KEY = bytes(range(32))

START = """
import json, sys, django
django.setup()
from pathlib import Path
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from centro.core import access, audit, policy, purge
from centro.core.backup import making, sealing
from centro.core.documents import actions, blobs
from centro.core.documents.uploads import examine_bytes
from centro.core.models import *
from centro.core.vault import keyring
from centro.people.models import Person, Phone
BY = policy.system("test")
def say(**facts): print(json.dumps(facts, default=str))
"""
FOUND = f"""
for n in range({PEOPLE}):
    with transaction.atomic():
        person = Person.objects.create(given=f"Given {{n}}", family=f"Family {{n}}")
        Phone.objects.create(person=person, number=f"+1213555{{n:04d}}")
        audit.record_event("person.added", by=BY, about=person, person=person.pk)
        if n < 10:
            file = examine_bytes("note.txt", f"CANARY-file-{{n}}".encode())
            actions.keep_upload(by=BY, about=person, person=person.pk, file=file)
audit.record_access("open", by=BY, route="test")
"""
COUNT = """
def reads(person):
    try:
        with access.viewing(BY):
            return person.given.startswith("Given") and all(p.number.startswith("+1213") for p in person.phones.all())
    except Exception:
        return False
people = list(Person.objects.prefetch_related("phones"))
say(people=len(people), readable=sum(map(reads, people)), events=Event.objects.count(),
    uploads=Upload.objects.count(), files=len(list(blobs.all_files())),
    names=sorted(p.phones.count() for p in people)[:1],
    verdicts=[audit.verify(log).broken_at for log in (Event, Access)])
"""
PURGE = f"""
dead = list(Person.objects.order_by("added_at")[:{PURGED}])
with transaction.atomic():
    purge.bury([p.key for p in dead])
    Person.objects.filter(pk__in=[p.pk for p in dead]).delete()
"""


KEYS = """
import sqlite3
ring = sqlite3.connect(settings.KEYRING)
dead = Person.objects.order_by("added_at")[:PURGED]
say(keys=[ring.execute("select wrapped from vault where id=?", (p.key.bytes,)).fetchone()[0].hex() for p in dead])
""".replace("PURGED", str(PURGED))


@dataclass
class Center:
    """One center in a folder: `run` does something in it, in a process of its own."""

    data: Path
    database_url: str = ""

    def environment(self) -> dict[str, str]:
        own = {"CENTRO_MODE": "test", "CENTRO_DATA": str(self.data), "DJANGO_SETTINGS_MODULE": "config.settings"}
        base = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return {**base, **own, "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}", "DATABASE_URL": self.database_url}

    def run(self, code: str, *, fails: bool = False) -> dict[str, Any]:
        done = subprocess.run(
            [sys.executable, "-c", START + code],
            env=self.environment(),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode != 0) == fails, done.stderr
        lines = done.stdout.splitlines()
        return json.loads(lines[-1]) if lines and not fails else {"error": done.stderr}

    def command(self, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
        """Run `centro …` in this center."""
        return subprocess.run(
            [sys.executable, "-m", "config.door", *words],
            env=self.environment(),
            cwd=ROOT,
            input=given,
            capture_output=True,
            text=True,
            check=False,
        )

    def lay_tables(self) -> None:
        """The tables of this version: copied, or migrated where the database is not a file."""
        if self.database_url:
            self.run('call_command("migrate", verbosity=0); call_command("createcachetable", verbosity=0)')
        else:
            schema.lay(self.data)

    def back_up(self, folder: Path) -> str:
        time.sleep(1.01)  # a snapshot is named by its second
        return str(self.run(f'say(stamp=making.backup(Path("{folder}")).stamp)')["stamp"])


def new_center(data: Path, database_url: str = "", root_key: bytes = ROOT_KEY) -> Center:
    data.mkdir(parents=True, exist_ok=True)
    (data / "root.key").write_bytes(root_key)
    return Center(data, database_url)


@dataclass
class Drill:
    """A center that was backed up, lost some people by purge, and was backed up again."""

    center: Center
    folder: Path
    identity: str
    before: str
    after: str
    old_keys: list[str]


def hold_drill(center: Center, folder: Path) -> Drill:
    identity, recipient = sealing.new_identity()
    (center.data / "backup.recipients").write_text(f"# the board\n{recipient}\n")
    center.lay_tables()
    center.run(FOUND)
    before = center.back_up(folder)
    keys = center.run(KEYS)["keys"]
    center.run(PURGE)
    after = center.back_up(folder)
    return Drill(center, folder, identity, before, after, keys)


def restore(
    drill: Drill, into: Path, *, stamp: str = "", folder: Path | None = None, root_key: bytes = ROOT_KEY
) -> tuple[Center, restoring.Restored]:
    center = new_center(into, root_key=root_key)
    os_environment = {**os.environ}
    os.environ.update(center.environment())
    try:
        done = restoring.restore(folder or drill.folder, drill.identity, into, into / "root.key", stamp=stamp)
    finally:
        os.environ.clear()
        os.environ.update(os_environment)
    return center, done


def refusal(drill: Drill, into: Path, folder: Path, root_key: bytes = ROOT_KEY) -> str:
    with pytest.raises(restoring.CannotRestore) as refused:
        restore(drill, into, folder=folder, root_key=root_key)
    assert not (into / "centro.sqlite3").exists()
    assert not list(into.glob(".restoring-*"))
    return str(refused.value)
