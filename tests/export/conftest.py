"""A graph whose names are what breaks exporters."""

from pathlib import Path

import pytest

from kg.model import Annotation, Argument, Entity, Mention, Predicate, Triple

NAMES = (
    "\"quoted\", 'single'; semi|pipe",
    "back\\slash\\",
    "<b>&amp; ]]> <!-- --> <?x?>",
    "\u202eright to left\u202c עברית",
    "=SUM(A1) `tick` ${x} {curly}",
    "tab\tand bell\x07 and no character \ufffe",
    "é̂ 😀 U+1F600",
    "x" * 10_000,
)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the graph of one article, in which each of the names heads the next."""
    from kg.corpus.build import build
    from kg.settings import BASE, Settings

    folder = tmp_path_factory.mktemp("hostile") / "graph"
    text, mentions, entities, triples = "", [], [], []
    for number, name in enumerate(NAMES):
        kind = "Person" if number % 2 == 0 else "Company"
        line = ("Person", "Actor", "Entity") if kind == "Person" else ("Company", "Organization", "Actor", "Entity")
        entities.append(Entity(f"e{number}", f"{BASE}entity/n-{number}", kind, line, name))
        mentions.append(Mention(f"m{number}", len(text), len(text) + len(name), name, "name", f"e{number}"))
        text += f"{name}\n"
    places = {mention.entity: (mention.start, mention.end) for mention in mentions}
    for number in range(len(NAMES) - 1):
        one, other = (
            Argument(NAMES[n], *places[f"e{n}"], f"e{n}") for n in (number - number % 2, number + 1 - number % 2)
        )
        heads = Predicate("heads, of", "head", "heads", False)
        triples.append(Triple(f"t{number}", one, heads, other, (), False, "asserted", None, 0.9, 0, len(text) - 1))
    article = Annotation(
        'id "1"; x', text, tuple(mentions), tuple(entities), tuple(triples), (), 'Title; "a"\nb', date="2024-02-30"
    )
    build([article], folder, Settings())
    return folder
