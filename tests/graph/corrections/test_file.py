"""The file of corrections: what it says, and what is wrong with it, by line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import CorrectionError
from kg.graph.corrections.file import HEADING, append, dump, load
from kg.graph.corrections.records import (
    Add,
    Correction,
    Link,
    Merge,
    Reference,
    Reject,
    Rename,
    Retype,
    Signed,
    Split,
    readings,
)

SIGNED = Signed("anna", "2026-11-25", "why: “so”")
ENTRIES: tuple[Correction, ...] = (
    Merge(("Jane Doe @ a1", "Jane Roe @ b3"), SIGNED),
    Split("Daniel Cruz @ a14", ("Daniel Cruz @ a11",), SIGNED),
    Rename("Jane Doe @ a1", "Jane Doe-Roe", SIGNED),
    Retype("Marenor @ a9", "Company", SIGNED),
    Link("Jane Doe @ a1", "https://www.wikidata.org/entity/Q42", SIGNED),
    Reject("0123456789abcdef", "a1", "Doe heads it: yes", SIGNED),
    Add("Jane Doe @ a1", "heads", "Council @ b2", SIGNED, document="b2", text="Doe took over\nthe Council."),
    Add("Jane Doe @ a1", "heads", "Council @ a1", Signed("b", "2026-01-01")),
)


def unplaced(corrections: tuple[Correction, ...]) -> list[str]:
    return [dump(correction) for correction in corrections]


def test_what_is_appended_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "corrections.yaml"
    for entry in ENTRIES:
        append(file, entry)
    assert unplaced(load(file)) == unplaced(ENTRIES)
    assert [correction.signed.line for correction in load(file)][:2] == [2, 6]


def test_what_stands_in_the_file_stays_in_every_character(tmp_path: Path) -> None:
    file = tmp_path / "corrections.yaml"
    text = "# my notes\n\n- merge: [A @ a, B @ b]   # sure\n  by: anna\n  date: 2026-11-25"
    file.write_text(text, encoding="utf-8")
    append(file, ENTRIES[2])
    assert file.read_text(encoding="utf-8") == f"{text}\n{dump(ENTRIES[2])}"


def test_no_file_and_a_file_of_comments_have_no_corrections(tmp_path: Path) -> None:
    assert load(tmp_path / "none.yaml") == ()
    (tmp_path / "bare.yaml").write_text(HEADING, encoding="utf-8")
    assert load(tmp_path / "bare.yaml") == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- merge: [A @ a, B @ b\n  by: anna\n", "line 2: not YAML"),
        ("merge: x\n", "line 1: needs a list of entries"),
        ("- A\n", "line 1: needs keys and values"),
        ("- by: anna\n  date: 2026-11-25\n", "line 1: needs one of merge, split"),
        ("- merge: [A @ a, B @ b]\n  rename: A\n  by: anna\n  date: 2026-11-25\n", "has merge and rename"),
        ("- rename: A @ a\n  by: anna\n  date: 2026-11-25\n", "line 1: lacks name"),
        ("#\n- rename: A @ a\n  name: B\n  date: 2026-11-25\n", "line 2: lacks by"),
        ("- rename: A @ a\n  name: B\n  by: anna\n  date: yesterday\n", "date 'yesterday'"),
        ("- rename: A @ a\n  nane: B\n  name: B\n  by: anna\n  date: 2026-11-25\n", "'nane', which nothing reads"),
        ("- merge: A @ a\n  by: anna\n  date: 2026-11-25\n", "merge is a list"),
        ("- merge: [A @ a]\n  by: anna\n  date: 2026-11-25\n", "merge needs 2 or more"),
        ("- rename: A @ a\n  rename: B @ a\n  name: C\n  by: anna\n  date: 2026-11-25\n", "line 2: has 'rename' twice"),
        ("- rename: A @ a\n  name:\n  by: anna\n  date: 2026-11-25\n", "line 2: name needs one value"),
        ("- rename: {a: b}\n  name: B\n  by: anna\n  date: 2026-11-25\n", "rename needs one value"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "corrections.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CorrectionError) as error:
        load(file)
    assert said in str(error.value)
    assert str(file) in str(error.value)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "corrections.yaml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CorrectionError, match="can't be read"):
        load(file)


def test_nothing_is_added_to_a_broken_file(tmp_path: Path) -> None:
    file = tmp_path / "corrections.yaml"
    file.write_text("- [", encoding="utf-8")
    with pytest.raises(CorrectionError):
        append(file, ENTRIES[0])
    assert file.read_text(encoding="utf-8") == "- ["


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(
    str.strip
)


@given(name=WORDS, reason=WORDS, by=WORDS)
def test_any_words_survive(tmp_path_factory: pytest.TempPathFactory, name: str, reason: str, by: str) -> None:
    file = tmp_path_factory.mktemp("corrections") / "corrections.yaml"
    append(file, Rename("A @ a", name, Signed(by, "2026-11-25", reason)))
    (found,) = load(file)
    assert isinstance(found, Rename)
    assert (found.name, found.signed.by, found.signed.reason) == (name, by, reason)


def test_a_document_id_may_end_in_a_number() -> None:
    assert readings("A @ x:1") == (Reference("A", "x:1"), Reference("A", "x", 1))
