"""Who says what, on frozen parses: sentence → quotations."""

import json
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.extract.quotes import Quotation, attribution_at, find_quotes
from kg.parse.frozen import thaw

BLANK = spacy.blank("en")
PARSES = json.loads((Path(__file__).parent.parent / "parses" / "quotes.json").read_text(encoding="utf-8"))

# name of the frozen parse, and its quotations: content, speaker, cue
DIRECT = [
    ("curly after", [("“We will rebuild the bridge,”", "Ortega", "said")]),
    ("straight before colon", [('"Nobody will be left outside tonight."', "Ortega", "told")]),
    ("comma before", [('"We have no plan to close the harbour."', "minister", "added")]),
    ("subject first", [("“The harbour stays open,”", "minister", "said")]),
    ("split", [("“I have seen the letter,”", "Ortega", "said"), ("“and I shall answer it myself.”", "Ortega", "said")]),
    ("goes on", [("“The road is closed,”", "Ortega", "said"), ("“It will open again in May.”", "Ortega", "said")]),
    (
        "paragraphs",
        [
            ("“Nobody asked the fishermen,”", "Brandt", "said"),
            ("“They heard it on the radio.", "Brandt", None),
            ("“They are angry, and I understand them,”", "he", "added"),
        ],
    ),
    ("unclosed paragraph", [("“We waited for nine hours,", "driver", "said"), ("“It was cold,”", "guard", "said")]),
    ("nested", [("“He told me, ‘Leave the island,’ and I left,”", "Brandt", "said")]),
    ("single marks", [("‘The teachers’ union has agreed,’", "minister", "said")]),
    (
        "transcript",
        [("We have no money for a bridge.", "ORTEGA", ":"), ("Then we need a ferry.", "BRANDT", ":")],
    ),
    ("block", [("We shall rebuild the bridge, and we shall do it soon.", "mayor", "wrote")]),
    ("I think", [("“I think the bridge is unsafe,”", "Brandt", "said")]),
    ("reporters after name", [("“This is not the end,”", "Brandt", "told")]),
    ("described as", [("“a gift to the owners of the harbour and nobody else.”", "He", "described")]),
    ("colon paragraph", [("“We shall appeal against this sentence.”", "bishop", "called")]),
    ("two titles", [("“The island needs a school.”", "Holm", "wrote")]),
    ("writing", [("“I have seen the sea and I shall stay.”", "man", "writing")]),
    ("put it", [("“It is a cold place,”", "Brandt", "put")]),
    (
        "carry back",
        [
            ("“Nobody asked us. We were told on Monday.”", "mayor", None),
            ("“That is the whole story,”", "mayor", "said"),
        ],
    ),
]

INDIRECT = [
    ("that clause", [("that two men had left the island", "Police", "said")]),
    ("bare clause", [("two men had left the island", "Police", "said")]),
    ("parenthesis end", [("The bridge was closed on Sunday", "officials", "said")]),
    ("parenthesis inverted", [("The bridge was closed on Sunday", "officials", "said")]),
    ("parenthesis middle", [("The bridge, officials said, was closed on Sunday", "officials", "said")]),
    ("according end", [("The fire began in the kitchen", "police", "according to")]),
    ("according begin", [("the fire began in the kitchen", "service", "According to")]),
    ("deny", [("that it had paid the mayor", "company", "denied")]),
    ("accuse", [("hiding the report", "Ortega", "accused")]),
    ("noun cue", [("that the harbour was sold", "His", "claim")]),
    ("realize", [("that the ship was sinking", "captain", "realized")]),
    ("infinitive", [("the fishermen to stay at home", "mayor", "urged")]),
    ("promise", [("to rebuild the harbour", "company", "promised")]),
    ("call for", [("an independent inquiry", "union", "called")]),
    ("participle", [("that the talks had failed", "minister", "saying")]),
    ("relative", [("that he was innocent", "captain", "said")]),
    ("passive", [("that the road was closed", "police", "were told")]),
    ("nobody's", [("that the castle is haunted", None, "is said")]),
    ("mixed", [("the plan was “a disaster for the islands”", "minister", "said")]),
    ("fragment then cue", [("The harbour was “the heart of the town,”", "he", "said")]),
    ("headline", [("Two men left island by night", "Police", ":")]),
    ("wants", [("to close the old bridge", "mayor", "wants")]),
    ("in a statement", [("that it would hire workers", "company", "statement")]),
    ("dateline", [("Port workers ended a long strike on Friday", "leaders", "said")]),
    ("sentential which", [("the police beat migrants in May", "groups", "say")]),
    ("not a word", [("that two managers had left", None, "reports")]),
    ("aside", [("she had met the captain", "minister", "said")]),
    ("contrast", [("the water was safe", "company", "said")]),
    ("medial according", [("The harbour was closed", "police", "according to")]),
    ("subject according", [("The fire, according to police, began in the kitchen", "police", "according to")]),
    ("called on", [("the minister to resign", "union", "called")]),
    ("called for to", [("the camp to be closed", "mayor", "called")]),
    ("whole sentence", [("The train had left, the doors were shut", "driver", "told")]),
    ("over the mark", [("that the crew “slept. They did not see the rock.”", "Brandt", "said")]),
    ("noun plan", [("to sell the harbour", "minister", "plan")]),
    ("told that", [("that the talks had failed", "minister", "told")]),
    ("refused", [("to leave the ship", "captain", "refused")]),
    (
        "nested indirect",
        [
            ("the company had claimed that the water was safe", "minister", "said"),
            ("that the water was safe", "company", "had claimed"),
        ],
    ),
    (
        "adding",
        [("the bridge was unsafe", "mayor", "said"), ("that the council had known it", "mayor", "adding")],
    ),
]

NONE = ["scare", "title", "would say"]


def parse(name: str) -> Doc:
    return thaw(PARSES[name])


def told(doc: Doc, quotation: Quotation) -> tuple[str, str | None, str | None]:
    speaker = None if quotation.speaker is None else doc[quotation.speaker].text
    cue = None if quotation.cue is None else doc[quotation.cue[0] : quotation.cue[1]].text
    return doc.text[quotation.start : quotation.end], speaker, cue


@pytest.mark.parametrize(("name", "expected"), DIRECT, ids=[name for name, _ in DIRECT])
def test_direct(name: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    doc = parse(name)
    found = find_quotes(doc)
    assert [told(doc, quotation) for quotation in found] == expected
    assert all(quotation.direct and quotation.shape == "quote" for quotation in found)


@pytest.mark.parametrize(("name", "expected"), INDIRECT, ids=[name for name, _ in INDIRECT])
def test_indirect(name: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    doc = parse(name)
    found = find_quotes(doc)
    assert [told(doc, quotation) for quotation in found] == expected
    assert not any(quotation.direct for quotation in found)


@pytest.mark.parametrize("name", NONE)
def test_no_quotation(name: str) -> None:
    assert find_quotes(parse(name)) == ()


def test_every_frozen_parse_is_used() -> None:
    used = (
        {name for name, _ in (*DIRECT, *INDIRECT)}
        | set(NONE)
        | {"owner of noun", "inside direct", "stop before another"}
    )
    assert used == set(PARSES)


def test_a_phrase_holds_the_finding_of_somebody_else() -> None:
    doc = parse("owner of noun")
    assert [told(doc, quotation)[1:] for quotation in find_quotes(doc)] == [
        ("mayor", "rejected"),
        ("report", "finding"),
    ]


def test_inside_a_direct_quotation_others_may_be_quoted() -> None:
    doc = parse("inside direct")
    assert [told(doc, quotation)[1:] for quotation in find_quotes(doc)] == [("Brandt", "said"), ("company", "told")]
    assert attributed("inside direct")["safe"] == "company"


def test_a_new_sentence_is_no_cue_for_what_ends_with_a_full_stop() -> None:
    doc = parse("stop before another")
    assert [told(doc, quotation)[1] for quotation in find_quotes(doc)] == ["Brandt", "Brandt", "company"]


def test_force_and_polarity() -> None:
    (denied,) = find_quotes(parse("deny"))
    (realized,) = find_quotes(parse("realize"))
    (wanted,) = find_quotes(parse("wants"))
    assert (denied.force, denied.negative, denied.factive) == ("deny", True, False)
    assert (realized.force, realized.negative, realized.factive) == ("know", False, True)
    assert (wanted.force, wanted.shape) == ("want", "infinitive")


def attributed(name: str) -> dict[str, str]:
    """Word → speaker, for the words of a frozen parse that lie in somebody's statement."""
    doc = parse(name)
    at = attribution_at(find_quotes(doc))
    speakers = {token.text: quotation.speaker for token in doc if (quotation := at(token.i)) is not None}
    return {word: doc[speaker].text for word, speaker in speakers.items() if speaker is not None}


def test_the_reporting_clause_is_the_writers() -> None:
    assert attributed("parenthesis middle").keys() == {"The", "bridge", ",", "was", "closed", "on", "Sunday"}
    assert attributed("that clause")["left"] == "Police"
    assert "said" not in attributed("that clause")


def test_the_innermost_statement_counts() -> None:
    assert attributed("owner of noun")["unsafe"] == "report"


@pytest.mark.parametrize("name", ["realize", "wants", "promise", "infinitive", "call for"])
def test_wishes_and_known_facts_are_the_writers(name: str) -> None:
    assert attributed(name) == {}


def test_attribution_of_coordinated_reports() -> None:
    words = attributed("mixed")
    assert words["disaster"] == "minister"
    assert "promised" not in words


@pytest.mark.parametrize("name", sorted(PARSES))
def test_offsets_fit(name: str) -> None:
    doc = parse(name)
    for quotation in find_quotes(doc):
        assert 0 <= quotation.start < quotation.end <= len(doc.text)
        first, last = quotation.content
        assert doc[first].idx <= quotation.start
        assert quotation.end <= doc[last - 1].idx + len(doc[last - 1])


@given(
    st.lists(st.sampled_from(["“", "”", '"', "‘", "’", "said", "he", ",", ".", "\n\n", "We", "left", ":"]), max_size=25)
)
def test_any_marks_in_any_order(words: list[str]) -> None:
    """Without a parse there are no speakers, but no arrangement of marks breaks anything."""
    doc = Doc(BLANK.vocab, words=words)
    for token in doc:
        token.is_sent_start = token.i == 0
    for quotation in find_quotes(doc):
        assert 0 <= quotation.start < quotation.end <= len(doc.text)
