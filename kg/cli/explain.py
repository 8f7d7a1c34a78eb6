"""`kg explain`: which rule made which triple from which words, sentence by sentence."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import ontology_file
from kg.errors import InputError, KgError, UsageError
from kg.model import Annotation, Argument, Document, Triple
from kg.settings import BASE, Settings

if TYPE_CHECKING:
    from kg.extract.confidence import Judgement
    from kg.pipeline import Annotator

_REASONS = 6
_LABEL = 11


@dataclass(frozen=True, slots=True)
class Why:
    """What made a triple: the trigger word that chose its relation (None: the construction), and its confidence."""

    trigger: str | None
    judgement: "Judgement"


@dataclass(frozen=True, slots=True)
class Explained:
    """An annotation with the reasons of its triples, in their order; without any where they are not known."""

    annotation: Annotation
    reasons: tuple[Why, ...] = ()


def command(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A text to read, or what kg annotate wrote (.jsonl with triples).")
    ],
    sentence: Annotated[
        int | None, typer.Option("--sentence", "-s", min=1, help="Only this sentence of each document, from 1.")
    ] = None,
    date: Annotated[str | None, typer.Option(help="Publication date (ISO 8601) of documents without one.")] = None,
    model: Annotated[str, typer.Option(help="A spaCy pipeline by package name.")] = "en_core_web_md",
    ontology: Annotated[
        Path | None, typer.Option(help="A Turtle file of relations: an addition to the own one, or instead.")
    ] = None,
    base: Annotated[str, typer.Option(help="IRI under which entities get theirs.")] = BASE,
) -> None:
    """Show which rule made which triple of a text from which words.

    For each sentence: its text, and for each triple its words with their roles and entities, the relation with the word
    that chose it, who says so, and the confidence with what speaks most for and against it. Of triples that were read
    from annotations that word and what speaks for and against them are not known.
    """
    from rich.console import Console

    settings = Settings(model=model, base=base, ontology=ontology_file(ontology))
    console, shown, failed = Console(highlight=False), 0, False
    for found in _explained(file, date, settings):
        if isinstance(found, KgError):
            typer.echo(f"kg: {found}", err=True)
            failed = True
            continue
        for line in lines(found, sentence):
            console.print(line, soft_wrap=True, style="bold" if line.startswith("sentence ") else None, markup=False)
            shown += 1
    if failed:
        raise typer.Exit(1)
    if sentence is not None and not shown:
        raise UsageError(f"{file} has no sentence {sentence}")


def _explained(file: Path, date: str | None, settings: Settings) -> Iterator[Explained | KgError]:
    """Yield what a file holds, annotations as they are and documents read by the pipeline."""
    from kg.pipeline import Annotator
    from kg.read import read

    if _annotated(file):
        yield from (Explained(annotation) for annotation in _annotations(file))
        return
    annotator = Annotator(settings)
    for item in read([file], date=date):
        yield item if isinstance(item, InputError) else _read(item, annotator)


def _annotated(file: Path) -> bool:
    """Tell whether the first line of a file is an annotation: documents have no triples."""
    if file.suffix != ".jsonl" or not file.is_file():
        return False
    with file.open("rb") as rows:
        return b'"triples"' in next((row for row in rows if row.strip()), b"")


def _annotations(file: Path) -> Iterator[Annotation]:
    from kg.serial import from_json

    with file.open("rb") as rows:
        for number, row in enumerate(rows, 1):
            if row.strip():
                yield from_json(row, source=str(file), number=number)


def _read(document: Document, annotator: "Annotator") -> Explained | KgError:
    """Return the annotation of a document with the reasons of its triples."""
    from kg.extract import confidence
    from kg.extract.assemble import extract
    from kg.pipeline import pieces, plain

    annotation = next(annotator.annotate([document]))
    if not isinstance(annotation, Annotation):
        return annotation
    reasons: list[Why] = []
    text = plain(document.text)
    for doc in annotator.nlp.pipe([text[start:end] for start, end in pieces(document.text)]):
        scene, facts = extract(document, doc, annotator.stages)
        judgements = confidence.explain(scene, facts)
        reasons += (Why(fact.trigger, judged) for fact, judged in zip(facts, judgements, strict=True))
    return Explained(annotation, tuple(reasons))


def lines(found: Explained, sentence: int | None = None) -> Iterator[str]:
    """Yield the lines that explain the sentences of an annotation, or its one sentence with this number, from 1."""
    annotation = found.annotation
    spans = annotation.sentences or tuple(sorted({(t.start, t.end) for t in annotation.triples}))
    for number, (start, end) in enumerate(spans, 1):
        if sentence is not None and number != sentence:
            continue
        yield f"sentence {number} of {annotation.id}: {' '.join(annotation.text[start:end].split())}"
        at = [n for n, t in enumerate(annotation.triples) if start <= t.start < end]
        if not at:
            yield "  no triple"
        for n in at:
            yield ""
            yield from _triple(annotation, annotation.triples[n], found.reasons[n] if found.reasons else None)
        yield ""


def _triple(annotation: Annotation, triple: Triple, why: Why | None) -> Iterator[str]:
    predicate = triple.predicate
    entities = {e.id: f"{e.name} ({e.id}, {e.type})" for e in annotation.entities}
    yield f"  {triple.id}  rule {triple.rule or 'not known'}"
    yield _row("subject", _argument(triple.subject, entities))
    place = f" [{predicate.start}:{predicate.end}]" if predicate.start is not None else ""
    yield _row("predicate", f"“{predicate.text}”{place}" + (f", lemma {predicate.lemma}" if predicate.lemma else ""))
    yield _row("object", _argument(triple.object, entities) if triple.object else "none")
    for argument in triple.arguments:
        yield _row("argument", _argument(argument, entities))
    yield _row("relation", _relation(triple, why))
    yield _row("says so", _speaker(annotation, triple, entities))
    yield _row("stance", f"{'negated' if triple.negated else 'affirmed'}, {triple.modality}")
    if triple.event:
        yield _row("event", entities[triple.event])
    yield _row("confidence", f"{triple.confidence:.2f}{_reasons(why)}")


def _row(label: str, value: str) -> str:
    return f"    {label:<{_LABEL}}{value}"


def _argument(argument: Argument, entities: dict[str, str]) -> str:
    place = f" [{argument.start}:{argument.end}]" if argument.start is not None else ""
    more = [f"role {argument.role}"] if argument.role else []
    more += [f"value {argument.value}"] if argument.value else []
    more += [f"entity {entities[argument.entity]}"] if argument.entity else []
    more += [f"the claim {argument.triple}"] if argument.triple else []
    return ", ".join([f"“{' '.join(argument.text.split())}”{place}", *more])


def _relation(triple: Triple, why: Why | None) -> str:
    name = triple.predicate.relation
    if name is None:
        return "none: no trigger word with arguments of the right classes"
    turned = ", inverse" if triple.predicate.inverse else ""
    if why is None:
        return f"{name}{turned}"
    return f"{name}{turned}, chosen by " + (f"“{why.trigger}”" if why.trigger else "the construction")


def _speaker(annotation: Annotation, triple: Triple, entities: dict[str, str]) -> str:
    """Return who says a triple, and the narrowest quotation of that speaker around its words."""
    if triple.attribution is None:
        return "the document"
    at = triple.predicate.start if triple.predicate.start is not None else triple.subject.start
    around = [
        q for q in annotation.quotes if q.speaker == triple.attribution and at is not None and q.start <= at < q.end
    ]
    if not around:
        return entities[triple.attribution]
    quote = min(around, key=lambda q: (q.end - q.start, q.start))
    cue = f", cue “{quote.cue}”" if quote.cue else ""
    kind = f"{'direct' if quote.direct else 'indirect'} quotation" + (f" {quote.id}" if quote.id else "")
    return f"{entities[triple.attribution]}, {kind} [{quote.start}:{quote.end}]{cue}"


def _reasons(why: Why | None) -> str:
    if why is None:
        return ""
    if not why.judgement.reasons:
        return ", set by hand for this rule"
    return ": " + "; ".join(f"{weight:+.2f} {name}" for name, weight in why.judgement.reasons[:_REASONS])
