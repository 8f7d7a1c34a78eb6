"""What an adjunct says of its clause: where, when, to whom, how."""

from kg.extract.rules.syntax import words
from kg.extract.scene import Scene
from kg.model import Role


def is_time(scene: Scene, adjunct: int) -> bool:
    """Tell whether an adjunct is a time, itself or by what its preposition brings: "on Friday"."""
    inner = scene.tree.child(adjunct, "pobj")
    return inner in scene.time or adjunct in scene.time


def role_of(scene: Scene, adjunct: int) -> Role:
    """Return what an adjunct says of its clause: where, when, to whom, how."""
    tree = scene.tree
    if is_time(scene, adjunct):
        return "time"
    dep, word = tree.dep[adjunct], tree.lower[adjunct]
    if dep == "agent":
        return "agent"
    inner = tree.child(adjunct, "pobj")
    kind = scene.type_of(inner)
    if dep == "dative":
        return "recipient"
    if dep == "npadvmod":
        return "quantity" if adjunct in scene.quantity else "manner"
    if dep == "advmod":
        return "place" if word in ("here", "there", "abroad", "elsewhere", "somewhere", "nearby") else "manner"
    if inner in scene.quantity and word == "for":
        return "quantity"
    place = (inner is not None and part_of(scene, inner) is not None) or (
        kind is not None and scene.relations.ontology.is_a(kind, "Place")
    )
    actor = kind is not None and scene.relations.ontology.is_a(kind, "Actor")
    if word in words("prepositions", "source"):
        return "source"
    if word in words("prepositions", "destination"):
        return "recipient" if actor and not place else "destination"
    if place and word in words("prepositions", "place"):
        return "place"
    for role in ("topic", "cause", "instrument", "manner", "time"):
        if word in words("prepositions", role):
            return role
    return "place" if word in words("prepositions", "spatial") else "other"


def part_of(scene: Scene, noun: int) -> int | None:
    """Return the named place that a word for a part stands for: "on the edge of | Calais" is at Calais."""
    tree = scene.tree
    of = next((k for k in tree.kids[noun] if tree.dep[k] == "prep" and tree.lower[k] == "of"), None)
    whole = tree.child(of, "pobj") if of is not None and tree.lemma[noun] in words("places", "parts") else None
    kind = scene.type_of(whole)
    return whole if kind is not None and scene.relations.ontology.is_a(kind, "Place") else None
