"""Names and the types of their entities, from reading to linking, on frozen parses of tests/link/names.toml."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from kg.extract.assemble import Stages, annotate_pieces
from kg.model import Document, Run
from kg.parse.frozen import thaw
from kg.settings import Settings

TESTS = Path(__file__).parent.parent
CASES: list[dict[str, Any]] = tomllib.loads((TESTS / "link" / "names.toml").read_text(encoding="utf-8"))["case"]
PARSES = json.loads((TESTS / "parses" / "named.json").read_text(encoding="utf-8"))
STAGES = Stages.load(Settings())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"].strip()[:40])
def test_names_of_a_text(case: dict[str, Any]) -> None:
    text = case["text"]
    annotation = annotate_pieces(Document("case", text), [(thaw(PARSES[text]), 0)], STAGES, Run("0", "", "", ""))
    types = {entity.id: entity.type for entity in annotation.entities}
    named = sorted((m.start, m.end, types[m.entity]) for m in annotation.mentions if m.kind == "name")
    assert [f"{text[start:end]} {kind}" for start, end, kind in named] == case["names"]
