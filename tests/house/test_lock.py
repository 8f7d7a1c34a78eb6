"""The lock files name what pyproject.toml requires, with hashes."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = [requirement for extra in PROJECT["optional-dependencies"].values() for requirement in extra]


def _locked(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return {canonicalize_name(found[1]): found[2] for found in re.finditer(r"^([\w.-]+)==(\S+)", text, re.MULTILINE)}


@pytest.mark.parametrize(
    ("name", "required"),
    [
        ("requirements.txt", PROJECT["dependencies"]),
        ("requirements-dev.txt", PROJECT["dependencies"] + EXTRAS),
    ],
)
def test_the_lock_fits_what_is_required(name: str, required: list[str]) -> None:
    locked = _locked(name)
    for requirement in map(Requirement, required):
        version = locked.get(canonicalize_name(requirement.name))
        assert version is not None, f"{requirement.name} is not in {name}: make lock"
        assert requirement.specifier.contains(version), f"{requirement} and {version} in {name}: make lock"


def test_both_locks_have_the_same_versions() -> None:
    development = _locked("requirements-dev.txt")
    assert {name: development[name] for name in _locked("requirements.txt")} == _locked("requirements.txt")


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_everything_has_a_hash(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for entry in re.split(r"\n(?=\S)", text):
        assert entry.startswith("#") or "--hash=sha256:" in entry, entry.splitlines()[0]
    assert "https://" not in text
    assert "file://" not in text


def test_each_dependency_is_named_with_its_licence() -> None:
    record = (ROOT / "docs" / "decisions" / "0002-dependencies.md").read_text(encoding="utf-8")
    for requirement in map(Requirement, PROJECT["dependencies"] + EXTRAS):
        assert re.search(rf"^\| `{re.escape(requirement.name)}` \|", record, re.MULTILINE), requirement.name
