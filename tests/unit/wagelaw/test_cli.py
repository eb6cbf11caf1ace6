"""The command: exit codes, what goes where, languages, many documents; never a traceback."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.wagelaw.cases import case, paid, shift
from wagelaw.cli import COMMANDS, main

SOUND = case(shifts=[shift(number, 600) for number in range(1, 6)], payments=[paid("800.00")])


@pytest.fixture
def file(tmp_path):
    """Writes a document to a file and returns its name."""

    def write(content):
        path = tmp_path / "case.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return str(path)

    return write


def test_a_claim_as_json(file, capsys):
    assert main(["claim", file(SOUND)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["items"][0]["code"] == "overtime"


def test_a_claim_as_table(file, capsys):
    assert main(["claim", file(SOUND), "--table", "--lang", "ko"]) == 0
    printed = capsys.readouterr().out
    assert "연장근로 수당" in printed
    assert "$300.00" in printed


def test_a_claim_in_words(file, capsys):
    assert main(["claim", file(SOUND), "--words", "--lang", "es"]) == 0
    assert "Horas extra: $300.00" in capsys.readouterr().out


def test_from_standard_input(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(json.dumps(SOUND).encode())))
    assert main(["claim", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["format"] == "wagelaw/claim/1"


def test_problems_go_to_standard_error_one_a_line(file, capsys):
    broken = {**SOUND, "shifts": [{"date": "soon", "minutes": -1}], "colour": 1}
    assert main(["claim", file(broken), "--lang", "es"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    lines = printed.err.splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("shifts[0].date: ")
    assert "no se conoce" in lines[-1]


def test_many_documents_one_a_line(file, capsys):
    lines = f"{json.dumps(SOUND)}\n{json.dumps({**SOUND, 'place': 'moon'})}\n{json.dumps(SOUND)}\n"
    assert main(["claim", file(lines), "--jsonl"]) == 2
    printed = capsys.readouterr()
    assert len([json.loads(line) for line in printed.out.splitlines()]) == 2
    assert printed.err.startswith("document 2: place: ")


def test_an_array_of_documents(file, capsys):
    assert main(["claim", file([SOUND, SOUND])]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


@pytest.mark.parametrize("content", ["", "not json", "[1]", "null", '{"place": NaN}', "\x00\x01", "[[[[[[", '"text"'])
def test_nonsense_has_exit_code_2(file, capsys, content):
    assert main(["claim", file(content)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    ("command", "content"),
    [
        ("claim", json.dumps(SOUND)),
        ("clocks", '[{"kind": "payday_missed", "on": "2026-01-05"}]'),
        ("coverage", '{"place": "US-CA", "on": "2026-01-05", "label": "employee"}'),
    ],
)
def test_a_mark_of_utf_8_may_lead_the_text(tmp_path, capsys, command, content):
    """As Notepad and Excel write it."""
    path = tmp_path / "document.json"
    path.write_text(content, encoding="utf-8-sig")
    assert main([command, str(path)]) == 0
    assert not capsys.readouterr().err


def test_bytes_that_are_no_text(tmp_path, capsys):
    path = tmp_path / "case.json"
    path.write_bytes(b"\xff\xfe\x00")
    assert main(["claim", str(path)]) == 2
    assert main(["claim", str(tmp_path / "absent.json")]) == 2
    assert "absent.json" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [[], ["dance"], ["claim"], ["claim", "a", "b"], ["claim", "a", "--fast"], ["explain"]]
)
def test_asked_wrongly(capsys, words):
    assert main(words) == 2
    assert "wagelaw" in capsys.readouterr().err


@pytest.mark.parametrize("language", [["--lang", "fr"], ["--lang"]])
@pytest.mark.parametrize("command", ["claim", "explain", "schema", "law"])
def test_a_language_it_does_not_speak(file, capsys, command, language):
    word = {"claim": file(SOUND), "explain": "overtime", "schema": "case", "law": "US"}[command]
    assert main([command, word, *language]) == 2
    assert capsys.readouterr() == ("", "--lang en | es | ko\n")


def test_help(capsys):
    assert main(["--help"]) == 0
    assert main(["claim", "--help"]) == 0
    assert "claim" in capsys.readouterr().out


def test_explain(capsys):
    assert main(["explain", "waiting_time", "--lang", "ko"]) == 0
    assert "203" in capsys.readouterr().out
    assert main(["explain", "moon", "--lang", "es"]) == 2
    assert "moon" in capsys.readouterr().err


@pytest.mark.parametrize("name", [[], ["case"], ["claim"]])
def test_schema(capsys, name):
    assert main(["schema", *name]) == 0
    assert json.loads(capsys.readouterr().out)["type"] == "object"
    assert main(["schema", "moon"]) == 2


def test_every_command_has_its_module():
    for module in COMMANDS.values():
        assert (Path(__file__).parents[3] / "src" / f"{module.replace('.', '/')}.py").exists()


def test_importing_the_package_brings_no_numpy():
    code = "import wagelaw, wagelaw.cli, sys; print('numpy' in sys.modules, 'django' in sys.modules)"
    found = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(Path(__file__).parents[3] / "src")},
    )
    assert found.stdout.split() == ["False", "False"]
