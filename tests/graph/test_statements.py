"""Statement nodes and plain triples: what is written for a claim, and what is not."""

from dataclasses import replace

import pytest

from kg.errors import DocumentError, OffsetError
from kg.graph import schema
from kg.graph.document import document_graph
from kg.graph.scope import Scope, see
from kg.graph.terms import Fact
from kg.model import Annotation, Triple
from kg.settings import BASE, Plain, Settings

KG = "https://w3id.org/actors-places/ontology#"


def scope(annotation: Annotation, plain: Plain = "own") -> Scope:
    return see(annotation, schema.ontology(None), Settings(plain=plain))


def short(term: str) -> str:
    return term.strip("<>").replace(BASE, "").replace(KG, "kg:").rpartition("-rdf-syntax-ns#")[2]


def plain(annotation: Annotation, setting: Plain = "own") -> set[tuple[str, ...]]:
    """The plain triples, without what is said of events and types."""
    facts = document_graph(scope(annotation, setting)).shared
    skipped = ("kg:hasActor", "kg:affects", "kg:hasPlace", "kg:eventType", "kg:beginDate", "kg:endDate")
    rows = {tuple(short(term) for term in fact) for fact in facts}
    return {row for row in rows if row[1] not in (*skipped, "kg:dateText", "kg:datePrecision", "type")}


def said(annotation: Annotation, number: int) -> dict[str, set[str]]:
    """The statement node of the triple with this number, by property."""
    seen = scope(annotation)
    node = seen.statements[f"t{number}"]
    found: dict[str, set[str]] = {}
    for subject, predicate, value in document_graph(seen).own:
        if subject == node:
            found.setdefault(short(predicate), set()).add(short(value))
    return found


def test_the_documents_own_claims_become_plain_triples(articles: tuple[Annotation, ...]) -> None:
    denied = next(t for t in plain(articles[0]) if t[1] == "kg:denied")
    assert plain(articles[0]) == {
        ("entity/ostend-police-aaaaaaaa", "kg:dismantled", "entity/warehouse-11111111"),
        ("entity/lena-brandt-bbbbbbbb", "kg:heads", "entity/harbour-council-22222222"),
        ("entity/lena-brandt-bbbbbbbb", "kg:ordered", "entity/clearance-33333333"),
        ("entity/jan-maes-cccccccc", "kg:bornIn", "entity/geonames-2802361"),
        denied,
    }
    assert denied[2].startswith("statement/")


def test_the_setting_narrows_or_widens_them(articles: tuple[Annotation, ...]) -> None:
    relations = {setting: {row[1] for row in plain(articles[0], setting)} for setting in ("narrator", "own", "all")}
    assert relations["own"] - relations["narrator"] == {"kg:ordered"}
    assert relations["all"] - relations["own"] == {"kg:livesIn"}


def test_a_denied_or_possible_claim_is_never_plain(articles: tuple[Annotation, ...]) -> None:
    for row in plain(articles[0], "all"):
        assert row[1] not in ("kg:attacked", "kg:travelledTo")


def test_a_claim_of_others_is_no_plain_triple(articles: tuple[Annotation, ...]) -> None:
    assert "kg:attacked" not in {row[1] for row in plain(articles[1])}
    assert "kg:attacked" in {row[1] for row in plain(articles[1], "all")}


def test_a_symmetric_relation_is_written_once(articles: tuple[Annotation, ...]) -> None:
    meeting = ("entity/lena-brandt-bbbbbbbb", "kg:metWith", "entity/tom-peeters-eeeeeeee")
    assert meeting in plain(articles[1])
    statement = said(articles[1], 3)
    assert statement["subject"] == {"entity/lena-brandt-bbbbbbbb"}
    assert statement["kg:beginDate"] == {'"2023-05-05"^^<http://www.w3.org/2001/XMLSchema#date'}


def test_a_statement_carries_its_words_source_and_standing(articles: tuple[Annotation, ...]) -> None:
    statement = said(articles[0], 4)
    assert statement["kg:attributedTo"] == {"entity/lena-brandt-bbbbbbbb"}
    assert statement["kg:negated"] == {'"true"^^<http://www.w3.org/2001/XMLSchema#boolean'}
    assert statement["kg:modality"] == {"kg:asserted"}
    assert statement["kg:predicateText"] == {'"had beaten"'}
    assert statement["kg:inDocument"] == {"document/harbour-1"}
    assert statement["type"] == {"kg:Statement", "Statement"}
    assert len(statement["kg:evidence"]) == len(statement["kg:subjectMention"]) == 1


def test_a_passive_of_giving_is_turned(articles: tuple[Annotation, ...]) -> None:
    statement = said(articles[0], 7)
    assert statement["subject"] == {"entity/open-door-dddddddd"}
    assert statement["object"] == {'"beds"'}
    assert statement["kg:recipient"] == {"entity/residents-44444444"}


def test_an_agentless_passive_has_no_subject(articles: tuple[Annotation, ...]) -> None:
    statement = said(articles[1], 5)
    assert "subject" not in statement
    assert statement["object"] == {"entity/warehouse-88888888"}


def test_a_claim_in_a_claim_is_a_statement(articles: tuple[Annotation, ...]) -> None:
    assert said(articles[0], 5)["object"] == {short(scope(articles[0]).statements["t4"])}


def test_words_that_are_no_entity_are_a_string(articles: tuple[Annotation, ...]) -> None:
    statement = said(articles[0], 10)
    assert (statement["subject"], statement["object"]) == ({'"The weather"'}, {'"mild"'})
    assert statement["predicate"] == {"kg:related"}


def test_equal_words_at_one_place_stay_two_statements(articles: tuple[Annotation, ...]) -> None:
    first = articles[0].triples[0]
    doubled = replace(articles[0], triples=(*articles[0].triples, replace(first, id="t99")))
    terms = scope(doubled).statements
    assert terms["t99"] != terms["t1"]
    assert terms["t1"] == scope(articles[0]).statements["t1"]


def test_an_event_knows_who_what_where_and_when(articles: tuple[Annotation, ...]) -> None:
    event = f"<{BASE}entity/clearance-33333333>"
    facts: list[Fact] = [fact for fact in document_graph(scope(articles[0])).shared if fact[0] == event]
    told = {short(predicate): short(value) for _, predicate, value in facts}
    assert told["kg:hasActor"] == "entity/ostend-police-aaaaaaaa"
    assert told["kg:affects"] == "entity/warehouse-11111111"
    assert told["kg:hasPlace"] == "entity/geonames-2789786"
    assert told["kg:beginDate"].startswith('"2023-05-02"')
    assert told["kg:eventType"] == "kg:COERCE"


def test_a_denied_event_is_not_described(articles: tuple[Annotation, ...]) -> None:
    denial = replace(articles[0].triples[0], negated=True)
    annotation = replace(articles[0], triples=(denial, *articles[0].triples[1:]))
    event = f"<{BASE}entity/clearance-33333333>"
    assert not [fact for fact in document_graph(scope(annotation)).shared if fact[0] == event]


def test_a_country_that_acts_is_an_actor_too(articles: tuple[Annotation, ...]) -> None:
    shared = document_graph(scope(articles[1])).shared
    acting = {short(fact[0]) for fact in shared if short(fact[2]) == "kg:Actor"}
    assert acting == {"entity/geonames-3017382"}


def test_what_the_annotation_gets_wrong_is_said(articles: tuple[Annotation, ...]) -> None:
    article = articles[0]
    first: Triple = article.triples[0]
    unknown = replace(first, subject=replace(first.subject, entity="e99"))
    with pytest.raises(DocumentError, match="harbour-1: triple t1 refers to e99"):
        scope(replace(article, triples=(unknown,)))
    moved = replace(first, subject=replace(first.subject, start=1, end=14))
    with pytest.raises(OffsetError, match=r"text\[1:14\] is 'stend Police '"):
        scope(replace(article, triples=(moved,)))
    odd = replace(first, predicate=replace(first.predicate, relation="hugged"))
    with pytest.raises(DocumentError, match="no relation 'hugged'"):
        scope(replace(article, triples=(odd,)))
