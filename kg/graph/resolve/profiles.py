"""What a document tells of an entity that it names: names, roles, ties, and the company it is in.

A profile is all that is compared: it is small, it can be pickled and shuffled, and it holds nothing of other documents.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from kg import resources
from kg.graph.resolve.bodies import is_telling
from kg.graph.resolve.topics import topic
from kg.graph.values import period
from kg.model import Annotation, Entity, Mention, Triple
from kg.naming import canonical_name

# A document and the id of an entity in it.
Key = tuple[str, str]

# Relations that say what somebody is to an organization or a place for long, so that two documents can agree about it.
TIES = frozenset(
    (
        "basedIn", "bornIn", "candidateFor", "childOf", "controls", "familyOf", "founded", "heads", "holdsPosition",
        "leftPosition", "livesIn", "locatedIn", "memberOf", "originatesFrom", "owns", "partOf", "siblingOf", "spouseOf",
        "worksFor",
    )
)  # fmt: skip
# A country counts as one that the document is about when it has this share of the mentions of places.
SHARE = 0.2
# Everybody is in their company.
EVERYWHERE = frozenset(("MediaOrganization", "InternationalOrganization"))


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds all entities of one document.

    `day` is the ordinal of the publication date, `countries` the ISO codes that the document is about, `abroad` those
    of all its places, `places` the IRIs of its towns, regions and sites, `towns` all words of their names, `company`
    the canonical names of its actors, `topic` its telling words.
    """

    document: str
    day: int | None = None
    countries: frozenset[str] = frozenset()
    abroad: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    towns: frozenset[str] = frozenset()
    company: frozenset[str] = frozenset()
    topic: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Profile:
    """One entity of one document.

    `name` is the name as the document has it, `names` its canonical forms and those of its aliases, `roles` nouns
    ("minister"), `ties` canonical names or IRIs of what it heads, works for, lives in, `same_as` its IRIs elsewhere.
    """

    context: Context
    entity: str
    iri: str
    type: str
    types: tuple[str, ...]
    name: str
    names: tuple[str, ...]
    roles: frozenset[str] = frozenset()
    ties: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    same_as: frozenset[str] = frozenset()

    @property
    def key(self) -> Key:
        """The document and the entity's id in it."""
        return self.context.document, self.entity

    @property
    def person(self) -> bool:
        """Whether it is somebody."""
        return "Person" in self.types


def profiles(annotation: Annotation) -> tuple[Profile, ...]:
    """Return the profiles of the entities that a document names and that no gazetteer has settled, in their order.

    "The minister" and "568 people" have none: nothing says that another document means the same ones.
    """
    called = _names(annotation)
    entities = {entity.id: entity for entity in annotation.entities}
    roles, ties = _told(annotation, entities)
    context = _context(annotation, called)
    rows = []
    for entity in annotation.entities:
        if entity.id not in called or is_settled(entity):
            continue
        own = ties.get(entity.id, frozenset())
        rows.append(
            Profile(
                context,
                entity.id,
                entity.iri,
                entity.type,
                entity.types,
                entity.name,
                called[entity.id],
                frozenset(roles.get(entity.id, ())),
                frozenset(canonical_name(e.name) if "Place" not in e.types else e.iri for e in own),
                frozenset(e.country for e in own if e.country),
                frozenset(entity.same_as),
            )
        )
    return tuple(rows)


def is_settled(entity: Entity) -> bool:
    """Return whether the entity's IRI already says what it is: a place that was found in the gazetteer."""
    return "Place" in entity.types and (entity.latitude is not None or bool(entity.same_as))


def _names(annotation: Annotation) -> dict[str, tuple[str, ...]]:
    """Return the canonical names by which each named entity is called, its own first, then by length."""
    found: dict[str, set[str]] = {}
    for mention in annotation.mentions:
        if mention.kind == "name":
            found.setdefault(mention.entity, set()).add(canonical_name(mention.text))
    names = {}
    for entity in annotation.entities:
        if entity.id in found:
            own = canonical_name(entity.name)
            rest = sorted(found[entity.id] - {own}, key=lambda name: (-len(name.split()), name))
            names[entity.id] = (own, *rest)
    return names


def _context(annotation: Annotation, called: dict[str, tuple[str, ...]]) -> Context:
    mentions = Counter(mention.entity for mention in annotation.mentions)
    settled = [entity for entity in annotation.entities if is_settled(entity) and mentions[entity.id]]
    countries: Counter[str] = Counter()
    for entity in settled:
        if entity.country:
            countries[entity.country] += mentions[entity.id]
    published = period(annotation.date)
    return Context(
        annotation.id,
        published.begin.toordinal() if published and published.begin else None,
        frozenset(code for code, count in countries.items() if count >= SHARE * countries.total()),
        frozenset(countries),
        frozenset(entity.iri for entity in settled if entity.type != "Country"),
        frozenset(word for e in settled for name in called.get(e.id, ()) for word in name.split()),
        frozenset(called[e.id][0] for e in annotation.entities if e.id in called and _is_company(e, called[e.id][0])),
        topic(annotation.text),
    )


def _is_company(entity: Entity, name: str) -> bool:
    """Return whether it says something about two documents that both name this actor: a full name, not everybody's."""
    if is_settled(entity) or "Actor" not in entity.types or entity.type in EVERYWHERE:
        return False
    return " " in name if "Person" in entity.types else is_telling(name)


def _told(
    annotation: Annotation, entities: dict[str, Entity]
) -> tuple[dict[str, set[str]], dict[str, frozenset[Entity]]]:
    """Return what the document says that each entity is, and what it belongs to."""
    roles: dict[str, set[str]] = {}
    for mention in annotation.mentions:
        if "Person" in entities[mention.entity].types:
            roles.setdefault(mention.entity, set()).update(_roles(annotation.text, mention))
    ties: dict[str, set[Entity]] = {}
    for triple in annotation.triples:
        if triple.negated or triple.predicate.relation not in TIES or triple.object is None:
            continue
        first, second = triple.subject.entity, triple.object.entity
        if triple.predicate.inverse:
            first, second = second, first
        if first is None:
            continue
        if role := _role(triple):
            roles.setdefault(first, set()).add(role)
        if second is not None and second != first:
            ties.setdefault(first, set()).update(_ends(entities, second))
            ties.setdefault(second, set()).add(entities[first])
    return roles, {at: frozenset(e for e in ends if _is_tie(e)) for at, ends in ties.items()}


def _roles(text: str, mention: Mention) -> set[str]:
    """Return the nouns that a mention gives, or that stand around a name: "the singer X", "X, a surgeon in Ghent,"."""
    if mention.kind == "nominal":
        return {role} if (role := head_noun(mention.text)) else set()
    if mention.kind != "name":
        return set()
    before = re.search(r"(\w+) $", text[max(0, mention.start - 40) : mention.start])
    behind = re.match(r", (?:an?|the) ([^,.;:!?\n]{3,60})[,.]", text[mention.end : mention.end + 80])
    found = (head_noun(before[1]) if before else None, head_noun(behind[1]) if behind else None)
    return {role for role in found if role}


def _ends(entities: dict[str, Entity], end: str) -> list[Entity]:
    """Return the entity, or what it is a position in."""
    entity = entities[end]
    if entity.type != "Position":
        return [entity]
    return [entities[entity.position_in]] if entity.position_in in entities else []


def _is_tie(entity: Entity) -> bool:
    """Return whether two documents that name this mean one thing: a place, a full name."""
    return is_settled(entity) or (entity.name[:1].isupper() and ("Person" not in entity.types or " " in entity.name))


def _role(triple: Triple) -> str | None:
    """Return the noun by which a triple says what its subject is: "is mayor of" → "mayor"."""
    if triple.predicate.relation == "holdsPosition" and triple.object is not None:
        return head_noun(triple.object.text)
    words = triple.predicate.text.split()
    return head_noun(words[1]) if len(words) == 3 and words[0] in ("is", "was") else None


def head_noun(phrase: str) -> str | None:
    """Return the last word of a noun phrase before its complement, if it says what somebody does.

    >>> head_noun("a former customs inspector from Ghent"), head_noun("the Interior Minister")
    ('inspector', 'minister')
    """
    words = []
    for word in phrase.replace(",", " ,").lower().split():
        if word in resources.word_set("en", "after_nouns.txt"):
            break
        words.append(word)
    return words[-1] if words and words[-1] in fields() else None


@cache
def fields() -> dict[str, frozenset[str]]:
    """Return noun → the fields of life that it belongs to; none for what goes everywhere ("director")."""
    return {row[0]: frozenset(row[1].split("|")) - {"-"} for row in resources.table("en", "fields.tsv")}
