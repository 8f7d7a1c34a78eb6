"""What a text should say, written as rows of words, and whether an annotation says it.

A row is doer first: subject | relation | object, by head words, with negation, modality and who says so. The examples
of the ontology and `seeds/*.expected.tsv` are written like this; a test of a relation of your own can be, too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg import resources
from kg.errors import InputError
from kg.graph.turning import turn
from kg.model import Annotation, Argument, Triple
from kg.ontology import Example, Ontology

ANYTHING = "*"
NOTHING = "-"
COLUMNS = ("kind", "subject", "relation", "object", "negated", "modality", "attributed", "note", "xfail")
_GIVING = "provided"


@dataclass(frozen=True, slots=True)
class Expectation:
    """A triple that must be found or, when `trap`, must not.

    Sides are head words ("camp", "mayor of Calais"), `*` for anything or `-` for nothing. `negated`, `modality` and
    `attributed` take `*` too; `attributed` is `-` for what the document itself says. `note` says why it is a trap,
    `xfail` why it is not met yet.
    """

    trap: bool
    subject: str
    relation: str
    object: str
    negated: str = "no"
    modality: str = "asserted"
    attributed: str = ANYTHING
    note: str = ""
    xfail: str = ""

    def __str__(self) -> str:
        """Return the row in one line."""
        kind = "not " if self.trap else ""
        return f"{kind}{self.subject} | {self.relation} | {self.object}"


def read_table(file: Path) -> tuple[Expectation, ...]:
    """Return the rows of an `.expected.tsv` file.

    Raises:
        InputError: a row has too few cells or is neither fact nor trap.
    """
    rows = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if not 7 <= len(cells) <= len(COLUMNS) or cells[0] not in ("fact", "trap"):
            problem = f"a row needs the columns {', '.join(COLUMNS)}, and fact or trap in the first"
            raise InputError(problem, source=str(file), line=number)
        rows.append(Expectation(cells[0] == "trap", *cells[1:]))
    return tuple(rows)


def of_example(example: Example) -> Expectation:
    """Return what an example of the ontology expects: the triple is asserted, or (negative) is not."""
    return Expectation(example.negative, example.subject, example.relation, example.object or NOTHING)


def find(annotation: Annotation, expected: Expectation, ontology: Ontology) -> Triple | None:
    """Return the first triple that says what is expected, or None.

    A more specific relation will do, and the other direction of a symmetric one.
    """
    names = _names(annotation)
    for triple in annotation.triples:
        relation = triple.predicate.relation
        if relation is None or not ontology.is_a(relation, expected.relation):
            continue
        turned = turn(triple, giving=ontology.is_a(relation, _GIVING))
        pairs = [(turned.subject, turned.object)]
        if ontology.relations[relation].symmetric:
            pairs.append((turned.object, turned.subject))
        if not _stands(triple, expected, names):
            continue
        if any(_side(expected.subject, s, names) and _side(expected.object, o, names) for s, o in pairs):
            return triple
    return None


def _names(annotation: Annotation) -> dict[str, list[str]]:
    names = {entity.id: [entity.name] for entity in annotation.entities}
    for mention in annotation.mentions:
        if mention.kind != "pronoun":
            names[mention.entity].append(mention.text)
    return names


def _stands(triple: Triple, expected: Expectation, names: dict[str, list[str]]) -> bool:
    if expected.negated != ANYTHING and triple.negated != (expected.negated == "yes"):
        return False
    if expected.modality not in (ANYTHING, triple.modality):
        return False
    if expected.attributed == ANYTHING:
        return True
    if triple.attribution is None:
        return expected.attributed == NOTHING
    return any(fits(expected.attributed, name) for name in names[triple.attribution])


def _side(wanted: str, argument: Argument | None, names: dict[str, list[str]]) -> bool:
    if wanted == ANYTHING:
        return True
    if argument is None or wanted == NOTHING:
        return argument is None and wanted == NOTHING
    known = names.get(argument.entity, []) if argument.entity is not None else []
    return any(fits(wanted, text) for text in (argument.text, *known))


def fits(wanted: str, text: str) -> bool:
    """Say whether head words name what a phrase is about, or one of the things that it joins.

    >>> fits("camp", "a makeshift camp on the edge of Calais")
    True
    >>> fits("houses", "a bridge and dozens of houses"), fits("Calais", "a makeshift camp on the edge of Calais")
    (True, False)
    """
    words = _words(wanted)
    return any(_about(words, part) for part in _parts(_words(text)))


def _about(wanted: list[str], words: list[str]) -> bool:
    if wanted == words:
        return True
    endings = _list("endings")
    end = next((i for i, word in enumerate(words) if word in endings and i > 0), len(words))
    core = next((i for i, word in enumerate(wanted) if word in endings and i > 0), len(wanted))
    start = end - core
    return start >= 0 and words[start : start + len(wanted)] == wanted


def _parts(words: list[str]) -> Iterator[list[str]]:
    """Yield a phrase, and what stands between its commas and conjunctions, amounts taken off ("dozens of")."""
    amounts, determiners = _list("amounts"), _list("determiners")
    parts: list[list[str]] = [[]]
    for word in words:
        if word in (",", "and", "or"):
            parts.append([])
        else:
            parts[-1].append(word)
    for part in [[word for word in words if word != ","], *parts]:
        amount = next((i for i, w in enumerate(part[:-2]) if w in amounts and part[i + 1] == "of"), None)
        yield part
        if amount is not None:
            yield [word for word in part[amount + 2 :] if word not in determiners]


def _words(text: str) -> list[str]:
    determiners = _list("determiners")
    words = text.lower().replace(",", " , ").replace("’", "'").split()
    words = [word.strip("\"“”'().") for word in words]
    while words and words[0] in determiners:
        words = words[1:]
    return [word for word in words if word]


@cache
def _list(name: str) -> frozenset[str]:
    words = resources.toml("en", "head_words.toml")[name]
    return frozenset(words) if isinstance(words, list) else frozenset()
