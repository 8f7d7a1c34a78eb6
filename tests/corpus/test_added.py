"""Documents that were added to a folder by hand stay there, whatever else is built into it."""

from dataclasses import replace
from pathlib import Path

import pytest

from kg.corpus import added, opening
from kg.corpus.build import build, retract
from kg.model import Annotation, Document


def ids(out: Path) -> list[str]:
    with opening.reading(out) as ledger:
        return [name for (name,) in ledger.db.execute("SELECT id FROM document ORDER BY id")]


def test_what_was_added_stays_with_sync_and_goes_when_it_is_taken_back(
    articles: tuple[Annotation, ...], tmp_path: Path
) -> None:
    first, second, third = articles
    added.put(tmp_path, [third])
    assert build([first, second], tmp_path).documents == 3
    assert build([first], tmp_path, sync=True).documents == 2
    assert ids(tmp_path) == [first.id, third.id]
    assert build((), tmp_path).documents == 2
    assert retract(tmp_path, [third.id]).retracted == 1
    assert added.files(tmp_path) == []
    assert build((), tmp_path).documents == 1


def test_a_folder_can_hold_nothing_but_what_was_added(articles: tuple[Annotation, ...], tmp_path: Path) -> None:
    added.put(tmp_path, articles)
    assert build((), tmp_path).documents == 3
    added.files(tmp_path)[0].unlink()
    assert build([articles[0]], tmp_path, sync=True).documents == 1


def test_another_input_with_the_same_id_takes_its_place_for_good(
    articles: tuple[Annotation, ...], tmp_path: Path
) -> None:
    first, second, _ = articles
    added.put(tmp_path, [first, second])
    build((), tmp_path)
    newer = replace(first, title="Another title")
    report = build([newer], tmp_path)
    assert (report.read, report.failed, report.documents) == (1, (), 2)
    assert build((), tmp_path).read == 0
    with opening.reading(tmp_path) as ledger:
        assert {a.id: a.title for _, a in ledger.annotations()}[first.id] == "Another title"


def test_documents_that_were_added_are_read(silent: None, tmp_path: Path) -> None:
    document = Document("Über/1", "The harbour of Ostend was closed by the police on Monday.", 'A "title"')
    path = added.put(tmp_path, [document])
    assert path.name.startswith("ber-1-")
    assert build((), tmp_path).read == 1
    assert ids(tmp_path) == ["Über/1"]
    added.forget(tmp_path, ["another"])
    assert path.exists()


def test_what_is_broken_is_named(articles: tuple[Annotation, ...], tmp_path: Path) -> None:
    added.put(tmp_path, articles[:1]).with_name("broken.jsonl").write_text("{\n", encoding="utf-8")
    report = build((), tmp_path)
    assert report.documents == 1
    assert "added/broken.jsonl, line 1: not JSON" in report.failed[0].reason
    added.forget(tmp_path, [articles[0].id])
    assert [path.name for path in added.files(tmp_path)] == ["broken.jsonl"]


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """An annotator that finds nothing and needs no model."""

    class Silent:
        def __init__(self, settings: object) -> None:
            self.settings = settings

        def annotate(self, documents: list[Document]) -> list[Annotation]:
            return [Annotation(d.id, d.text, (), (), (), (), date=d.date, title=d.title) for d in documents]

    monkeypatch.setattr("kg.pipeline.annotator", Silent)
