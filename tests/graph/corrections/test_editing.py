"""Entries taken out of a file that people edit, and what happens when two change it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ChangedError, CorrectionError
from kg.graph.corrections.editing import changing, digest, remove
from kg.graph.corrections.file import HEADING, append, dump, load
from kg.graph.corrections.records import Correction, Merge, Rename, Signed

HAND = """\
# my notes

- merge: [A @ a, B @ b]   # sure
  by: anna
  date: 2026-11-25

# this one is doubtful
- rename: C @ c
  name: |
    Long
    name

  by: anna
  date: 2026-11-25
  reason: >-
    because

# the end
- {retype: D @ d, type: Company, by: bo,
   date: 2026-11-26}
"""


@pytest.mark.parametrize(
    ("line", "gone"),
    [
        (3, "- merge: [A @ a, B @ b]   # sure\n  by: anna\n  date: 2026-11-25\n"),
        (
            8,
            "- rename: C @ c\n  name: |\n    Long\n    name\n\n  by: anna\n  date: 2026-11-25\n"
            "  reason: >-\n    because\n",
        ),
        (19, "- {retype: D @ d, type: Company, by: bo,\n   date: 2026-11-26}\n"),
    ],
)
def test_an_entry_goes_with_its_lines_and_all_else_stays(tmp_path: Path, line: int, gone: str) -> None:
    file = tmp_path / "corrections.yaml"
    file.write_text(HAND, encoding="utf-8")
    taken = remove(file, line)
    assert taken.signed.line == line
    assert file.read_text(encoding="utf-8") == HAND.replace(gone, "")


def test_entries_that_share_a_line_stay(tmp_path: Path) -> None:
    file = tmp_path / "corrections.yaml"
    text = (
        "[{rename: A @ a, name: X, by: bo, date: 2026-01-01},\n {rename: B @ b, name: Y, by: bo, date: 2026-01-01}]\n"
    )
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CorrectionError, match="by hand"):
        remove(file, 1)
    with pytest.raises(CorrectionError, match="line 7: no entry begins here"):
        remove(file, 7)
    assert file.read_text(encoding="utf-8") == text


texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20).map(lambda text: f"a{text}")
entries: st.SearchStrategy[Correction] = st.builds(
    Rename, texts, texts, st.builds(Signed, texts, st.just("2026-01-01"), texts)
) | st.builds(Merge, st.tuples(texts, texts), st.builds(Signed, texts, st.just("2026-01-01")))


@given(st.lists(entries, min_size=1, max_size=5), st.data())
def test_what_was_added_can_be_taken_out(
    tmp_path_factory: pytest.TempPathFactory, added: list[Correction], data: st.DataObject
) -> None:
    file = tmp_path_factory.mktemp("corrections") / "corrections.yaml"
    for correction in added:
        append(file, correction)
    at = data.draw(st.integers(0, len(added) - 1))
    assert dump(remove(file, load(file)[at].signed.line)) == dump(added[at])
    left = [*added[:at], *added[at + 1 :]]
    assert file.read_text(encoding="utf-8") == HEADING + "".join(map(dump, left))


def test_a_change_made_for_another_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "corrections.yaml"
    seen = digest(file)
    with changing(file, seen):
        append(file, Rename("A @ a", "X", Signed("bo", "2026-01-01")))
    with pytest.raises(ChangedError, match="has changed meanwhile"), changing(file, seen):
        file.unlink()
    assert len(load(file)) == 1
