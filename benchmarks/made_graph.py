"""A graph of made-up articles, as large as is asked for, and what the other benchmarks ask of it.

    python benchmarks/made_graph.py DIR [--documents 800]

An article has 25 sentences on a dozen entities; a few actors and places are in very many articles, most in few (Zipf),
as it is in the news. 800 articles give about a million triples. The same articles every time.
"""

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

from kg.model import Annotation, Argument, Entity, Mention, Modality, Predicate, Quote, Run, Triple
from kg.settings import BASE

DOCUMENTS = 800
SENTENCES = 25
CLASSES = {
    "Person": ("Actor", "Entity"),
    "NGO": ("Organization", "Actor", "Entity"),
    "GovernmentBody": ("Organization", "Actor", "Entity"),
    "Company": ("Organization", "Actor", "Entity"),
    "Group": ("Actor", "Entity"),
    "City": ("Place", "Entity"),
    "Country": ("Place", "Entity"),
    "Event": ("Entity",),
}
KINDS = ("Person",) * 5 + ("NGO", "GovernmentBody", "Company", "Group", "City", "City", "Country", "Event", "Event")
ACTING = ("metWith", "criticised", "supported", "accused", "attacked", "ordered", "arrested", "said", None, None)
TO_PLACE = ("travelledTo", "locatedIn", "livesIn", "basedIn")
MODALITIES: tuple[Modality, ...] = ("asserted",) * 17 + ("possible", "intended", "conditional")
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
COUNTRIES = ("FR", "GB", "DE", "KE", "BE", "GR", "TR")
RUN = Run("0.1.0", "made-up", "0" * 16, "f" * 16)


def articles(documents: int = DOCUMENTS) -> Iterator[Annotation]:
    """Yield the articles."""
    chance = random.Random(11)  # noqa: S311 — the same articles every time are what is wanted
    everybody = [_entity(number, chance) for number in range(max(20, documents * 4))]
    weights = [1 / (rank + 1) ** 0.8 for rank in range(len(everybody))]
    for number in range(documents):
        present = list(dict.fromkeys(chance.choices(range(len(everybody)), weights, k=14)))
        yield _article(number, [everybody[n] for n in present], chance)


def _entity(number: int, chance: random.Random) -> Entity:
    kind = KINDS[number % len(KINDS)]
    words = ["".join(chance.choices(SYLLABLES, k=3)).title() for _ in range(2)]
    place = "Place" in CLASSES[kind]
    return Entity(
        f"e{number}",
        f"{BASE}entity/{kind.lower()}-{number}",
        kind,
        (kind, *CLASSES[kind]),
        " ".join(words if kind in ("Person", "City") else (*words, kind)),
        latitude=round(chance.uniform(-60, 70), 5) if place else None,
        longitude=round(chance.uniform(-180, 180), 5) if place else None,
        country=chance.choice(COUNTRIES) if place else None,
    )


def _article(number: int, present: list[Entity], chance: random.Random) -> Annotation:
    places = [entity for entity in present if "Place" in entity.types]
    actors = [entity for entity in present if "Actor" in entity.types] or present
    events = [entity for entity in present if entity.type == "Event"]
    text = ""
    triples: list[Triple] = []
    mentions: list[Mention] = []
    sentences: list[tuple[int, int]] = []
    for sentence in range(SENTENCES):
        to_place = bool(places) and chance.random() < 0.3
        doer, other = chance.choice(actors), chance.choice(places if to_place else present)
        start = len(text)
        day = f"2024-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        text += f"{doer.name} was seen with {other.name} on that day, people who were near them said in line {sentence}"
        text += f" of {number}. "
        middle = start + len(doer.name) + 1
        after = middle + len("was seen with ")
        when = text.index("that day", after)
        for entity, at in ((doer, start), (other, after)):
            end = at + len(entity.name)
            mentions.append(Mention(f"m{len(mentions)}", at, end, entity.name, "name", entity.id))
        sentences.append((start, len(text) - 1))
        triples.append(
            Triple(
                id=f"t{sentence}",
                subject=Argument(doer.name, start, start + len(doer.name), doer.id),
                predicate=Predicate(
                    "was seen with", "see", chance.choice(TO_PLACE if to_place else ACTING), False, middle, after - 1
                ),
                object=Argument(other.name, after, after + len(other.name), other.id),
                arguments=(Argument("that day", when, when + 8, None, "time", day),) if chance.random() < 0.4 else (),
                negated=chance.random() < 0.04,
                modality=chance.choice(MODALITIES),
                attribution=chance.choice(actors).id if chance.random() < 0.15 else None,
                confidence=0.8,
                start=start,
                end=len(text) - 1,
                rule="made-up",
                event=chance.choice(events).id if events and chance.random() < 0.2 else None,
            )
        )
    first = chance.choice(sentences)
    words = text[first[0] : first[1]]
    quotes = (Quote(*first, words, actors[0].id, True, "said"),)
    date = f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}"
    title, url = f"Article {number}", f"https://example.org/{number}"
    return Annotation(
        f"a{number:05}", text, tuple(mentions), tuple(present), tuple(triples), quotes, title, url, date,
        sentences=tuple(sentences), run=RUN,
    )  # fmt: skip


def make(folder: Path, documents: int = DOCUMENTS) -> None:
    """Build their graph in `folder`, unless it is there."""
    from kg.corpus.build import build
    from kg.settings import Settings

    if not (folder / "store").is_dir():
        build(articles(documents), folder, Settings(), files=False)


def main() -> None:
    """Build the graph."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    given = parser.parse_args()
    make(given.folder, given.documents)


if __name__ == "__main__":
    main()
