"""The explorer's index says what the page would."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.corpus.build import build, retract
from kg.model import Annotation, Argument, Entity, Predicate, Triple
from kg.serial import from_json
from kg.serve.index import NAME, Index
from kg.serve.names import search
from kg.serve.neighbours import around, first_view, path
from kg.serve.shown import content_of
from kg.settings import Settings
from kg.view.content import Json, content
from kg.view.drawing import draw


@pytest.fixture(scope="module")
def articles(root: Path) -> tuple[Annotation, ...]:
    lines = (root / "tests" / "view" / "articles.jsonl").read_bytes().split(b"\n")
    return tuple(from_json(line) for line in lines if line)


def _person(n: int) -> Entity:
    return Entity(
        f"e{n}", f"https://example.org/id/entity/p{n}", "Person", ("Person", "Actor", "Entity"), f"Pérson {n}"
    )


def met(number: int, pairs: Sequence[tuple[int, int]]) -> Annotation:
    """An article in which some met others: "P1 met P2."."""
    people = {n: _person(n) for pair in pairs for n in pair}
    text = ""
    triples = []
    for one, other in pairs:
        start = len(text)
        text += f"P{one} met P{other}. "
        doer = Argument(f"P{one}", start, start + len(f"P{one}"), f"e{one}")
        predicate, patient = Predicate("met", "meet", "metWith", False), Argument(f"P{other}", None, None, f"e{other}")
        triples.append(
            Triple(f"t{start}", doer, predicate, patient, (), False, "asserted", None, 0.9, start, len(text) - 1)
        )
    return Annotation(f"d{number:03}", text, (), tuple(people.values()), tuple(triples), ())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, articles: tuple[Annotation, ...]) -> Path:
    out = tmp_path_factory.mktemp("graph")
    build(articles, out, Settings(base="https://example.org/id/"), files=False)
    return out


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """One that has met two hundred, and a chain of twelve beside."""
    out = tmp_path_factory.mktemp("chain")
    star = [met(n, [(0, n)] * (2 if n < 6 else 1)) for n in range(1, 201)]
    line = [met(n, [(n, n + 1)]) for n in range(300, 311)]
    build([*star, *line, met(999, [(1, 300)])], out, Settings(base="https://example.org/id/"), files=False)
    with Index(out).reading() as db:
        yield db


def number(db: sqlite3.Connection, name: str) -> int:
    (found,) = db.execute("SELECT n FROM entity WHERE name = ?", (name,)).fetchone()
    return int(found)


def entities(index: Index) -> int:
    with index.reading() as db:
        return int(db.execute("SELECT COUNT(*) FROM entity").fetchone()[0])


def names(db: sqlite3.Connection, numbers: Sequence[int]) -> list[str]:
    return [db.execute("SELECT name FROM entity WHERE n = ?", (n,)).fetchone()[0] for n in numbers]


def plain(value: Json) -> Json:
    """Content as it compares: documents and texts written out, what only one of both says left out."""
    sources: Any = value["sources"]
    texts: Any = value["texts"]

    def written(item: Any) -> Any:
        if isinstance(item, dict):
            item = {
                key: written(said) for key, said in item.items() if key not in ("n", "joined", "told", "count", "iri")
            }
            if "document" in item:
                item |= {"document": sources[item["document"]]["id"], "text": texts[item["text"]]}
            return item
        return [written(part) for part in item] if isinstance(item, list) else item

    return {key: written(value[key]) for key in ("nodes", "edges", "claims")}


def test_it_says_what_the_page_says(folder: Path, articles: tuple[Annotation, ...]) -> None:
    with Index(folder).reading() as db:
        shown = content_of(db, first_view(db))
        (degrees,) = db.execute("SELECT GROUP_CONCAT(degree) FROM (SELECT degree FROM entity ORDER BY n)").fetchone()
    drawn = draw(articles, most_text=0)
    expected = content(drawn)
    for key, said in plain(shown).items():
        assert said == plain(expected)[key]
    assert degrees == ",".join(str(node.degree) for node in drawn.nodes)
    assert shown["total"] == {
        "nodes": len(drawn.nodes),
        "edges": len(drawn.edges),
        "claims": len(drawn.claims),
        "sources": 3,
    }
    assert shown["texts"]
    assert shown["families"] == expected["families"]


def test_it_is_made_once_and_again_after_a_build(tmp_path: Path) -> None:
    out = tmp_path / "graph"
    build([met(1, [(1, 2)])], out, files=False)
    seen: list[int] = []

    def watch(count: int) -> AbstractContextManager[Callable[[object], None]]:
        seen.append(count)
        return nullcontext(lambda _: None)

    first = Index(out, watch).key
    index = Index(out, watch)
    assert (out / NAME).is_file()
    assert index.key == first
    index.catch_up()
    assert seen == [1]
    build([met(2, [(2, 3)])], out, files=False)
    assert not (out / NAME).exists()
    assert entities(index) == 2, "the old one answers until the new one is there"
    index.catch_up()
    assert index.key != first
    assert entities(index) == 3
    retract(out, ["d002"], files=False)
    index.follow()
    index.catch_up()
    assert entities(index) == 2
    assert seen == [1, 2, 1]
    assert sorted(path.name for path in out.iterdir() if path.name.startswith((".partial", "explorer"))) == [NAME]


@pytest.mark.parametrize("rubbish", [b"no database", b""])
def test_what_is_no_index_is_made_anew(tmp_path: Path, rubbish: bytes) -> None:
    out = tmp_path / "graph"
    build([met(1, [(1, 2)])], out, files=False)
    (out / NAME).write_bytes(rubbish)
    assert entities(Index(out)) == 2


def test_a_folder_that_cannot_be_written_gets_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "graph"
    build([met(1, [(1, 2)])], out, files=False)
    own = tmp_path / "own"

    def made(prefix: str, dir: Path | None = None) -> str:  # noqa: A002 (of mkdtemp)
        if dir is not None:
            raise PermissionError(13, "Permission denied")
        own.mkdir()
        return str(own)

    with monkeypatch.context() as patch:
        patch.setattr("tempfile.mkdtemp", made)
        index = Index(out)
    assert entities(index) == 2
    assert (own / NAME).is_file()
    assert not (out / NAME).exists()
    del index
    assert not own.exists()


def test_nothing_can_be_written_into_it(chain: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.OperationalError):
        chain.execute("DELETE FROM entity")


@pytest.mark.parametrize(("query", "expected"), [
    ("pers", "Pérson 0"),
    ("PÉRSON 31", "Pérson 31"),
    ("31", "Pérson 31"),
    ("31 pers", "Pérson 31"),
    ("pérson 305", "Pérson 305"),
    ('"', None),
    ("'; DROP TABLE names; --", None),
    ("NEAR( *", None),
    ("zz", None),
    ("", None),
])  # fmt: skip
def test_names_are_found_by_the_beginnings_of_their_words(
    chain: sqlite3.Connection, query: str, expected: str | None
) -> None:
    found = names(chain, search(chain, query, 12))
    assert next(iter(found), None) == expected
    assert len(found) <= 12


def test_a_hub_shows_its_strongest_and_says_what_is_left(chain: sqlite3.Connection) -> None:
    hub = number(chain, "Pérson 0")
    assert hub == 0
    shown = around(chain, hub)
    assert len(shown.nodes) == 151
    assert shown.left == 50
    assert names(chain, shown.nodes[1:7])[0] == "Pérson 1"
    assert set(names(chain, shown.nodes[1:6])) == {f"Pérson {n}" for n in range(1, 6)}
    more = around(chain, hub, skip=150)
    assert len(more.nodes) == 51
    assert more.left == 0
    assert not set(more.nodes[1:]) & set(shown.nodes)


def test_neighbours_of_neighbours(chain: sqlite3.Connection) -> None:
    end = number(chain, "Pérson 311")
    assert names(chain, around(chain, end).nodes) == ["Pérson 311", "Pérson 310"]
    assert names(chain, around(chain, end, 3).nodes) == ["Pérson 311", "Pérson 310", "Pérson 309", "Pérson 308"]


@pytest.mark.parametrize(
    ("start", "end", "steps"), [(7, 8, [7, 0, 8]), (2, 302, [2, 0, 1, 300, 301, 302]), (5, 5, [5]), (2, 311, [])]
)
def test_the_shortest_path(chain: sqlite3.Connection, start: int, end: int, steps: list[int]) -> None:
    ends = [number(chain, f"Pérson {n}") for n in (start, end)]
    expected = [f"Pérson {n}" for n in steps]
    assert names(chain, path(chain, *ends)) == expected
    assert names(chain, path(chain, *reversed(ends))) == expected[::-1]


def test_what_is_not_shown_is_named_by_its_iri(folder: Path) -> None:
    with Index(folder).reading() as db:
        shown = content_of(db, replace(first_view(db), nodes=(0,)))
    nodes, claims = shown["nodes"], shown["claims"]
    assert isinstance(nodes, list)
    assert isinstance(claims, list)
    assert len(nodes) == 1
    assert shown["edges"] == []
    patients = [claim["patient"] for claim in claims if isinstance(claim, dict) and "patient" in claim]
    assert any(isinstance(part, dict) and "iri" in part and "node" not in part for part in patients)
