"""Annotations to draw."""

from pathlib import Path

import pytest

from kg.model import Annotation
from kg.serial import from_json


@pytest.fixture(scope="session")
def news(root: Path) -> tuple[Annotation, ...]:
    """Two articles about an eviction, and one made of what breaks pages (written by write_articles.py)."""
    lines = (root / "tests" / "view" / "articles.jsonl").read_bytes().split(b"\n")
    return tuple(from_json(line) for line in lines if line)
