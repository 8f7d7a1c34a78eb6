"""The embedded store: the union is there once, and readers don't write."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad

from kg.errors import StoreError
from kg.store import oxigraph
from kg.store.oxigraph import Change

QUADS = """<urn:a> <urn:p> <urn:b> <urn:g1> .
<urn:a> <urn:p> <urn:b> <urn:g2> .
<urn:a> <urn:p> <urn:c> <urn:g2> .
"""


def test_the_union_holds_each_triple_once(tmp_path: Path) -> None:
    file = tmp_path / "graph.nq"
    file.write_text(QUADS, encoding="utf-8")
    store = oxigraph.load_files([file])
    assert len(list(oxigraph.union(store))) == 2
    assert len(list(store.named_graphs())) == 2


def test_a_folder_is_opened_read_only(tmp_path: Path) -> None:
    quads = tmp_path / "graph.nq"
    quads.write_text(QUADS + "<urn:a> <urn:p> <urn:b> .\n", encoding="utf-8")
    oxigraph.create(quads, tmp_path / "store")
    store = oxigraph.open_folder(tmp_path / "store")
    assert len(store) == 4
    node = NamedNode("urn:x")
    with pytest.raises(RuntimeError, match="read-write"):
        store.add(Quad(node, node, node))


TRIPLE = st.tuples(st.sampled_from("ab"), st.sampled_from("pq"), st.sampled_from("xyz"))
GRAPH = st.frozensets(TRIPLE, max_size=4)
GRAPHS = st.dictionaries(st.sampled_from(["g", "h", "i"]), GRAPH)


@settings(max_examples=40, deadline=None)
@given(GRAPHS, GRAPHS, st.sets(st.sampled_from("ab")))
def test_a_change_comes_to_what_filling_anew_gives(
    before: dict[str, frozenset[tuple[str, str, str]]],
    after: dict[str, frozenset[tuple[str, str, str]]],
    subjects: set[str],
) -> None:
    """Graph "i" changes for some subjects only."""
    named = {f"<urn:{s}>" for s in subjects}
    with TemporaryDirectory() as folder:
        old, new, file = Path(folder) / "old", Path(folder) / "new", Path(folder) / "graph.nq"
        rows = [f"<urn:{s}> <urn:{p}> <urn:{o}> <urn:{g}> ." for g, held in before.items() for s, p, o in held]
        union = {f"<urn:{s}> <urn:{p}> <urn:{o}> ." for held in before.values() for s, p, o in held}
        file.write_text("\n".join((*rows, *union)), encoding="utf-8")
        oxigraph.create(file, old)
        changes = []
        wanted = dict(after)
        for graph in sorted(before | after):
            held = after.get(graph, frozenset())
            if graph == "i":
                kept = {t for t in before.get(graph, ()) if t[0] not in subjects}
                held = frozenset(t for t in held if t[0] in subjects)
                wanted[graph] = frozenset(kept | held)
            data = "".join(f"<urn:{s}> <urn:{p}> <urn:{o}> .\n" for s, p, o in held).encode()
            changes.append(Change(f"<urn:{graph}>", data, frozenset(named) if graph == "i" else None))
        oxigraph.update(old, new, changes)
        store = oxigraph.open_folder(new)
        found = {str(quad) for quad in store if isinstance(quad.graph_name, NamedNode)}
        assert found == {f"<urn:{s}> <urn:{p}> <urn:{o}> <urn:{g}>" for g, held in wanted.items() for s, p, o in held}
        assert {str(q.triple) for q in oxigraph.union(store)} == {
            f"<urn:{s}> <urn:{p}> <urn:{o}>" for held in wanted.values() for s, p, o in held
        }
        assert {str(quad.triple) for quad in oxigraph.union(oxigraph.open_folder(old))} == {u[:-2] for u in union}


def test_an_addition_is_a_graph_of_its_own_and_in_the_union(tmp_path: Path) -> None:
    file = tmp_path / "more.ttl"
    file.write_text("<urn:a> <urn:p> <urn:d> .", encoding="utf-8")
    store = oxigraph.load_files([])
    oxigraph.add(store, file, "<urn:g3>")
    assert {str(quad.graph_name) for quad in store} == {"<urn:g3>", "DEFAULT"}


def test_what_is_no_store_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="build it again with kg build"):
        oxigraph.open_folder(tmp_path)
