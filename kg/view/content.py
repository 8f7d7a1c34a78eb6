"""The drawing as the page's script reads it: plain JSON values, addresses checked."""

from typing import Protocol

from kg.view import palette
from kg.view.articles import Source
from kg.view.claims import Claim, Part
from kg.view.drawing import Drawing, Edge, Node, Passage

Json = dict[str, "Value"]
Value = str | int | float | bool | None | list["Value"] | Json

_LONGEST_NAME = 300


def content(drawing: Drawing) -> Json:
    """Everything that the page shows beside the picture.

    A sentence is held once: it is the stretch from `start` to `end` of its article's `text`, in UTF-16 units, or where
    that text is not on the page (`unread` counts those) the item of `texts` that `text` numbers. Claims and passages
    name their documents by number, and entities by the number of their node. Times are [first day, last day,
    precision], a day null where it is open.
    """
    numbers = _Numbers(drawing)
    nodes: list[Value] = [node_value(node, numbers) for node in drawing.nodes]
    claims: list[Value] = [claim_value(claim, numbers) for claim in drawing.claims]
    return {
        "sources": [source_value(source, numbers) for source in drawing.sources],
        "nodes": nodes,
        "edges": [_edge(edge) for edge in drawing.edges],
        "claims": claims,
        "omitted": drawing.omitted,
        "untold": drawing.untold,
        "unread": sum(source.text is None for source in drawing.sources),
        "texts": list(numbers.texts),
        "families": families(),
    }


def families() -> list[Value]:
    """What the page knows of the families of classes."""
    return [{"name": f.name, "label": f.label, "shape": f.shape} for f in palette.FAMILIES]


def safe_url(url: str | None) -> str | None:
    """The address where it may be linked, else None: only what the web is made of.

    >>> safe_url("https://example.org/a"), safe_url("javascript:alert(1)")
    ('https://example.org/a', None)
    """
    return url if url is not None and url.lower().startswith(("https://", "http://")) else None


class Names(Protocol):
    """How values name what is held elsewhere: on the page by numbers."""

    def document(self, identifier: str) -> Value:
        """Name a document."""

    def text(self, text: str, document: str, start: int) -> Value:
        """Name a sentence that begins there; None where the article's text is held, of which it is a part."""

    def node(self, iri: str | None) -> Value:
        """Name an entity; None where it is not drawn."""


class _Numbers:
    """Numbers of documents, entities and texts; a text gets one when it is first asked for."""

    def __init__(self, drawing: Drawing) -> None:
        self._documents = {source.id: number for number, source in enumerate(drawing.sources)}
        self._nodes = {node.iri: number for number, node in enumerate(drawing.nodes)}
        self._held = {source.id: source.text for source in drawing.sources if source.text is not None}
        self.texts: dict[str, int] = {}

    def document(self, identifier: str) -> Value:
        return self._documents[identifier]

    def text(self, text: str, document: str, start: int) -> Value:
        if self._held.get(document, "").startswith(text, start) and document in self._held:
            return None
        return self.texts.setdefault(text, len(self.texts))

    def node(self, iri: str | None) -> Value:
        return None if iri is None else self._nodes.get(iri)


def source_value(source: Source, numbers: Names | None = None) -> Json:
    """An article as the page reads it; its mentions only with `numbers`."""
    mentions: list[Value] = [
        [start, end, numbers.node(iri)] for start, end, iri in source.mentions if numbers is not None
    ]
    about = {"id": source.id, "title": source.title, "date": source.date, "url": safe_url(source.url)}
    return _present(**about, text=source.text, mentions=mentions)


def node_value(node: Node, numbers: Names) -> Json:
    """An entity as the page reads it."""
    return _present(
        iri=node.iri,
        name=node.name[:_LONGEST_NAME] or node.type,
        type=node.type,
        family=palette.family_of(node.types).name,
        aliases=[alias[:_LONGEST_NAME] for alias in node.aliases],
        links=[link for link in node.same_as if safe_url(link)],
        lat=node.latitude,
        lon=node.longitude,
        country=node.country,
        feature=node.feature,
        begin=None if node.when is None else node.when.begin,
        end=None if node.when is None else node.when.end,
        precision=None if node.when is None else node.when.precision,
        places=_drawn(node.places, numbers),
        mentioned=node.mentioned or None,
        degree=node.degree,
        claims=list(node.claims),
        mentions=[_passage(passage, numbers) for passage in node.mentions],
        quotes=[_passage(passage, numbers) for passage in node.quotes],
    )


def _edge(edge: Edge) -> Json:
    return _present(
        source=edge.source,
        target=edge.target,
        label=edge.label[:_LONGEST_NAME],
        relation=edge.relation,
        status=edge.status,
        claims=list(edge.claims),
    )


def claim_value(claim: Claim, numbers: Names) -> Json:
    """A claim as the page reads it."""
    return _present(
        id=claim.id,
        document=numbers.document(claim.document),
        text=numbers.text(claim.sentence, claim.document, claim.start),
        start=claim.span[0],
        end=claim.span[1],
        marks=[[mark.start, mark.end, mark.role] for mark in claim.marks],
        doer=_part(claim.doer, numbers),
        label=claim.label[:_LONGEST_NAME],
        patient=_part(claim.patient, numbers),
        others=[_part(part, numbers) for part in claim.others],
        relation=claim.relation,
        status=claim.status,
        negated=claim.negated,
        modality=claim.modality,
        speaker=numbers.node(claim.speaker),
        event=numbers.node(claim.event),
        when=None if claim.when is None else [claim.when.begin, claim.when.end, claim.when.precision],
        where=_drawn(claim.where, numbers),
        confidence=round(claim.confidence, 2),
    )


def _part(part: Part | None, numbers: Names) -> Json | None:
    if part is None:
        return None
    return _present(text=part.text, node=numbers.node(part.iri), role=part.role, value=part.value)


def _passage(passage: Passage, numbers: Names) -> Json:
    return _present(
        document=numbers.document(passage.document),
        text=numbers.text(passage.text, passage.document, passage.start),
        start=passage.span[0],
        end=passage.span[1],
        marks=[[mark.start, mark.end, mark.role] for mark in passage.marks],
    )


def _drawn(iris: tuple[str, ...], numbers: Names) -> list[Value]:
    """Those of the entities that are drawn."""
    return [number for number in map(numbers.node, iris) if number is not None]


def _present(**values: Value) -> Json:
    """The values that say something: no None, no empty list, no False."""
    return {key: value for key, value in values.items() if value is not None and value is not False and value != []}
