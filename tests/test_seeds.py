"""The seed articles through the whole pipeline: each expected triple is found, no trap is sprung."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.expectations import Expectation, find, read_table
from kg.model import Annotation
from kg.ontology import load
from kg.read.inputs import read

if TYPE_CHECKING:
    from kg.pipeline import Annotator

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
ARTICLES = sorted(path.stem for path in SEEDS.glob("*.md"))
CASES = [
    pytest.param(
        name,
        row,
        id=f"{name}: {row}",
        marks=[pytest.mark.xfail(strict=True, reason=row.xfail)] if row.xfail else [],
    )
    for name in ARTICLES
    for row in read_table(SEEDS / f"{name}.expected.tsv")
]


@pytest.fixture(scope="module")
def annotations(annotator: "Annotator") -> dict[str, Annotation]:
    """The annotated seeds by name."""
    documents = [read([SEEDS / f"{name}.md"]) for name in ARTICLES]
    found = {}
    for name, reading in zip(ARTICLES, documents, strict=True):
        for annotation in annotator.annotate(reading):  # type: ignore[arg-type]
            assert isinstance(annotation, Annotation), annotation
            found[name] = annotation
    return found


def test_there_are_eight_seeds_with_10_to_30_rows_each() -> None:
    assert len(ARTICLES) == 8
    for name in ARTICLES:
        rows = read_table(SEEDS / f"{name}.expected.tsv")
        assert 10 <= len([row for row in rows if not row.trap]) <= 25
        assert len([row for row in rows if row.trap]) >= 6


def test_the_rows_name_relations_of_the_ontology_and_say_what_is_wrong_with_a_trap() -> None:
    ontology = load()
    for name in ARTICLES:
        for row in read_table(SEEDS / f"{name}.expected.tsv"):
            assert row.relation in ontology.relations, row
            assert not row.trap or row.note, row
            assert row.negated in ("yes", "no", "*"), row
            assert row.modality in ("asserted", "possible", "intended", "conditional", "*"), row


def test_the_seeds_have_a_title_and_a_date() -> None:
    for name in ARTICLES:
        (document,) = read([SEEDS / f"{name}.md"])
        assert not isinstance(document, Exception)
        assert document.title
        assert document.date
        assert document.url
        assert document.url.startswith("https://example.org/")
        assert 150 <= len(document.text.split()) <= 350


@pytest.mark.model
@pytest.mark.parametrize(("name", "row"), CASES)
def test_seed(annotations: dict[str, Annotation], name: str, row: Expectation) -> None:
    found = find(annotations[name], row, load())
    if row.trap:
        assert found is None, f"{row.note}, but: {found}"
    else:
        assert found is not None
