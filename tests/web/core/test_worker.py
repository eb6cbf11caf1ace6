"""The worker as a process: it does the periods, and ends when it is asked to."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.web.core.backup.centers import ROOT, START, new_center

pytestmark = [pytest.mark.real_time, pytest.mark.slow, pytest.mark.own_database]
WORK = "from centro.core import worker\nprint('ready', flush=True)\nworker.work_until_asked_to_stop()\n"
RUNS = 'say(runs=sorted(PeriodRun.objects.values_list("name", flat=True)), anchor=bool(keyring.anchor("Event")))'


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_works_until_it_is_asked_to_stop(tmp_path: Path, asked: signal.Signals) -> None:
    center = new_center(tmp_path / "center")
    center.lay_tables()
    center.run('with transaction.atomic(): audit.record_event("x.y", by=BY)')
    program = [sys.executable, "-c", START + WORK]
    with subprocess.Popen(program, env=center.environment(), cwd=ROOT, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
        time.sleep(3)
        assert worker.poll() is None
        worker.send_signal(asked)
        assert worker.wait(15) == 0
    found = center.run(RUNS)
    assert found["anchor"] is True
    assert {"core.anchors", "core.words", "core.marks", "people.purges"} <= set(found["runs"])
