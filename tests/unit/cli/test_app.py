"""The table of commands, and how the program ends: with words and the exit code of what went wrong."""

import sys
from pathlib import Path

import pytest

from fishplate.cli import app
from fishplate.errors import ProjectFaults


def ends(monkeypatch: pytest.MonkeyPatch, *words: str) -> int | str | None:
    """The code with which the program ends, called with these words."""
    monkeypatch.setattr(sys, "argv", ["fishplate", *words])
    with pytest.raises(SystemExit) as end:
        app.main()
    return end.value.code


def test_every_command_that_is_listed_is_there() -> None:
    for name in app.COMMANDS:
        command = app.Commands().get_command(app.click.Context(app.fishplate), name)
        assert command is not None
        assert command.help


def test_a_refusal_is_printed_whole_on_one_line_a_fault_and_ends_with_its_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = tmp_path / ("a-folder-with-a-name-longer-than-a-terminal-is-wide-" * 3)
    folder.mkdir()
    (folder / "fishplate.toml").write_text("[project]\nname = 1\nplaice = 'x'\n", encoding="utf-8")
    assert ends(monkeypatch, "check", str(folder)) == ProjectFaults.exit_code
    said = capsys.readouterr()
    assert said.out == ""
    assert all(line.startswith("fishplate.toml:") for line in said.err.strip().splitlines())


def test_a_misspelt_command_ends_as_the_command_line_s_own_mistakes_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ends(monkeypatch, "nothing") == app.click.UsageError.exit_code
    assert "nothing" in capsys.readouterr().err


def test_help_ends_well(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert ends(monkeypatch, "--help") == 0
    assert "Commands" in capsys.readouterr().out
