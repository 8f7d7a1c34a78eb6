"""How long the named questions take on a large graph: of one busy node, and of the whole graph.

    python benchmarks/queries.py [DIR] [--documents 800] [--bar-node 0.1] [--bar-all 1.0]

Without DIR the graph of made_graph.py is built in a folder that is thrown away. Each question of ontology/queries is
asked without parameters, then with its parameters about what the graph has most of; the median of three runs after one
that warms the store. Exit status 1 when one takes longer than the bar.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from made_graph import DOCUMENTS, make

import kg
from kg.graph.knowledge import KnowledgeGraph
from kg.graph.query import named


def busy(graph: KnowledgeGraph) -> dict[str, str]:
    """Return values for the parameters: names of what most documents speak of."""
    by_type: dict[str, str] = {}
    most: Counter[str] = Counter()
    for entity in graph.entities():
        for kind in entity.types:
            if entity.mentions > most[kind]:
                most[kind], by_type[kind] = entity.mentions, entity.label
    actor, place, event = by_type["Actor"], by_type["Place"], by_type["Event"]
    return {
        **dict.fromkeys(("actor", "speaker", "about", "subject", "what", "one"), actor),
        "place": place,
        "object": place,
        "other": place,
        "event": event,
        "id": "a00001",
        "country": "FR",
        "since": "2024-03-01",
        "until": "2024-06-30",
        "relation": "travelledTo",
    }


def measure(graph: KnowledgeGraph, question: str, values: dict[str, str]) -> tuple[float, int]:
    """Return the seconds of one question, and how many rows it gives."""
    spent = []
    rows = 0
    for _ in range(4):
        begin = time.process_time()
        rows = len(graph.query(question, **values))
        spent.append(time.process_time() - begin)
        if spent[-1] > 20:
            break
    return statistics.median(spent[1:] or spent), rows


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    parser.add_argument("--only", help="one question")
    parser.add_argument("--bar-node", type=float, default=0.1, help="seconds for a question about one node")
    parser.add_argument("--bar-all", type=float, default=1.0, help="seconds for one about the whole graph")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = given.folder or Path(made) / "graph"
        make(folder, given.documents)
        slow = _all(kg.open(folder), given)
    sys.exit(bool(slow))


def _all(graph: KnowledgeGraph, given: argparse.Namespace) -> int:
    print(f"{len(graph):,} triples")
    values = busy(graph)
    slow = 0
    for question in named():
        if given.only not in (None, question.name):
            continue
        asked = {parameter.name: values[parameter.name] for parameter in question.parameters}
        cases = [({}, given.bar_all), *(({name: value}, given.bar_node) for name, value in asked.items())]
        cases += [(asked, given.bar_node)] if len(asked) > 1 else []
        for some, bar in cases:
            seconds, rows = measure(graph, question.name, some)
            slow += seconds > bar
            told = ", ".join(f"{name}={value}" for name, value in some.items()) or "(all)"
            mark = "SLOW" if seconds > bar else ""
            print(f"{question.name:20} {told:75} {seconds * 1000:9.1f} ms {rows:7,} rows {mark}", flush=True)
    return slow


if __name__ == "__main__":
    main()
