"""The `centro` command: it explains itself, refuses clearly, stops cleanly."""

import argparse
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from cryptography import x509

from config import center, certificate, cluster, door, machine, proof, running
from config.env import ROOT, Env


def commands() -> dict[str, argparse.ArgumentParser]:
    actions = door.build()._actions
    return next(dict(action.choices) for action in actions if isinstance(action, argparse._SubParsersAction))


@pytest.mark.parametrize("name", sorted(commands()))
def test_each_command_explains_itself_and_every_flag(name: str) -> None:
    command = commands()[name]
    assert command.description is not None
    assert command.description[0].isupper()
    assert [action.dest for action in command._actions if not action.help] == []


def test_an_unknown_command_is_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        door.build().parse_args(["dmeo"])
    assert stopped.value.code == 2
    assert "dmeo" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        "demo --scale 0",
        "demo --port 70000",
        "demo --port http",
        "serve --workers 0",
        "bench --people -1",
        "bench --rounds 0",
        "bench --rounds 1.5",
    ],
)
def test_a_number_that_cannot_be_is_code_2(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        door.build().parse_args(words.split())
    assert stopped.value.code == 2
    assert words.split()[1] in capsys.readouterr().err


def run(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CENTRO_", "DATABASE_"))}
    return subprocess.run(
        [sys.executable, "-m", "config.door", *words],
        cwd=ROOT,
        env=kept | env,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", ["DATABASE_URL", "ALLOWED_HOSTS"])
def test_a_real_center_never_becomes_a_demo(name: str, tmp_path: Path) -> None:
    done = run("demo", CENTRO_DATA=str(tmp_path), **{name: "centro.example.org"})
    assert (done.returncode, done.stdout) == (78, "")
    assert "demo mode refuses to start" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("env", "sentence"),
    [
        ({"CENTRO_MODE": "demo"}, "is for a real center"),
        ({}, "set ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "centro.example.org"}, "there is no root key"),
    ],
)
def test_serve_says_what_is_missing(env: dict[str, str], sentence: str, tmp_path: Path) -> None:
    done = run("serve", CENTRO_DATA=str(tmp_path), **env)
    assert (done.returncode, done.stdout) == (1, "")
    assert sentence in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CENTRO_PROXIES", "two"),
        ("CENTRO_TIME_ZONE", "Mars/Base"),
        ("CENTRO_TIME_ZONE", "/etc"),
        ("EMAIL_URL", "mail.example.org"),
    ],
)
def test_a_setting_that_cannot_be_is_named(name: str, value: str, tmp_path: Path) -> None:
    done = run("migrate", CENTRO_DATA=str(tmp_path), **{name: value})
    assert (done.returncode, done.stdout) == (78, "")
    assert re.fullmatch(rf"centro: {name} .*\n", done.stderr)


@pytest.mark.parametrize("words", ["backup --thin --to", "restore --from"])
def test_a_folder_that_is_not_there_is_named(words: str, tmp_path: Path) -> None:
    away = tmp_path / "not-mounted"
    done = run(*words.split(), str(away), CENTRO_DATA=str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert f"there is no folder {away}" in done.stderr


def test_a_database_that_is_away_is_said_in_one_sentence(tmp_path: Path) -> None:
    done = run("migrate", CENTRO_DATA=str(tmp_path), DATABASE_URL="postgres://x@127.0.0.1:1/none")
    assert done.returncode == 1
    assert re.fullmatch(r"centro: the database does not answer: .*\n", done.stderr)


def test_a_mistake_of_ours_keeps_its_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    assert door.in_words(KeyError("x")) == ""
    monkeypatch.setattr(sys, "argv", ["centro", "migrate"])
    monkeypatch.setattr(running, "migrate", lambda: dict[str, int]()["x"])
    with pytest.raises(KeyError):
        door.main()


@pytest.mark.parametrize("words", ["worker", "audit verify", "backup --to /somewhere"])
def test_a_center_that_is_not_set_up_says_so(words: str, tmp_path: Path) -> None:
    done = run(*words.split(), CENTRO_DATA=str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(r"centro: there is no root key at .*\n", done.stderr)


def test_another_database_is_refused_in_words(tmp_path: Path) -> None:
    done = run("migrate", CENTRO_DATA=str(tmp_path), DATABASE_URL="mysql://centro@localhost/centro")
    assert (done.returncode, done.stdout) == (78, "")
    assert re.fullmatch(r"centro: DATABASE_URL must look like .*\n", done.stderr)


# --- the demo --------------------------------------------------------------------------------------------------


def test_a_fresh_demo_removes_only_what_a_demo_keeps(tmp_path: Path) -> None:
    (tmp_path / "blobs").mkdir()
    for name in ("centro.sqlite3", "centro.sqlite3-wal", "keyring.sqlite3", "root.key", "blobs/a", "letter.txt"):
        (tmp_path / name).write_text("x")
    running.forget(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_throw_away_certificate_is_for_this_machine_and_a_week(tmp_path: Path) -> None:
    certificate.make(tmp_path, "192.0.2.7")
    public, secret = certificate.make(tmp_path, "192.0.2.8")
    made = x509.load_pem_x509_certificate(public.read_bytes())
    names = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert [str(one.value) for one in names] == ["localhost", "192.0.2.8"]
    assert made.not_valid_after_utc - datetime.now(UTC) <= certificate.LASTS
    assert secret.stat().st_mode & 0o777 == 0o600
    running.forget(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("mode", "answers"), [("demo", True), ("production", False), ("test", False)])
def test_only_a_demo_answers_to_an_address_of_the_network(mode: str, answers: bool) -> None:
    assert ("192.0.2.7" in Env(CENTRO_MODE=mode, CENTRO_DEMO_ADDRESS="192.0.2.7").hosts) is answers


def test_a_machine_in_no_network_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(certificate, "own_address", lambda: "")
    with pytest.raises(running.Stop):
        running.open_to_the_network()
    assert "in no network" in capsys.readouterr().err


def test_a_taken_port_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(running.Stop):
        running.free_port(taken.getsockname()[1])


def test_two_demos_never_share_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with running.only_one(tmp_path / "lock"), pytest.raises(running.Stop), running.only_one(tmp_path / "lock"):
        pass
    assert "already running" in capsys.readouterr().err
    with running.only_one(tmp_path / "lock"):
        pass


SERVER = """
import socket, sys, time
host, port = sys.argv[2].split(":")
line = socket.create_server((host, int(port)))
time.sleep(60)
"""
SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture
def signals() -> Any:
    """Put back what `run_together` does to signals."""
    kinds = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(kind) for kind in kinds]
    yield
    for kind, handler in zip(kinds, before, strict=True):
        signal.signal(kind, handler)


@pytest.mark.real_time
@pytest.mark.usefixtures("signals")
def test_one_signal_stops_server_and_worker(capsys: pytest.CaptureFixture[str]) -> None:
    port = running.free_port(None)
    server = [sys.executable, "-c", SERVER, "--bind", f"127.0.0.1:{port}"]
    ask = threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGTERM))
    assert running.run_together([server, SLEEPER], ask.start) == 0
    assert capsys.readouterr().out == "Stopped.\n"


@pytest.mark.real_time
@pytest.mark.usefixtures("signals")
def test_a_worker_that_ends_by_itself_ends_the_server(capsys: pytest.CaptureFixture[str]) -> None:
    ended = [sys.executable, "-c", "pass"]
    since = time.monotonic()
    with pytest.raises(running.Stop):
        running.run_together([[*ended, "--bind", "127.0.0.1:1"], SLEEPER], lambda: None)
    assert time.monotonic() - since < running.PATIENCE
    assert "stopped by itself" in capsys.readouterr().err


# --- a new center ----------------------------------------------------------------------------------------------


def test_an_officer_is_read_from_a_flag() -> None:
    assert center.read_officer(" Ana Ruiz, aster-12 ,es") == ("Ana Ruiz", "aster-12", "es")


@pytest.mark.parametrize("words", ["Ana Ruiz", "Ana, aster-12, fr", "Ana,,es", "a,b,en,d"])
def test_a_half_named_officer_is_refused(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(running.Stop):
        center.read_officer(words)
    assert words in capsys.readouterr().err


# --- the proof itself ------------------------------------------------------------------------------------------


@pytest.fixture
def no_tool(monkeypatch: pytest.MonkeyPatch) -> proof.Tally:
    monkeypatch.setattr(machine, "install", lambda package: False)
    return proof.Tally(passed=3)


def test_the_chromium_that_draws_no_window_is_taken_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("chromium", machine.WINDOWLESS):
        (tmp_path / name).touch(mode=0o755)
    assert machine.find_chromium() == tmp_path / machine.WINDOWLESS


def look_in_vain(tally: proof.Tally) -> Path | None:
    return proof._found("PostgreSQL", "postgresql", lambda: None, "the tests on PostgreSQL", tally)


def test_a_missing_tool_is_said_and_counted(
    no_tool: proof.Tally, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CI", raising=False)
    assert look_in_vain(no_tool) is None
    assert no_tool.line() == "3 passed, 0 failed, 1 skipped"
    assert "sudo apt-get install postgresql" in capsys.readouterr().out


def test_under_ci_a_missing_tool_fails(no_tool: proof.Tally, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    look_in_vain(no_tool)
    assert no_tool.line() == "3 passed, 1 failed"


def test_no_test_at_all_is_a_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert proof.run([]) == 1
    assert capsys.readouterr().out.endswith("0 passed, 0 failed\n")


def test_the_report_is_counted(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text('<testsuites><testsuite tests="7" failures="2" errors="1" skipped="1"/></testsuites>')
    assert proof._counts(report) == (7, 3, 1)
    assert proof._counts(tmp_path / "none.xml") == (0, 0, 0)


def test_a_cluster_that_cannot_be_made_says_why(tmp_path: Path) -> None:
    program = tmp_path / "initdb"
    program.write_text("#!/bin/sh\necho no room >&2\nexit 1\n")
    program.chmod(0o755)
    tmp_path.chmod(0o755)
    with pytest.raises((cluster.NoCluster, PermissionError)), cluster.cluster(tmp_path):
        pass


# --- the script before .venv exists ----------------------------------------------------------------------------


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The root script as a module, over an empty clone."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader = SourceFileLoader("centro_script", str(ROOT / "centro"))
    spec = spec_from_loader("centro_script", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    for name in ("requirements.lock", "requirements-test.lock", "pyproject.toml"):
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "PYTHON", tmp_path / ".venv/bin/python")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv/centro.json")
    return module


def test_without_venv_one_sentence_says_what_to_install(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script, "runs", lambda *command: False)
    monkeypatch.setattr(script.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit, match="apt-get install python3-venv"):
        script.prepare(["demo"])


def test_an_old_python_looks_for_a_newer_one(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script.sys, "version_info", (3, 9))
    monkeypatch.setattr(script.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit, match=r"Python 3\.11 or newer"):
        script.use_new_enough_python()


def test_an_installation_is_used_until_something_changes(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def install(lock: Path) -> None:
        made.append(lock.name)
        script.VENV.mkdir(exist_ok=True)

    monkeypatch.setattr(script, "install", install)
    monkeypatch.setattr(script, "runs", lambda *command: script.VENV.exists())
    script.prepare(["demo"])
    script.prepare(["serve"])
    assert made == ["requirements.lock"]
    script.prepare(["test", "--fast"])
    script.prepare(["check", "--deploy"])
    script.prepare(["demo"])
    assert made == ["requirements.lock", "requirements-test.lock"]
    (script.ROOT / "requirements.lock").write_text("newer")
    (script.ROOT / "requirements-test.lock").write_text("newer")
    script.prepare(["demo"])
    assert made == ["requirements.lock", "requirements-test.lock", "requirements.lock"]


def test_a_failed_step_is_named(script: ModuleType) -> None:
    with pytest.raises(SystemExit, match="stopped at “python"):
        script.carry_out(sys.executable, "-c", "raise SystemExit(1)")
