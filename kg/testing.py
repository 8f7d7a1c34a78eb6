"""Conformance checks and Hypothesis strategies for authors of annotators and other plug-ins.

    from kg.testing import check_annotator

    def test_my_annotator() -> None:
        check_annotator(lambda: MyAnnotator(Settings()))

The strategies need Hypothesis, which comes with `pip install kg-actors-places[dev]`; nothing else here does.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Protocol, get_args

from kg.errors import DocumentError
from kg.model import (
    Annotation,
    Argument,
    Document,
    Entity,
    Mention,
    MentionKind,
    Modality,
    Predicate,
    Quote,
    Role,
    Triple,
)

if TYPE_CHECKING:
    from random import Random

    from hypothesis.strategies import SearchStrategy

DOCUMENTS = (
    Document(
        id="visit",
        text=(
            "The mayor of Nantes, Anne Leroy, met Governor John Park on Monday. “We agreed on little,” she said."
            "\r\n\r\nHe did not sign the treaty."
        ),
        title="Leroy meets Park",
        date="2021-07-01",
    ),
    Document(id="accents", text="Jose\u0301 Núñez arrived in São Paulo\u202f— the café “O Sol” was 🔥 closed."),
    Document(id="nul", text="The minister resigned.\x00 Police\u202e arrested \ufefftwo men."),
    Document(id="plain", text="no capital letter and no stop"),
)
"""Short texts with what breaks offsets: line ends, combining accents, characters beyond 16 bits, control characters."""


class AnnotatorLike(Protocol):
    """What replaces the left half: documents in, annotations out, an error in the place of a document that failed."""

    def annotate(self, documents: Iterable[Document]) -> Iterator[Annotation | DocumentError]:
        """Yield one annotation or error for each document, in their order."""
        ...


def check_annotator(make: Callable[[], AnnotatorLike], documents: Iterable[Document] = DOCUMENTS) -> None:
    """Raise AssertionError where an annotator breaks the contract.

    Checked: one result a document in their order, text and metadata unchanged, what `faults` finds, and equal results
    of two annotators, the second of which reads the documents one by one and in reverse.
    """
    given = tuple(documents)
    results = tuple(make().annotate(given))
    if len(results) != len(given):
        raise AssertionError(f"{len(given)} documents gave {len(results)} results")
    found = [line for document, result in zip(given, results, strict=True) for line in _compared(document, result)]
    if found:
        raise AssertionError("\n".join(found))
    other = make()
    again = tuple(next(iter(other.annotate([document]))) for document in reversed(given))
    for document, first, second in zip(given, results, reversed(again), strict=True):
        if _comparable(first) != _comparable(second):
            raise AssertionError(f"document {document.id}: read alone, it gives another result")


def faults(annotation: Annotation) -> tuple[str, ...]:
    """What an annotation has against the contract: nothing, one hopes.

    Offsets (each item's text is text[start:end]), ids (unique, and those that are referred to exist), enumerations,
    confidences from 0 to 1, sentences in order that cover all that is not white space.
    """
    found = [*_offsets(annotation), *_ids(annotation), *_values(annotation), *_sentences(annotation)]
    return tuple(f"document {annotation.id}: {line}" for line in found)


def _compared(document: Document, result: Annotation | DocumentError) -> tuple[str, ...]:
    if isinstance(result, DocumentError):
        return () if result.document == document.id else (f"the error of {document.id} names {result.document}",)
    changed = [
        f"document {document.id}: {key!r} is not as it was given"
        for key in ("id", "text", "title", "url", "date", "language")
        if getattr(document, key) != getattr(result, key)
    ]
    return (*changed, *faults(result))


def _comparable(result: Annotation | DocumentError) -> Annotation | str:
    return str(result) if isinstance(result, DocumentError) else result


def _spans(annotation: Annotation) -> Iterator[tuple[str, int | None, int | None, str]]:
    for mention in annotation.mentions:
        yield mention.id, mention.start, mention.end, mention.text
    for number, quote in enumerate(annotation.quotes, start=1):
        yield quote.id or f"quote {number}", quote.start, quote.end, quote.text
    for triple in annotation.triples:
        yield f"{triple.id} predicate", triple.predicate.start, triple.predicate.end, triple.predicate.text
        for part in (triple.subject, triple.object, *triple.arguments):
            if part is not None:
                yield f"{triple.id} argument", part.start, part.end, part.text


def _offsets(annotation: Annotation) -> Iterator[str]:
    for what, start, end, text in _spans(annotation):
        if (start is None) != (end is None):
            yield f"{what}: only one of start and end is given"
        elif start is not None and end is not None and not 0 <= start < end <= len(annotation.text):
            yield f"{what}: [{start}:{end}] is no span of the text"
        elif start is not None and annotation.text[start:end] != text:
            yield f"{what}: {text!r} is not text[{start}:{end}], which is {annotation.text[start:end]!r}"


def _ids(annotation: Annotation) -> Iterator[str]:
    for kind, ids in (
        ("mention", [mention.id for mention in annotation.mentions]),
        ("entity", [entity.id for entity in annotation.entities]),
        ("entity IRI", [entity.iri for entity in annotation.entities]),
        ("triple", [triple.id for triple in annotation.triples]),
        ("quote", [quote.id for quote in annotation.quotes if quote.id is not None]),
    ):
        yield from (f"{kind} {name!r} occurs twice" for name in sorted({name for name in ids if ids.count(name) > 1}))
    entities = {entity.id for entity in annotation.entities}
    named = {mention.entity for mention in annotation.mentions} | {quote.speaker for quote in annotation.quotes}
    for triple in annotation.triples:
        named |= {triple.attribution, triple.event} | {part.entity for part in _arguments(triple)}
    yield from (f"no entity {name!r}" for name in sorted(name for name in named if name and name not in entities))
    claims = {part.triple for triple in annotation.triples for part in _arguments(triple) if part.triple}
    yield from (f"no triple {name!r}" for name in sorted(claims - {triple.id for triple in annotation.triples}))


def _arguments(triple: Triple) -> Iterator[Argument]:
    yield from (part for part in (triple.subject, triple.object, *triple.arguments) if part is not None)


def _values(annotation: Annotation) -> Iterator[str]:
    for mention in annotation.mentions:
        if mention.kind not in get_args(MentionKind):
            yield f"{mention.id}: unknown kind {mention.kind!r}"
    for entity in annotation.entities:
        if entity.type not in entity.types:
            yield f"{entity.id}: the type {entity.type!r} is none of its types {entity.types}"
        if not 0 <= entity.confidence <= 1:
            yield f"{entity.id}: confidence {entity.confidence}"
        if (entity.latitude is None) != (entity.longitude is None):
            yield f"{entity.id}: only one of latitude and longitude is given"
    for triple in annotation.triples:
        if triple.modality not in get_args(Modality):
            yield f"{triple.id}: unknown modality {triple.modality!r}"
        if not 0 <= triple.confidence <= 1:
            yield f"{triple.id}: confidence {triple.confidence}"
        for part in _arguments(triple):
            if part.role is not None and part.role not in get_args(Role):
                yield f"{triple.id}: unknown role {part.role!r}"


def _sentences(annotation: Annotation) -> Iterator[str]:
    end = 0
    for start, stop in annotation.sentences:
        if start < end or stop <= start:
            yield f"sentence [{start}:{stop}] is empty or begins before the last one ends"
        if left := _visible(annotation.text[end:start]):
            yield f"no sentence covers {left[:40]!r}"
        end = stop
    if annotation.sentences and (left := _visible(annotation.text[end:])):
        yield f"no sentence covers {left[:40]!r}"


def _visible(text: str) -> str:
    """The text without its white space and control characters."""
    return "".join(c for c in text if not c.isspace() and unicodedata.category(c) != "Cc")


def documents() -> "SearchStrategy[Document]":
    """Documents with any text that a reader lets through: at least one letter, no lone surrogate."""
    from hypothesis import strategies as st

    characters = st.characters(exclude_categories=["Cs"])
    text = st.text(characters, min_size=1, max_size=400).filter(lambda text: any(map(str.isalpha, text)))
    day = st.dates().map(lambda value: value.isoformat())
    return st.builds(
        Document,
        id=st.text(characters, min_size=1, max_size=20).filter(lambda name: bool(name.strip())),
        text=text,
        title=st.none() | st.text(characters, min_size=1, max_size=40),
        url=st.none() | st.just("https://example.org/article?a=1&b=2#c"),
        date=st.none() | day,
        language=st.just("en"),
    )


def annotations() -> "SearchStrategy[Annotation]":
    """Annotations that keep the contract, `faults` finds nothing, though what they say makes no sense."""
    from hypothesis import strategies as st

    return st.tuples(documents(), st.randoms(use_true_random=False)).map(lambda drawn: _invented(*drawn))


def _invented(document: Document, random: "Random") -> Annotation:
    """An annotation of a document whose spans and values are drawn."""
    names = [f"e{number}" for number in range(1, random.randint(2, 4))]
    types = ("Person", "Actor", "Entity")
    return Annotation(
        id=document.id,
        text=document.text,
        mentions=tuple(_mention(number, names, document.text, random) for number in range(random.randint(0, 4))),
        entities=tuple(Entity(name, f"https://example.org/id/{name}", types[0], types, name) for name in names),
        triples=tuple(_triple(number, names, document.text, random) for number in range(random.randint(0, 3))),
        quotes=tuple(_quote(number, names, document.text, random) for number in range(random.randint(0, 2))),
        title=document.title,
        url=document.url,
        date=document.date,
        language=document.language,
        sentences=((0, len(document.text)),),
    )


def _span(text: str, random: "Random") -> tuple[int, int]:
    start = random.randrange(len(text))
    return start, random.randint(start + 1, len(text))


def _mention(number: int, names: list[str], text: str, random: "Random") -> Mention:
    start, end = _span(text, random)
    kind: MentionKind = random.choice(get_args(MentionKind))
    return Mention(f"m{number + 1}", start, end, text[start:end], kind, random.choice(names))


def _quote(number: int, names: list[str], text: str, random: "Random") -> Quote:
    start, end = _span(text, random)
    return Quote(start, end, text[start:end], random.choice([*names, None]), random.random() < 0.5, id=f"q{number + 1}")


def _argument(names: list[str], text: str, random: "Random", role: Role | None = None) -> Argument:
    start, end = _span(text, random)
    return Argument(text[start:end], start, end, random.choice([*names, None]), role)


def _triple(number: int, names: list[str], text: str, random: "Random") -> Triple:
    roles: list[Role] = random.sample(get_args(Role), random.randint(0, 2))
    return Triple(
        id=f"t{number + 1}",
        subject=_argument(names, text, random),
        predicate=Predicate("is", "be", random.choice(["heads", None]), random.random() < 0.5),
        object=random.choice([_argument(names, text, random), None]),
        arguments=tuple(_argument(names, text, random, role) for role in roles),
        negated=random.random() < 0.5,
        modality=random.choice(get_args(Modality)),
        attribution=random.choice([*names, None]),
        confidence=round(random.random(), 3),
        start=0,
        end=len(text),
        rule="invented",
    )
