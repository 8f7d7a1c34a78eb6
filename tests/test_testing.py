"""The conformance checks find what they promise, and the strategies keep the contract."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import jsonschema
import pytest
from hypothesis import given, settings

from kg import plugins, resources, testing
from kg.errors import DocumentError
from kg.model import Annotation, Argument, Document, Entity, Mention, Predicate, Quote, Triple
from kg.serial import from_json, to_json
from kg.settings import Settings

TEXT = "Anne Leroy met John Park."
GOOD = Annotation(
    id="a",
    text=TEXT,
    mentions=(Mention("m1", 0, 10, "Anne Leroy", "name", "e1"), Mention("m2", 15, 24, "John Park", "name", "e2")),
    entities=(
        Entity("e1", "https://example.org/1", "Person", ("Person", "Entity"), "Anne Leroy"),
        Entity("e2", "https://example.org/2", "Person", ("Person", "Entity"), "John Park"),
    ),
    triples=(
        Triple(
            id="t1",
            subject=Argument("Anne Leroy", 0, 10, "e1"),
            predicate=Predicate("met", "meet", "met", False, 11, 14),
            object=Argument("John Park", 15, 24, "e2"),
            arguments=(),
            negated=False,
            modality="asserted",
            attribution=None,
            confidence=0.9,
            start=0,
            end=25,
        ),
    ),
    quotes=(Quote(0, 25, TEXT, "e1", True, id="q1"),),
    sentences=((0, 25),),
)


def _with_triple(**changes: object) -> Annotation:
    return replace(GOOD, triples=(replace(GOOD.triples[0], **changes),))  # type: ignore[arg-type]


FAULTY = {
    "'Leroy' is not text[0:10]": replace(GOOD, mentions=(replace(GOOD.mentions[0], text="Leroy"),)),
    "[20:30] is no span": replace(GOOD, quotes=(Quote(20, 30, "Park.", None, True),)),
    "mention 'm1' occurs twice": replace(GOOD, mentions=(GOOD.mentions[0], replace(GOOD.mentions[1], id="m1"))),
    "entity IRI 'https://example.org/1' occurs": replace(
        GOOD, entities=(GOOD.entities[0], replace(GOOD.entities[1], iri="https://example.org/1"))
    ),
    "no entity 'e9'": _with_triple(attribution="e9"),
    "no triple 't9'": _with_triple(object=Argument("John Park", 15, 24, triple="t9")),
    "unknown modality": _with_triple(modality="maybe"),
    "confidence 1.5": _with_triple(confidence=1.5),
    "unknown role": _with_triple(arguments=(Argument("met", 11, 14, role="doer"),)),  # type: ignore[arg-type]
    "only one of latitude": replace(GOOD, entities=(replace(GOOD.entities[0], latitude=1.0), GOOD.entities[1])),
    "no sentence covers 'Park.'": replace(GOOD, sentences=((0, 20),)),
    "begins before the last": replace(GOOD, sentences=((0, 20), (15, 25))),
    "none of its types": replace(GOOD, entities=(replace(GOOD.entities[0], type="City"), GOOD.entities[1])),
}


def test_a_sound_annotation_has_no_faults() -> None:
    assert testing.faults(GOOD) == ()


@pytest.mark.parametrize("message", FAULTY)
def test_each_fault_is_found(message: str) -> None:
    (fault,) = testing.faults(FAULTY[message])
    assert message in fault


class Echo:
    """Annotates nothing, in order."""

    def annotate(self, documents: Iterable[Document]) -> Iterator[Annotation | DocumentError]:
        for document in documents:
            yield self.one(document)

    def one(self, document: Document) -> Annotation | DocumentError:
        return Annotation(
            document.id, document.text, (), (), (), (), document.title, document.url, document.date, document.language
        )


class Trimming(Echo):
    def one(self, document: Document) -> Annotation | DocumentError:
        return Annotation(document.id, document.text.replace("\r\n", "\n"), (), (), (), ())


class Counting(Echo):
    """Gives ids that go on from one document to the next, so the order of reading shows."""

    def __init__(self) -> None:
        self.seen = 0

    def one(self, document: Document) -> Annotation | DocumentError:
        self.seen += 1
        entity = Entity(f"e{self.seen}", f"https://example.org/{self.seen}", "Entity", ("Entity",), "x")
        return replace(GOOD, id=document.id, text=document.text, mentions=(), triples=(), quotes=(), entities=(entity,),
                       sentences=(), title=document.title, date=document.date)  # fmt: skip


class Losing(Echo):
    def annotate(self, documents: Iterable[Document]) -> Iterator[Annotation | DocumentError]:
        yield from list(super().annotate(documents))[:-1]


def test_an_annotator_that_keeps_the_contract_passes() -> None:
    testing.check_annotator(Echo)


@pytest.mark.parametrize(
    ("make", "message"),
    [(Trimming, "'text' is not as it was given"), (Counting, "another result"), (Losing, "4 documents gave 3 results")],
)
def test_an_annotator_that_breaks_it_does_not(make: Callable[[], Echo], message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        testing.check_annotator(make)


@settings(max_examples=60, deadline=None)
@given(testing.annotations())
def test_strategies_keep_the_contract(annotation: Annotation) -> None:
    assert testing.faults(annotation) == ()
    assert from_json(to_json(annotation)) == annotation
    schema = json.loads(resources.contract().read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(to_json(annotation)), schema)


@pytest.mark.model
@pytest.mark.parametrize("name", plugins.available("kg.annotators"))
def test_every_installed_annotator_keeps_the_contract(name: str) -> None:
    testing.check_annotator(lambda: plugins.load("kg.annotators", name)(Settings()))
