"""`kg load`, as a person calls it, into a small server."""

import json
import shutil
from pathlib import Path

import pytest

from kg.store import connection
from kg.store.profiles import FUSEKI, OXIGRAPH, VIRTUOSO
from tests.cli.conftest import Run
from tests.store.graphs import document
from tests.store.server import Play, serving


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(connection, "RETRY", connection.RETRY.new(backoff_factor=0.001))
    monkeypatch.setenv("NETRC", str(tmp_path / "no-netrc"))
    for name in ("KG_STORE_USER", "KG_STORE_PASSWORD", "KG_STORE_TOKEN"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    """A copy of a built folder that may be written to."""
    copy = tmp_path / "graph"
    shutil.copytree(built / "store", copy / "store")
    return copy


def test_a_folder_is_loaded_once_and_verified(run: Run, folder: Path) -> None:
    play = Play(VIRTUOSO)
    with serving(play) as url:
        planned = run("load", folder, url, "--dry-run")
        assert planned.status == 0
        rows = [line.split("\t") for line in planned.out.splitlines()]
        assert [row[0] for row in rows] == ["new"] * 7
        assert sum(int(row[1]) for row in rows) == 3_933
        assert planned.err == f"would be: graphs: 7 new in virtuoso at {url}/sparql\n"
        assert (play.writes, (folder / "loads").exists()) == (0, False)

        first = run("load", folder, url, "--verify")
        said = f"graphs: 7 new in virtuoso at {url}/sparql; 3,933 triples sent\n"
        assert (first.status, first.out) == (0, "")
        assert first.err == said + "7 graphs counted, 3,933 triples of 7 read back: all as loaded\n"
        (journal,) = (folder / "loads").glob("*.jsonl")
        head, *entries = [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()]
        assert head == {"format": 1, "store": f"{url}/sparql"}
        assert sum(entry["count"] for entry in entries) == 3_933

        second = run("load", folder, url, "--verify", "--sample", 2)
        assert second.err.startswith(
            f"graphs: 7 unchanged in virtuoso at {url}/sparql; 0 triples sent\n7 graphs counted"
        )
        assert "of 2 read back: all as loaded" in second.err


def test_what_differs_is_said_with_status_1(run: Run, folder: Path) -> None:
    play = Play(OXIGRAPH)
    with serving(play) as url:
        run("load", folder, url)
        quad = next(quad for quad in play.store if "ontology>" in str(quad.graph_name))
        play.store.remove(quad)
        play.refused = "ontology"
        result = run("load", folder, url, "--verify")
    assert result.status == 1
    assert "kg: <https://w3id.org/actors-places/ontology>: " in result.err
    assert "graphs: 6 unchanged, 1 failed in oxigraph" in result.err
    assert "<https://w3id.org/actors-places/ontology>: 1 missing, 0 too many, such as <" in result.err


def test_other_builds_are_kept_or_named(run: Run, folder: Path, built: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(built / "store", other / "store")
    play = Play(FUSEKI)
    with serving(play) as url:
        run("load", folder, url)
        kept = run("load", other, url, "--keep", "--dry-run")
        assert kept.out.count("\tadded to\n") == 4
        assert kept.out.count("\tover one that was not loaded from here\n") == 3
        replaced = run("load", other, url)
        assert "kg: 7 of them were there and not loaded from here" in replaced.err


def test_a_file_is_loaded_and_remembered_beside_it(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "news.nq"
    file.write_text(document(1), encoding="utf-8")
    with serving(Play(OXIGRAPH)) as url:
        # The ontology is put beside, as for all commands that open a file.
        assert run("load", file, url).err.startswith("graphs: 2 new in oxigraph")
        assert run("load", file, url).err.startswith("graphs: 2 unchanged in oxigraph")
        assert len(list((tmp_path / "loads").glob("*.jsonl"))) == 1
        elsewhere = tmp_path / "elsewhere" / "journal.jsonl"
        assert run("load", file, url, "--journal", elsewhere).err.startswith("graphs: 2 new in oxigraph")
        assert elsewhere.is_file()


def test_a_place_that_can_not_be_written_is_said(run: Run, folder: Path) -> None:
    (folder / "loads").write_text("not a folder", encoding="utf-8")
    with serving(Play(OXIGRAPH)) as url:
        result = run("load", folder, url)
    assert result.status == 1
    assert "name a place for it with --journal" in result.err


def test_wrong_usage_has_status_2(run: Run, folder: Path) -> None:
    assert run("load", folder, "http://ada:secret@127.0.0.1/").status == 2
    result = run("load", folder, "http://127.0.0.1:1", "--profile", "marklogic")
    assert (result.status, "the profiles are oxigraph" in result.err) == (2, True)
