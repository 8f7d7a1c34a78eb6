"""The sections of graph.ttl: entities with what is said of them, then each document in the order of its text."""

from collections.abc import Iterable, Mapping

from kg.graph.document import DocumentGraph
from kg.graph.terms import Fact
from kg.graph.turtle import Shortener, blocks, comment, heading


def entity_sections(
    entities: Iterable[tuple[str, tuple[Fact, ...]]], told: Mapping[str, Iterable[Fact]], short: Shortener
) -> str:
    """Return the blocks of all entities; `told` are the facts that documents state of each, by subject."""
    parts = []
    current = ""
    for section, facts in entities:
        if section != current:
            parts.append(heading(section))
            current = section
        for _, block in blocks((*facts, *sorted(told.get(facts[0][0], ()))), short):
            parts.append(f"{block}\n")
    return "".join(parts)


def document_section(graph: DocumentGraph, short: Shortener) -> str:
    """Return the blocks of a document; each sentence stands as a comment before the first statement that it gave."""
    sentences = dict(graph.sentences)
    mention = f"{graph.name[: graph.name.rindex('document/')]}mention/"
    parts = []
    for subject, block in blocks(graph.own, short):
        if subject in sentences:
            parts.append(f"# {comment(sentences[subject])}\n")
        parts.append(block if subject.startswith(mention) else f"{block}\n")
    return "".join(parts)


def contradiction_section(facts: Iterable[Fact], short: Shortener) -> str:
    """Return the pairs of statements that contradict each other, with a heading; nothing where there are none."""
    parts = "".join(block for _, block in blocks(facts, short))
    return heading("Statements that contradict each other") + parts if parts else ""
