"""What an installation is told before it opens to the internet: each warning shows, and goes when it is seen to."""

import json
import resource
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from centro.core import clock, deploy
from centro.core.backup import sealing, store
from centro.core.documents import uploads
from centro.core.documents.refusals import UploadRefused


@pytest.fixture
def center(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A center with everything in order."""
    settings.DATA = tmp_path
    settings.ROOT_KEY_FILE = tmp_path / "root.key"
    settings.ROOT_KEY_FILE.write_bytes(bytes(32))
    settings.ROOT_KEY_FILE.chmod(0o400)
    sealing.add_recipient(sealing.new_identity()[1])
    status = {"stamp": store.stamp_of(clock.now()), "heads": {}}
    (tmp_path / "backup.status").write_text(json.dumps(status))
    monkeypatch.setattr(uploads, "decode", lambda *_: ({"can_open": False, "is_alone": True}, b""))
    monkeypatch.setattr(deploy, "SWAPS", tmp_path / "swaps")
    monkeypatch.setattr(resource, "getrlimit", lambda _: (0, 0))
    return tmp_path


def found(*expected: str) -> bool:
    return {str(message.id) for message in deploy.fit_for_a_center(None)} == {*expected, "centro.W101"}


def test_a_center_in_order_is_told_only_of_its_one_disk(center: Path) -> None:
    assert found()
    (message,) = deploy.fit_for_a_center(None)
    assert "A stolen machine or disk image yields every name" in message.msg


def test_a_root_key_on_another_disk_is_well(center: Path, settings: Any) -> None:
    other = Path("/dev/shm")  # noqa: S108  (a second file system, which most machines have)
    if not other.is_dir() or other.stat().st_dev == center.stat().st_dev:
        pytest.skip("there is no second file system here")
    settings.ROOT_KEY_FILE = other / f"{center.name}-{center.parent.name}.key"
    settings.ROOT_KEY_FILE.write_bytes(bytes(32))
    settings.ROOT_KEY_FILE.chmod(0o400)
    try:
        assert deploy.fit_for_a_center(None) == []
    finally:
        settings.ROOT_KEY_FILE.unlink()


def test_a_root_key_that_others_read_or_that_is_not_there(center: Path, settings: Any) -> None:
    settings.ROOT_KEY_FILE.chmod(0o440)
    assert found("centro.E102")
    settings.ROOT_KEY_FILE.unlink()
    assert [message.id for message in deploy.fit_for_a_center(None)] == ["centro.E101"]


def test_backups_that_nobody_could_open_or_that_are_old(center: Path) -> None:
    old = {"stamp": store.stamp_of(clock.now() - timedelta(days=2)), "heads": {}}
    (center / "backup.status").write_text(json.dumps(old))
    assert found("centro.W103")
    sealing.recipients_file().unlink()
    assert found("centro.W102")


def test_a_decoder_that_could_do_too_much(center: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "decode", lambda *_: ({"can_open": True, "is_alone": True}, b""))
    assert found("centro.E104")
    monkeypatch.setattr(uploads, "decode", lambda *_: ({"can_open": False, "is_alone": False}, b""))
    assert found("centro.W104")

    def broken(*_: Any) -> Any:
        raise UploadRefused("unreadable")

    monkeypatch.setattr(uploads, "decode", broken)
    assert found("centro.E103")


def test_memory_that_reaches_a_disk(center: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (center / "swaps").write_text("Filename\tType\n/dev/sda2\tpartition\n")
    assert found("centro.W105")
    (center / "swaps").unlink()
    monkeypatch.setattr(resource, "getrlimit", lambda _: (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert found("centro.W106")
