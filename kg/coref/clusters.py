"""Mentions of one entity, joined."""

from collections.abc import Mapping, Sequence

from spacy.tokens import Doc

from kg.parse.spans import Cluster, Link, Span


def resolve(doc: Doc, names: Sequence[Span], links: Mapping[int, Link]) -> tuple[Cluster, ...]:
    """Return the entities of the document with their mentions."""
    found: dict[str, list[int]] = {}
    for i, span in enumerate(names):
        found.setdefault(doc[span.start : span.end].text.lower(), []).append(i)
    return tuple(
        Cluster(doc[names[ids[0]].start : names[ids[0]].end].text, names[ids[0]].type, tuple(names[i] for i in ids), links.get(ids[0]))
        for ids in found.values()
    )
