"""What the page's script is given."""

import json

import pytest

from kg.model import Annotation
from kg.view.content import content, safe_url
from kg.view.drawing import draw

News = tuple[Annotation, ...]


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a?b=c", True),
        ("HTTP://example.org", True),
        ("javascript:alert(1)", False),
        (" https://example.org", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_are_linked(url: str | None, kept: bool) -> None:
    assert (safe_url(url) is not None) == kept


def test_sentences_are_held_once(news: News) -> None:
    texts = content(draw(news[:2]))["texts"]
    assert isinstance(texts, list)
    assert len(texts) == len({str(text) for text in texts})
    assert "Nordport owns the quay." in texts


def test_hostile_addresses_and_endless_names_are_left_out(news: News) -> None:
    found = json.dumps(content(draw([news[2]])))
    assert "javascript:" not in found
    assert "x" * 301 not in found


def test_numbers_lead_to_what_they_name(news: News) -> None:
    drawing = draw(news)
    found = json.loads(json.dumps(content(drawing)))
    for claim in found["claims"]:
        assert 0 <= claim["text"] < len(found["texts"])
        assert 0 <= claim["document"] < len(found["sources"])
        for part in (claim.get("doer"), claim.get("patient"), *claim.get("others", [])):
            assert part is None or part.get("node", 0) < len(found["nodes"])
    for edge in found["edges"]:
        assert all(0 <= number < len(found["claims"]) for number in edge["claims"])
    assert len(found["nodes"]) == len(drawing.nodes)
