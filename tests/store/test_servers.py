"""Loading into the real Oxigraph server and the real Virtuoso, each in a folder of its own."""

import dataclasses
import shutil
import threading
import time
from pathlib import Path

import pytest
from pyoxigraph import Store

from benchmarks import load as benchmark
from kg.corpus.build import build
from kg.errors import RefusedError
from kg.model import Annotation
from kg.settings import Settings
from kg.store import content
from kg.store import oxigraph as embedded
from kg.store.discovery import connect
from tests.store import servers
from tests.store.graphs import BASE, XSD, document, load, store

pytestmark = pytest.mark.store

GRAPH = f"<{BASE}graph/literals>"
GEO = "http://www.opengis.net/ont/geosparql#"
KEPT = [
    '"plain"',
    '""',
    '" spaces "',
    '"Lyon"@fr',
    '"Lyon"@en-GB',
    r'"tab\t line\n return\r quote \" backslash \\ \\n \\u0041 \\\\u0041"',
    r'"control \u0001 \b \f delete \u007F next line \u0085"',
    '"😀 𝔘 é 中文 العربية e\u0301 \u200b \ufeff \ufffd"',
    f'"{"x" * 5_000}"',
    f'"{"é" * 30_000}"',
    '"&amp; <b> {{x}} ?y $z %41"',
    *(f'"{value}"^^<{XSD}decimal>' for value in ("0.9", "3500.0", "-12.50000", "48.85341", "123456789012345678.5")),
    *(f'"{value}"^^<{XSD}integer>' for value in ("42", "-7", "007")),
    *(f'"{value}"^^<{XSD}boolean>' for value in ("true", "false")),
    *(f'"{value}"^^<{XSD}date>' for value in ("2021-06-26", "2021-06-26Z", "2021-06-26+02:00", "0044-03-15")),
    *(f'"2021-06-26T10:00:00{more}"^^<{XSD}dateTime>' for more in ("", "Z", ".125+02:00")),
    f'"2021"^^<{XSD}gYear>',
    f'"2021-06"^^<{XSD}gYearMonth>',
    f'"1.5"^^<{XSD}double>',
    f'"https://example.org/"^^<{XSD}anyURI>',
    '"x"^^<https://example.org/kind>',
    "<https://example.org/a%20%C3%A9?b=c&d=e#f>",
    "<https://example.org/é/😀>",
    "<https://example.org/q'x(y)~!*;,:@+=>",
]
CHANGED = {
    "virtuoso": [
        f'"P1D"^^<{XSD}duration>',
        f'"-0044-03-15"^^<{XSD}date>',
        f'"POINT(2.35 48.85)"^^<{GEO}wktLiteral>',
    ],
    "oxigraph": [],
}


def told(values: list[str]) -> Store:
    return store("".join(f"<{BASE}s{i}> <{BASE}p> {value} {GRAPH} .\n" for i, value in enumerate(values)))


def test_every_literal_comes_back(real: str, tmp_path: Path) -> None:
    loaded = load(told(KEPT), connect(real), tmp_path / "journal.jsonl")
    assert [str(difference) for difference in loaded.verified.differences] == []
    assert loaded.verified.triples == len(KEPT)
    assert load(told(KEPT), connect(real), tmp_path / "journal.jsonl").kinds == {"same": 1}


def test_what_does_not_come_back_is_found(real: str, tmp_path: Path) -> None:
    """If this fails a store has learned to keep it: say so in docs/stores.md."""
    target = connect(real)
    for value in [literal for literals in CHANGED.values() for literal in literals]:
        loaded = load(told([value]), target, tmp_path / "journal.jsonl")
        assert bool(loaded.verified.differences) == (value in CHANGED[target.profile.name]), value


def test_only_what_changed_is_sent(real: str, tmp_path: Path) -> None:
    file, target = tmp_path / "journal.jsonl", connect(real)
    first = load(store(document(1), document(2), document(3)), target, file)
    assert first.kinds == {"new": 3}
    source = store(document(1), document(2, word="denies"), document(4))
    second = load(source, target, file)
    assert second.kinds == {"changed": 1, "gone": 1, "new": 1, "same": 1}
    assert (first.verified.differences, second.verified.differences) == ((), ())
    assert target.counts([f"{BASE}document/d{n}" for n in range(1, 5)]) == {
        f"{BASE}document/d{n}": 40 for n in (1, 2, 4)
    }


def test_graphs_larger_than_a_batch_and_an_answer_come_back(real: str, tmp_path: Path) -> None:
    source = store(document(1, 10_000), document(2, 23_456))
    loaded = load(source, connect(real), tmp_path / "journal.jsonl")
    assert loaded.verified.triples == 33_456
    assert loaded.verified.differences == ()
    # The staging graph of Virtuoso is gone, too.
    assert connect(real).rows('SELECT ?g { GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?g), "urn:kg:")) }') == []


def test_blank_nodes_stay_the_same_nodes(real: str, tmp_path: Path) -> None:
    graph, file = f"<{BASE}graph/ring>", tmp_path / "journal.jsonl"
    ring = "".join(
        f'_:n{i} <{BASE}next> _:n{(i + 1) % 5} {graph} .\n_:n{i} <{BASE}i> "{i}" {graph} .\n' for i in range(5)
    )
    assert load(store(ring), connect(real), file).verified.differences == ()
    file.unlink()
    again = load(store(ring.replace("_:n", "_:m")), connect(real), file)
    assert again.verified.differences == ()
    assert connect(real).count(graph[1:-1]) == 10


def test_a_broken_upload_leaves_the_old_graph(real: str) -> None:
    target, graph = connect(real), f"{BASE}document/broken"
    target.replace(graph, ["<urn:a> <urn:p> <urn:b>"], "urn:kg:staging:test", least=lambda: 1)
    bad = [*(f"<urn:a> <urn:p> <urn:c{n}>" for n in range(100)), "this is no Turtle"]
    with pytest.raises(RefusedError):
        target.replace(graph, bad, "urn:kg:staging:test", least=lambda: 1)
    assert {str(triple) for triple in target.triples(graph)} == {"<urn:a> <urn:p> <urn:b>"}
    target.drop("urn:kg:staging:test")
    target.drop(graph)
    target.drop(graph)
    assert target.count(graph) == 0


def test_updates_hold_the_same_literals(oxigraph: str, tmp_path: Path) -> None:
    """Stores without a Graph Store Protocol get them inside SPARQL."""
    target = connect(oxigraph)
    updates = dataclasses.replace(
        target,
        profile=dataclasses.replace(target.profile, batch=7, copies=False),
        endpoints=dataclasses.replace(target.endpoints, graphs=None),
    )
    assert load(told(KEPT), updates, tmp_path / "journal.jsonl").verified.differences == ()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, articles: tuple[Annotation, ...]) -> Path:
    """A folder with the graph of thirty articles."""
    out = tmp_path_factory.mktemp("many") / "graph"
    read = [articles[n % len(articles)] for n in range(30)]
    read = [dataclasses.replace(a, id=f"a{n:03}", text=f"{a.text}\n\n{n}") for n, a in enumerate(read)]
    build(read, out, Settings())
    return out


def test_a_build_comes_back_whole(real: str, folder: Path, tmp_path: Path) -> None:
    source = embedded.open_folder(folder / "store")
    loaded = load(source, connect(real), tmp_path / "journal.jsonl")
    lines = (folder / "graph.nq").read_bytes().count(b"\n")
    assert loaded.outcome.triples == loaded.verified.triples == lines
    assert loaded.verified.differences == ()


def test_a_killed_load_goes_on(real: str, folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "graph"
    shutil.copytree(folder / "store", copy / "store")
    source, pauses = embedded.open_folder(copy / "store"), iter((0.0, 0.1, 0.3))

    def moment(file: Path) -> None:
        while not file.exists():
            time.sleep(0.01)
        time.sleep(next(pauses))

    kills = [benchmark.killed(copy, source, real, moment) for _ in range(3)]
    assert kills[0].in_time
    assert [kill.partly for kill in kills] == [0, 0, 0], "a graph is there whole or not at all"
    assert [kill.different for kill in kills] == [0, 0, 0]
    for name in content.names(source):
        connect(real).drop(name)


def test_a_server_that_is_killed_and_started_again_is_waited_for(folder: Path, tmp_path: Path) -> None:
    address = f"127.0.0.1:{servers.free_port()}"
    url = f"http://{address}"
    program = servers.program("oxigraph")
    if program is None:
        pytest.skip("no Oxigraph server: pip install oxigraph")
    command = [program, "serve", "--bind", address, "--location", str(tmp_path / "data")]
    source, loaded = embedded.open_folder(folder / "store"), []
    with servers.running(command, f"{url}/query") as first:
        target = connect(url)
        kill = threading.Timer(0.2, first.kill)
        thread = threading.Thread(target=lambda: loaded.append(load(source, target, tmp_path / "journal.jsonl")))
        kill.start()
        thread.start()
        first.wait()
    with servers.running(command, f"{url}/query"):
        thread.join()
        assert [result.verified.differences for result in loaded] == [()]
