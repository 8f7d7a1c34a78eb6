"""Parts: however the inputs are cut, what is read is what one reader would read, numbered as in the whole files."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.corpus import splits
from kg.corpus.inputs import is_annotated
from kg.corpus.splits import Piece, line_ends, numbered, parts, pieces
from kg.errors import InputError, UsageError
from kg.model import Annotation, Document

LINES = st.lists(
    st.sampled_from(
        ("", "{", '{"text": "Rain fell in Ghent."}', '{"id": "own", "text": "Ünder water."}', "null", "  ")
    ),
    min_size=1,
    max_size=30,
)


def told(found: Iterable[Piece]) -> list[tuple[str, str]]:
    """What is read of pieces: the place and id of each document, or what is wrong."""
    rows = []
    for piece in found:
        for where, item in splits.read(piece, None, {}):
            rows.append((where, item.id if isinstance(item, Document | Annotation) else str(item)))
    return rows


def cut(path: Path, size: int) -> list[Piece]:
    """A file in stretches, numbered."""
    found = [piece for piece in pieces([path], size) if isinstance(piece, Piece)]
    return numbered(found, [line_ends(piece) for piece in found])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=LINES, end=st.sampled_from(("", "\n", "\r\n")), size=st.integers(1, 200))
def test_lines_are_read_once_and_numbered_wherever_they_are_cut(
    lines: list[str], end: str, size: int, tmp_path: Path
) -> None:
    path = tmp_path / "news.jsonl"
    path.write_bytes(("\r\n" if end == "\r\n" else "\n").join(lines).encode() + end.encode())
    whole = told([Piece(str(path), str(path), "news")])
    if whole and whole[0][1].endswith("the file is empty"):
        return
    assert told(cut(path, size)) == whole


def test_annotations_are_cut_too(root: Path) -> None:
    path = root / "tests" / "graph" / "articles.jsonl"
    whole = told(cut(path, 2**30))
    assert len(whole) == 3
    assert whole[2][0].endswith("articles.jsonl, line 3")
    for size in (100, 3_000, 9_000):
        assert told(cut(path, size)) == whole


def test_row_groups_are_read_once_and_numbered(tmp_path: Path) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "news.parquet"
    ids = [None if n % 3 else f"own-{n}" for n in range(20)]
    texts = ["" if n == 7 else f"Rain fell in Ghent on day {n}, and the river rose." for n in range(20)]
    pq.write_table(pa.table({"id": ids, "text": texts}), path, row_group_size=6)
    found = cut(path, 100)
    assert len(found) == 4
    assert told(found) == told([Piece(str(path), str(path), "news")])
    assert [name for _, name in told(found)][4] == "news-5"
    assert "row 8: the text is empty" in told(found)[7][1]


def test_small_files_go_together_in_their_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.md"):
        (tmp_path / name).write_text(f"Rain fell in Ghent, said {name}.", encoding="utf-8")
    (tmp_path / "d.csv").write_text("town,people\nGhent,263000\n", encoding="utf-8")
    found = [piece for piece in pieces([tmp_path, tmp_path / "gone"], 10_000) if isinstance(piece, Piece)]
    made = parts(found, 60)
    assert [[Path(piece.path).name for piece in part] for part in made] == [["a.txt"], ["b.txt"], ["c.md", "d.csv"]]
    assert [name for _, name in told(found)] == ["a", "b", "c"]
    (error,) = [item for item in pieces([tmp_path / "gone"], 9) if isinstance(item, InputError)]
    assert "no such file" in str(error)


def test_standard_input_is_one_machines(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="standard input can't be read on many machines"):
        list(pieces([tmp_path, "-"], 9))


def test_the_first_line_tells_what_a_file_holds(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('\n{"id": "a", "text": "x", "mentions": [], "triples": []}\n', encoding="utf-8")
    assert is_annotated(path)
    path.write_text(json.dumps({"id": "a", "text": "x"}), encoding="utf-8")
    assert not is_annotated(path)
    assert not is_annotated(tmp_path)
