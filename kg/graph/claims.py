"""Statements of a graph as records, for those who would rather not write SPARQL."""

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Store

from kg.graph.terms import PREFIXES

_QUERY = """
SELECT ?statement ?label ?subject ?subjectLabel ?relation ?words ?object ?objectLabel ?negated ?modality ?speaker
  ?speakerLabel ?confidence ?document ?sentence ?start ?begin ?end WHERE {
  ?statement a kg:Statement ; rdfs:label ?label ; rdf:predicate ?relation ; kg:predicateText ?words ;
    kg:negated ?negated ; kg:modality ?modality ; kg:confidence ?confidence ;
    kg:inDocument/dcterms:identifier ?document ; kg:evidence ?mention .
  ?mention kg:exact ?sentence ; kg:start ?start .
  OPTIONAL { ?statement rdf:subject ?subject OPTIONAL { ?subject rdfs:label ?subjectLabel } }
  OPTIONAL { ?statement rdf:object ?object OPTIONAL { ?object rdfs:label ?objectLabel } }
  OPTIONAL { ?statement kg:attributedTo ?speaker OPTIONAL { ?speaker rdfs:label ?speakerLabel } }
  OPTIONAL { ?statement kg:beginDate ?begin }
  OPTIONAL { ?statement kg:endDate ?end }
}
ORDER BY ?document ?start ?statement
"""


@dataclass(frozen=True, slots=True)
class Node:
    """One side of a statement: its name, and its IRI unless it is just words."""

    name: str
    iri: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement, doer first. `relation` is None where only the words are known; dates are ISO days."""

    iri: str
    label: str
    subject: Node | None
    relation: str | None
    words: str
    object: Node | None
    negated: bool
    modality: str
    speaker: Node | None
    confidence: float
    document: str
    sentence: str
    begin: str | None
    end: str | None


def claims(store: Store) -> Iterator[Claim]:
    """Yield the statements of a graph, by document and in the order of the text."""
    for row in store.query(_QUERY, prefixes=PREFIXES):  # type: ignore[union-attr]
        relation = _local(row["relation"])
        yield Claim(
            iri=row["statement"].value,
            label=row["label"].value,
            subject=_node(row["subject"], row["subjectLabel"]),
            relation=None if relation == "related" else relation,
            words=row["words"].value,
            object=_node(row["object"], row["objectLabel"]),
            negated=row["negated"].value == "true",
            modality=_local(row["modality"]),
            speaker=_node(row["speaker"], row["speakerLabel"]),
            confidence=float(row["confidence"].value),
            document=row["document"].value,
            sentence=row["sentence"].value,
            begin=row["begin"].value if row["begin"] else None,
            end=row["end"].value if row["end"] else None,
        )


def _node(term: NamedNode | Literal | None, label: Literal | None) -> Node | None:
    if term is None:
        return None
    return Node(label.value if label else term.value, term.value if isinstance(term, NamedNode) else None)


def _local(term: NamedNode) -> str:
    return term.value.rpartition("#")[2].rpartition("/")[2]
