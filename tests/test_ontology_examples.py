"""Each example of the ontology through the whole pipeline: its triple comes out, a counter-example's does not."""

from typing import TYPE_CHECKING

import pytest

from kg.expectations import find, of_example
from kg.model import Annotation, Document
from kg.ontology import Example, load

if TYPE_CHECKING:
    from kg.pipeline import Annotator

EXAMPLES = tuple(example for relation in load().relations.values() for example in relation.examples)
NOT_YET: dict[str, str] = {}
"""Sentences of examples that don't come out yet, with the reason."""
CASES = [
    pytest.param(
        example,
        id=f"{'not ' if example.negative else ''}{example.relation}: {example.sentence}",
        marks=[pytest.mark.xfail(strict=True, reason=NOT_YET[example.sentence])] if example.sentence in NOT_YET else [],
    )
    for example in EXAMPLES
]


@pytest.fixture(scope="module")
def annotations(annotator: "Annotator") -> dict[str, Annotation]:
    """The annotated examples by sentence."""
    sentences = dict.fromkeys(example.sentence for example in EXAMPLES)
    documents = [Document(id=f"example-{n}", text=sentence) for n, sentence in enumerate(sentences)]
    found = {}
    for sentence, annotation in zip(sentences, annotator.annotate(documents), strict=True):
        assert isinstance(annotation, Annotation), annotation
        found[sentence] = annotation
    return found


def test_at_most_ten_examples_wait_for_their_rule() -> None:
    assert len(NOT_YET) <= 10
    assert not set(NOT_YET) - {example.sentence for example in EXAMPLES}


@pytest.mark.model
@pytest.mark.parametrize("example", CASES)
def test_example(annotations: dict[str, Annotation], example: Example) -> None:
    annotation = annotations[example.sentence]
    found = find(annotation, of_example(example), load())
    if example.negative:
        assert found is None
    else:
        assert found is not None, [(t.subject.text, t.predicate, t.object) for t in annotation.triples]
