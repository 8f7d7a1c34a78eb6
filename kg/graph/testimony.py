"""Who says what of typed facts, read from a store: the stances of statements with speakers, documents and words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, QuerySolution, Store

from kg.graph import places as spots
from kg.graph import plans, query
from kg.graph.contradictions import Kinds
from kg.graph.places import Places
from kg.graph.stances import Stance, attitude

# The nodes that contradictions are about; known first, since Oxigraph would join all statements.
_DISPUTED = """{ SELECT DISTINCT ?subject { \
{ ?disputed kg:contradicts ?other } UNION { ?other kg:contradicts ?disputed } \
{ ?disputed rdf:subject ?subject } UNION { ?disputed rdf:object ?subject } } }"""
_STATEMENTS = """
SELECT DISTINCT ?statement ?subject ?subjectLabel ?relation ?object ?objectLabel ?negated ?modality ?document ?date
  ?source ?words ?speaker ?speakerLabel ?begin ?end ?group WHERE {
  %s
  ?statement rdf:subject ?subject ; a kg:Statement ; rdf:predicate ?relation ; rdf:object ?object .
  ?statement kg:negated ?negated ; kg:modality ?modality ; kg:inDocument ?source ; kg:evidence ?sentence .
  ?sentence kg:exact ?words .
  ?subject a kg:Entity ; rdfs:label ?subjectLabel .
  ?object a kg:Entity ; rdfs:label ?objectLabel .
  ?source dcterms:identifier ?document .
  FILTER(?relation != kg:related && ?subject != ?object)
  OPTIONAL { ?source dcterms:issued ?date }
  OPTIONAL { ?statement kg:attributedTo ?claimant OPTIONAL { ?claimant rdfs:label ?speakerLabel } }
  BIND(IF(BOUND(?speakerLabel), ?claimant, ?none) AS ?speaker)
  OPTIONAL { ?statement kg:beginDate ?begin }
  OPTIONAL { ?statement kg:endDate ?end }
  OPTIONAL { ?subject a ?group FILTER(?group = kg:Group) }
}
ORDER BY ?statement ?words ?speaker ?subjectLabel ?objectLabel
"""
_PLACES = """
SELECT ?node ?property ?value WHERE {
  VALUES ?property { kg:within kg:countryCode wgs:lat wgs:long rdf:type }
  ?node a kg:Place ; ?property ?value .
}
"""
_WHERE = "SELECT ?statement ?place WHERE { ?statement kg:hasPlace ?place ; a kg:Statement }"
_ABOVE = "SELECT ?narrow ?wide WHERE { ?narrow rdfs:subPropertyOf+ ?wide }"
_SYMMETRIC = "SELECT ?relation WHERE { ?relation a owl:SymmetricProperty }"
_FUNCTIONAL = "SELECT ?relation WHERE { ?relation kg:functional true }"


@dataclass(frozen=True, slots=True)
class Testimony:
    """One statement: its stance, who says so (None: the document), in which document of which day, in which words."""

    stance: Stance
    speaker: str | None
    document: str
    date: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Record:
    """Testimonies by statement, the labels of nodes, and what has to be known of relations and places."""

    testimonies: Mapping[str, Testimony]
    labels: Mapping[str, str]
    kinds: Kinds
    places: Places

    def stances(self) -> Iterator[Stance]:
        """Yield the stances of all testimonies."""
        return (testimony.stance for testimony in self.testimonies.values())

    def of(self, stances: Iterable[Stance]) -> list[Testimony]:
        """Return the testimonies of these stances, by day, document, sentence and speaker."""
        found = (self.testimonies[stance.statement] for stance in stances)
        return sorted(found, key=lambda t: (t.date or "", t.document, t.words, t.speaker or "", t.stance.statement))


def read(store: Store, *, disputed: bool) -> Record:
    """Return what typed statements say of two entities: of those that contradictions are about, or of all."""
    where: defaultdict[str, set[str]] = defaultdict(set)
    for row in _rows(store, _WHERE):
        where[str(row["statement"])].add(str(row["place"]))
    testimonies: dict[str, Testimony] = {}
    labels: dict[str, str] = {}
    if disputed:
        asked = plans.known_first(store, _STATEMENTS % _DISPUTED)
    else:
        asked = plans.scanned(f"# scan{_STATEMENTS % ''}", ())
    for row in _rows(store, asked):
        found = _testimony(row, where)
        if found is not None and found.stance.statement not in testimonies:
            testimonies[found.stance.statement] = found
            for side in ("subject", "object"):
                labels.setdefault(str(row[side]), row[f"{side}Label"].value)
    facts = ((str(row["node"]), str(row["property"]), str(row["value"])) for row in _rows(store, _PLACES))
    return Record(testimonies, labels, _kinds(store), spots.read(facts))


def named(store: Store, about: str) -> frozenset[str]:
    """Return the nodes of which a name has `about` in it."""
    return frozenset(plans.entities_named(store, about))


def local(term: str) -> str:
    """Return the local name of a term.

    >>> local("<https://w3id.org/actors-places/ontology#metWith>")
    'metWith'
    """
    return term.strip("<>").rpartition("#")[2].rpartition("/")[2]


def _testimony(row: QuerySolution, where: Mapping[str, set[str]]) -> Testimony | None:
    said = attitude(row["negated"].value == "true", local(str(row["modality"])))
    if said is None:
        return None
    statement, patient = str(row["statement"]), str(row["object"])
    stance = Stance(
        statement,
        str(row["subject"]),
        str(row["relation"]),
        patient,
        said,
        _value(row["begin"]) or "",
        _value(row["end"]) or "",
        # The object of "lives in Calais" is where the statement holds too: it tells no more than the fact does.
        tuple(sorted(where.get(statement, set()) - {patient})),
        str(row["source"]),
        "" if row["speaker"] is None else str(row["speaker"]),
        row["group"] is not None,
    )
    speaker, date = _value(row["speakerLabel"]), _value(row["date"])
    return Testimony(stance, speaker, row["document"].value, date, row["words"].value)


def _kinds(store: Store) -> Kinds:
    above: defaultdict[str, set[str]] = defaultdict(set)
    for row in _rows(store, _ABOVE):
        above[str(row["narrow"])].add(str(row["wide"]))
    symmetric, functional = (
        frozenset(str(row["relation"]) for row in _rows(store, asked)) for asked in (_SYMMETRIC, _FUNCTIONAL)
    )
    return Kinds({narrow: frozenset(wide) for narrow, wide in above.items()}, symmetric, functional)


def _rows(store: Store, asked: str) -> Iterator[QuerySolution]:
    yield from query.ask(store, asked)  # type: ignore[misc]


def _value(term: Literal | NamedNode | None) -> str | None:
    return None if term is None else term.value
