"""Setting up a center from the terminal: two officers, the root key on paper and back, logs that hold."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from config.env import ROOT

pytestmark = pytest.mark.own_database
Run = Callable[..., subprocess.CompletedProcess[str]]
OFFICERS = ["--officer", "Ana Ruiz, aster-12, es", "--officer", "Kim Soo, clover-33, ko"]


@pytest.fixture
def centro(tmp_path: Path) -> Run:
    """`centro …` on a center of its own, with nobody at the terminal."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CENTRO_", "DATABASE_"))}
    env = kept | {"CENTRO_DATA": str(tmp_path), "ALLOWED_HOSTS": "centro.example.org"}

    def run(*words: str, given: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "config.door", *words]
        return subprocess.run(command, cwd=ROOT, env=env, input=given, capture_output=True, text=True, check=False)

    return run


def test_a_center_is_set_up_once_by_two(centro: Run, tmp_path: Path) -> None:
    done = centro("create-center", "--name", "Casa Uno", *OFFICERS)
    links = [line for line in done.stdout.splitlines() if "https://centro.example.org/invitation/" in line]
    assert (done.returncode, len(links), done.stderr) == (0, 2, "")
    assert [link.split(":")[0].strip() for link in links] == ["aster-12", "clover-33"]
    assert (tmp_path / "root.key").stat().st_mode & 0o777 == 0o400
    again = centro("create-center", "--name", "Casa Dos", *OFFICERS)
    assert (again.returncode, "set up already" in again.stderr) == (1, True)
    proved = centro("audit", "verify")
    assert (proved.returncode, "chain intact" in proved.stdout) == (0, True)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "nobody is here to ask"),
        (["--name", "Casa", *OFFICERS[:2]], "two officers"),
        (["--name", "Casa", *OFFICERS[:2] * 2], "two officers"),
        (["--name", "Casa", "--officer", "Ana"], "should be: name, user name, language"),
        (["--name", "Casa", "--officer", "Ana, ANA RUIZ, es", *OFFICERS[:2]], "is no user name"),
        (["--name", "x" * 121, *OFFICERS], "from 1 to 120 characters"),
    ],
)
def test_half_a_set_up_is_refused(centro: Run, words: list[str], sentence: str) -> None:
    done = centro("create-center", *words)
    assert (done.returncode, sentence in done.stderr) == (1, True), done.stderr
    assert "root key was written" not in done.stdout or not words  # what the words tell is told before a key is made


def test_the_root_key_goes_to_paper_and_comes_back(centro: Run, tmp_path: Path) -> None:
    centro("create-center", "--name", "Casa Uno", *OFFICERS)
    key_file = tmp_path / "root.key"
    key = key_file.read_bytes()
    printed = centro("root-key", "print").stdout
    lines = [line for line in printed.splitlines() if line.strip()[:1].isdigit()][:4]
    kept = centro("root-key", "type", given="\n".join(lines) + "\n")
    assert (kept.returncode, "not replaced" in kept.stderr) == (1, True)
    key_file.unlink()
    assert "cannot be read" in centro("root-key", "print").stderr
    slip = centro("root-key", "type", given="\n".join([*lines[:3], "4 0000 0000 0000 000"]))
    assert (slip.returncode, "line 4" in slip.stderr, key_file.exists()) == (1, True, False)
    back = centro("root-key", "type", given="\n".join(lines) + "\n")
    assert (back.returncode, key_file.read_bytes()) == (0, key)
    assert centro("audit", "verify").returncode == 0


def test_a_center_that_starts_locked_opens_by_its_passphrase_only(centro: Run, tmp_path: Path) -> None:
    centro("create-center", "--name", "Casa Uno", *OFFICERS)
    words = "maíz lluvia tren nube"
    short = centro("root-key", "seal", given="short\nshort\n")
    assert (short.returncode, (tmp_path / "root.key").exists()) == (1, True)
    sealed = centro("root-key", "seal", given=f"{words}\n{words}\n")
    assert (sealed.returncode, sealed.stderr) == (0, "")
    assert not (tmp_path / "root.key").exists()
    assert centro("audit", "verify").returncode == 0
    assert centro("lock").returncode == 0
    assert centro("root-key", "print").returncode == 1
    wrong = centro("unlock", given="maíz lluvia tren luna\n")
    assert (wrong.returncode, "not the passphrase" in wrong.stderr) == (1, True)
    assert centro("unlock", given=f"{words}\n").returncode == 0
    assert "chain intact" in centro("audit", "verify").stdout
    centro("lock")
