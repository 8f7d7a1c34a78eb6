"""The default annotator on real text and on bad input."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DocumentError, LanguageError
from kg.model import Annotation, Document
from kg.pipeline import Annotator, annotate, pieces, plain
from kg.serial import from_json, to_json
from kg.testing import check_annotator

STORY = (
    "Interior Minister Anna Novak ordered the demolition of a migrant camp in Calais on Friday. "
    'Police dismantled the camp, which was home to 500 people. "I had no choice," Novak told reporters.'
)


@given(st.text(max_size=300), st.integers(10, 60))
def test_pieces_cover_the_text(text: str, size: int) -> None:
    spans = pieces(text, size)
    assert "".join(text[s:e] for s, e in spans) == text
    assert all(e - s <= size for s, e in spans)


@given(st.text(max_size=100))
def test_plain_keeps_every_character_at_its_place(text: str) -> None:
    assert len(plain(text)) == len(text)


@pytest.mark.model
def test_conformance(annotator: Annotator) -> None:
    check_annotator(lambda: annotator, [Document("a", STORY, date="2021-07-05"), Document("b", "Rain fell on Rome.")])


@pytest.mark.model
def test_a_story(annotator: Annotator) -> None:
    (found,) = annotator.annotate([Document("a", STORY, date="2021-07-05")])
    assert isinstance(found, Annotation)
    names = {e.id: e.name for e in found.entities}
    told = {
        (names.get(t.subject.entity or ""), t.predicate.relation, names.get((t.object and t.object.entity) or ""))
        for t in found.triples
    }
    assert ("Anna Novak", "ordered", "demolition of a migrant camp") in told
    assert ("Anna Novak", "holdsPosition", "interior minister") in told
    (quote,) = [q for q in found.quotes if q.direct]
    assert names[quote.speaker or ""] == "Anna Novak"
    assert [names[t.attribution] for t in found.triples if t.attribution] == ["Anna Novak"]
    assert [a.value for t in found.triples for a in t.arguments if a.text == "on Friday"] == ["2021-07-02"]
    assert from_json(to_json(found)) == found


@pytest.mark.model
def test_bad_documents_come_back_as_errors_in_their_place(annotator: Annotator) -> None:
    documents = [
        Document("ok", "Police arrested Anna Novak."),
        Document("surrogate", "Police \ud800 arrested."),
        Document("mute", "123 — 456 !?"),
        Document("odd", "The \u200fmayor\x00 met <b>Anna & Co.</b> in Lyon."),
        Document("french", "Il pleut.", language="fr"),
    ]
    found = list(annotator.annotate(documents))
    assert [type(f) for f in found] == [Annotation, DocumentError, DocumentError, Annotation, LanguageError]
    assert str(found[1]).startswith("document surrogate: a lone surrogate at character 7")
    assert found[3].text == documents[3].text  # type: ignore[union-attr]
    assert str(found[4]) == "document french: no word lists for the language 'fr': kg reads en"


@pytest.mark.model
def test_a_long_line_is_read_in_pieces(annotator: Annotator) -> None:
    text = "Anna Novak met Jan Kowalski in Lyon. " * 2_000
    (found,) = annotator.annotate([Document("long", text)])
    assert isinstance(found, Annotation)
    assert [e.name for e in found.entities if e.type == "Person"] == ["Anna Novak", "Jan Kowalski"]
    assert max(m.end for m in found.mentions) > len(text) - 10


@pytest.mark.model
def test_one_text_in_one_call() -> None:
    assert annotate("Police arrested Anna Novak.").triples[0].predicate.relation == "arrested"
    with pytest.raises(DocumentError, match="no letter"):
        annotate("...")
