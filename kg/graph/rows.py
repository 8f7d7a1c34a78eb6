"""The rows that a question gives: a list of dicts, which a notebook shows as a table."""

from collections.abc import Iterable
from typing import SupportsIndex, overload

from pyoxigraph import DefaultGraph, Literal, NamedNode, QuerySolutions, Store

from kg.graph import terms

Value = str | int | float | bool
Row = dict[str, Value | None]

# So many rows a notebook shows; the names of what is in them are looked up.
SHOWN = 50
_NAMES = [NamedNode(terms.name(curie)[1:-1]) for curie in ("rdfs:label", "dcterms:title")]
_UNION = DefaultGraph()


class Rows(list[Row]):
    """A list of dicts, equal to one. `columns` are the names of the columns, `labels` the names of IRIs in it."""

    def __init__(
        self, rows: Iterable[Row] = (), columns: tuple[str, ...] = (), labels: dict[str, str] | None = None
    ) -> None:
        """Hold rows; `labels` gives the names of IRIs that a notebook shows as links."""
        super().__init__(rows)
        self.columns = columns
        self.labels = labels or {}

    @overload
    def __getitem__(self, place: SupportsIndex) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> "Rows": ...
    def __getitem__(self, place: SupportsIndex | slice) -> "Row | Rows":
        """Return a row, or some of them as rows that show themselves too."""
        if isinstance(place, slice):
            return Rows(super().__getitem__(place), self.columns, self.labels)
        return super().__getitem__(place)

    def _repr_html_(self) -> str:
        """Return the table that a notebook shows."""
        from kg.view import notebook

        return notebook.rows(self, self.columns, self.labels, most=SHOWN)


def answered(store: Store, answer: QuerySolutions) -> Rows:
    """Return the rows of an answer in plain Python, with the names of the first IRIs in it."""
    names = tuple(variable.value for variable in answer.variables)
    labels: dict[str, str] = {}
    rows: list[Row] = []
    for solution in answer:
        rows.append({name: _value(solution[name]) for name in names})
        if len(rows) <= SHOWN:
            nodes = [term for name in names if isinstance(term := solution[name], NamedNode)]
            labels |= {node.value: name_of(store, node) for node in nodes if node.value not in labels}
    return Rows(rows, names, labels)


def name_of(store: Store, node: NamedNode) -> str:
    """Return the name of a node in the graph; its IRI where it has none."""
    for name in _NAMES:
        said = [quad.object for quad in store.quads_for_pattern(node, name, None, _UNION)]
        found = [term.value for term in said if isinstance(term, Literal)]
        if found:
            return min(found)
    return node.value


def _value(term: object) -> Value | None:
    if term is None:
        return None
    if isinstance(term, Literal):
        kind = term.datatype.value.rpartition("#")[2]
        if kind == "boolean":
            return term.value in ("true", "1")
        if kind == "integer":
            return int(term.value)
        return float(term.value) if kind in ("decimal", "double", "float") else term.value
    return str(getattr(term, "value", term))
