"""Who holds which role where: titles, appositions, copulas, possessives.

"Interior Minister Gerald Darmanin", "Guennoc, head of the Auberge des migrants group", "Google's co-founder, Brin".
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kg import resources
from kg.extract.base import NOBODY, Fact, Phrase
from kg.extract.relations import Reading
from kg.extract.rules.holders import pairs, readings, role_key
from kg.extract.rules.modality import Stance
from kg.extract.rules.phrases import is_adjective, noun_phrase, of_whom, phrase, strip
from kg.extract.rules.typing import noun_type
from kg.extract.scene import Scene
from kg.parse.name_words import noun_class
from kg.parse.tree import Tree
from kg.relation import Relation

_HELD = "holdsPosition"
_OF_PEOPLES = ("heads", "originatesFrom")  # what a role has to do with a country that an adjective names


@dataclass(frozen=True, slots=True)
class Role:
    """A role noun in its phrase.

    `noun` is the role's own word ("minister"), `start` where its modifiers begin ("interior"), `key` its entry in the
    ontology, `filler` the head of what the role is of (None: not said), `preposition` the word before it. `over` says
    that the role is past, future or doubtful; `second` that it is a deputy's.
    """

    noun: int
    start: int
    key: str
    filler: int | None
    preposition: int | None
    over: bool
    second: bool


def role_facts(scene: Scene) -> list[Fact]:
    """Return the roles that a document gives to its actors."""
    facts: list[Fact] = []
    for person, noun, view, rule in pairs(scene):
        role = read_role(scene, noun, person)
        if role is not None:
            facts += _facts(scene, person, role, view, rule)
        elif rule in ("role-title", "role-apposition") and _describes(scene, person, noun):
            facts.append(_described(scene, person, noun, rule))
    return _fullest(scene, facts)


def _fullest(scene: Scene, facts: list[Fact]) -> list[Fact]:
    """Drop a bare title where the same person has a fuller one: "President" beside "U.S. President"."""
    said: dict[int, set[str]] = {}
    for fact in facts:
        if fact.subject.head in scene.entity and fact.object is not None:
            held = (
                scene.tree.text(fact.object.start, fact.object.end).lower()
                if fact.relation == _HELD
                else fact.implied or ""
            )
            said.setdefault(scene.entity[fact.subject.head], set()).add(held)
    kept = []
    for fact in facts:
        if fact.rule == "role-title" and fact.relation == _HELD and fact.object is not None:
            title = scene.tree.text(fact.object.start, fact.object.end).lower()
            others = said.get(scene.entity.get(fact.subject.head, -1), set())
            if any(title != other and title in other for other in others):
                continue
        kept.append(fact)
    return kept


def read_role(scene: Scene, noun: int, holder: int) -> Role | None:
    """Return the role that a noun and its modifiers name; None for a noun that is no role of the ontology."""
    tree = scene.tree
    key = role_key(scene, noun)
    if key is None:
        return None
    start = noun - key.count(" ")
    while start > tree.first[noun] and tree.dep[start - 1] in (
        "compound",
        "amod",
        "nmod",
        "npadvmod",
        "punct",
        "advmod",
    ):
        if (start - 1) in scene.mention or tree.head[start - 1] < start - 1 or tree.pos[start - 1] == "SPACE":
            break
        if tree.lower[start - 1] in ("based", "born"):
            break  # "the Boston-based | fund manager"
        start -= 1
    before = {tree.lower[i] for i in range(tree.first[noun], noun)} | {tree.lower[noun]}
    words = {w for i in before for w in (i, i.split("-")[0])}
    over = bool(words & set(_list("past")))
    second = bool({w for w in words if w not in key.split()} & set(_list("second")))
    filler, preposition = _filler(scene, noun, start, holder)
    return Role(noun, start, key, filler, preposition, over, second)


def _taken_up(scene: Scene, noun: int, key: str) -> Phrase | None:
    """Return what a compound takes up that was named before: "team member" where "the Afghan team" was told of.

    Of several the one that the text speaks of twice as often as of the next.
    """
    tree, i = scene.tree, noun - key.count(" ") - 1
    if i < 0 or tree.pos[i] != "NOUN" or tree.sent[i] != tree.sent[noun] or noun_class(tree.lower[i]) is None:
        return None
    before = {scene.entity[h] for h in scene.entity if h < i and tree.lemma[h] == tree.lemma[i]}
    often = sorted(before, key=lambda c: (-len(scene.clusters[c].spans), c))
    if not often or (len(often) > 1 and len(scene.clusters[often[0]].spans) < 2 * len(scene.clusters[often[1]].spans)):
        return None
    return Phrase(i, i + 1, i, entity=often[0])


def _list(section: str) -> list[str]:
    table = resources.toml("en", "roles.toml")[section]
    return list(table["words"]) if isinstance(table, dict) else []


def _filler(scene: Scene, noun: int, start: int, holder: int) -> tuple[int | None, int | None]:
    """Return the head of what a role is of, and its preposition: "of X", "X's", "X mayor"."""
    tree = scene.tree
    behind: tuple[int | None, int | None] = (None, None)
    for k in tree.kids[noun]:
        inner = tree.child(k, "pobj") if tree.dep[k] == "prep" and k > noun else None
        if inner is not None and inner != holder and tree.lower[k] in _list("prepositions"):
            behind = (None, None) if _bare(scene, inner) else (inner, k)  # "MSF's | head of mission"
            break
    topical = behind[1] is not None and tree.lower[behind[1]] in _list("topic")
    if behind[0] is not None and not topical:
        return behind
    before = _owner(scene, noun, start, holder)
    return behind if before is None else (before, None)


def _owner(scene: Scene, noun: int, start: int, holder: int) -> int | None:
    """Return who has a role as what stands before it says: "MSF's head of mission", "the UN envoy for Yemen"."""
    tree = scene.tree
    around = [noun, *(a for a in tree.ancestors(noun) if tree.first[a] <= noun)]
    for owner in around[:2]:
        for k in tree.kids[owner]:
            if tree.dep[k] == "poss" and k < noun and k != holder:
                return _whose(tree, k)
    for i in range(start - 1, max(start - 6, tree.first[noun] - 6, -1), -1):
        if i in scene.mention and scene.mention[i].end == start and i != holder and tree.words[start] != "-":
            return i  # not "the Beirut|-born director"
        if tree.pos[i] not in ("PROPN", "NOUN", "PART", "ADP"):
            break
    return None


def _whose(tree: Tree, k: int) -> int:
    """Return the noun that "whose" stands for; another owner as it is."""
    if tree.lower[k] != "whose":
        return k
    clause = next((a for a in tree.ancestors(k) if tree.dep[a] == "relcl"), None)
    return k if clause is None else tree.head[clause]


def _bare(scene: Scene, noun: int) -> bool:
    """Tell whether a noun only goes on a title and names nobody: "chief of | staff", "head of | state"."""
    tree = scene.tree
    modified = any(tree.dep[k] in ("det", "poss", "amod", "compound", "nummod") for k in tree.kids[noun])
    return tree.tag[noun] == "NN" and not modified


def _describes(scene: Scene, holder: int, noun: int) -> bool:
    """Tell whether an apposition says what its holder is: no happening ("a takeover"), no count ("most of them")."""
    happening = noun_type(scene, noun) == "Event" and scene.type_of(holder) != "Event"
    return scene.tree.pos[noun] == "NOUN" and not happening and of_whom(scene.tree, noun) == noun


def _described(scene: Scene, holder: int, noun: int, rule: str) -> Fact:
    """Return what a title or apposition says that is no role of the ontology: "actor Jason Beghe" → is | actor."""
    start, end = noun_phrase(scene.tree, noun, joint=False)
    if rule == "role-title":
        start, end = max(start, scene.tree.first[noun]), noun + 1
    return Fact(
        rule.replace("role", "description"),
        noun,
        phrase(scene, holder, joint=False),
        (),
        "be",
        Phrase(*strip(scene.tree, start, end), noun, entity=NOBODY),
        implied="is",
    )


def _facts(scene: Scene, holder: int, role: Role, view: Stance, rule: str) -> Iterator[Fact]:
    """Yield the relation to what the role is of, and the position itself where the ontology makes it one."""
    candidates = readings(scene, role.key)
    adjective = role.filler is not None and is_adjective(scene, role.filler)
    own = noun_type(scene, holder)
    subject = phrase(scene, holder, joint=False)
    target = phrase(scene, role.filler) if role.filler is not None and role.filler in scene.entity else None
    if target is None and rule == "role-title":
        target = _taken_up(scene, role.noun, role.key)
    if target is not None and target.head != holder and not role.over:
        kind = scene.clusters[target.entity].type if target.entity is not None else noun_type(scene, target.head)
        chosen = scene.relations.choose(candidates, own, kind)
        if chosen is not None and chosen[0].name == "heads" and (role.second or _one_of_many(scene, role)):
            chosen = _lesser(scene, chosen[0], own, kind)
        if adjective and chosen is not None and chosen[0].name not in _OF_PEOPLES:
            chosen = None
        if chosen is not None and _belongs(scene, role, chosen[0], kind):
            yield _fact(scene, rule, role, subject, target, chosen[0].name, chosen[1], view)
            if chosen[0].name != _HELD and not any(relation.name == _HELD for relation, _ in candidates):
                return
    held = any(relation.name in (_HELD, "heads") for relation, _ in candidates)
    if held and rule != "role-possessive":
        yield _position(scene, rule, role, subject, view, own)


def _one_of_many(scene: Scene, role: Role) -> bool:
    """Tell whether a phrase makes somebody one of several: "a director of X", "manager at X", "product manager"."""
    tree = scene.tree
    if any(tree.dep[k] == "det" and tree.lower[k] in ("a", "an", "one") for k in tree.kids[role.noun]):
        return True
    if role.preposition is not None and tree.lower[role.preposition] in _list("employment"):
        return True
    special = [i for i in range(role.start, role.noun - role.key.count(" ")) if tree.dep[i] in ("compound", "nmod")]
    return any(noun_class(tree.lower[i]) is None for i in special)  # "the EU's transport commissioner"


def _lesser(scene: Scene, relation: Relation, own: str | None, kind: str | None) -> Reading | None:
    """Return the wider relation for who has a share in a role: a deputy head works for what the head heads."""
    wider = scene.relations.ontology.relations.get(relation.parent or "")
    return None if wider is None else scene.relations.choose(((wider, False),), own, kind)


def _belongs(scene: Scene, role: Role, relation: Relation, kind: str | None) -> bool:
    """Tell whether a preposition joins a role to whose it is: "teacher in the school"; not "journalist in Turkey"."""
    ontology = scene.relations.ontology
    if role.preposition is None or scene.tree.lower[role.preposition] not in _list("setting"):
        return True
    agent = any(word.text == role.key for word in relation.agent_nouns)
    somewhere = kind is not None and ontology.is_a(kind, "Place") and not ontology.is_a(kind, "Facility")
    return not agent and (not somewhere or all(ontology.is_a(wanted, "Place") for wanted in relation.range))


def _fact(
    scene: Scene, rule: str, role: Role, subject: Phrase, target: Phrase, relation: str, inverse: bool, view: Stance
) -> Fact:
    tree = scene.tree
    noun = tree.text(role.noun - role.key.count(" "), role.noun + 1).lower()
    preposition = tree.lower[role.preposition] if role.preposition is not None else "of"
    return Fact(
        rule,
        role.noun,
        subject,
        (),
        f"be {role.key} {preposition}",
        target,
        _since(scene, role),
        implied=f"is {noun} {preposition}",
        relation=relation,
        trigger=role.key,
        inverse=inverse,
        negated=view.negated,
        modality=view.modality,
    )


def _since(scene: Scene, role: Role) -> tuple[Phrase, ...]:
    """Return when somebody has had a role: "chief executive of Acme | since 2019"."""
    tree = scene.tree
    found = []
    for k in [k for n in (role.noun, role.filler) if n is not None for k in tree.kids[n]]:
        inner = tree.child(k, "pobj") if tree.dep[k] == "prep" and k > role.noun else None
        if inner is not None and inner in scene.time and tree.lower[k] in ("since", "from", "until", "between"):
            start, end = strip(tree, tree.first[k], tree.last[k] + 1)
            found.append(Phrase(start, end, inner, "time", scene.time[inner].value))
    return tuple(found)


def _position(scene: Scene, rule: str, role: Role, subject: Phrase, view: Stance, own: str | None) -> Fact:
    person = own is not None and scene.relations.ontology.is_a(own, "Person")
    _, end = noun_phrase(scene.tree, role.noun, joint=False)
    first = role.start - 1 if role.start and is_adjective(scene, role.start - 1) else role.start
    start, end = strip(scene.tree, first, end if rule != "role-title" else role.noun + 1)
    return Fact(
        rule,
        role.noun,
        subject,
        (),
        "be",
        Phrase(start, end, role.noun),
        implied="is",
        relation=_HELD if person and not role.over else None,
        trigger=role.key if person and not role.over else None,
        negated=view.negated,
        modality=view.modality,
    )
