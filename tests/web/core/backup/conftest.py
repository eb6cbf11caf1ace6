"""One drill for all tests of backups: a center, its two snapshots, and a purge between them."""

import shutil
from pathlib import Path

import pytest

from tests.web.core.backup.centers import Drill, hold_drill, new_center


@pytest.fixture(scope="session")
def drill(tmp_path_factory: pytest.TempPathFactory) -> Drill:
    here = tmp_path_factory.mktemp("drill")
    return hold_drill(new_center(here / "center"), here / "backups")


@pytest.fixture
def copy(drill: Drill, tmp_path: Path) -> Path:
    return Path(shutil.copytree(drill.folder, tmp_path / "backups"))
