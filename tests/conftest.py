"""Fixtures of all tests."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language

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
