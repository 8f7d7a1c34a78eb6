"""What a notebook shows of an annotation, of a graph and of the rows of a question: HTML without any script.

Each piece brings its own style, which holds for it alone. Colours are those of the page; the text has that of the
notebook, and marks are tinted, so that both are read on light and on dark ground. Nothing is larger than `MOST` bytes:
a notebook keeps every output in its file.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from kg.model import Annotation
from kg.view import palette
from kg.view.claims import Claim, Part, claims_of, marks_within
from kg.view.palette import family_of
from kg.view.templating import address, environment

if TYPE_CHECKING:
    from kg.graph.summary import Summary

MOST = 100_000  # bytes
_CHARACTERS, _TRIPLES = 10_000, 200
_WHERE = {"place": "", "source": "from ", "destination": "to "}

Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of text; with a family where it is a mention, and then what it names."""

    text: str
    family: str | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class _Told:
    """One line of the table of triples. `said`: how, with "according to" and the speaker where it is not the text's."""

    subject: _Piece
    relation: str
    typed: bool
    object: _Piece
    said: tuple[str, ...]
    speaker: _Piece | None
    when: str
    where: str


@dataclass(frozen=True, slots=True)
class _Cell:
    """A value of a row: its words, the address that it leads to, whether it is a number."""

    text: str
    link: str | None = None
    number: bool = False


def annotation(shown: Annotation) -> str:
    """Return the text of a document with its mentions marked, and its triples as a table."""
    known = {e.id: _Piece(e.name or e.type, family_of(e.types).name, e.type) for e in shown.entities}
    iris = {entity.iri: known[entity.id] for entity in shown.entities}
    used = {piece.family for piece in known.values()}

    def made(characters: int, triples: int) -> str:
        return _render(
            "annotation.html",
            document=shown,
            pieces=list(_pieces(shown, known, characters)),
            rest=max(0, len(shown.text) - characters),
            told=[_told(claim, iris) for claim in islice(claims_of(shown), triples)],
            untold=max(0, len(shown.triples) - triples),
            families=[family for family in palette.FAMILIES if family.name in used],
            link=address(shown.url),
        )

    return _fitting(made, _CHARACTERS, _TRIPLES)


def graph(figures: "Summary") -> str:
    """Return the figures of a graph, with an example of what to ask it."""
    families = [(family, figures.classes.get(family.root, 0)) for family in palette.FAMILIES[:-1]]
    others = figures.entities - sum(count for _, count in families)
    kinds = [(family, count) for family, count in (*families, (palette.OTHER, others)) if count > 0]
    # A name that is quoted here has to be one that can be typed.
    names = (c.name for c in figures.connected if "Actor" in c.types)
    who = next((name for name in names if len(name) <= 80 and name.isprintable()), None)
    return _render(
        "graph.html",
        figures=figures,
        kinds=kinds,
        connected=[(_Piece(c.name, family_of(c.types).name), c.statements) for c in figures.connected],
        example=None if who is None else f'graph.query("timeline", actor={_quoted(who)})',
    )


def rows(shown: Sequence[Mapping[str, Value]], columns: Sequence[str], labels: Mapping[str, str], *, most: int) -> str:
    """Return rows as a table. `labels` are the names of the IRIs in it; they are links where they are addresses."""
    names = columns or tuple(dict.fromkeys(name for row in shown for name in row))

    def made(_: int, most: int) -> str:
        cells = [[_cell(row.get(name), labels) for name in names] for row in islice(shown, most)]
        return _render("rows.html", columns=names, rows=cells, count=len(shown), rest=max(0, len(shown) - most))

    return _fitting(made, 0, most)


def _fitting(made: Callable[[int, int], str], characters: int, lines: int) -> str:
    """Return what is made of so many characters and lines, of fewer where it would be too large."""
    while True:
        html = made(characters, lines)
        if len(html.encode()) <= MOST or lines < 1:
            return html
        characters, lines = characters // 2, lines // 2


def _render(template: str, **values: object) -> str:
    own = environment("notebook")
    return own.get_template(template).render(all_families=palette.FAMILIES, **values)


def _pieces(shown: Annotation, known: Mapping[str, _Piece], most: int) -> Iterator[_Piece]:
    spans = [(m.start, m.end, m.entity) for m in shown.mentions if m.entity in known and m.start < most]
    end = min(most, len(shown.text))
    last = 0
    for mark in marks_within(spans, shown.text, 0, end, None):
        if mark.start > last:
            yield _Piece(shown.text[last : mark.start])
        named = known[mark.role]
        yield _Piece(shown.text[mark.start : mark.end], named.family, f"{named.text[:200]}, {named.title}")
        last = mark.end
    if last < end:
        yield _Piece(shown.text[last:end])


def _told(claim: Claim, iris: Mapping[str, _Piece]) -> _Told:
    said = [] if claim.modality == "asserted" else [claim.modality]
    if claim.negated:
        said.insert(0, "denied")
    parts = claim.others if claim.patient is None else (claim.patient, *claim.others)
    return _Told(
        subject=_side(claim.doer, iris),
        relation=claim.label,
        typed=claim.relation is not None,
        object=_side(claim.patient, iris),
        said=tuple(said),
        speaker=None if claim.status == "asserted" else iris.get(claim.speaker or ""),
        when=", ".join(part.value or part.text for part in parts if part.role == "time"),
        where=", ".join(f"{_WHERE[part.role]}{_side(part, iris).text}" for part in parts if part.role in _WHERE),
    )


def _side(part: Part | None, iris: Mapping[str, _Piece]) -> _Piece:
    if part is None:
        return _Piece("")
    named = iris.get(part.iri or "")
    return _Piece(part.text) if named is None else _Piece(named.text, named.family, part.text)


def _cell(value: Value, labels: Mapping[str, str]) -> _Cell:
    if value is None:
        return _Cell("")
    if isinstance(value, bool):
        return _Cell("yes" if value else "no")
    if isinstance(value, int | float):
        return _Cell(f"{value}", number=True)
    return _Cell(labels.get(value, value), address(value))


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
