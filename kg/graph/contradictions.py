"""Statements that can't both be true: the same typed fact asserted here and denied there, and two places of one birth.

"Police beat Maes" and "Brandt denied that police beat Maes"     contradict each other
"Vos is married to Maes" and "Vos is not related to Maes"        too: who denies the wider relation denies the narrower
"Vos is related to Maes" and "Vos is not married to Maes"        don't
"Vos met Maes in May" and "Vos did not meet Maes in 2019"        don't: their times keep them apart, as places would
"Maes was born in Ghent" and "Maes was born in Lille"            do; "in Ghent" and "in Belgium" don't

A source is a speaker in a document, or the document itself: nobody contradicts himself.

What is found depends on the set of statements only, not on their order.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from kg.graph import terms
from kg.graph.places import Places, apart
from kg.graph.stances import Attitude, Pair, Stance
from kg.graph.terms import Fact, name
from kg.ontology import Ontology

# So many pairs are linked for one fact: what a thousand documents assert and a hundred deny would be 100,000.
CAP = 50
# So many pairs are looked at for one fact, when times and places keep nearly all apart.
TRIES = 100_000
CONTRADICTS = name("kg:contradicts")

Claimed = tuple[str, str, str]
Link = tuple[Stance, Stance]


@dataclass(frozen=True, slots=True)
class Kinds:
    """What relations are like, as terms: each with itself and those above it; the symmetric; the functional."""

    above: Mapping[str, frozenset[str]]
    symmetric: frozenset[str]
    functional: frozenset[str]

    def covers(self, wide: str, narrow: str) -> bool:
        """Return whether whatever `narrow` joins `wide` joins too: familyOf covers spouseOf, and itself."""
        return wide == narrow or wide in self.above.get(narrow, ())

    def single(self, relation: str) -> str | None:
        """Return the functional relation that this one is, or lies below; None if there is none."""
        return next((wide for wide in sorted(self.functional) if self.covers(wide, relation)), None)


@dataclass(frozen=True, slots=True)
class Dispute:
    """A fact that some assert and others deny. With several `objects` each is asserted, and only one can be right."""

    subject: str
    relation: str
    objects: tuple[str, ...]
    asserts: tuple[Stance, ...]
    denies: tuple[Stance, ...] = ()
    hedges: tuple[Stance, ...] = ()


def relation_kinds(ontology: Ontology) -> Kinds:
    """Return the relations of an ontology as terms."""
    term = {relation.name: terms.iri(relation.iri) for relation in ontology.relations.values()}
    return Kinds(
        {term[n]: frozenset(term[above] for above in ontology.ancestors(n)) for n in term},
        frozenset(term[n] for n, relation in ontology.relations.items() if relation.symmetric),
        frozenset(term[n] for n, relation in ontology.relations.items() if relation.functional),
    )


def contradiction_facts(stances: Iterable[Stance], kinds: Kinds, places: Places) -> list[Fact]:
    """Return `one kg:contradicts other` for the pairs that contradict each other, each once, the smaller IRI first."""
    found = set()
    for link in _links(list(stances), kinds, places):
        one, other = sorted(stance.statement for stance in link)
        found.add((one, CONTRADICTS, other))
    return sorted(found)


def disputes(stances: Iterable[Stance], kinds: Kinds, places: Places) -> list[Dispute]:
    """Return the disputed facts, with all that take part; in order of their terms."""
    rows = list(stances)
    found = [
        dispute for group in _by_pair(rows).values() for dispute in _widest(_denied_facts(group, kinds, places))
    ] + list(_rival_facts(rows, kinds, places))
    return sorted(found, key=lambda d: (d.subject, d.relation, d.objects))


def says(stance: Stance, fact: Claimed, kinds: Kinds) -> bool:
    """Return whether a stance that is true makes it so, or may: spouseOf says familyOf, also with its sides changed."""
    if not kinds.covers(fact[1], stance.relation) or stance.pair != _pair(fact):
        return False
    return stance.subject == fact[0] or fact[1] in kinds.symmetric


def denies(stance: Stance, fact: Claimed, kinds: Kinds) -> bool:
    """Return whether a denial denies a fact: that of familyOf denies spouseOf, and childOf in both directions."""
    if not kinds.covers(stance.relation, fact[1]) or stance.pair != _pair(fact):
        return False
    return stance.subject == fact[0] or stance.relation in kinds.symmetric


def kept_apart(one: Stance, other: Stance, places: Places) -> bool:
    """Return whether two statements of a fact may both be true, or don't differ: other times, other places, one source.

    What one voice of one document first denies and then asserts is a story ("refused to endorse him in July, and now
    does"), a sentence that was misread ("not in Ghent but in Lille") or a wrong "he"; no two sources differ about it.
    """
    return _one_source(one, other) or not _meet(one, other) or apart(one.places, other.places, places)


def spread(some: Sequence[Stance], others: Sequence[Stance]) -> Iterator[Link]:
    """Yield all pairs of two sides; the first of them give each statement a partner.

    >>> a, b, c = (Stance(s, "<s>", "<r>", "<o>", "asserts") for s in "abc")
    >>> [one.statement + other.statement for one, other in spread([a], [b, c])]
    ['ab', 'ac']
    """
    short, long = sorted((some, others), key=len)
    for shift in range(len(short)):
        for number, stance in enumerate(long):
            partner = short[(number + shift) % len(short)]
            yield (stance, partner) if long is some else (partner, stance)


def _links(rows: list[Stance], kinds: Kinds, places: Places) -> Iterator[Link]:
    for group in _by_pair(rows).values():
        for fact, against in _by_fact(s for s in group if s.attitude == "denies").items():
            claims = [s for s in group if s.attitude == "asserts" and says(s, fact, kinds)]
            opposed = (p for p in islice(spread(claims, against), TRIES) if not kept_apart(*p, places))
            yield from islice(opposed, CAP)
    for by_object in _rivals(rows, kinds, places).values():
        rival = (
            pair
            for one, other in combinations(by_object, 2)
            if places.exclusive(one, other)
            for pair in spread(by_object[one], by_object[other])
            if not _one_source(*pair)
        )
        yield from islice(rival, CAP)


def _denied_facts(group: list[Stance], kinds: Kinds, places: Places) -> Iterator[Dispute]:
    """Yield the disputes about each fact between two nodes that somebody denies."""
    sides = _by_attitude(group)
    for fact in sorted({_fact(s) for s in sides["denies"]}):
        against = [s for s in sides["denies"] if denies(s, fact, kinds)]
        claims = [
            s for s in sides["asserts"] if says(s, fact, kinds) and any(not kept_apart(s, no, places) for no in against)
        ]
        against = [s for s in against if any(not kept_apart(s, yes, places) for yes in claims)]
        doubts = [
            s
            for s in sides["hedges"]
            if says(s, fact, kinds) and any(not kept_apart(s, other, places) for other in (*claims, *against))
        ]
        if claims:
            yield Dispute(fact[0], fact[1], (fact[2],), tuple(claims), tuple(against), tuple(doubts))


def _rival_facts(rows: list[Stance], kinds: Kinds, places: Places) -> Iterator[Dispute]:
    """Yield the disputes about which of several objects is the one."""
    for (subject, relation), by_object in _rivals(rows, kinds, places).items():
        asserted = [s for stances in by_object.values() for s in stances]
        doubts = [s for s in rows if s.attitude == "hedges" and s.subject == subject and s.object in by_object]
        doubts = [s for s in doubts if kinds.covers(relation, s.relation)]
        yield Dispute(subject, relation, tuple(sorted(by_object)), tuple(asserted), (), tuple(_ordered(doubts)))


def _rivals(rows: list[Stance], kinds: Kinds, places: Places) -> dict[Pair, dict[str, list[Stance]]]:
    """Return (subject, functional relation) → object → who asserts it, of objects that can't both be right.

    Of a group nothing is said: some of the sailors died here, some there.
    """
    found: defaultdict[Pair, defaultdict[str, list[Stance]]] = defaultdict(lambda: defaultdict(list))
    for stance in _ordered(rows):
        relation = kinds.single(stance.relation) if stance.attitude == "asserts" and not stance.many else None
        if relation is not None:
            found[stance.subject, relation][stance.object].append(stance)
    result = {}
    for key, by_object in sorted(found.items()):
        rival = {
            node
            for one, other in combinations(sorted(by_object), 2)
            if places.exclusive(one, other)
            and any(not _one_source(a, b) for a, b in spread(by_object[one], by_object[other]))
            for node in (one, other)
        }
        if rival:
            result[key] = {node: by_object[node] for node in sorted(rival)}
    return result


def _widest(found: Iterable[Dispute]) -> list[Dispute]:
    """Return the disputes of two nodes, without those whose statements all stand in another one too."""
    rows = list(found)
    spoken = [frozenset(s.statement for s in (*d.asserts, *d.denies)) for d in rows]
    return [d for d, said in zip(rows, spoken, strict=True) if not any(said < other for other in spoken)]


def _by_pair(stances: Iterable[Stance]) -> dict[Pair, list[Stance]]:
    found: defaultdict[Pair, list[Stance]] = defaultdict(list)
    for stance in _ordered(stances):
        found[stance.pair].append(stance)
    return {pair: found[pair] for pair in sorted(found)}


def _by_fact(stances: Iterable[Stance]) -> dict[Claimed, list[Stance]]:
    found: defaultdict[Claimed, list[Stance]] = defaultdict(list)
    for stance in stances:
        found[_fact(stance)].append(stance)
    return {fact: found[fact] for fact in sorted(found)}


def _by_attitude(stances: Iterable[Stance]) -> dict[Attitude, list[Stance]]:
    found: dict[Attitude, list[Stance]] = {"asserts": [], "denies": [], "hedges": []}
    for stance in stances:
        found[stance.attitude].append(stance)
    return found


def _ordered(stances: Iterable[Stance]) -> list[Stance]:
    return sorted(stances, key=lambda s: s.statement)


def _fact(stance: Stance) -> Claimed:
    return stance.subject, stance.relation, stance.object


def _pair(fact: Claimed) -> Pair:
    return min(fact[0], fact[2]), max(fact[0], fact[2])


def _one_source(one: Stance, other: Stance) -> bool:
    return bool(one.document) and (one.document, one.speaker) == (other.document, other.speaker)


def _meet(one: Stance, other: Stance) -> bool:
    """Return whether the times of two statements have a day in common; a time that is not said may be any."""
    if not (one.begin or one.end) or not (other.begin or other.end):
        return True
    return (one.begin or "0") <= (other.end or "9999") and (other.begin or "0") <= (one.end or "9999")
