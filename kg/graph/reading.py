"""Records out of a store, one after another: what is in memory is one document, and a list of what there is.

Statements and mentions are asked for document by document, so that a question costs the same in a graph of eight
articles and of a million; documents come in the order of their ids, what stands in one in the order of its text.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QuerySolution, Store

from kg.graph import terms
from kg.graph.records import Document, Entity, Mention, Node, Statement

_STATEMENTS = """
SELECT ?statement ?label ?subject ?subjectLabel ?relation ?words ?object ?objectLabel ?negated ?modality ?speaker
  ?speakerLabel ?confidence ?sentence ?start ?begin ?end ?precision ?event ?place ?rule WHERE {
  ?statement kg:inDocument ?source ; a kg:Statement ; rdfs:label ?label ; rdf:predicate ?relation ;
    kg:predicateText ?words ; kg:negated ?negated ; kg:modality ?modality ; kg:confidence ?confidence ;
    kg:evidence ?mention .
  ?mention kg:exact ?sentence ; kg:start ?start .
  OPTIONAL { ?statement rdf:subject ?subject OPTIONAL { ?subject rdfs:label ?subjectLabel } }
  OPTIONAL { ?statement rdf:object ?object OPTIONAL { ?object rdfs:label ?objectLabel } }
  OPTIONAL { ?statement kg:attributedTo ?speaker OPTIONAL { ?speaker rdfs:label ?speakerLabel } }
  OPTIONAL { ?statement kg:beginDate ?begin }
  OPTIONAL { ?statement kg:endDate ?end }
  OPTIONAL { ?statement kg:datePrecision ?precision }
  OPTIONAL { ?statement kg:describes ?event }
  OPTIONAL { ?statement kg:hasPlace ?place }
  OPTIONAL { ?statement kg:ruleName ?rule }
}
"""
_MENTIONS = """
SELECT ?mention ?entity ?text ?kind ?start ?end WHERE {
  ?mention kg:inDocument ?source ; kg:refersTo ?entity ; kg:exact ?text ; kg:start ?start ; kg:end ?end .
  OPTIONAL { ?mention kg:mentionKind ?kind }
}
"""
_ABOVE = "SELECT ?class ?above WHERE { ?class rdfs:subClassOf+ ?above }"
_UNION = DefaultGraph()

Facts = dict[str, list[str]]


def documents(store: Store) -> Iterator[Document]:
    """Yield the documents by their ids."""
    for identifier, iri in _identifiers(store):
        said = _facts(store, NamedNode(iri))
        yield Document(
            iri=iri,
            id=identifier,
            title=_first(said, "dcterms:title"),
            date=_first(said, "dcterms:issued"),
            url=_first(said, "dcterms:source"),
            language=_first(said, "dcterms:language"),
        )


def entities(store: Store, iris: Iterable[str] | None = None) -> Iterator[Entity]:
    """Yield the entities by their IRIs, or those of some IRIs."""
    depth = _depths(store)
    chosen = (node.value for node in _having(store, "rdf:type", _node("kg:Entity"))) if iris is None else iris
    for iri in sorted(chosen):
        entity = _entity(store, NamedNode(iri), depth)
        if entity is not None:
            yield entity


def statements(store: Store) -> Iterator[Statement]:
    """Yield the statements, by document and in the order of the text."""
    for identifier, iri in _identifiers(store):
        rows = defaultdict(list)
        for row in _ask(store, _STATEMENTS, iri):
            rows[row["statement"].value].append(row)
        told = (_statement(store, found, identifier, NamedNode(iri)) for found in rows.values())
        yield from sorted(told, key=lambda statement: (statement.start, statement.iri))


def mentions(store: Store) -> Iterator[Mention]:
    """Yield the mentions of entities, by document and in the order of the text."""
    for identifier, iri in _identifiers(store):
        found: dict[tuple[int, int, str, str], Mention] = {}
        # The kind of a stretch that is a name and a pronoun, of two entities, is not told apart: the first is given.
        for row in _ask(store, _MENTIONS, iri):
            kind = row["kind"].value if row["kind"] else ""
            node, entity = row["mention"].value, row["entity"].value
            start, end = int(row["start"].value), int(row["end"].value)
            mention = Mention(node, identifier, entity, row["text"].value, kind, start, end)
            other = found.setdefault((start, end, node, entity), mention)
            if kind < other.kind:
                found[start, end, node, entity] = mention
        for _, mention in sorted(found.items()):
            yield mention


def _identifiers(store: Store) -> list[tuple[str, str]]:
    found = []
    for node in _having(store, "rdf:type", _node("kg:Document")):
        found.append((min(_values(store, node, "dcterms:identifier"), default=node.value), node.value))
    return sorted(found)


def _depths(store: Store) -> dict[str, int]:
    """Return how many classes are above each class of entities, by its IRI."""
    above: defaultdict[str, set[str]] = defaultdict(set)
    for row in _ask(store, _ABOVE):
        above[row["class"].value].add(row["above"].value)
    root = terms.name("kg:Entity")[1:-1]
    return {root: 0, **{kind: len(found) for kind, found in above.items() if root in found}}


def _entity(store: Store, node: NamedNode, depth: dict[str, int]) -> Entity | None:
    said = _facts(store, node)
    label = _first(said, "rdfs:label")
    if label is None:
        return None
    line = sorted((kind for kind in _all(said, "rdf:type") if kind in depth), key=lambda k: (-depth[k], k))
    types = tuple(_local(kind) for kind in line)
    sources, count = _mentioned(store, node)
    sure = _first(said, "kg:identityConfidence")
    return Entity(
        iri=node.value,
        label=label,
        type=types[0],
        types=types,
        aliases=_all(said, "skos:altLabel"),
        same_as=_all(said, "skos:exactMatch"),
        latitude=_number(_first(said, "wgs:lat")),
        longitude=_number(_first(said, "wgs:long")),
        country=_first(said, "kg:countryCode"),
        feature=_first(said, "kg:featureCode"),
        within=_all(said, "kg:within"),
        position_in=_all(said, "kg:positionIn"),
        begin=_first(said, "kg:beginDate"),
        end=max(_all(said, "kg:endDate"), default=None),
        precision=_first(said, "kg:datePrecision") if len(_all(said, "kg:datePrecision")) == 1 else None,
        places=_all(said, "kg:hasPlace"),
        confidence=float(_first(said, "kg:confidence") or 1),
        identity=_number(sure),
        documents=sources,
        mentions=count,
    )


def _mentioned(store: Store, entity: NamedNode) -> tuple[int, int]:
    """Return in how many documents an entity is mentioned, and how often.

    A mention stands in the named graph of its document; where a file gave none, it says itself in which it is.
    """
    sources, count = set(), 0
    bare = []
    for quad in store.quads_for_pattern(None, _node("kg:refersTo"), entity, None):
        if isinstance(quad.graph_name, NamedNode):
            sources.add(quad.graph_name.value)
        else:
            count += 1
            if isinstance(quad.subject, NamedNode):
                bare.append(quad.subject)
    if not sources:
        for mention in bare:
            sources.update(_values(store, mention, "kg:inDocument"))
    return len(sources), count


def _statement(store: Store, rows: list[QuerySolution], document: str, source: NamedNode) -> Statement:
    """Return a statement from the rows that tell of it: more than one where it has two places."""
    row = min(rows, key=lambda r: (int(r["start"].value), _value(r["begin"]) or ""))
    relation = _local(row["relation"].value)
    negated, modality = row["negated"].value == "true", _local(row["modality"].value)
    subject, patient = _side(row["subject"], row["subjectLabel"]), _side(row["object"], row["objectLabel"])
    plain = not negated and modality == "asserted" and _is_plain(store, row, source)
    return Statement(
        iri=row["statement"].value,
        label=row["label"].value,
        subject=subject,
        relation=None if relation == "related" else relation,
        words=row["words"].value,
        object=patient,
        negated=negated,
        modality=modality,
        speaker=_side(row["speaker"], row["speakerLabel"]),
        plain=plain,
        confidence=float(row["confidence"].value),
        document=document,
        sentence=row["sentence"].value,
        start=int(row["start"].value),
        begin=_value(row["begin"]),
        end=_value(row["end"]),
        precision=_value(row["precision"]),
        event=_value(row["event"]),
        places=tuple(sorted({r["place"].value for r in rows if r["place"]})),
        rule=_value(row["rule"]),
    )


def _is_plain(store: Store, row: QuerySolution, source: NamedNode) -> bool:
    """Return whether the document's graph, or the union where there is none, has the statement as a triple."""
    subject, relation, patient = row["subject"], row["relation"], row["object"]
    if not isinstance(subject, NamedNode) or not isinstance(patient, NamedNode) or subject == patient:
        return False
    if Quad(subject, relation, patient, source) in store:
        return True
    return Quad(subject, relation, patient, _UNION) in store and not store.contains_named_graph(source)


def _facts(store: Store, node: NamedNode) -> Facts:
    said: Facts = {}
    for quad in store.quads_for_pattern(node, None, None, _UNION):
        value = quad.object
        if isinstance(value, NamedNode | Literal):
            said.setdefault(quad.predicate.value, []).append(value.value)
    return said


def _values(store: Store, node: NamedNode, curie: str) -> Iterator[str]:
    for quad in store.quads_for_pattern(node, _node(curie), None, _UNION):
        if isinstance(quad.object, NamedNode | Literal):
            yield quad.object.value


def _having(store: Store, curie: str, value: NamedNode) -> Iterator[NamedNode]:
    for quad in store.quads_for_pattern(None, _node(curie), value, _UNION):
        if isinstance(quad.subject, NamedNode):
            yield quad.subject


def _ask(store: Store, query: str, source: str | None = None) -> Iterable[QuerySolution]:
    # Written into the text: what is substituted later comes too late for Oxigraph's choice of where to begin.
    text = query if source is None else query.replace("?source", f"<{source}>")
    return store.query(text, prefixes=terms.PREFIXES)  # type: ignore[return-value]


def _all(said: Facts, curie: str) -> tuple[str, ...]:
    return tuple(sorted(said.get(terms.name(curie)[1:-1], ())))


def _first(said: Facts, curie: str) -> str | None:
    return min(said.get(terms.name(curie)[1:-1], ()), default=None)


def _node(curie: str) -> NamedNode:
    return NamedNode(terms.name(curie)[1:-1])


def _number(words: str | None) -> float | None:
    return None if words is None else float(words)


def _side(term: NamedNode | Literal | None, label: Literal | None) -> Node | None:
    if term is None:
        return None
    return Node(label.value if label else term.value, term.value if isinstance(term, NamedNode) else None)


def _value(term: NamedNode | Literal | None) -> str | None:
    return None if term is None else term.value


def _local(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]
