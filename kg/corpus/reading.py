"""What is new in the inputs, or has changed, is read and taken into the ledger; the rest is passed over."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from kg.corpus import records
from kg.corpus.ledger import Ledger, Read, content_digest
from kg.corpus.opening import transaction
from kg.corpus.processes import bundles, mapped
from kg.errors import DocumentError, KgError
from kg.graph import schema
from kg.graph.report import Failure, failure
from kg.graph.scope import see
from kg.model import Annotation, Document
from kg.serial import to_json
from kg.settings import Settings

# What a process is given at once: so many documents, of not many more characters.
TOGETHER = 16
CHARACTERS = 200_000

Item = Document | Annotation
Step = Callable[[Read | KgError | None], None]


@dataclass(slots=True)
class Taken:
    """What was taken in: how many documents were read, which failed, how many were there before as they are."""

    read: int = 0
    unchanged: int = 0
    failed: list[Failure] = field(default_factory=list)
    skipped: list[Failure] = field(default_factory=list)

    def __add__(self, other: "Taken") -> "Taken":
        """Return both together."""
        return Taken(
            self.read + other.read,
            self.unchanged + other.unchanged,
            [*self.failed, *other.failed],
            [*self.skipped, *other.skipped],
        )

    def leave(self, error: KgError) -> None:
        """Count a document that was not taken in: it failed, or is left out on purpose."""
        (self.failed if error.kind is None else self.skipped).append(failure(error))


@dataclass
class Learning:
    """Reads documents: annotates them, checks annotations, and draws profiles; it can be sent to another process."""

    settings: Settings
    made: str

    @cached_property
    def _annotate(self) -> Callable[[Iterable[Document]], Iterator[Annotation | KgError]]:
        from kg.pipeline import annotator

        return annotator(self.settings).annotate

    def __call__(self, items: list[Item]) -> list[Read | KgError]:
        """Return each item as the ledger takes it, or why it can't be."""
        found: list[Read | KgError] = []
        for bare, group in groupby(items, lambda item: isinstance(item, Document)):
            if bare:
                documents = [item for item in group if isinstance(item, Document)]
                for document, done in zip(documents, self._annotate(documents), strict=True):
                    found.append(self._learn(done, self.made, content_digest(document)))
            else:
                found += [self._learn(item) for item in group if isinstance(item, Annotation)]
        return found

    def _learn(self, item: Annotation | KgError, made: str = "", content: bytes = b"") -> Read | KgError:
        if isinstance(item, KgError):
            return item
        try:
            see(item, schema.ontology(self.settings.ontology), self.settings)
        except DocumentError as error:
            return error
        return Read.of(item, made, content)


def take(
    ledger: Ledger,
    items: Iterable[Item | KgError],
    settings: Settings,
    workers: int,
    step: Step,
) -> Taken:
    """Take the items into the ledger, a chunk at a time, and return what was done.

    `step` is called with each item that was read, with the error of each that can't be, and with None for each that
    was there before.
    """
    from kg.pipeline import run

    taken = Taken()
    ledger.db.execute("CREATE TEMP TABLE IF NOT EXISTS seen (id TEXT PRIMARY KEY) WITHOUT ROWID")
    learning = Learning(settings, records.dump(run(settings)))

    def fail(error: KgError) -> None:
        taken.leave(error)
        step(error)

    def new() -> Iterator[Item]:
        for item in items:
            if isinstance(item, KgError):
                fail(item)
            elif not _is_first(ledger, item.id):
                fail(DocumentError("the id was there before; the first one is kept", document=item.id))
            elif _is_known(ledger, item, learning.made):
                taken.unchanged += 1
                step(None)
            else:
                yield item

    for chunk in mapped(learning, bundles(new(), TOGETHER, CHARACTERS), workers):
        with transaction(ledger):
            for found in chunk:
                if isinstance(found, KgError):
                    if isinstance(found, DocumentError):
                        ledger.remove(found.document)
                    fail(found)
                else:
                    ledger.put(found)
                    taken.read += 1
                    step(found)
    return taken


def outdated(ledger: Ledger, settings: Settings) -> Iterator[Document]:
    """Yield the documents that other settings, another version or another model read; annotations stay as given."""
    from kg.pipeline import run

    made = records.dump(run(settings))
    for _, a in ledger.annotations("made != '' AND made != ? AND id NOT IN (SELECT id FROM temp.seen)", (made,)):
        yield Document(a.id, a.text, a.title, a.url, a.date, a.language)


def unseen(ledger: Ledger) -> list[str]:
    """Return the ids of the documents that the inputs did not hold."""
    rows = ledger.db.execute("SELECT id FROM document WHERE id NOT IN (SELECT id FROM temp.seen) ORDER BY id")
    return [identifier for (identifier,) in rows]


def is_seen(ledger: Ledger, identifier: str) -> bool:
    """Return whether the inputs held a document with this id."""
    # The name of a file may hold what no database does.
    name = identifier.encode("utf-8", "replace").decode()
    return ledger.db.execute("SELECT 1 FROM temp.seen WHERE id = ?", (name,)).fetchone() is not None


def _is_first(ledger: Ledger, identifier: str) -> bool:
    return ledger.db.execute("INSERT OR IGNORE INTO temp.seen VALUES (?)", (identifier,)).rowcount == 1


def _is_known(ledger: Ledger, item: Item, made: str) -> bool:
    """Return whether the ledger has a document as it is given, read as it would be read now.

    An annotation that is the one that was read is known too: so a build of its own annotations reads nothing.
    """
    known = ledger.known(item.id)
    if known is None:
        return False
    if isinstance(item, Document):
        return (known.content, known.made) == (content_digest(item), made)
    return ledger.line(known.n) == to_json(item).encode()
