"""The folder that a build leaves: same bytes, in any order, whatever was there before."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

import kg
from kg.corpus.build import NAMES
from kg.corpus.build import build as write
from kg.errors import DocumentError, InputError, KgError, StoreError
from kg.graph.report import Report
from kg.model import Annotation
from kg.settings import Settings

SAME = ("graph.ttl", "graph.nq", "annotations.jsonl", "graph.html")


def build(items: Iterable[Annotation | KgError], out: Path, settings: Settings | None = None) -> Report:
    return write(items, out, settings or Settings())


def test_a_build_leaves_all_files_and_nothing_else(articles: tuple[Annotation, ...], tmp_path: Path) -> None:
    report = build(articles, tmp_path / "out")
    left = {path.name for path in (tmp_path / "out").iterdir()}
    assert left == {*NAMES, "ledger.db", ".lock"}
    told = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert (told["documents"], told["statements"], told["plain_triples"]) == (3, 17, report.plain_triples)
    assert [gap["text"] for gap in told["gaps"]] == ['"We will not leave Ostend," said Peeters.']
    assert all(isinstance(seconds, float) for seconds in told["timing"].values())


def test_two_processes_write_the_same_bytes(root: Path, tmp_path: Path) -> None:
    program = "import sys; from kg.corpus.build import build; build([sys.argv[1]], sys.argv[2])"
    for seed in ("1", "2"):
        folder = tmp_path / f"from-{seed}"
        folder.mkdir()
        arguments = [str(root / "tests" / "graph" / "articles.jsonl"), f"../out-{seed}"]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}
        subprocess.run([sys.executable, "-c", program, *arguments], check=True, cwd=folder, env=environment)
    for name in SAME:
        assert (tmp_path / "out-1" / name).read_bytes() == (tmp_path / "out-2" / name).read_bytes(), name


def test_the_order_of_documents_does_not_matter(articles: tuple[Annotation, ...], tmp_path: Path) -> None:
    build(articles, tmp_path / "one")
    build(reversed(articles), tmp_path / "other")
    for name in ("graph.ttl", "graph.nq"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "other" / name).read_bytes(), name


def test_a_failed_document_is_named_and_the_others_are_there(articles: tuple[Annotation, ...], tmp_path: Path) -> None:
    wrong = replace(articles[1], id="wrong", mentions=(replace(articles[1].mentions[0], text="x"),))
    items: list[Annotation | KgError] = [
        articles[0],
        DocumentError("too long", document="d7"),
        InputError("not JSON", source="a.jsonl", line=3),
        wrong,
        articles[0],
    ]
    seen: list[object] = []
    report = write(items, tmp_path / "out", Settings(), step=seen.append)
    assert {failure.document for failure in report.failed} == {"d7", "a.jsonl, line 3", "wrong", "harbour-1"}
    assert any("the first one is kept" in failure.reason for failure in report.failed)
    assert report.documents == 1
    assert sorted(isinstance(item, KgError) for item in seen) == [False, True, True, True, True]
    assert len((tmp_path / "out" / "annotations.jsonl").read_bytes().splitlines()) == 1


def test_a_build_keeps_what_others_have_open_and_put_there(articles: tuple[Annotation, ...], tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(articles, out, Settings())
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    (out / ".partial-dead").mkdir()
    old = kg.open(out)
    count = len(old)
    write(articles[:1], out, Settings(), sync=True)
    assert len(old) == count  # a reader keeps what it has open
    assert 0 < len(kg.open(out)) < count
    assert (out / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert not list(out.glob(".partial-*"))


def test_a_build_that_breaks_leaves_what_was_there(articles: tuple[Annotation, ...], tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(articles, out)
    before = (out / "graph.ttl").read_bytes()

    def broken() -> Iterable[Annotation]:
        yield articles[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(broken(), out)
    assert (out / "graph.ttl").read_bytes() == before
    assert not list(out.glob(".partial-*"))


def test_no_document_gives_an_empty_graph(tmp_path: Path) -> None:
    report = build(iter(()), tmp_path / "out")
    assert (report.documents, report.entities, report.statements) == (0, 0, 0)
    assert not list(kg.open(tmp_path / "out").statements())


def test_a_folder_that_can_not_be_made_is_said(articles: tuple[Annotation, ...], tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="name another folder with -o"):
        build(articles, tmp_path / "file" / "out")


def test_another_base_is_everywhere(articles: tuple[Annotation, ...], tmp_path: Path) -> None:
    build(articles, tmp_path / "out", Settings(base="https://news.example/id/"))
    text = (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")
    assert "@prefix statement: <https://news.example/id/statement/> ." in text
    assert kg.open(tmp_path / "out").base == "https://news.example/id/"


def test_the_data_of_others_are_named(built: Path) -> None:
    rows = kg.open(built).query(
        "SELECT ?licence { ?graph dcterms:license ?licence ; dcterms:source ?s FILTER(CONTAINS(STR(?s), 'geonames')) }"
    )
    assert [row["licence"] for row in rows] == ["https://creativecommons.org/licenses/by/4.0/"]


def test_each_document_is_a_named_graph(built: Path) -> None:
    asked = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
    names = [str(row["g"]).rpartition("actors-places/")[2] for row in kg.open(built).query(asked)]
    kinds = [name.partition("/")[2].partition("/")[0] for name in names]
    assert kinds == [*["document"] * 3, *["graph"] * 2, "run", ""]
    assert names[-1] == "ontology"


def test_relations_of_an_own_ontology_are_written_with_its_prefix(
    articles: tuple[Annotation, ...], tmp_path: Path
) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(
        "@prefix kg: <https://w3id.org/actors-places/ontology#> . @prefix my: <https://news.example/own#> .\n"
        "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "<> owl:imports <https://w3id.org/actors-places/ontology> .\n"
        'my:governs a kg:Relation ; rdfs:subPropertyOf kg:heads ; rdfs:label "governs"@en .\n',
        encoding="utf-8",
    )
    article = articles[0]
    second = article.triples[1]
    governs = replace(second, predicate=replace(second.predicate, relation="governs"))
    build([replace(article, triples=(governs,))], tmp_path / "out", Settings(ontology=str(own)))
    text = (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")
    assert "my:governs entity:harbour-council-f47517b5" in text
    rows = kg.open(tmp_path / "out").query("who-heads-what")
    assert [row["person"] for row in rows] == ["Lena Brandt"]


def test_phases_are_told_after_the_documents(articles: tuple[Annotation, ...], tmp_path: Path) -> None:
    told: list[str] = []
    write(articles, tmp_path / "out", Settings(), step=lambda _: told.append("document"), phase=told.append)
    assert told == [*["document"] * 3, "resolving", "writing", "drawing the page"]
