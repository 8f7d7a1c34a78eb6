"""What the documentation shows is what comes out."""

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli.main import COMMANDS
from kg.store.profiles import PROFILES

ROOT = Path(__file__).resolve().parents[2]


def _script(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.model
@pytest.mark.slow
def test_the_examples_give_what_stands_there() -> None:
    result = _script("scripts/run_examples.py")
    assert result.returncode == 0, "python scripts/run_examples.py --write\n" + result.stdout + result.stderr


def test_every_command_is_documented_as_it_is() -> None:
    result = _script("scripts/document_commands.py", "--check")
    assert result.returncode == 0, "python scripts/document_commands.py " + result.stderr


def test_the_readme_names_every_command() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"kg {name}" not in text] == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "docs/commands.md", "docs/stores.md"])
def test_links_lead_somewhere(name: str) -> None:
    path = ROOT / name
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_notebooks_run(path: Path) -> None:
    nbformat = importlib.import_module("nbformat")
    client = importlib.import_module("nbclient").NotebookClient
    notebook = nbformat.read(path, as_version=4)
    client(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}).execute()


def test_every_external_store_has_its_section() -> None:
    text = (ROOT / "docs" / "stores.md").read_text(encoding="utf-8")
    sections = {
        title.split()[-1 if title.startswith("Jena") else 0].lower() for title in re.findall(r"^## (.+)", text, re.M)
    }
    assert [name for name in PROFILES if name not in sections | {"generic"}] == []
