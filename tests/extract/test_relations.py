"""Trigger words as tables, and the choice by argument types."""

from pathlib import Path

import pytest

from kg.extract.relations import ANY, Relations
from kg.ontology import load


@pytest.fixture(scope="module")
def relations() -> Relations:
    return Relations(load())


def names(readings: tuple[tuple[object, bool], ...]) -> list[tuple[str, bool]]:
    return [(getattr(relation, "name"), inverse) for relation, inverse in readings]  # noqa: B009


def test_words_of_every_kind(relations: Relations) -> None:
    assert names(relations.by_verb("call for")) == [("calledFor", False)]
    assert names(relations.by_verb("be home to")) == [("livesIn", True)]
    assert names(relations.by_intransitive_verb("resign")) == [("leftPosition", False)]
    assert names(relations.by_infinitive_verb("ask")) == [("calledFor", False)]
    assert names(relations.by_role_noun("head")) == [("heads", False)]
    assert names(relations.by_role_noun("father")) == [("childOf", True)]
    assert names(relations.by_event_noun("dismantling")) == [("dismantled", False)]
    assert names(relations.by_agent_noun("critic")) == [("criticised", False)]
    assert names(relations.by_light_verb("carry out", "attack")) == [("attacked", False)]
    assert names(relations.by_light_verb("come under", "attack")) == [("attacked", True)]


def test_unknown_words_express_nothing(relations: Relations) -> None:
    assert relations.by_verb("juggle") == ()
    assert relations.by_light_verb("launch", "rocket") == ()


@pytest.mark.parametrize(
    ("verb", "subject", "object_", "name", "inverse"),
    [
        ("leave", "Person", "City", "travelledFrom", False),
        ("leave", "Person", "Company", "leftPosition", False),
        ("join", "Person", "NGO", "memberOf", False),
        ("join", "Person", "Event", "participatedIn", False),
        ("belong to", "Company", "Company", "partOf", False),
        ("belong to", "Person", "PoliticalParty", "memberOf", False),
        ("capture", "SecurityForce", "Person", "arrested", False),
        ("capture", "SecurityForce", "City", "controls", False),
        ("evacuate", "SecurityForce", "Facility", "dismantled", False),
        ("evacuate", "SecurityForce", "Group", "expelled", False),
        ("beat", "SecurityForce", "Group", "attacked", False),
        ("beat", "Person", "Person", "defeated", False),
        ("host", "Person", "Person", "metWith", False),
        ("campaign for", "Person", None, "calledFor", False),
        ("be home to", "City", "Group", "livesIn", True),
        ("lose to", "Organization", "Organization", "defeated", True),
        ("sack", "Company", "Person", "leftPosition", True),
    ],
)
def test_types_decide_between_relations(
    relations: Relations, verb: str, subject: str | None, object_: str | None, name: str, inverse: bool
) -> None:
    chosen = relations.choose(relations.by_verb(verb), subject, object_)
    assert chosen is not None
    assert (chosen[0].name, chosen[1]) == (name, inverse)


@pytest.mark.parametrize(
    ("verb", "subject", "object_"),
    [
        ("strike", "Organization", None),
        ("meet", "Company", None),
        ("kill", "GovernmentBody", None),
        ("run", "Person", None),
        ("visit", "Person", "Person"),
        ("marry", "Person", "City"),
        ("be born in", None, "City"),
        ("arrest", "Person", "Company"),
    ],
)
def test_words_with_the_wrong_types_express_nothing(
    relations: Relations, verb: str, subject: str | None, object_: str | None
) -> None:
    assert relations.choose(relations.by_verb(verb), subject, object_) is None


def test_a_country_acts_but_real_actors_come_first(relations: Relations) -> None:
    assert relations.choose(relations.by_verb("expel"), "Country", "Group") is not None
    assert relations.choose(relations.by_verb("expel"), "Water", "Group") is None


def test_words_that_name_no_entity_fit_events_and_open_sides_only(relations: Relations) -> None:
    assert relations.choose(relations.by_verb("order"), "Person", None) is not None
    assert relations.choose(relations.by_verb("say"), "Person", None) is not None
    assert relations.choose(relations.by_verb("visit"), "Person", None) is None
    assert relations.choose(relations.by_verb("order"), None, "Event") is None


def test_an_argument_left_out_fits_everything(relations: Relations) -> None:
    chosen = relations.choose(relations.by_verb("demolish"), ANY, "Camp")
    assert chosen is not None
    assert chosen[0].name == "destroyed"


def test_the_more_specific_relation_wins(tmp_path: Path) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text(
        """@prefix kg: <https://w3id.org/actors-places/ontology#> .
        @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        <> owl:imports <https://w3id.org/actors-places/ontology> .
        <https://example.org/toured> rdfs:subPropertyOf kg:visited ; rdfs:domain kg:Actor ; rdfs:range kg:Place ;
            kg:verb "tour"@en, "besuchen"@de .""",
        encoding="utf-8",
    )
    relations = Relations(load(str(mine)))
    chosen = relations.choose(relations.by_verb("tour"), "Person", "City")
    assert chosen is not None
    assert chosen[0].name == "toured"
    assert relations.by_verb("besuchen") == ()
    assert len(Relations(load(str(mine)), "de").by_verb("besuchen")) == 1


def test_equal_fits_decide_nothing(relations: Relations) -> None:
    """Of two persons, "attacked" may mean words or blows."""
    assert relations.choose(relations.by_verb("attack"), "Person", "Person") is None
    for subject, object_ in (
        ("Group", "Person"),
        ("SecurityForce", "Group"),
        ("Country", "Country"),
        ("Person", "Facility"),
    ):
        chosen = relations.choose(relations.by_verb("attack"), subject, object_)
        assert chosen is not None
        assert chosen[0].name == "attacked"


def test_only_known_words_are_ties(relations: Relations) -> None:
    """A verb of two relations whose types can't tell them apart is a mistake in the ontology, unless meant."""
    kinds = (
        "Person",
        "Group",
        "SecurityForce",
        "Company",
        "PoliticalParty",
        "Country",
        "City",
        "Facility",
        "Event",
        None,
    )
    verbs = {word.text for relation in relations.ontology.relations.values() for word in relation.verbs}
    ties = set()
    for verb in sorted(verbs):
        readings = relations.by_verb(verb)
        for subject in kinds:
            for object_ in kinds:
                alone = [r for r in readings if relations.choose((r,), subject, object_) is not None]
                if len(alone) > 1 and relations.choose(readings, subject, object_) is None:
                    ties.add(verb)
    assert ties == {"attack", "beat"}
