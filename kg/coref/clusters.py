"""Mentions of one entity, joined."""

from collections.abc import Mapping, Sequence

from spacy.tokens import Doc

from kg.coref.drafts import Draft
from kg.coref.joins import Joiner
from kg.coref.named import name_drafts
from kg.coref.nominals import find_nominals
from kg.coref.pronouns import attach
from kg.parse.spans import Cluster, Link, Span
from kg.parse.tree import Tree


def resolve(
    doc: Doc, names: Sequence[Span], links: Mapping[int, Link], tree: Tree | None = None
) -> tuple[Cluster, ...]:
    """The entities of the document with all their mentions, in order of their first one.

    "Gerald Darmanin … the minister … he" is one cluster, "a new migrant camp … the camp" another. Precision goes
    first: a phrase that could be two things is an entity of its own, a pronoun that could be is left out.
    """
    tree = tree or Tree(doc)
    joiner = _joined(tree, names, links)
    attach(tree, joiner.drafts)
    joiner.share_owners()
    return tuple(_cluster(draft) for draft in joiner.drafts)


def gather(tree: Tree, names: Sequence[Span], links: Mapping[int, Link]) -> list[Draft]:
    """The entities with their names and nominals, without pronouns."""
    return _joined(tree, names, links).drafts


def _joined(tree: Tree, names: Sequence[Span], links: Mapping[int, Link]) -> Joiner:
    joiner = Joiner(tree, name_drafts(tree, names, links))
    for nominal in find_nominals(tree, names):
        joiner.join(nominal)
    return joiner


def _cluster(draft: Draft) -> Cluster:
    spans = tuple(sorted(draft.spans, key=lambda span: (span.start, span.end)))
    return Cluster(draft.name, draft.type, spans, draft.link)
