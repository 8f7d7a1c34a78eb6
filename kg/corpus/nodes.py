"""The graphs that are not a document's: entities, contradictions, what people decided, runs, the ontology."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from kg.corpus import records
from kg.corpus.deciding import Decided
from kg.corpus.ledger import Ledger
from kg.graph import schema, terms
from kg.graph.contradictions import contradiction_facts, relation_kinds
from kg.graph.corrections.plan import Plan
from kg.graph.entities import Merged, Told, class_terms, entity_facts
from kg.graph.places import Places, read
from kg.graph.provenance import run_facts, source_facts
from kg.graph.resolve.pairs import probability
from kg.graph.stances import Stance
from kg.graph.terms import Fact, name
from kg.model import Run
from kg.ontology import Ontology
from kg.settings import Settings

_DISPUTABLE = """
    SELECT row FROM stance WHERE pair IN (SELECT pair FROM stance WHERE denies) OR single AND subject IN (
        SELECT subject FROM stance WHERE single AND NOT denies GROUP BY subject HAVING COUNT(DISTINCT object) > 1)
"""


class Nodes:
    """The entities of a ledger as the graph has them."""

    def __init__(self, decided: Decided) -> None:
        """Read from the ledger of what was decided."""
        self._db = decided.ledger.db
        self._merged = _inverse(decided.plan)
        self._classes = class_terms(decided.final.ontology)

    def all(self) -> Iterator[tuple[str, Merged]]:
        """Yield all entities, by IRI."""
        rows = self._db.execute("SELECT iri, told FROM entity ORDER BY iri")
        for iri, group in groupby(rows, itemgetter(0)):
            yield iri, _merged(told for _, told in group)

    def some(self, iris: Iterable[str]) -> Iterator[tuple[str, Merged | None]]:
        """Yield entities by their IRIs, None for those that no document names."""
        for iri in iris:
            rows = self._db.execute("SELECT told FROM entity WHERE iri = ?", (iri,)).fetchall()
            yield iri, _merged(told for (told,) in rows) if rows else None

    def facts(self, iri: str, merged: Merged) -> Iterator[Fact]:
        """Yield what the graph says of an entity."""
        return entity_facts(iri, merged, self._classes, self._sure(iri))

    def _sure(self, iri: str) -> float | None:
        """Return the probability of the weakest link of all that is one by this IRI."""
        names = (iri, *self._merged.get(iri, ()))
        marks = ", ".join("?" * len(names))
        (score,) = self._db.execute(f"SELECT MIN(score) FROM cluster WHERE iri IN ({marks})", names).fetchone()  # noqa: S608
        return None if score is None else probability(score)


def contradictions(ledger: Ledger, ontology: Ontology, nodes: Nodes) -> list[Fact]:
    """Return which statements of all documents contradict each other."""
    found = [records.load(Stance, row) for (row,) in ledger.db.execute(_DISPUTABLE)]
    if not found:
        return []
    spots = {place for stance in found for place in (*stance.places, stance.object)}
    return contradiction_facts(found, relation_kinds(ontology), _places(nodes, spots))


def other_graphs(decided: Decided, nodes: Nodes, settings: Settings) -> Iterator[tuple[str, list[Fact]]]:
    """Yield the terms and facts of the graphs of contradictions, decisions, runs and the ontology, but empty ones."""
    base = settings.base
    found = {
        terms.graph(base, "contradictions"): contradictions(decided.ledger, decided.final.ontology, nodes),
        terms.graph(base, "corrections"): decided.facts(),
        terms.ONTOLOGY_GRAPH: list(schema.facts(settings.ontology)),
    }
    for run in runs(decided.ledger):
        facts = run_facts(base, run)
        found[facts[0][0]] = facts
    yield from ((graph, facts) for graph, facts in sorted(found.items()) if facts)


def runs(ledger: Ledger) -> list[Run]:
    """Return what read the documents of a ledger, in order."""
    rows = ledger.db.execute("SELECT DISTINCT run FROM document WHERE run IS NOT NULL AND NOT twin")
    return sorted((records.load(Run, row) for (row,) in rows), key=repr)


def about_entities(base: str) -> tuple[str, list[Fact]]:
    """Return the graph of entities, with whose data it holds."""
    return terms.graph(base, "entities"), source_facts(base)


def _merged(rows: Iterable[str]) -> Merged:
    merged = Merged()
    for row in rows:
        merged.add(records.load(Told, row))
    return merged


def _places(nodes: Nodes, wanted: set[str]) -> Places:
    """Return what the graph says of places, and of those around them."""
    facts: list[Fact] = []
    known: set[str] = set()
    while wanted := {term for term in wanted if term.startswith("<")} - known:
        known |= wanted
        here = [
            fact
            for iri, merged in nodes.some(sorted(term[1:-1] for term in wanted))
            if merged is not None
            for fact in nodes.facts(iri, merged)
        ]
        facts += here
        wanted = {value for _, predicate, value in here if predicate == name("kg:within")}
    return read(facts)


def _inverse(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Return which IRIs another takes the place of."""
    found: dict[str, tuple[str, ...]] = {}
    for iri in sorted(plan.merged):
        last = plan.final(iri)
        found[last] = (*found.get(last, ()), iri)
    return found
