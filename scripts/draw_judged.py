"""Draw plain triples of articles for somebody to judge, each with its sentence and its times.

    python scripts/draw_judged.py docs/judged/articles --number 100 --seed 1 > docs/judged/sheet.tsv

A plain triple is what `kg build` writes as `s p o`: typed, asserted, of the document itself or the speaker's own deed.
The columns `verdict` and `time` are left empty, for "right" or "wrong", `reason` for why. Sentences with a mistake in
the article itself are not left out. The same articles, number and seed draw the same triples while no rule changes.
"""

import argparse
import csv
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from kg.graph.scope import see
from kg.graph.statements import oriented, plain_fact
from kg.model import Annotation, Argument
from kg.ontology import load
from kg.pipeline import Annotator
from kg.read import read
from kg.settings import Settings

COLUMNS = ("article", "triple", "sentence", "subject", "relation", "object", "times", "verdict", "time", "reason")


def rows(annotation: Annotation) -> Iterator[dict[str, str]]:
    """Yield a row for each plain triple of an annotation."""
    scope = see(annotation, load(), Settings())
    names = {entity.id: entity.name for entity in annotation.entities}

    def shown(argument: Argument) -> str:
        name = names.get(argument.entity or "", argument.text)
        return name if name == argument.text else f"{name} “{' '.join(argument.text.split())}”"

    for triple in annotation.triples:
        turned = oriented(scope, triple)
        if plain_fact(scope, triple, turned) is None or turned.subject is None or turned.object is None:
            continue
        times = [a for a in (triple.object, *triple.arguments) if a is not None and a.role == "time"]
        yield {
            "article": annotation.id,
            "triple": triple.id,
            "sentence": " ".join(annotation.text[triple.start : triple.end].split()),
            "subject": shown(turned.subject),
            "relation": triple.predicate.relation or "",
            "object": shown(turned.object),
            "times": "; ".join(f"{' '.join(a.text.split())} = {a.value or 'not known'}" for a in times),
        }


def main() -> int:
    """Print the sheet; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path, nargs="+")
    parser.add_argument("--number", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    annotations = Annotator(Settings()).annotate(list(read(arguments.articles)))
    found = [row for annotation in annotations if isinstance(annotation, Annotation) for row in rows(annotation)]
    drawn = sorted(random.Random(arguments.seed).sample(range(len(found)), min(arguments.number, len(found))))  # noqa: S311
    sheet = csv.DictWriter(sys.stdout, COLUMNS, delimiter="\t", lineterminator="\n")
    sheet.writeheader()
    sheet.writerows(found[n] for n in drawn)
    print(f"{len(drawn)} of {len(found)} plain triples", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
