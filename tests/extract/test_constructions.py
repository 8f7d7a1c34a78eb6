"""Each construction gives its triples: frozen parse → lines of `told`."""

import json
import tomllib
from pathlib import Path
from typing import TypedDict, cast

import pytest

from kg.extract.assemble import Stages, annotate_pieces
from kg.model import Annotation, Document, Run
from kg.parse.frozen import FrozenParse, thaw
from kg.settings import Settings
from tests.extract.told import told

HERE = Path(__file__).resolve().parent


class Case(TypedDict):
    """One row of the table."""

    text: str
    date: str
    says: list[str]
    never: list[str]


CASES = cast("list[Case]", tomllib.loads((HERE / "constructions.toml").read_text(encoding="utf-8"))["case"])
PARSES = cast(
    "dict[str, FrozenParse]", json.loads((HERE.parent / "parses" / "constructions.json").read_text(encoding="utf-8"))
)


@pytest.fixture(scope="module")
def stages() -> Stages:
    """Gazetteer and ontology as they ship."""
    return Stages.load(Settings())


def annotated(case: Case, stages: Stages) -> Annotation:
    document = Document("case", case["text"], date=case["date"])
    return annotate_pieces(document, [(thaw(PARSES[case["text"]]), 0)], stages, Run("0", "frozen", "0", "0"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_construction(case: Case, stages: Stages) -> None:
    lines = told(annotated(case, stages))
    assert [line for line in case["says"] if line not in lines] == []
    assert [line for line in lines if any(line.startswith(beginning) for beginning in case.get("never", []))] == []


def test_every_case_says_something() -> None:
    assert [case["text"] for case in CASES if not case["says"] and not case.get("never")] == []
    assert {case["text"] for case in CASES} == set(PARSES)


def test_every_rule_is_shown(stages: Stages) -> None:
    shown = {triple.rule for case in CASES for triple in annotated(case, stages).triples}
    assert shown >= {
        "clause-own", "clause-inherited", "clause-relative", "clause-participle", "clause-control", "clause-argument",
        "nested", "happening", "initiative", "role-title", "role-apposition", "role-copula", "description-title",
        "location-preposition", "location-based", "residence",
    }  # fmt: skip
