"""Files, folders, globs and standard input: which documents, which ids, in which order."""

import io
import json
import sys
import tracemalloc
from collections import Counter
from pathlib import Path

import pytest

from kg.errors import InputError, UsageError
from kg.model import Document
from kg.read import read


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    (folder / "2021" / ".hidden").mkdir(parents=True)
    (folder / "b.md").write_text("Rain fell.", encoding="utf-8")
    (folder / "a.txt").write_text("Snow fell.", encoding="utf-8")
    (folder / "2021" / "c.v2.md").write_text("Hail fell.", encoding="utf-8")
    (folder / "2021" / "d.jsonl").write_text(
        '{"text": "Ash fell."}\n{"id": "x", "text": "Dust fell."}', encoding="utf-8"
    )
    (folder / "2021" / "map.png").write_bytes(b"\x89PNG")
    (folder / "2021" / ".hidden" / "e.md").write_text("Night fell.", encoding="utf-8")
    (folder / ".f.md").write_text("Night fell.", encoding="utf-8")
    return folder


def ids(*inputs: str | Path) -> list[str]:
    return [item.id if isinstance(item, Document) else str(item) for item in read(inputs)]


def test_a_folder_is_read_in_order_and_to_the_bottom(news: Path) -> None:
    assert ids(news) == ["2021/c.v2", "2021/d-1", "x", "a", "b"]


def test_a_file_is_named_without_its_folder_and_suffix(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(news)
    assert ids(news / "2021" / "c.v2.md") == ids("2021/c.v2.md") == ids("./2021/c.v2.md") == ["c.v2"]


def test_a_glob_names_what_is_below_its_fixed_part(news: Path) -> None:
    assert ids(f"{news}/**/*.md") == ["2021/c.v2", "b"]
    assert ids(f"{news}/20*/*.md") == ["2021/c.v2"]


def test_a_file_whose_name_looks_like_a_glob_is_a_file(tmp_path: Path) -> None:
    path = tmp_path / "what [1].txt"
    path.write_text("Rain fell.", encoding="utf-8")
    assert ids(path) == ["what [1]"]


def test_inputs_keep_their_order(news: Path) -> None:
    assert ids(news / "b.md", news / "a.txt") == ["b", "a"]


def test_of_two_documents_with_one_id_the_first_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"id": "1", "text": "Rain."}\n{"id": "2", "text": "Snow."}\n{"id": "1", "text": "Hail."}', encoding="utf-8"
    )
    found = list(read([tmp_path / "a.jsonl"]))
    assert [item.text for item in found if isinstance(item, Document)] == ["Rain.", "Snow."]
    name = tmp_path / "a.jsonl"
    assert str(found[2]) == f"{name}, line 3: the id '1' was there before ({name}, line 1); this document is left out"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("gone.txt", "no such file or folder"),
        ("gone*.txt", "nothing to read here: no file ends with"),
        ("news/2021/.hidden/..", "nothing to read here"),
        ("news/2021/map.png", "no reader for files that end with .png (known: .csv, .htm, .html, .jsonl, .md"),
    ],
)
def test_what_is_not_there_is_said(news: Path, name: str, message: str) -> None:
    if name.endswith(".."):
        name = "news/empty"
        (news / "empty").mkdir()
    (error,) = read([news.parent / name])
    assert isinstance(error, InputError)
    assert str(error).startswith(f"{news.parent / name}: {message}")


def test_a_file_without_suffix_is_a_text(tmp_path: Path) -> None:
    (tmp_path / "article").write_text("Rain fell.", encoding="utf-8")
    assert ids(tmp_path / "article") == ["article"]


def test_standard_input_holds_json_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b'{"id": "a", "text": "Rain."}\n{"text": "Snow."}\nRain fell.\n'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    found = ids("-", "-")
    assert found[:2] == ["a", "stdin-2"]
    assert found[2:] == ["standard input, line 3: not JSON (column 1): Expecting value"]


def test_a_date_is_for_documents_without_one(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"id": "1", "text": "Rain."}\n{"id": "2", "text": "Snow.", "date": "2020-02-29T23:59:59+09:00"}',
        encoding="utf-8",
    )
    found = [item.date for item in read([tmp_path], date="2021-07-01") if isinstance(item, Document)]
    assert found == ["2021-07-01", "2020-02-29"]


@pytest.mark.parametrize("date", ["July 2021", "2021-13-01", "2021-02-30"])
def test_a_wrong_date_is_wrong_usage(date: str) -> None:
    with pytest.raises(UsageError, match="is not ISO 8601"):
        read(["-"], date=date)


def test_no_input_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="no input"):
        read([])


FRENCH = (
    "Deux personnes sont mortes lundi lorsque de fortes pluies sont tombées sur les collines au-dessus de la ville. Le "
    "maire a ordonné l'évacuation de deux cents maisons."
)


def test_what_is_left_out_is_no_failure_and_counted(tmp_path: Path) -> None:
    lines = [
        {"id": "a", "text": "Rain fell."},
        {"id": "b", "text": " Rain\nfell. "},
        {"id": "c", "text": FRENCH},
        {"id": "d", "text": FRENCH + " Rien.", "language": "fr"},
        {"id": "e", "text": "404 Not Found"},
        {"id": "a", "text": "Snow fell."},
        {"id": "a", "text": "Rain fell."},
        {"id": "f", "text": ""},
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    counts: Counter[str] = Counter()
    found = list(read([path], counts=counts))
    assert [item.id if isinstance(item, Document) else item.kind for item in found] == [
        "a", "duplicate", "language", "d", "boilerplate", None, "duplicate", None,
    ]  # fmt: skip
    assert counts == {"documents": 2, "lines": 0, "duplicate": 2, "language": 1, "boilerplate": 1, "failed": 2}
    assert str(found[1]) == f"{path}, line 2: the same text as 'a' ({path}, line 1)"
    assert str(found[2]).startswith(f"{path}, line 3: not English: it seems to be in 'fr'")
    assert str(found[4]) == f"{path}, line 5: no article: a notice about cookies, access or subscription"


def test_duplicates_can_be_kept(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Rain fell.", encoding="utf-8")
    assert len([item for item in read([tmp_path]) if isinstance(item, Document)]) == 1
    assert ids(tmp_path) == ["a", f"{tmp_path}/b.txt: the same text as 'a' ({tmp_path}/a.txt)"]
    assert [item.id for item in read([tmp_path], duplicates="keep") if isinstance(item, Document)] == ["a", "b"]


def test_the_keys_of_json_lines_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"body": "Rain fell.", "text": 1, "day": "2021-07-01"}\n{"text": "Snow fell."}', encoding="utf-8")
    found, error = read([path], columns={"text": "body", "date": "day"})
    assert found == Document("a-1", "Rain fell.", None, None, "2021-07-01")
    assert str(error) == f"{path}, line 2: no key 'body'"


def test_columns_go_to_every_reader(news: Path) -> None:
    (news / "c.csv").write_text("story\nIce fell.", encoding="utf-8")
    assert [item.id for item in read([news], columns={"text": "story"}) if isinstance(item, Document)] == [
        "2021/c.v2", "a", "b", "c-1",
    ]  # fmt: skip


def test_tables_of_other_data_are_passed_over_in_a_folder(news: Path) -> None:
    (news / "a.expected.tsv").write_text("kind\tsubject\nfact\tx\n", encoding="utf-8")
    assert ids(news) == ["2021/c.v2", "2021/d-1", "x", "a", "b"]
    assert ids(news / "a.expected.tsv")[0].startswith(f"{news}/a.expected.tsv, line 1: no column 'text'")
    assert ids(f"{news}/*.tsv") == ids(news / "a.expected.tsv")


def test_suffixes_may_be_in_capitals(tmp_path: Path) -> None:
    (tmp_path / "A.TXT").write_text("Rain fell.", encoding="utf-8")
    assert ids(tmp_path) == ids(tmp_path / "A.TXT") == ["A"]


def test_memory_does_not_grow_with_the_texts(tmp_path: Path) -> None:
    """Eight megabytes of documents, of which one is held at a time."""
    path = tmp_path / "a.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(400):
            file.write(json.dumps({"text": f"It rained {number} times, they said. " * 600}) + "\n")
    assert len(list(read([tmp_path / "none.txt"]))) == 1  # what is loaded once
    tracemalloc.start()
    count = sum(isinstance(item, Document) for item in read([path]))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 400
    assert peak < 2 * 2**20
