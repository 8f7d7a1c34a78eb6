"""When and where the page says that things are: the same as the graph."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest

from kg import ontology
from kg.graph.document import document_graph
from kg.graph.scope import see
from kg.graph.terms import Fact, name
from kg.model import Annotation, Argument, Triple
from kg.serial import from_json
from kg.settings import Settings
from kg.view.circumstances import Circumstances, When, circumstances, events_told, scope_of
from kg.view.claims import claims_of
from kg.view.drawing import draw

News = tuple[Annotation, ...]
TIMES = (name("kg:beginDate"), name("kg:endDate"), name("kg:datePrecision"))
PLACES = (name("kg:hasPlace"), name("kg:fromPlace"), name("kg:toPlace"))


def values(facts: Iterable[Fact], node: str, predicates: tuple[str, ...]) -> list[str]:
    found = [value for subject, predicate, value in facts if subject == node and predicate in predicates]
    return [re.sub(r'^["<]|[">](\^\^.*)?$', "", value) for value in found]


def articles(root: Path) -> list[Annotation]:
    files = (root / "tests" / folder / "articles.jsonl" for folder in ("view", "graph"))
    return [from_json(line) for line in chain.from_iterable(file.read_bytes().splitlines() for file in files) if line]


def test_statements_are_dated_as_in_the_graph(root: Path) -> None:
    dated = 0
    for annotation in articles(root):
        scope = see(annotation, ontology.load(), Settings())
        facts = document_graph(scope).own
        for triple, claim in zip(annotation.triples, claims_of(annotation), strict=True):
            said = values(facts, scope.statements[triple.id], TIMES)
            when = claim.when
            assert said == ([] if when is None else [v for v in (when.begin, when.end, when.precision) if v])
            assert set(values(facts, scope.statements[triple.id], PLACES)) <= set(claim.where)
            dated += when is not None
    assert dated >= 4


def test_events_are_dated_and_placed_as_in_the_graph(root: Path) -> None:
    told = 0
    for annotation in articles(root):
        facts = document_graph(see(annotation, ontology.load(), Settings())).shared
        for node in draw([annotation]).nodes:
            said = values(facts, f"<{node.iri}>", TIMES)
            when = node.when
            assert set(said) == (set() if when is None else {when.begin, when.end, when.precision} - {None})
            assert set(values(facts, f"<{node.iri}>", PLACES)) == set(node.places)
            told += when is not None
    assert told >= 2


def with_times(triple: Triple, *values: str) -> Triple:
    times = tuple(Argument("then", role="time", value=value) for value in values)
    return replace(triple, arguments=times)


@pytest.mark.parametrize(
    ("values", "when"),
    [
        (("2024-03",), When("2024-03-01", "2024-03-31", "month")),
        (("2024",), When("2024-01-01", "2024-12-31", "year")),
        (("2024-03-01/2024-03-09",), When("2024-03-01", "2024-03-09", "interval")),
        (("2024-03-01/..",), When("2024-03-01", None, "open")),
        (("soon", "2024-03-05", "2025"), When("2024-03-05", "2024-03-05", "day")),
        (("<b>soon</b>",), None),
        ((), None),
    ],
)
def test_precision(news: News, values: tuple[str, ...], when: When | None) -> None:
    scope = scope_of(news[0], Settings())
    assert circumstances(scope, with_times(news[0].triples[0], *values)).when == when


def test_what_is_crossed_or_reached_is_where(news: News) -> None:
    scope = scope_of(news[0], Settings())
    crossed, reach = scope.annotation.triples[8:10]
    assert circumstances(scope, crossed) == Circumstances(None, ("https://example.org/id/strait",))
    assert circumstances(scope, reach).where == ("https://example.org/id/denmark",)
    assert circumstances(scope, scope.annotation.triples[1]).where == ()


def test_a_denied_claim_dates_no_event(news: News) -> None:
    def said(**changes: object) -> list[tuple[str, Circumstances]]:
        first = replace(news[0].triples[0], **changes)  # type: ignore[arg-type]
        return list(events_told(scope_of(replace(news[0], triples=(first,)), Settings())))

    (iri, found), = said()  # fmt: skip
    assert iri == "https://example.org/id/clearance"
    assert found == Circumstances(When("2024-03-05", "2024-03-05", "day"), ("https://example.org/id/brenholm",))
    assert said(negated=True) == said(modality="possible") == said(attribution="lund") == []


def test_of_several_dates_of_an_event_the_usual_counts(news: News) -> None:
    def dated(number: int, day: str) -> Annotation:
        return replace(news[0], id=f"d{number}", triples=(with_times(news[0].triples[0], day),))

    days = ["2024-03-06", "2024-03-05", "2024-03-06", "2024-03-04", "2024-03-04"]
    copies = [dated(number, day) for number, day in enumerate(days)]
    for order in (copies, copies[::-1]):
        event = next(node for node in draw(order).nodes if node.type == "Event")
        assert event.when == When("2024-03-04", "2024-03-04", "day")


def test_what_refers_to_nothing_is_shown_without_it(news: News) -> None:
    first = news[0].triples[0]
    odd = replace(
        first,
        event="nobody",
        attribution="nobody",
        predicate=replace(first.predicate, relation="noSuchRelation"),
        object=Argument("the claim", triple="t99"),
        arguments=(Argument("there", entity="nowhere", role="place"), Argument("then", role="time", value="2024")),
    )
    scope = scope_of(replace(news[0], triples=(odd, *news[0].triples[1:])), Settings())
    assert circumstances(scope, scope.annotation.triples[0]) == Circumstances(When("2024-01-01", "2024-12-31", "year"))
    assert list(events_told(scope)) == []
    assert scope.annotation.triples[1:] == news[0].triples[1:]
