"""What writing and loading a graph costs: ours against a plain bulk load, and against rdflib.

    python benchmarks/rdf.py [--documents 450]

All sides do the same for the same made-up articles: their facts become N-Quads in a file and a store that can be asked,
with a named graph for each document and the union of all.

kg           what `kg build` does after resolution: facts as strings, a file, one bulk load into a folder
pyoxigraph   the plain bulk load of that file into a folder: the part that nobody can save. Bar: kg at most 1.5 times it
rdflib       a Dataset made of the same facts as rdflib's terms, written as N-Quads, read back into a Dataset, and its
             default graph as the union. Bar: kg at least 4 times as fast

CPU seconds of processes of their own, the best of two (rdflib: of one). About 2,240 triples an article.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from made_graph import articles

HERE = Path(__file__).resolve()


def main() -> int:
    """Run all sides and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=450)
    parser.add_argument("--inner", choices=SIDES, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inner:
        print(json.dumps(SIDES[given.inner](given.documents, given.folder)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        spent: dict[str, float] = {}
        for side, times in (("kg", 2), ("pyoxigraph", 2), ("rdflib", 1)):
            for turn in range(times):
                command = [sys.executable, str(HERE), "--documents", str(given.documents), "--inner", side]
                done = subprocess.run(
                    [*command, "--folder", f"{folder}/{side}{turn}"], check=True, capture_output=True, text=True
                )
                found = json.loads(done.stdout)
                spent[side] = min(spent.get(side, found["seconds"]), found["seconds"])
            print(f"{side:<12}{spent[side]:8.1f} CPU s   {found['triples']:,} triples")
    above, faster = spent["kg"] / spent["pyoxigraph"], spent["rdflib"] / spent["kg"]
    print(f"kg: {above:.2f} times the plain bulk load (at most 1.5), {faster:.1f} times as fast as rdflib (at least 4)")
    return int(above > 1.5 or faster < 4)


def _lines(documents: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each document's graph and its triples, as `kg build` makes them."""
    from kg.graph import schema
    from kg.graph.contribution import contribution
    from kg.settings import Settings

    for article in articles(documents):
        found = contribution(article, schema.ontology(None), Settings())
        yield found.graph, found.triples


def _file(documents: int, path: Path) -> int:
    from kg.graph.contribution import quads

    count = 0
    with path.open("wb") as file:
        for graph, triples in _lines(documents):
            count += len(triples)
            file.write(quads(triples, graph).encode())
            file.write(quads(triples, "").encode())
    return count


def kg(documents: int, folder: Path) -> dict[str, float]:
    """Facts, file and store, as `kg build` does them; the articles themselves are given."""
    from kg.store import oxigraph

    made = time.process_time()
    for _ in articles(documents):
        pass
    made = time.process_time() - made
    folder.mkdir()
    began = time.process_time()
    count = _file(documents, folder / "graph.nq")
    oxigraph.create(folder / "graph.nq", folder / "store")
    return {"seconds": time.process_time() - began - made, "triples": count}


def plain(documents: int, folder: Path) -> dict[str, float]:
    """The bulk load of the file alone."""
    from pyoxigraph import RdfFormat, Store

    folder.mkdir()
    count = _file(documents, folder / "graph.nq")
    began = time.process_time()
    Store(str(folder / "store")).bulk_load(path=str(folder / "graph.nq"), format=RdfFormat.N_QUADS)
    return {"seconds": time.process_time() - began, "triples": count}


def with_rdflib(documents: int, folder: Path) -> dict[str, float]:
    """The same with rdflib."""
    from rdflib import Dataset, URIRef
    from rdflib.util import from_n3

    folder.mkdir()
    facts = [(graph, [line.split(" ", 2) for line in triples]) for graph, triples in _lines(documents)]
    began = time.process_time()
    dataset = Dataset(default_union=True)
    for graph, triples in facts:
        named = dataset.graph(URIRef(graph[1:-1]))
        for subject, predicate, value in triples:
            named.add((URIRef(subject[1:-1]), URIRef(predicate[1:-1]), from_n3(value.strip())))  # type: ignore[arg-type]
    dataset.serialize(folder / "graph.nq", format="nquads")
    Dataset(default_union=True).parse(folder / "graph.nq", format="nquads")
    return {"seconds": time.process_time() - began, "triples": sum(len(triples) for _, triples in facts)}


SIDES: dict[str, Callable[[int, Path], dict[str, float]]] = {"kg": kg, "pyoxigraph": plain, "rdflib": with_rdflib}

if __name__ == "__main__":
    sys.exit(main())
