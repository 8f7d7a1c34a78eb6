"""From words to relations: the trigger words of the ontology as tables, and the choice by argument types."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from kg.ontology import ENTITY, Ontology, Relation, Word

Reading = tuple[Relation, bool]
"""A relation, and whether the words run from its range to its domain ("Calais is home to migrants")."""

ANY: Final = "*"
"""The type of an argument that the text leaves out, and that therefore decides nothing."""

_FILLED: Final = 10  # a country in an actor's slot stands behind every real actor
_OPEN: Final = 30  # an open side stands behind every stated one
_UNNAMED: Final = 40  # words that name no entity go rather to an open side: "campaigned for better wages" is calledFor
_VAGUE: Final = ("Event", ENTITY)


class Relations:
    """The trigger words of one language.

    All keys are lemmas in lower case with single blanks, as in the ontology ("call for", "be home to").
    """

    def __init__(self, ontology: Ontology, language: str = "en") -> None:
        """Index the words of `language`."""
        self.ontology = ontology
        self.language = language
        readings = list(ontology.relations.values())
        self._verbs = self._table(
            [(r, r.verbs, False) for r in readings] + [(r, r.inverse_verbs, True) for r in readings]
        )
        self._bare = self._table((r, r.intransitive_verbs, False) for r in readings)
        self._infinitives = self._table((r, r.infinitive_verbs, False) for r in readings)
        self._roles = self._table(
            [(r, r.role_nouns, False) for r in readings] + [(r, r.inverse_role_nouns, True) for r in readings]
        )
        self._events = self._table((r, r.event_nouns, False) for r in readings)
        self._agents = self._table((r, r.agent_nouns, False) for r in readings)
        self._light = self._pairs()

    def by_verb(self, lemma: str) -> tuple[Reading, ...]:
        """Return what a verb with its particle or preposition may express: "call for" → calledFor.

        The second value says that the sentence's subject is the relation's object: "be home to" → livesIn, inverse.
        """
        return self._verbs.get(lemma, ())

    def by_intransitive_verb(self, lemma: str) -> tuple[Reading, ...]:
        """Return what a verb expresses without any object: "resign" → leftPosition."""
        return self._bare.get(lemma, ())

    def by_infinitive_verb(self, lemma: str) -> tuple[Reading, ...]:
        """Return what a verb expresses only with an infinitive: "ask" (somebody to do) → calledFor."""
        return self._infinitives.get(lemma, ())

    def by_role_noun(self, noun: str) -> tuple[Reading, ...]:
        """Return what a noun for one side expresses: "head" (of) → heads; "father" (of) → childOf, inverse."""
        return self._roles.get(noun, ())

    def by_event_noun(self, noun: str) -> tuple[Reading, ...]:
        """Return what a noun for the happening expresses: "dismantling" → dismantled."""
        return self._events.get(noun, ())

    def by_agent_noun(self, noun: str) -> tuple[Reading, ...]:
        """Return what a noun for the doer expresses: "critic" (of) → criticised."""
        return self._agents.get(noun, ())

    def by_light_verb(self, verb: str, noun: str) -> tuple[Reading, ...]:
        """Return what a light verb and the event noun in its object express: "launch", "attack" → attacked."""
        return self._light.get((verb, noun), ())

    def choose(
        self, candidates: Sequence[Reading], subject_type: str | None, object_type: str | None
    ) -> Reading | None:
        """Return the reading whose domain and range admit the types of the sentence's subject and object.

        "left" with (Person, City) → travelledFrom, with (Person, Company) → leftPosition. A more specific relation
        wins over the one that it is a kind of (demanded over calledFor); then the classes that lie nearest to the
        types. Where two readings fit equally well the words don't decide, and neither do we: None.

        A type of None (or Entity) is a phrase that names no entity ("a new law"). It is admitted only by an open side,
        Entity and Event: "backed a new law" is supported, "struck a new note" is not attacked. ANY is for an argument
        that the text leaves out; it fits everything. A country, region, city or facility may stand in an actor's slot
        (`kg:mayFill`), behind real actors.
        """
        fits = []
        for relation, inverse in candidates:
            own, other = (object_type, subject_type) if inverse else (subject_type, object_type)
            left, right = self._distance(own, relation.domain), self._distance(other, relation.range)
            if left is not None and right is not None:
                fits.append((left + right, relation, inverse))
        above = {a for _, r, _ in fits for a in self.ontology.ancestors(r.name)[1:]}
        fits = [fit for fit in fits if fit[1].name not in above]
        best = [fit for fit in fits if fit[0] == min(f[0] for f in fits)]
        if not best or len({fit[1].name for fit in best}) > 1:
            return None
        return best[0][1], best[0][2]

    def _distance(self, own: str | None, wanted: tuple[str, ...]) -> int | None:
        """Return how far a type is from what a side wants, or None where it is not admitted."""
        if own == ANY:
            return 0
        if not wanted:
            return _OPEN
        if own is None or own == ENTITY:
            return _UNNAMED if any(kind in wanted for kind in _VAGUE) else None
        above = self.ontology.ancestors(own)
        direct = [above.index(kind) for kind in wanted if kind in above]
        if direct:
            return min(direct)
        fills = [kind for name in above for kind in self.ontology.classes[name].may_fill]
        return _FILLED if any(kind in self.ontology.ancestors(fill) for fill in fills for kind in wanted) else None

    def _table(self, rows: Iterable[tuple[Relation, tuple[Word, ...], bool]]) -> dict[str, tuple[Reading, ...]]:
        table: defaultdict[str, list[Reading]] = defaultdict(list)
        for relation, words, inverse in rows:
            for word in words:
                if word.language == self.language:
                    table[word.text].append((relation, inverse))
        return {text: tuple(readings) for text, readings in table.items()}

    def _pairs(self) -> dict[tuple[str, str], tuple[Reading, ...]]:
        table: defaultdict[tuple[str, str], list[Reading]] = defaultdict(list)
        for relation in self.ontology.relations.values():
            for verbs, inverse in ((relation.light_verbs, False), (relation.inverse_light_verbs, True)):
                for verb in verbs:
                    for noun in relation.event_nouns:
                        if verb.language == noun.language == self.language:
                            table[verb.text, noun.text].append((relation, inverse))
        return {pair: tuple(readings) for pair, readings in table.items()}
