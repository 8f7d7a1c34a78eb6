"""Who is who in the graph: documents as they were read become documents whose entities are resolved and corrected.

Each document is learned from first; then, once all are known, each is given back as the graph has it. Both are a pass
over a stream, so a million documents need no more memory than what tells their entities apart.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from kg.graph.corrections.apply import addition_statements, corrected, decision_facts
from kg.graph.corrections.directory import Directory
from kg.graph.corrections.file import NAME, load
from kg.graph.corrections.plan import Places, Plan, Planner, Stale, constraints
from kg.graph.corrections.records import Correction
from kg.graph.resolve.pairs import probability
from kg.graph.resolve.profiles import Profile, profiles
from kg.graph.resolve.resolution import Resolution, resolve
from kg.graph.terms import Fact
from kg.model import Annotation
from kg.naming import ENTITY
from kg.ontology import Ontology
from kg.serial import from_json
from kg.settings import BASE


class Identities:
    """Resolves the entities of a set of documents, and applies what people decided about them.

    `learn` is called with every document, `settle` once, then `apply` with any of them, as often as wanted.
    """

    def __init__(
        self,
        base: str,
        ontology: Ontology,
        corrections: Sequence[Correction] = (),
        *,
        file: Path = Path(NAME),
        places: Places | None = None,
    ) -> None:
        """Begin with no document; `file` is where the corrections stand, `places` knows the IRIs of a gazetteer."""
        self._base = base
        self._ontology = ontology
        self._file = file
        self._corrections = tuple(corrections)
        self._places = places or (lambda _: ())
        self._directory = Directory(self._corrections)
        self._profiles: list[Profile] = []
        self._plan = Plan()
        self._added: dict[int, str] = {}
        self.resolution = Resolution({}, (), base)

    def learn(self, annotation: Annotation) -> None:
        """Take in what a document tells of those whom it names."""
        self._profiles += profiles(annotation)
        self._directory.see(annotation)

    def settle(self) -> None:
        """Decide what is one, now that all documents are known.

        Raises:
            CorrectionError: corrections contradict each other.
        """
        rules = constraints(self._corrections, self._directory, self._file)
        self.resolution = resolve(self._profiles, self._base, rules)
        clusters = frozenset(iri for iri, _ in self.resolution.clusters)
        planner = Planner(
            self._directory,
            self.resolution.iris.get,
            clusters.__contains__,
            self._ontology,
            self._places,
            self._base,
            self._file,
        )
        self._plan = planner.plan(self._corrections)
        self._profiles.clear()

    def confidence(self) -> dict[str, float]:
        """Return IRI → the probability of the weakest link, for what several documents name."""
        weakest = ((self._plan.final(iri), found.score) for iri, found in self.resolution.clusters)
        return {iri: probability(score) for iri, score in weakest if score is not None}

    def apply(self, annotation: Annotation) -> Annotation:
        """Return a document as the graph has it."""
        resolved = self.resolution.apply(annotation)
        if not self._corrections:
            return resolved
        found = corrected(resolved, self._plan, self._ontology)
        self._added |= addition_statements(found, self._plan, self._base)
        return found

    def decisions(self) -> list[Fact]:
        """Return what the graph says of the corrections, once all documents were applied."""
        return decision_facts(self._plan, self._base, self._added)

    @property
    def applied(self) -> int:
        """How many corrections apply."""
        return len(self._plan.decided)

    @property
    def stale(self) -> tuple[Stale, ...]:
        """The corrections that don't apply, with reasons, in the order of the file."""
        return tuple(sorted(self._plan.stale, key=lambda stale: stale.line))


def learned(
    folder: Path, ontology: Ontology, *more: Correction, file: Path | None = None, places: Places | None = None
) -> Identities:
    """Return the identities of the graph in a folder, from the annotations and corrections that lie there.

    `more` are corrections beside those of `file`, which is corrections.yaml in the folder if none is named.

    Raises:
        CorrectionError: the corrections can't be read, or contradict each other.
    """
    documents = annotations(folder)
    first = next(documents, None)
    file = file or folder / NAME
    identities = Identities(base_of(first), ontology, (*load(file), *more), file=file, places=places)
    for annotation in documents if first is None else chain((first,), documents):
        identities.learn(annotation)
    identities.settle()
    return identities


def annotations(folder: Path) -> Iterator[Annotation]:
    """Yield the annotations that lie in the folder of a graph."""
    file = folder / "annotations.jsonl"
    with file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            yield from_json(line, source=str(file), number=number)


def identified(documents: Callable[[], Iterable[Annotation]], identities: Identities) -> Iterator[Annotation]:
    """Yield the documents as the graph has them; `documents` is called twice."""
    for annotation in documents():
        identities.learn(annotation)
    identities.settle()
    yield from map(identities.apply, documents())


def base_of(annotation: Annotation | None) -> str:
    """Return the IRI under which the entities of an annotation have theirs, the default where it has none."""
    iris = (entity.iri for entity in annotation.entities if f"/{ENTITY}" in entity.iri) if annotation else iter(())
    first = next(iris, None)
    return BASE if first is None else first[: first.rindex(ENTITY)]
