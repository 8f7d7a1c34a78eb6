"""The embedded store: the union is there once, and readers don't write."""

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from kg.errors import StoreError
from kg.store import oxigraph

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
    quads, triples = tmp_path / "graph.nq", tmp_path / "graph.nt"
    quads.write_text(QUADS, encoding="utf-8")
    triples.write_text("<urn:a> <urn:p> <urn:b> .\n", encoding="utf-8")
    oxigraph.create(quads, triples, tmp_path / "store")
    store = oxigraph.open_folder(tmp_path / "store")
    assert len(store) == 4
    node = NamedNode("urn:x")
    with pytest.raises(RuntimeError, match="read-write"):
        store.add(Quad(node, node, node))


def test_an_addition_is_a_graph_of_its_own_and_in_the_union(tmp_path: Path) -> None:
    file = tmp_path / "more.ttl"
    file.write_text("<urn:a> <urn:p> <urn:d> .", encoding="utf-8")
    store = oxigraph.load_files([])
    oxigraph.add(store, file, "<urn:g3>")
    assert {str(quad.graph_name) for quad in store} == {"<urn:g3>", "DEFAULT"}


def test_what_is_no_store_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="build it again with kg build"):
        oxigraph.open_folder(tmp_path)
