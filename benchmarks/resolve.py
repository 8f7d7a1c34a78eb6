"""How long resolving takes, and how much memory: made-up profiles with the skew of real news.

    .venv/bin/python benchmarks/resolve.py [ENTITIES]

A tenth of the names fill half of the mentions, as in news; one profile in twenty is a surname alone. No peer does the
same; the figure to compare with is the time of reading the documents (a profile comes with about 25 words of text).
"""

import argparse
import random
import resource
import time
from collections.abc import Iterator

from kg.graph.resolve.profiles import Context, Profile
from kg.graph.resolve.resolution import resolve
from kg.naming import canonical_name, is_lone, named_iri
from kg.settings import BASE

PER_DOCUMENT = 10
PERSON = ("Person", "Actor", "Entity")
BODY = ("Organization", "Actor", "Entity")
ROLES = ("minister", "mayor", "lawyer", "goalkeeper", "singer", "professor", "")


def profiles(count: int, seed: int = 1) -> Iterator[Profile]:
    """Yield profiles in documents of ten; the choice of who is named is skewed as in news (Zipf)."""
    chance = random.Random(seed)  # noqa: S311
    syllables = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
    given = ["".join(chance.choices(syllables, k=2)).title() for _ in range(400)]
    family = ["".join(chance.choices(syllables, k=3)).title() for _ in range(5_000)]
    actors = [f"{chance.choice(given)} {chance.choice(family)}" for _ in range(max(1, count // 8))]
    weights = [1 / (rank + 1) ** 0.8 for rank in range(len(actors))]
    words = ["".join(chance.choices(syllables, k=3)) for _ in range(4_000)]
    for number in range(0, count, PER_DOCUMENT):
        named = chance.choices(range(len(actors)), weights, k=PER_DOCUMENT)
        context = Context(
            f"d{number:07}",
            739_000 + chance.randrange(700),
            countries=frozenset((chance.choice(("FR", "GB", "DE", "US", "KE")),)),
            company=frozenset(canonical_name(actors[n]) for n in named),
            topic=frozenset(chance.choices(words, k=30)),
        )
        for place, n in enumerate(dict.fromkeys(named)):
            name = actors[n].split()[-1] if chance.random() < 0.05 else actors[n]
            canonical = canonical_name(name)
            person = n % 3 > 0
            more = (context.document,) if is_lone("Person" if person else "Organization", canonical) else ()
            yield Profile(
                context,
                f"e{place}",
                named_iri(BASE, canonical, *more),
                "Person" if person else "Organization",
                PERSON if person else BODY,
                name,
                (canonical,),
                roles=frozenset((ROLES[n % len(ROLES)],)) - {""},
            )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("entities", nargs="?", type=int, default=100_000)
    rows = list(profiles(parser.parse_args().entities))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin = time.process_time()
    found = resolve(rows, BASE)
    spent = time.process_time() - begin
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    more = f"{(after - before) / 1024:.0f} MB more"
    print(f"{len(rows):,} profiles → {len(found.clusters):,} nodes: {spent:.1f} CPU s, {more}")


if __name__ == "__main__":
    main()
