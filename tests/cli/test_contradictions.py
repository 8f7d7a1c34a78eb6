"""`kg contradictions`, as a person calls it."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from kg.corpus.build import build as write
from kg.model import Annotation, Argument, Mention, Predicate
from kg.settings import Settings

from .conftest import Run


@pytest.fixture
def wire(articles: tuple[Annotation, ...], tmp_path: Path) -> Path:
    """A graph of the articles, of a copy of the second in another paper, and of one that says a thing for itself."""
    second = articles[1]
    text = "Tom Peeters and Lena Brandt met again."
    peeters, brandt = Argument("Tom Peeters", 0, 11, "e7"), Argument("Lena Brandt", 16, 27, "e4")
    met = replace(second.triples[2], id="t1", subject=peeters, object=brandt, arguments=(), start=0, end=len(text))
    met = replace(met, predicate=Predicate("met", "meet", "metWith", False, 28, 31))
    mentions = (Mention("m1", 0, 11, "Tom Peeters", "name", "e7"), Mention("m2", 16, 27, "Lena Brandt", "name", "e4"))
    herald = Annotation("herald", text, mentions, second.entities, (met,), (), date="2023-05-07")
    write(
        (*articles, replace(second, id="copy", text=f"{second.text}\n\nAgency.", date=None), herald),
        tmp_path / "wire",
        Settings(),
    )
    return tmp_path / "wire"


def test_a_dispute_is_a_heading_and_a_line_for_each_who_takes_part(run: Run, built: Path) -> None:
    done = run("contradictions", built)
    assert (done.status, done.err) == (0, "1 disputed fact\n")
    assert done.out == (
        "Ostend Police attacked Jan Maes\n"
        "  asserts  Open Door    harbour-2 (2023-05-06)  Ostend Police beat Jan Maes, Open Door said.\n"
        "  denies   Lena Brandt  harbour-1 (2023-05-04)  Brandt denied that Ostend Police had beaten Jan Maes.\n\n"
    )


def test_only_what_is_about_somebody(run: Run, built: Path) -> None:
    assert run("contradictions", built, "--about", "maes").out.count("\n") == 4
    done = run("contradictions", built, "--about", "France")
    assert (done.status, done.out, done.err) == (0, "", "no disputed fact\n")


def test_json_has_the_sides_with_their_words(run: Run, built: Path) -> None:
    (dispute,) = json.loads(run("contradictions", built, "--format", "json").out)
    assert (dispute["subject"], dispute["relation"], dispute["objects"]) == ("Ostend Police", "attacked", ["Jan Maes"])
    assert [len(dispute[side]) for side in ("asserts", "denies", "hedges")] == [1, 1, 0]
    denial = dispute["denies"][0]
    assert (denial["speaker"], denial["document"], denial["date"]) == ("Lena Brandt", "harbour-1", "2023-05-04")
    assert denial["statement"].startswith("https://")


def test_csv_has_a_row_for_each_statement(run: Run, built: Path) -> None:
    rows = list(csv.DictReader(run("contradictions", built, "-f", "csv").out.splitlines()))
    assert [(row["stance"], row["speaker"]) for row in rows] == [("asserts", "Open Door"), ("denies", "Lena Brandt")]


def test_consensus_counts_a_copy_once(run: Run, wire: Path) -> None:
    done = run("contradictions", wire, "--consensus")
    assert (done.status, done.err) == (0, "1 fact that several sources assert\n")
    header, row = (line.split() for line in done.out.splitlines())
    assert header == ["subject", "relation", "object", "sources", "documents", "speakers", "hedges"]
    assert row == ["Lena", "Brandt", "metWith", "Tom", "Peeters", "2", "3", "0", "0"]
    told = {"subject": "Lena Brandt", "relation": "metWith", "object": "Tom Peeters", "sources": 2, "documents": 3}
    assert json.loads(run("contradictions", wire, "--consensus", "-f", "json").out) == [
        {**told, "speakers": 0, "hedges": 0}
    ]
    assert "Lena Brandt,metWith,Tom Peeters,2,3,0,0" in run("contradictions", wire, "--consensus", "-f", "csv").out
    assert run("contradictions", wire, "--consensus", "--about", "France").out == ""


def test_a_copy_of_a_claim_stands_beside_it(run: Run, wire: Path) -> None:
    done = run("contradictions", wire)
    assert [line.split()[0] for line in done.out.splitlines() if line.startswith("  ")] == ["asserts"] * 2 + ["denies"]
    assert "Open Door    copy                    Ostend" in done.out


def test_an_empty_graph_says_so_on_standard_error(run: Run, tmp_path: Path) -> None:
    write(iter(()), tmp_path / "out", Settings())
    done = run("contradictions", tmp_path / "out")
    assert (done.status, done.out, done.err) == (0, "", "no disputed fact\n")
    done = run("contradictions", tmp_path / "out", "--consensus")
    assert (done.status, done.out, done.err) == (0, "", "no fact that several sources assert\n")
    assert run("contradictions", tmp_path / "out", "-f", "json").out == "[]\n"


def test_a_turtle_file_will_do(run: Run, built: Path) -> None:
    assert run("contradictions", built / "graph.ttl").out == run("contradictions", built).out


def test_wrong_usage_gives_status_2(run: Run, built: Path) -> None:
    assert run("contradictions", "none").status == 2
    assert run("contradictions", built, "-f", "xml").status == 2
