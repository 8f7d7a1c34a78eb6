"""How long the named questions take on a large graph: of the whole graph, of a usual node and of the busiest one.

    python benchmarks/queries.py [DIR] [--documents 800] [--only QUESTION] [--bar-node 0.1] [--bar-all 1.0]

Without DIR the graph of made_graph.py is built in a folder that is thrown away. Each question of ontology/queries is
asked without parameters; then with each of its parameters: a relation, a country or a day picks from the whole graph,
a name one node. The usual actor, place and event is the median by mentions; the busiest is the one with most, and no
question about one node takes longer. Seconds are CPU, the best of three runs after one that warms the store, with wall
time beside them. Exit status 1 when one takes longer than its bar.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from made_graph import DOCUMENTS, make

import kg
from kg.graph.knowledge import KnowledgeGraph
from kg.graph.query import NamedQuery, named

# What a parameter takes: the name of a node of this class, or, for one that picks from the whole graph, this value.
NODES = {
    **dict.fromkeys(("actor", "speaker", "about", "subject", "what", "one"), "Actor"),
    **dict.fromkeys(("place", "object", "other"), "Place"),
    "event": "Event",
}
PICKS = {"country": "FR", "since": "2024-03-01", "until": "2024-06-30", "relation": "travelledTo"}
Case = tuple[str, dict[str, str], bool]


def nodes(graph: KnowledgeGraph) -> tuple[dict[str, str], dict[str, str]]:
    """Return the names of the usual and of the busiest node of each class that questions are about."""
    ranked = sorted(graph.entities(), key=lambda entity: (entity.mentions, entity.iri))
    usual, busiest = {}, {}
    for kind in set(NODES.values()):
        names = [entity.label for entity in ranked if kind in entity.types]
        usual[kind], busiest[kind] = names[len(names) // 2], names[-1]
    return usual, busiest


def cases(question: NamedQuery, usual: dict[str, str], busiest: dict[str, str]) -> Iterator[Case]:
    """Yield what a question is asked: what to call the case, the values, and whether it is about one node."""
    yield "all", {}, False
    names = [parameter.name for parameter in question.parameters]
    for name in names:
        if name in PICKS:
            yield f"{name}={PICKS[name]}", {name: PICKS[name]}, False
        elif name == "id":
            yield "one document", {name: "a00001"}, True
        else:
            for how, chosen in (("usual", usual), ("busiest", busiest)):
                yield f"{how} {name}", {name: chosen[NODES[name]]}, True
    if len(names) > 1:
        together = {name: PICKS.get(name) or busiest[NODES[name]] for name in names}
        yield f"busiest {', '.join(names)}", together, True


def measure(graph: KnowledgeGraph, question: str, values: dict[str, str]) -> tuple[float, float, int]:
    """Return the CPU and the wall seconds of one question, and how many rows it gives."""
    spent = []
    rows = 0
    for _ in range(4):
        wall, cpu = time.perf_counter(), time.process_time()
        rows = len(graph.query(question, **values))
        spent.append((time.process_time() - cpu, time.perf_counter() - wall))
        if spent[-1][0] > 20:
            return *spent[-1], rows
    return *min(spent[1:]), rows


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
        missed = _all(kg.open(folder), given)
    sys.exit(bool(missed))


def _all(graph: KnowledgeGraph, given: argparse.Namespace) -> int:
    print(f"{len(graph):,} triples")
    print(f"{'question':20} {'case':42} {'rows':>7} {'CPU ms':>8} {'wall ms':>8} {'bar':>6}")
    usual, busiest = nodes(graph)
    asked = missed = 0
    for question in named():
        if given.only not in (None, question.name):
            continue
        for case, values, one in cases(question, usual, busiest):
            bar = given.bar_node if one else given.bar_all
            cpu, wall, rows = measure(graph, question.name, values)
            asked, missed = asked + 1, missed + (cpu > bar)
            times = f"{cpu * 1000:8.1f} {wall * 1000:8.1f} {bar * 1000:6.0f}"
            print(f"{question.name:20} {case:42} {rows:7,} {times} {'missed' if cpu > bar else ''}", flush=True)
    print(f"{asked - missed} of {asked} within their bars")
    return missed


if __name__ == "__main__":
    main()
