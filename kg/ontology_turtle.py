"""Turtle files to the records of `kg.relation`, with complaints that name file and line."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from kg.errors import OntologyError
from kg.relation import Example, OntologyClass, Relation, Side, Word
from kg.settings import ONTOLOGY

ENTITY: Final = "Entity"
IMPORTS: Final = f"<> owl:imports <{ONTOLOGY.removesuffix('#')}>"

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
_OWL: Final = "http://www.w3.org/2002/07/owl#"
_IMPORTED: Final = frozenset({ONTOLOGY, ONTOLOGY.removesuffix("#")})
_BASE: Final = "https://w3id.org/actors-places/addition"  # what <> means in a user's file, wherever it lies
_ARROW: Final = " → "

Values = dict[str, list[NamedNode | Literal]]


def imports_ours(file: Path) -> bool:
    """Say whether a file is an addition to the ontology that ships.

    Raises:
        OntologyError: the file can't be read.
    """
    imported = (q.object for q in quads(file) if q.predicate.value == f"{_OWL}imports")
    return any(isinstance(iri, NamedNode) and iri.value in _IMPORTED for iri in imported)


def read(files: Sequence[Path]) -> tuple[dict[str, OntologyClass], dict[str, Relation]]:
    """Return the classes and the relations of the files together, by local name.

    A later file adds to what an earlier one says of the same thing.

    Raises:
        OntologyError: not Turtle, a class that is not defined, a word or an example that can't be read.
    """
    return _Reading(files).records()


def quads(file: Path) -> tuple[Quad, ...]:
    """Return the triples of a Turtle file, read once for as long as it does not change.

    Raises:
        OntologyError: the file can't be read, or is not Turtle.
    """
    try:
        return _parse(file, file.stat().st_mtime_ns)
    except OSError as error:
        raise OntologyError(f"{file}: can't be read: {error.strerror or error}") from error
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        where = f"{file}, line {line}" if line else str(file)
        raise OntologyError(f"{where}: not Turtle: {getattr(error, 'msg', None) or error}") from error


@cache
def _parse(file: Path, _modified: int) -> tuple[Quad, ...]:
    return tuple(parse(path=file, format=RdfFormat.TURTLE, base_iri=_BASE))


class _Reading:
    """The statements of the files by subject and predicate."""

    def __init__(self, files: Sequence[Path]) -> None:
        self.files = files
        self.subjects: dict[str, Values] = {}
        for file in files:
            for quad in quads(file):
                if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode):
                    raise OntologyError(f"{file}: it has blank nodes ([ … ] or lists): give them names")
                if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                    values = self.subjects.setdefault(quad.subject.value, defaultdict(list))
                    values[quad.predicate.value].append(quad.object)

    def records(self) -> tuple[dict[str, OntologyClass], dict[str, Relation]]:
        kinds = {iri for iri in self.subjects if self._typed(iri, f"{_OWL}Class", f"{_RDFS}Class")}
        names = {iri: self._name(iri) for iri in self.subjects if iri in kinds}
        self._clashes(names)
        classes = {names[iri]: self._class(iri, names) for iri in names}
        if ENTITY not in classes:
            raise OntologyError(
                f"{self.files[-1]}: no class Entity; an addition to the ontology that ships must say {IMPORTS}"
            )
        joins = {iri: self._name(iri) for iri in self.subjects if self._is_relation(iri)}
        self._clashes({**names, **joins})
        relations = {joins[iri]: self._relation(iri, joins, names) for iri in joins}
        return classes, relations

    def _is_relation(self, iri: str, seen: tuple[str, ...] = ()) -> bool:
        if iri in seen:
            raise self._error(iri, f"is below itself: {' < '.join(self._name(i) for i in (*seen, iri))}")
        if self._typed(iri, f"{ONTOLOGY}Relation"):
            return True
        above = self._iris(iri, f"{_RDFS}subPropertyOf")
        return any(self._is_relation(parent, (*seen, iri)) for parent in above if parent in self.subjects)

    def _class(self, iri: str, names: dict[str, str]) -> OntologyClass:
        parents = tuple(names[p] for p in self._iris(iri, f"{_RDFS}subClassOf") if p in names)
        fills = tuple(names[p] for p in self._iris(iri, f"{ONTOLOGY}mayFill") if p in names)
        return OntologyClass(names[iri], iri, self._label(iri), parents, fills)

    def _relation(self, iri: str, joins: dict[str, str], names: dict[str, str]) -> Relation:
        parents = [joins[p] for p in self._iris(iri, f"{_RDFS}subPropertyOf") if p in joins]
        code = next((v.value for v in self._values(iri, f"{ONTOLOGY}ploverCode")), None)
        return Relation(
            name=joins[iri],
            iri=iri,
            label=self._label(iri),
            parent=parents[0] if parents else None,
            domain=self._classes(iri, ("domain", "domainIncludes"), names),
            range=self._classes(iri, ("range", "rangeIncludes"), names),
            symmetric=self._typed(iri, f"{_OWL}SymmetricProperty"),
            functional=any(v.value == "true" for v in self._values(iri, f"{ONTOLOGY}functional")),
            plover=code,
            verbs=self._words(iri, "verb"),
            inverse_verbs=self._words(iri, "inverseVerb"),
            intransitive_verbs=self._words(iri, "intransitiveVerb"),
            infinitive_verbs=self._words(iri, "infinitiveVerb"),
            role_nouns=self._words(iri, "roleNoun"),
            inverse_role_nouns=self._words(iri, "inverseRoleNoun"),
            event_nouns=self._words(iri, "eventNoun"),
            of_names=self._side(iri, "ofNames"),
            owner_names=self._side(iri, "ownerNames") or "subject",
            agent_nouns=self._words(iri, "agentNoun"),
            light_verbs=self._words(iri, "lightVerb"),
            inverse_light_verbs=self._words(iri, "inverseLightVerb"),
            noun_as_object=any(v.value == "true" for v in self._values(iri, f"{ONTOLOGY}nounAsObject")),
            examples=(*self._examples(iri, "example"), *self._examples(iri, "counterExample")),
        )

    def _classes(self, iri: str, properties: tuple[str, str], names: dict[str, str]) -> tuple[str, ...]:
        wanted = [*self._iris(iri, _RDFS + properties[0]), *self._iris(iri, ONTOLOGY + properties[1])]
        for kind in wanted:
            if kind not in names:
                raise self._error(iri, f"{properties[0]} {kind} is no class of the ontology")
        return tuple(dict.fromkeys(names[kind] for kind in wanted))

    def _words(self, iri: str, kind: str) -> tuple[Word, ...]:
        words = []
        for value in self._values(iri, ONTOLOGY + kind):
            if not isinstance(value, Literal) or value.language is None:
                raise self._error(iri, f'kg:{kind} {value} needs a language: "…"@en')
            if not value.value or value.value != " ".join(value.value.lower().split()):
                raise self._error(iri, f"kg:{kind} {value} must be lower case, its parts separated by single blanks")
            words.append(Word(value.value, value.language))
        return tuple(dict.fromkeys(words))

    def _side(self, iri: str, kind: str) -> Side | None:
        for value in self._values(iri, ONTOLOGY + kind):
            if value.value in ("subject", "object"):
                return "subject" if value.value == "subject" else "object"
            raise self._error(iri, f'kg:{kind} {value} must be "subject" or "object"')
        return None

    def _examples(self, iri: str, kind: str) -> Iterator[Example]:
        for value in self._values(iri, ONTOLOGY + kind):
            sentence, arrow, triple = value.value.partition(_ARROW)
            parts = [part.strip() for part in triple.split("|")]
            if not arrow or len(parts) != 3 or not all(parts):
                raise self._error(iri, f'kg:{kind} {value} must be "Sentence. → subject | relation | object"@en')
            language = value.language if isinstance(value, Literal) and value.language else "en"
            end = None if parts[2] == "-" else parts[2]
            yield Example(sentence.strip(), parts[0], parts[1], end, kind != "example", language)

    def _clashes(self, names: dict[str, str]) -> None:
        taken: dict[str, str] = {}
        for iri, name in names.items():
            if name in taken:
                raise self._error(iri, f"has the same local name as {taken[name]}: take another one")
            taken[name] = iri

    def _typed(self, iri: str, *types: str) -> bool:
        return any(t in types for t in self._iris(iri, f"{_RDF}type"))

    def _iris(self, iri: str, predicate: str) -> list[str]:
        return [v.value for v in self._values(iri, predicate) if isinstance(v, NamedNode)]

    def _values(self, iri: str, predicate: str) -> list[NamedNode | Literal]:
        return self.subjects.get(iri, {}).get(predicate, [])

    def _label(self, iri: str) -> str:
        return next((v.value for v in self._values(iri, f"{_RDFS}label")), self._name(iri))

    def _name(self, iri: str) -> str:
        return iri.replace("#", "/").rstrip("/").rsplit("/", 1)[-1]

    def _error(self, iri: str, problem: str) -> OntologyError:
        name = self._name(iri)
        for file in self.files[::-1]:
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                start = line.split(" ", 1)[0]
                if start.endswith((f":{name}", f"{iri}>")):
                    return OntologyError(f"{file}, line {number}: {name}: {problem}")
        return OntologyError(f"{self.files[-1]}: {name}: {problem}")
