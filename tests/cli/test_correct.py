"""`kg entities` and `kg correct`, as a person calls them."""

import csv
import io
import json
from pathlib import Path

import pytest

from kg.model import Annotation
from kg.serial import to_json

from .conftest import Run


@pytest.fixture
def graph(run: Run, articles: tuple[Annotation, ...], tmp_path: Path) -> Path:
    """A graph of the three articles, to be written into."""
    lines = tmp_path / "articles.jsonl"
    lines.write_text("".join(f"{to_json(article)}\n" for article in articles), encoding="utf-8")
    run("build", lines, "-o", tmp_path / "out")
    return tmp_path / "out"


def again(run: Run, graph: Path) -> int:
    return run("build", graph / "annotations.jsonl", "-o", graph).status


def test_entities_are_listed_doubtful_ones_first(run: Run, graph: Path) -> None:
    done = run("entities", graph, "--format", "json")
    rows = [json.loads(line) for line in done.out.splitlines()]
    sure = [row["sure"] for row in rows if row["sure"] is not None]
    assert sure
    assert sure == sorted(sure)
    assert [row["sure"] for row in rows][: len(sure)] == sure
    police = next(row for row in rows if row["name"] == "Ostend Police")
    assert (police["type"], police["documents"]) == ("SecurityForce", 2)
    assert f"{len(rows)} entities" in done.err


def test_entities_as_a_table_and_csv(run: Run, graph: Path) -> None:
    table = run("entities", graph, "--find", "ostend", "--limit", "1")
    assert "also called" in table.out
    assert "more, see --limit" in table.err
    rows = list(csv.DictReader(io.StringIO(run("entities", graph, "--type", "Person", "-f", "csv").out)))
    assert {row["name"] for row in rows} == {"Lena Brandt", "Jan Maes", "Tom Peeters"}
    assert run("entities", graph, "--find", "nobody at all").out == ""


def test_why_tells_the_pairs_and_their_reasons(run: Run, graph: Path) -> None:
    told = run("entities", graph, "--why", "Jan Maes").out
    assert told.startswith("one, ")
    assert "Jan Maes @ harbour-1 and Jan Maes @ harbour-2" in told
    assert "names agree" in told


def test_a_merge_is_written_and_applied_by_the_next_build(run: Run, graph: Path) -> None:
    done = run("correct", graph, "merge", "Jan Maes", "Tom Peeters", "--by", "anna", "--date", "2026-11-25")
    assert done.out == ("- merge: [Jan Maes @ harbour-1, Tom Peeters @ harbour-1]\n  by: anna\n  date: 2026-11-25\n")
    assert "Apply: kg build" in done.err
    assert again(run, graph) == 0
    names = {
        json.loads(line)["name"] for line in run("entities", graph, "--type", "Person", "-f", "json").out.splitlines()
    }
    assert len(names) == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["split", "Ostend Police", "harbour-2"],
        ["rename", "Open Door", "Open Door Ostend"],
        ["retype", "Open Door @ harbour-1", "Company"],
        ["link", "Open Door", "https://www.wikidata.org/entity/Q42"],
        ["reject", "Jan Maes was born in Belgium"],
        ["add", "Tom Peeters", "worksFor", "Open Door", "--document", "harbour-2"],
    ],
)
def test_each_action_is_written_and_applies(run: Run, graph: Path, arguments: list[str]) -> None:
    done = run("correct", graph, *arguments, "--by", "anna", "--reason", "so it is")
    assert done.status == 0, done.err
    assert "reason: so it is" in done.out
    assert again(run, graph) == 0
    assert json.loads((graph / "report.json").read_text(encoding="utf-8"))["corrections"] == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["merge", "Nobody", "Jan Maes"], "nothing in the graph is called 'Nobody'"),
        (["merge", "Jan Maes"], "write: kg correct DIR merge NODE NODE…"),
        (["frobnicate", "Jan Maes"], "no action 'frobnicate'"),
        (["rename", "Jan Maes", "A", "B"], "write: kg correct DIR rename NODE NAME"),
        (["split", "Jan Maes", "gone"], "document 'gone' does not name 'Jan Maes'"),
        (["split", "Harbour Council", "harbour-1"], "nothing to split from"),
        (["retype", "Jan Maes", "Wizard"], "no class 'Wizard'"),
        (["reject", "nothing of the kind"], "no statement says"),
        (["rename", "Jan Maes", "X", "--date", "soon"], "--date 'soon'"),
    ],
)
def test_what_can_not_be_is_refused_and_nothing_written(run: Run, graph: Path, arguments: list[str], said: str) -> None:
    done = run("correct", graph, *arguments, "--by", "anna")
    assert done.status == 2
    assert said in done.err
    assert not (graph / "corrections.yaml").exists()


def test_a_stale_correction_is_named_and_gives_status_1(run: Run, graph: Path) -> None:
    (graph / "corrections.yaml").write_text(
        "- rename: Nobody @ harbour-1\n  name: X\n  by: anna\n  date: 2026-11-25\n", encoding="utf-8"
    )
    done = run("build", graph / "annotations.jsonl", "-o", graph)
    assert done.status == 1
    assert "corrections, line 1: rename does not apply: document 'harbour-1' names no 'Nobody'" in done.err


def test_a_broken_file_stops_everything(run: Run, graph: Path) -> None:
    (graph / "corrections.yaml").write_text("- [\n", encoding="utf-8")
    for command in (
        ["build", graph / "annotations.jsonl", "-o", graph],
        ["correct", graph, "merge", "Jan Maes", "Tom Peeters"],
    ):
        done = run(*command)
        assert done.status == 1
        assert "corrections.yaml, line 2: not YAML" in done.err


def test_a_folder_without_a_graph_is_refused(run: Run, tmp_path: Path) -> None:
    for command in (["entities", tmp_path], ["correct", tmp_path, "merge", "A", "B"]):
        done = run(*command)
        assert done.status == 2
        assert "no graph in" in done.err
