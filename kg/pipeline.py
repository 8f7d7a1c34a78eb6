"""The default Annotator: the one place that knows the order of the stages."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from itertools import islice
from typing import TYPE_CHECKING

from kg import __version__, resources
from kg.errors import DocumentError, LanguageError
from kg.model import Annotation, Document, Run
from kg.settings import Settings

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.extract.assemble import Stages

BATCH = 64
PIECE = 50_000
TOGETHER = 250_000  # characters that are parsed at once; more only costs memory
_APOSTROPHE = re.compile(r"(?<=\w)’(?=\w)")


def plain(text: str) -> str:
    r"""Return the text as the parser likes it, every character at its place.

    >>> plain("Macron’s\u00a0plan")
    "Macron's plan"
    """
    return _APOSTROPHE.sub("'", text).replace("\u00a0", " ").replace("\x00", " ")


def pieces(text: str, size: int = PIECE) -> list[tuple[int, int]]:
    r"""Return spans that cover the text, each at most `size` characters, cut at a paragraph, sentence or space.

    >>> pieces("One two.\n\nThree four.", 12)
    [(0, 10), (10, 21)]
    """
    spans, start = [], 0
    while len(text) - start > size:
        window = text[start : start + size]
        cut = size
        for separator in ("\n\n", "\n", ". ", " "):
            at = window.rfind(separator)
            if at > size // 4:
                cut = at + len(separator)
                break
        spans.append((start, start + cut))
        start += cut
    return [*spans, (start, len(text))]


class Annotator:
    """Turns documents into annotations: parse, names, places, coreference, quotations, triples.

    The spaCy pipeline is loaded on first use. A document that can't be read comes back as a DocumentError in its place.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        """Keep the settings; nothing is loaded yet."""
        self.settings = settings or Settings()

    @cached_property
    def nlp(self) -> "Language":
        """The spaCy pipeline."""
        from kg.parse import models

        return models.load(self.settings.model)

    @cached_property
    def run(self) -> Run:
        """What makes the annotations."""
        return run(self.settings)

    @cached_property
    def stages(self) -> "Stages":
        """Gazetteer, ontology and lexicons."""
        from kg.extract.assemble import Stages

        return Stages.load(self.settings)

    def annotate(self, documents: Iterable[Document]) -> Iterator[Annotation | DocumentError]:
        """Yield one annotation, or the error in its place, for each document, in their order."""
        documents = iter(documents)
        while batch := list(islice(documents, BATCH)):
            yield from self._batch(batch)

    def _batch(self, batch: list[Document]) -> Iterator[Annotation | DocumentError]:
        faults = [_fault(document) for document in batch]
        readable = [d for d, fault in zip(batch, faults, strict=True) if fault is None]
        spans = {id(d): pieces(d.text) for d in readable}
        texts = (text[s:e] for d in readable for text in [plain(d.text)] for s, e in spans[id(d)])
        longest = max((e - s for found in spans.values() for s, e in found), default=1)
        with self.nlp.memory_zone():
            parsed = self.nlp.pipe(texts, batch_size=max(1, min(BATCH, TOGETHER // longest)))
            for document, fault in zip(batch, faults, strict=True):
                if fault is not None:
                    yield fault
                    continue
                docs = [(next(parsed), start) for start, _ in spans[id(document)]]
                yield self._annotate(document, docs)

    def _annotate(self, document: Document, docs: "list[tuple[Doc, int]]") -> Annotation | DocumentError:
        from kg.extract.assemble import annotate_pieces

        try:
            return annotate_pieces(document, docs, self.stages, self.run)
        except DocumentError as error:
            return error


def run(settings: Settings) -> Run:
    """Return what makes annotations under these settings; equal ones make equal annotations."""
    from kg.parse import models

    return Run(__version__, settings.model, models.model_hash(settings.model), settings.fingerprint())


def _fault(document: Document) -> DocumentError | None:
    """Return why a document can't be read, if so."""
    try:
        document.text.encode()
    except UnicodeEncodeError as error:
        return DocumentError(f"a lone surrogate at character {error.start}: not valid text", document=document.id)
    if not any(c.isalpha() for c in document.text):
        return DocumentError("no letter in it: nothing to read", document=document.id)
    if document.language.lower().partition("-")[0] not in resources.languages():
        known = ", ".join(resources.languages())
        message = f"no word lists for the language {document.language!r}: kg reads {known}"
        return LanguageError(message, document=document.id)
    return None


def annotate(
    text: str,
    *,
    name: str = "text",
    date: str | None = None,
    title: str | None = None,
    url: str | None = None,
    settings: Settings | None = None,
) -> Annotation:
    """Return what one text says, `name` being its id; the pipeline is loaded on first use and kept.

    Raises:
        DocumentError: the text can't be read (no letter in it, not valid Unicode).
    """
    found = next(annotator(settings or Settings()).annotate([Document(name, text, title, url, date)]))
    if isinstance(found, DocumentError):
        raise found
    return found


@cache
def annotator(settings: Settings) -> Annotator:
    """Return the annotator of this process under these settings; its pipeline is loaded once."""
    return Annotator(settings)
