"""The command as a whole: what it imports, how fast it is, how it ends."""

import importlib
import inspect
import os
import subprocess
import sys

import pytest

from kg.cli import main as cli
from kg.errors import StoreError, UsageError

from .conftest import Run

HEAVY = ("spacy", "rdflib", "pyvis", "numpy", "networkx", "pyoxigraph")


def _imported(code: str) -> set[str]:
    code += f"\nimport sys; print(*(name for name in {HEAVY} if name in sys.modules), file=sys.stderr)"
    return set(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stderr.split())


def test_import_kg_imports_nothing_heavy() -> None:
    assert not _imported("import kg")


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], *([name, "--help"] for name in cli.COMMANDS)])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    code = (
        f"from kg.cli.main import main\ntry:\n    main({arguments})\nexcept SystemExit as end:\n    assert not end.code"
    )
    assert not _imported(code)


def test_help_is_fast() -> None:
    """What typer takes to write any help, and a third of it; CPU time, the best of five."""
    shown, typers = "from kg.cli.main import main; main(['--help'])", "import typer.rich_utils"
    took: dict[str, list[float]] = {shown: [], typers: []}
    for _ in range(5):
        for code, times in took.items():
            before = os.times()
            subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
            after = os.times()
            times.append(after.children_user + after.children_system - before.children_user - before.children_system)
    assert min(took[shown]) < min(took[typers]) * 4 / 3


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_each_command_is_there_with_the_help_of_the_table(name: str) -> None:
    command = importlib.import_module(f"kg.cli.{name}").command
    assert inspect.getdoc(command).splitlines()[0] == cli.COMMANDS[name]  # type: ignore[union-attr]


def test_help_lists_the_commands(run: Run) -> None:
    result = run("--help")
    assert result.status == 0
    assert all(name in result.out for name in cli.COMMANDS)


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["--nonsense"], ["annotate"], ["annotate", "--nonsense", "-"]])
def test_wrong_usage_ends_with_2(run: Run, arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.status == 2
    assert "Traceback" not in result.out + result.err


@pytest.mark.parametrize(
    ("error", "status", "message"),
    [
        (UsageError("no such thing"), 2, "kg: no such thing\n"),
        (StoreError("locked"), 1, "kg: locked\n"),
        (PermissionError(13, "Permission denied", "a.ttl"), 1, "kg: a.ttl: Permission denied\n"),
        (OSError(28, "No space left on device"), 1, "kg: [Errno 28] No space left on device\n"),
    ],
)
def test_errors_are_one_line(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, message: str
) -> None:
    def fails() -> None:
        raise error

    monkeypatch.setattr("kg.cli.doctor.command", fails)
    result = run("doctor")
    assert (result.status, result.err) == (status, message)


def test_a_closed_pipe_is_no_error_to_talk_about() -> None:
    code = (
        "import sys, typer\nimport kg.cli.doctor\nfrom kg.cli.main import main\n"
        "def talks() -> None:\n    for _ in range(100_000):\n        typer.echo('line')\n"
        "kg.cli.doctor.command = talks\nmain(['doctor'])"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == b"line\n"
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=20) == 1
