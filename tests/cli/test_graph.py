"""`kg build`, `query`, `validate`, `export` and `load`, as a person calls them."""

import csv
import json
import socket
from pathlib import Path

import pytest

from kg.model import Annotation
from kg.serial import to_json

from .conftest import Run


@pytest.fixture
def lines(articles: tuple[Annotation, ...], tmp_path: Path) -> Path:
    """What kg annotate would have written."""
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(f"{to_json(article)}\n" for article in articles), encoding="utf-8")
    return path


def test_build_says_what_is_in_the_graph_and_what_to_do_next(run: Run, lines: Path, tmp_path: Path) -> None:
    done = run("build", lines, "-o", tmp_path / "out")
    assert (done.status, done.err) == (0, "")
    assert "3 documents, 16 sentences" in done.out
    assert "17 statements, 15 with a typed relation, 8 plain triples, 1 quotation\n" in done.out
    assert f"kg query {tmp_path / 'out'} who-ordered-what" in done.out
    again = run("query", tmp_path / "out", "who-heads-what")
    assert "Lena Brandt" in again.out


def test_a_failed_document_is_named_and_gives_status_1(run: Run, lines: Path, tmp_path: Path) -> None:
    lines.write_bytes(lines.read_bytes() + b"{broken\n")
    done = run("build", lines, "-o", tmp_path / "out")
    assert done.status == 1
    assert f"{lines}, line 4: not an annotation" in done.err
    assert "1 failed" in done.out
    assert json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))["documents"] == 3


@pytest.mark.usefixtures("silent")
def test_documents_are_read_and_annotated(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rain fell.", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"\x00\xff\x00")
    done = run("build", tmp_path / "a.txt", tmp_path / "b.txt", "-o", tmp_path / "out")
    assert done.status == 1
    assert "b.txt: a binary file" in done.err
    assert "1 document," in done.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["build", "a.txt", "-o", "{file}"], "is a file: name a folder"),
        (["build", "a.txt", "-o", "{out}", "--base", "notes"], "give an http(s) IRI"),
        (["build", "a.txt", "-o", "{out}", "--ontology", "none.ttl"], "no such ontology file"),
        (["build", "a.txt"], "--out"),
        (["query", "{built}"], "no question"),
        (["query", "timeline"], "no data"),
        (["query", "{built}", "who-order"], "did you mean who-ordered-what"),
        (["query", "{built}", "timeline", "--param", "actor"], "write name=value"),
        (["query", "{built}", "timeline", "--param", "town=x"], "no parameter 'town'"),
        (["query", "{built}", "timeline", "--format", "ttl"], "CONSTRUCT"),
        (["query", "{built}", "ASK {{}}", "--format", "csv"], "table or json"),
        (["query", "{built}", "DESCRIBE <urn:x>", "--format", "csv"], "gives ttl"),
        (["query", "none/graph.ttl", "timeline"], "no such folder or RDF file"),
        (["export", "{built}"], "say --format"),
        (["export", "{built}", "--format", "xls"], "no exporter"),
        (["export", "{built}", "--format", "csv"], "name them with -o"),
        (["validate", "none"], "no such folder"),
        (["validate", "{built}", "--shapes", "none.ttl"], "no such file of shapes"),
        (["load", "{built}", "ftp://x"], "give the http address"),
    ],
)
def test_wrong_usage_gives_status_2_and_a_hint(
    run: Run, built: Path, tmp_path: Path, arguments: list[str], said: str
) -> None:
    (tmp_path / "file").touch()
    places = {"built": built, "file": tmp_path / "file", "out": tmp_path / "out"}
    done = run(*(argument.format(**places) for argument in arguments))
    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert "Traceback" not in done.err


def test_a_query_that_is_no_sparql_gives_status_1(run: Run, built: Path) -> None:
    done = run("query", built, "SELECT * {")
    assert (done.status, done.out) == (1, "")
    assert "not SPARQL" in done.err


def test_a_table_has_one_line_a_row(run: Run, built: Path) -> None:
    done = run("query", built, "timeline", "--param", "actor=peeters")
    header, rule, *rows = done.out.splitlines()
    assert header.split() == ["first", "last", "dated", "who", "what", "status", "says", "document", "sentence"]
    assert set(rule) == {"─"}
    assert [row.split()[0] for row in rows] == ["2023-05-04", "2023-05-05"]
    assert done.err == "2 rows\n"


def test_iris_are_short_in_a_table(run: Run, built: Path) -> None:
    done = run("query", built, "SELECT ?who { ?who kg:heads ?what }")
    assert "entity:lena-brandt-fa019538" in done.out


def test_csv_and_json_are_data_only(run: Run, built: Path) -> None:
    rows = list(csv.DictReader(run("query", built, "denied-claims", "-f", "csv").out.splitlines()))
    assert [row["says"] for row in rows] == ["Lena Brandt"]
    answer = json.loads(run("query", built, "denied-claims", "-f", "json").out)
    assert [row["says"]["value"] for row in answer["results"]["bindings"]] == ["Lena Brandt"]


def test_a_graph_comes_as_turtle_and_truth_in_a_word(run: Run, built: Path, tmp_path: Path) -> None:
    turtle = run("query", built, "CONSTRUCT { ?s kg:heads ?o } WHERE { ?s kg:heads ?o }").out
    assert "entity:lena-brandt-fa019538 kg:heads entity:harbour-council-f47517b5 ." in turtle
    (tmp_path / "heads.ttl").write_text(turtle, encoding="utf-8")
    assert run("query", tmp_path / "heads.ttl", "ASK { ?s kg:heads ?o }").out == "yes\n"
    assert run("query", tmp_path / "heads.ttl", "ASK { ?s kg:denied ?o }", "-f", "json").out.endswith(":false}\n")


def test_a_query_file_and_the_list(run: Run, built: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text("SELECT ?w { ?s kg:predicateText ?w ; kg:negated $no }", encoding="utf-8")
    done = run("query", built, tmp_path / "mine.rq", "-p", "no=x", "-f", "csv")
    assert (done.status, done.out.split()) == (0, ["w"])
    assert "who-ordered-what" in run("query", "--list").out


def test_validate_says_what_and_where(run: Run, built: Path, tmp_path: Path) -> None:
    assert run("validate", built).err == "the graph conforms\n"
    text = (built / "graph.ttl").read_text(encoding="utf-8")
    (tmp_path / "x.ttl").write_text(text.replace("kg:negated true", "kg:negated 1"), encoding="utf-8")
    done = run("validate", tmp_path / "x.ttl")
    assert done.status == 1
    assert "“Ostend Police had beaten Jan Maes” (document harbour-1): needs kg:negated, true or false: 1" in done.out
    assert done.err.endswith("1 violations, 0 warnings\n")


def test_export_writes_files_or_standard_output(run: Run, built: Path, tmp_path: Path) -> None:
    done = run("export", built, "-o", tmp_path / "g.graphml")
    assert done.err == f"wrote {tmp_path / 'g.graphml'}\n"
    assert run("export", built, "-f", "graphml").out == (tmp_path / "g.graphml").read_text(encoding="utf-8")
    assert run("export", built, "-f", "csv", "-o", tmp_path / "g").err.count("wrote") == 4


@pytest.mark.store
def test_load_says_what_it_did_or_what_to_do(run: Run, built: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/store"
    done = run("load", built, address)
    assert (done.status, done.out) == (1, "")
    assert "is the store running" in done.err


def test_export_writes_rdf_1_2_where_it_can(run: Run, built: Path) -> None:
    done = run("export", built, "-f", "nt", "--rdf12")
    assert " <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> <<( <" in done.out
    refused = run("export", built, "-f", "gexf", "--rdf12")
    assert refused.status == 2
    assert "--rdf12 is for ttl, nt, trig and nq" in refused.err


def test_export_says_what_it_left_out(run: Run, built: Path, tmp_path: Path) -> None:
    done = run("export", built, "-o", tmp_path / "graph.ftm.json")
    assert "left out" in done.err
    assert done.out == ""
