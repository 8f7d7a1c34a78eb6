"""`kg explain`: from annotations without a model, from a text with one."""

from pathlib import Path

import pytest

from kg.cli.explain import Explained, Why, lines
from kg.extract.assemble import Stages, annotate_pieces, extract
from kg.extract.confidence import explain
from kg.model import Annotation, Document
from kg.model import Run as Maker
from kg.parse.frozen import thaw
from kg.serial import to_json
from kg.settings import Settings
from tests.extract.test_constructions import PARSES

from .conftest import Run

CAMP = "The camp was dismantled by police in 2016."


def explained(text: str) -> Explained:
    stages, doc, document = Stages.load(Settings()), thaw(PARSES[text]), Document("camp", text, date="2021-07-05")
    annotation = annotate_pieces(document, [(doc, 0)], stages, Maker("0", "frozen", "0", "0"))
    scene, facts = extract(document, doc, stages)
    judgements = explain(scene, facts)
    return Explained(annotation, tuple(Why(f.trigger, j) for f, j in zip(facts, judgements, strict=True)))


def test_a_triple_shows_its_words_and_its_reasons() -> None:
    shown = list(lines(explained(CAMP)))
    assert shown[0] == f"sentence 1 of camp: {CAMP}"
    assert "  t1  rule clause-own" in shown
    assert any("subject" in line and "“The camp” [0:8]" in line and "Camp)" in line for line in shown)
    assert any("“was dismantled by” [9:26], lemma" in line for line in shown)
    assert any("“in 2016” [34:41], role time, value 2016" in line for line in shown)
    assert any("dismantled, inverse, chosen by “dismantle”" in line for line in shown)
    assert any("confidence 0." in line and " rule clause-own" in line for line in shown)


def test_of_annotations_the_reasons_are_not_known() -> None:
    shown = list(lines(Explained(explained(CAMP).annotation)))
    confidence = next(line for line in shown if "confidence" in line)
    assert confidence.split() == ["confidence", f"{explained(CAMP).annotation.triples[0].confidence:.2f}"]


def test_the_speaker_is_shown_with_the_quotation() -> None:
    text = next(t for t in sorted(PARSES) if any(q.speaker for q in explained(t).annotation.quotes))
    shown = [line for line in lines(explained(text)) if "says so" in line]
    assert any("quotation q1 [" in line and "cue “" in line for line in shown)


def test_each_triple_is_under_one_sentence(articles: tuple[Annotation, ...]) -> None:
    for annotation in articles:
        shown = list(lines(Explained(annotation)))
        assert sum("  rule " in line for line in shown) == len(annotation.triples)


def test_the_trigger_is_the_entry_of_the_ontology() -> None:
    shown = list(lines(explained("Police dismantled a camp near the port on Friday.")))
    assert any("dismantled, chosen by “dismantle”" in line for line in shown)
    told = list(lines(explained(next(t for t in sorted(PARSES) if "Paris-based" in t))))
    assert any(", chosen by the construction" in line for line in told)


@pytest.fixture
def annotations(tmp_path: Path) -> Path:
    file = tmp_path / "camp.jsonl"
    file.write_text(to_json(explained(CAMP).annotation) + "\n", encoding="utf-8")
    return file


def test_annotations_need_no_model(run: Run, annotations: Path) -> None:
    result = run("explain", annotations, "--sentence", 1)
    assert (result.status, result.err) == (0, "")
    assert result.out.startswith(f"sentence 1 of camp: {CAMP}\n")
    assert "\x1b" not in result.out


def test_a_sentence_that_is_not_there_is_wrong_usage(run: Run, annotations: Path) -> None:
    result = run("explain", annotations, "--sentence", 2)
    assert (result.status, result.err) == (2, f"kg: {annotations} has no sentence 2\n")


def test_a_broken_line_is_named(run: Run, annotations: Path) -> None:
    annotations.write_text(annotations.read_text(encoding="utf-8") + '{"triples": 1}\n', encoding="utf-8")
    result = run("explain", annotations)
    assert result.status == 1
    assert "camp.jsonl, line 2" in result.err


def test_a_missing_file_is_named(run: Run, tmp_path: Path) -> None:
    result = run("explain", tmp_path / "absent.txt")
    assert result.status == 1
    assert "no such file" in result.err


@pytest.mark.model
def test_a_text_is_read_by_the_pipeline(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "news.txt"
    file.write_text("Anne Leroy left Nantes. Police arrested John Park on Monday.", encoding="utf-8")
    result = run("explain", file, "--sentence", 2, "--date", "2021-07-01")
    assert result.status == 0
    assert "arrested, chosen by “arrest”" in result.out
    assert "confidence 0." in result.out
    assert " rule clause-own;" in result.out or " rule clause-own\n" in result.out
    assert "Leroy" not in result.out
