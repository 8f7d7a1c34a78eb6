"""The tutorial docs/add-a-relation.md does what it says, block by block."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parent.parent / "docs" / "add-a-relation.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def blocks() -> dict[str, str]:
    """The blocks of the page by language, one each."""
    found = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    assert [language for language, _ in found] == ["turtle", "text", "console", "python"]
    return dict(found)


@pytest.fixture
def folder(blocks: dict[str, str], tmp_path: Path) -> Path:
    """A folder with the files that the page has the reader save."""
    (tmp_path / "rescue.ttl").write_text(blocks["turtle"], encoding="utf-8")
    (tmp_path / "article.txt").write_text(blocks["text"], encoding="utf-8")
    return tmp_path


@pytest.mark.model
def test_the_commands_print_what_the_page_shows(blocks: dict[str, str], folder: Path) -> None:
    *before, (last, shown) = [part.split("\n", 1) for part in blocks["console"].split("$ ")[1:]]
    for command, _ in before:
        _run(command, folder)
    assert _run(last, folder).replace("\r\n", "\n") == shown


@pytest.mark.model
def test_the_example_of_the_file_comes_out(blocks: dict[str, str], folder: Path) -> None:
    done = subprocess.run([sys.executable, "-c", blocks["python"]], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def _run(command: str, folder: Path) -> str:
    name, *arguments = shlex.split(command)
    assert name == "kg"
    done = subprocess.run(
        [sys.executable, "-c", "from kg.cli.main import main; main()", *arguments],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()
