"""All rules over one document, in their order."""

from kg.extract.base import Fact
from kg.extract.rules.clauses import clause_facts
from kg.extract.rules.events import add_events
from kg.extract.rules.happenings import happening_facts
from kg.extract.rules.locations import location_facts
from kg.extract.rules.nationality import nationality_facts
from kg.extract.rules.positions import add_positions
from kg.extract.rules.roles import role_facts
from kg.extract.scene import Scene

RULES = (clause_facts, role_facts, nationality_facts, happening_facts, location_facts)


def run_rules(scene: Scene) -> tuple[Scene, tuple[Fact, ...]]:
    """Return the facts of a document, and the scene with the events and positions that they speak of."""
    facts = [fact for rule in RULES for fact in rule(scene)]
    scene, joined = add_events(scene, _distinct(scene, facts))
    return add_positions(scene, joined)


def _distinct(scene: Scene, facts: list[Fact]) -> list[Fact]:
    """Drop a fact that says no more than another one: the same words, relation and arguments."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for fact in facts:
        target = fact.object
        head = target.head if target else None
        key: tuple[object, ...] = (fact.subject.head, fact.words, fact.implied, head, fact.relation, fact.anchor)
        if fact.implied is not None and fact.relation is not None and head is not None:
            key = (
                scene.entity.get(fact.subject.head),
                scene.entity.get(head, head),
                fact.relation,
                scene.tree.sent[fact.anchor],
            )
        if key not in seen:
            seen.add(key)
            kept.append(fact)
    return kept
