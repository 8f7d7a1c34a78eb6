"""Entities merged, statements made into arrows."""

import random
from dataclasses import replace

from kg.model import Annotation
from kg.view.drawing import Drawing, Edge, Node, draw

News = tuple[Annotation, ...]


def node(drawing: Drawing, name: str) -> Node:
    return next(found for found in drawing.nodes if found.name == name)


def arrows(drawing: Drawing) -> set[tuple[str, str, str]]:
    names = [found.name for found in drawing.nodes]
    return {(names[edge.source], edge.label, names[edge.target]) for edge in drawing.edges}


def edge(drawing: Drawing, label: str) -> Edge:
    return next(found for found in drawing.edges if found.label == label)


def test_entities_are_one_over_documents(news: News) -> None:
    drawing = draw(news[:2])
    assert [found.name for found in drawing.nodes].count("Astrid Lund") == 1
    documents = {drawing.claims[number].document for number in node(drawing, "Astrid Lund").claims}
    assert documents == {"harbour", "council"}


def test_arrows_lead_from_doer_to_patient(news: News) -> None:
    found = arrows(draw(news[:2]))
    assert ("Brenholm police", "dismantled", "Dockside camp") in found
    assert ("Ministry of Housing", "provided", "Harbour Aid") in found
    assert not any(label == "visited" for _, label, _ in found), "a phrase that names no entity is no node"


def test_an_event_is_joined_with_who_and_where(news: News) -> None:
    found = arrows(draw(news[:2]))
    assert {
        ("clearance of the camp", "by", "Brenholm police"), ("clearance of the camp", "of", "Dockside camp"),
        ("clearance of the camp", "in", "Brenholm"),
    } <= found  # fmt: skip


def test_places_and_recipients_are_joined_without_an_event(news: News) -> None:
    bare = replace(news[0], triples=tuple(replace(triple, event=None) for triple in news[0].triples))
    drawing = draw([bare])
    assert ("Brenholm police", "cleared in", "Brenholm") in arrows(drawing)
    assert edge(drawing, "cleared in").relation is None


def test_claims_that_say_the_same_are_one_arrow(news: News) -> None:
    again = replace(news[0], id="again")
    drawing = draw([news[0], again])
    assert len(edge(drawing, "ordered").claims) == 2
    assert len(drawing.edges) == len(draw([news[0]]).edges)


def test_a_denial_is_an_arrow_of_its_own(news: News) -> None:
    triples = tuple(
        replace(triple, negated=not triple.negated) if triple.predicate.relation == "arrested" else triple
        for triple in news[0].triples
    )
    drawing = draw([news[0], replace(news[0], id="other", triples=triples)])
    arrests = [(found.status, found.claims) for found in drawing.edges if found.label == "arrested"]
    assert sorted(status for status, _ in arrests) == ["asserted", "denied"]


def test_an_arrow_is_as_firm_as_its_firmest_claim(news: News) -> None:
    firm = tuple(replace(triple, modality="asserted") for triple in news[0].triples)
    assert edge(draw([news[0]]), "met with").status == "possible"
    assert edge(draw([news[0], replace(news[0], id="firm", triples=firm)]), "met with").status == "asserted"


def test_nodes_come_by_falling_degree(news: News) -> None:
    degrees = [found.degree for found in draw(news).nodes]
    assert degrees == sorted(degrees, reverse=True)
    assert degrees[-1] == 0


def test_order_of_documents_makes_no_difference(news: News) -> None:
    shuffled = list(news)
    random.Random(3).shuffle(shuffled)
    assert draw(shuffled) == draw(news) == draw(reversed(news))


def test_names_quotations_and_mentions(news: News) -> None:
    drawing = draw(news[:2])
    brandt = node(drawing, "Élise Brandt")
    assert brandt.aliases == ("Brandt",)
    assert [quote.text for quote in brandt.quotes] == ["“Nobody asked us where we would sleep,”"]
    assert brandt.mentions == (), "told by statements and quotations already"
    assert node(drawing, "Brenholm").latitude == 55.71


def test_sentences_that_only_name_somebody(news: News) -> None:
    drawing = draw([replace(news[0], triples=(), quotes=())])
    mention = node(drawing, "Nordport").mentions[0]
    assert mention.text == "Nordport owns the quay."
    assert mention.text[mention.marks[0].start : mention.marks[0].end] == "Nordport"


def test_the_most_frequent_type_and_the_fullest_name_count(news: News) -> None:
    def renamed(number: int, name: str, kind: str) -> Annotation:
        entities = tuple(
            replace(entity, name=name, type=kind, types=(kind, "Entity")) if entity.name == "Nordport" else entity
            for entity in news[0].entities
        )
        return replace(news[0], id=f"d{number}", entities=entities)

    named = [("Nordport A/S", "NGO"), ("Nordport", "NGO"), ("Nordport", "Company")]
    drawing = draw([renamed(number, *row) for number, row in enumerate(named)])
    assert node(drawing, "Nordport A/S").type == "NGO"


def test_of_too_many_the_best_connected_are_drawn(news: News) -> None:
    whole = draw(news[:2])
    drawing = draw(news[:2], most=5)
    assert drawing.omitted == len(whole.nodes) - 5
    assert {found.iri for found in drawing.nodes} == {found.iri for found in whole.nodes[:5]}
    assert all(found.source < 5 and found.target < 5 for found in drawing.edges)
    kept = {found.iri for found in drawing.nodes}
    assert all(kept & set(claim.iris) for claim in drawing.claims)


def test_a_claim_about_no_entity_is_not_counted_as_left_out(news: News) -> None:
    drawing = draw([replace(news[0], entities=(), mentions=(), quotes=())])
    assert (drawing.claims, drawing.untold, drawing.omitted) == ((), 0, 0)


def test_of_too_many_claims_the_first_of_each_are_told(news: News) -> None:
    many = [replace(news[0], id=f"d{number:03}") for number in range(40)]
    drawing = draw(many, most_claims=300)
    assert draw(many).untold == 0
    assert len(drawing.claims) + drawing.untold == 40 * len(news[0].triples)
    assert len(edge(drawing, "ordered").claims) == 12
    assert {found.iri for found in drawing.nodes} == {found.iri for found in draw(many).nodes}
    assert len(drawing.edges) == len(draw(many).edges)


def test_nothing_gives_nothing() -> None:
    assert draw([]) == Drawing((), (), (), ())
