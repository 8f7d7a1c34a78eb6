"""Entities of many documents: what is merged, and that the order of the documents does not matter."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from kg.graph.entities import Merged, entity_facts, told
from kg.graph.terms import LABEL, TYPE, name
from kg.model import Annotation, Entity, Mention

PERSON = ("Person", "Actor", "Entity")
NGO = ("NGO", "Organization", "Actor", "Entity")
ORGANIZATION = ("Organization", "Actor", "Entity")


def article(number: int, label: str, types: tuple[str, ...], confidence: float = 1.0) -> Annotation:
    entity = Entity("e1", "https://example.org/entity/x", types[0], types, label, confidence=confidence)
    mention = Mention("m1", 0, len(label), label, "name", "e1")
    return Annotation(f"d{number}", label, (mention,), (entity,), (), ())


def merged(articles: Sequence[Annotation]) -> set[tuple[str, str]]:
    found: dict[str, Merged] = {}
    for item in articles:
        for iri, said in told(item):
            found.setdefault(iri, Merged()).add(said)
    return {
        (predicate, value) for iri, all_said in found.items() for _, predicate, value in entity_facts(iri, all_said)
    }


def values(facts: set[tuple[str, str]], predicate: str) -> set[str]:
    return {value for found, value in facts if found == predicate}


def test_the_fullest_name_is_the_label_and_the_others_stay() -> None:
    facts = merged([article(1, "AID NOW", NGO), article(2, "Aid Now", NGO), article(3, "Now", NGO)])
    assert values(facts, LABEL) == {'"Aid Now"'}
    assert values(facts, name("skos:altLabel")) == {'"AID NOW"', '"Now"'}


def test_the_class_that_most_documents_give_wins() -> None:
    facts = merged([article(1, "Aid", PERSON), article(2, "Aid", NGO), article(3, "Aid", ORGANIZATION)])
    assert values(facts, TYPE) == {name(f"kg:{kind}") for kind in NGO}


def test_a_certain_link_needs_no_confidence() -> None:
    assert not values(merged([article(1, "Aid", NGO)]), name("kg:confidence"))
    assert len(values(merged([article(1, "Aid", NGO, 0.5), article(2, "Aid", NGO, 0.75)]), name("kg:confidence"))) == 1


@given(
    st.lists(
        st.builds(
            article,
            st.integers(0, 99),
            st.sampled_from(["Aid Now", "AID NOW", "Aïd Now", "Aid", "a"]),
            st.sampled_from([PERSON, NGO, ORGANIZATION]),
            st.sampled_from([0.5, 0.75, 1.0]),
        ),
        min_size=1,
        max_size=6,
    ).flatmap(lambda articles: st.tuples(st.just(articles), st.permutations(articles)))
)
def test_the_order_of_documents_does_not_matter(orders: tuple[list[Annotation], list[Annotation]]) -> None:
    assert merged(orders[0]) == merged(orders[1])
