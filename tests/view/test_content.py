"""What the page's script is given."""

import json
from dataclasses import replace
from typing import Any

import pytest

from kg.model import Annotation, Argument, Triple
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
    found = content(draw(news))
    assert found["texts"] == []
    assert json.dumps(found).count("Nordport owns the quay.") == 1
    assert found["unread"] == 0


def test_where_the_text_is_not_on_the_page_sentences_are(news: News) -> None:
    found = content(draw(news, most_text=200))
    assert found["unread"] == 2
    texts = found["texts"]
    assert isinstance(texts, list)
    assert len(texts) == len({str(text) for text in texts})
    assert "Nordport owns the quay." in texts


def wording(found: dict[str, Any], item: dict[str, Any]) -> str:
    if "text" in item:
        return str(found["texts"][item["text"]])
    units = found["sources"][item["document"]]["text"].encode("utf-16-le")
    return str(units[2 * item["start"] : 2 * item["end"]].decode("utf-16-le"))


@pytest.mark.parametrize("most", [0, 200, 10**6])
def test_sentences_are_found_again(news: News, most: int) -> None:
    far = replace(news[2], id="far", text="\U0001f600 " + news[2].text, triples=tuple(map(moved, news[2].triples)))
    drawing = draw([*news, far], most_text=most)
    found = json.loads(json.dumps(content(drawing)))
    for claim, told in zip(found["claims"], drawing.claims, strict=True):
        assert wording(found, claim) == told.sentence
    for node, drawn in zip(found["nodes"], drawing.nodes, strict=True):
        for said, passages in ((node.get("mentions", []), drawn.mentions), (node.get("quotes", []), drawn.quotes)):
            assert [wording(found, item) for item in said] == [passage.text for passage in passages]


def moved(triple: Triple) -> Triple:
    def part(item: Argument) -> Argument:
        return replace(item, start=(item.start or 0) + 2, end=(item.end or 0) + 2)

    words = replace(triple.predicate, start=(triple.predicate.start or 0) + 2, end=(triple.predicate.end or 0) + 2)
    patient = None if triple.object is None else part(triple.object)
    return replace(
        triple,
        subject=part(triple.subject),
        predicate=words,
        object=patient,
        start=triple.start + 2,
        end=triple.end + 2,
    )


def test_claims_say_when_and_where(news: News) -> None:
    found: dict[str, Any] = json.loads(json.dumps(content(draw(news[:2]))))
    claim = next(claim for claim in found["claims"] if claim.get("relation") == "dismantled")
    names = [node["name"] for node in found["nodes"]]
    assert claim["when"] == ["2024-03-05", "2024-03-05", "day"]
    assert [names[number] for number in claim["where"]] == ["Brenholm"]
    assert names[claim["event"]] == "clearance of the camp"
    event = found["nodes"][claim["event"]]
    assert (event["begin"], event["end"], event["precision"]) == ("2024-03-05", "2024-03-05", "day")
    assert [names[number] for number in event["places"]] == ["Brenholm"]
    brandt = found["nodes"][names.index("Élise Brandt")]
    assert brandt["mentioned"] == 2


def test_mentions_lead_to_nodes(news: News) -> None:
    found: dict[str, Any] = json.loads(json.dumps(content(draw(news))))
    source = next(source for source in found["sources"] if source["id"] == "harbour")
    told = [(source["text"][start:end], found["nodes"][node]["name"]) for start, end, node in source["mentions"]]
    assert told[:3] == [("Police", "Brenholm police"), ("Brenholm", "Brenholm"), ("Astrid Lund", "Astrid Lund")]


def test_hostile_addresses_and_endless_names_are_left_out(news: News) -> None:
    found = json.dumps(content(draw([news[2]])))
    assert "javascript:" not in found
    assert "x" * 301 not in found


def test_numbers_lead_to_what_they_name(news: News) -> None:
    drawing = draw(news)
    found = json.loads(json.dumps(content(drawing)))
    for claim in found["claims"]:
        assert 0 <= claim["document"] < len(found["sources"])
        for part in (claim.get("doer"), claim.get("patient"), *claim.get("others", [])):
            assert part is None or part.get("node", 0) < len(found["nodes"])
    for edge in found["edges"]:
        assert all(0 <= number < len(found["claims"]) for number in edge["claims"])
    assert len(found["nodes"]) == len(drawing.nodes)
