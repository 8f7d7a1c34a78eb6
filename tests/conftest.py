"""Fixtures of all tests."""

import hashlib
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.model import Annotation
    from kg.pipeline import Annotator

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def nlp() -> "Language":
    """The default spaCy pipeline, with kg's sentence boundaries. Mark the test `model`."""
    from kg.parse import models

    return models.load("en_core_web_md")


@pytest.fixture(scope="session")
def annotator() -> "Annotator":
    """The default annotator. Mark the test `model`."""
    from kg.pipeline import Annotator
    from kg.settings import Settings

    return Annotator(Settings())


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with contract and benchmarks that lies beside a developer's checkout. Mark the test `shared`."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no folder ../shared beside this checkout: contract and benchmarks are not at hand")
    return folder


@pytest.fixture(scope="session")
def articles(root: Path) -> "tuple[Annotation, ...]":
    """Three annotated articles of our own; no model is needed."""
    from kg.serial import from_json

    lines = (root / "tests" / "graph" / "articles.jsonl").read_bytes().split(b"\n")
    return tuple(from_json(line) for line in lines if line)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, articles: "tuple[Annotation, ...]") -> Path:
    """A folder in which their graph was built. Don't write into it."""
    from kg.corpus.build import build
    from kg.settings import Settings

    folder = tmp_path_factory.mktemp("built") / "graph"
    build(articles, folder, Settings())
    return folder


@pytest.fixture(scope="session")
def npm(root: Path, pytestconfig: pytest.Config) -> Path:
    """The `node_modules` that tests/npm/package-lock.json names, installed once into pytest's cache."""
    program = shutil.which("npm")
    if program is None:
        pytest.skip("npm is not installed (Debian: apt-get install npm)")
    lock = root / "tests" / "npm" / "package-lock.json"
    assert pytestconfig.cache is not None
    folder = pytestconfig.cache.mkdir(f"npm-{hashlib.sha256(lock.read_bytes()).hexdigest()[:12]}")
    if not (folder / "installed").exists():
        for name in ("package.json", "package-lock.json"):
            shutil.copy(lock.with_name(name), folder)
        command = [program, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=600)
        if any(word in done.stderr for word in ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT")):
            pytest.skip("the npm registry cannot be reached: " + done.stderr.splitlines()[0])
        assert done.returncode == 0, done.stderr
        (folder / "installed").touch()
    return folder / "node_modules"
