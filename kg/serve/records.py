"""What the index keeps as JSON: claims, nodes, and articles to be read.

Claims and nodes are kept as the page reads them (kg/view/content.py), but name documents by their ids, entities by
their IRIs and sentences by themselves: `Numbering` puts in the numbers that these have in what is shown.
"""

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import cast

from kg.model import Annotation
from kg.view.claims import Claim, utf16_offsets
from kg.view.content import Json, Value, claim_value, node_value
from kg.view.drawing import Node

_QUOTES = 5  # of an entity; its page has them all


class _AsTheyAre:
    """Names documents, sentences and entities by themselves."""

    def document(self, identifier: str) -> Value:
        return identifier

    def text(self, text: str, document: str, start: int) -> Value:
        return text

    def node(self, iri: str | None) -> Value:
        return iri


_AS_THEY_ARE = _AsTheyAre()


class Numbering:
    """Puts numbers of what is shown into records; documents and sentences get theirs when they are first named."""

    def __init__(self, iris: Iterable[str]) -> None:
        """Number the entities that are shown."""
        self._nodes = {iri: number for number, iri in enumerate(iris)}
        self._documents: dict[str, int] = {}
        self._texts: dict[str, int] = {}

    @property
    def documents(self) -> list[str]:
        """Ids of the documents that were named, in the order of their numbers."""
        return list(self._documents)

    @property
    def texts(self) -> list[Value]:
        """The sentences that were named, in the order of their numbers."""
        return list(self._texts)

    def claim(self, record: str) -> Json:
        """Return a claim with numbers; who is not shown has none, but an `iri`."""
        claim = self._passage(json.loads(record))
        for part in (claim.get("doer"), claim.get("patient"), *cast("list[Json]", claim.get("others", []))):
            if isinstance(part, dict) and "node" in part:
                iri = cast("str", part.pop("node"))
                number = self._nodes.get(iri)
                part["iri" if number is None else "node"] = iri if number is None else number
        for key in ("speaker", "event"):
            if key in claim:
                self._put(claim, key)
        if "where" in claim:
            places = (self._nodes.get(cast("str", iri)) for iri in cast("list[Value]", claim["where"]))
            claim["where"] = [number for number in places if number is not None]
        return claim

    def node(self, record: str) -> Json:
        """Return a node with numbers."""
        node: Json = json.loads(record)
        for key in ("mentions", "quotes"):
            for passage in cast("list[Json]", node.get(key, [])):
                self._passage(passage)
        if "places" in node:
            places = (self._nodes.get(cast("str", iri)) for iri in cast("list[Value]", node["places"]))
            node["places"] = [number for number in places if number is not None]
        return node

    def document(self, identifier: str) -> int:
        """Return the number of a document."""
        return self._documents.setdefault(identifier, len(self._documents))

    def _passage(self, passage: Json) -> Json:
        passage["document"] = self.document(cast("str", passage["document"]))
        passage["text"] = self._texts.setdefault(cast("str", passage["text"]), len(self._texts))
        return passage

    def _put(self, claim: Json, key: str) -> None:
        number = self._nodes.get(cast("str", claim[key]))
        if number is None:
            del claim[key]
        else:
            claim[key] = number


def dump_claim(claim: Claim) -> str:
    """Return a claim as JSON."""
    return _dump(claim_value(claim, _AS_THEY_ARE))


def dump_node(node: Node) -> str:
    """Return a node as JSON, but for its degree and its claims."""
    value = node_value(replace(node, quotes=node.quotes[:_QUOTES]), _AS_THEY_ARE)
    return _dump({key: said for key, said in value.items() if key not in ("degree", "claims")})


def body(annotation: Annotation) -> bytes:
    """Return the text of an article and where its entities are mentioned, compressed; offsets count UTF-16 units."""
    iris = {entity.id: entity.iri for entity in annotation.entities}
    units: Sequence[int] = utf16_offsets(annotation.text) or range(len(annotation.text) + 1)
    mentions = [[units[m.start], units[m.end], iris[m.entity]] for m in annotation.mentions if m.entity in iris]
    return zlib.compress(_dump([annotation.text, cast("Value", mentions)]).encode(), 6)


def load_body(packed: bytes) -> tuple[str, list[tuple[int, int, str]]]:
    """Return the text and the mentions of an article: start, end, IRI."""
    text, mentions = json.loads(zlib.decompress(packed))
    return text, [(start, end, iri) for start, end, iri in mentions]


def _dump(value: Value) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
