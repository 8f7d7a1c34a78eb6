"""Who says what: direct and indirect quotations, and which of them a token lies in."""

from collections.abc import Callable, Iterable

from spacy.tokens import Doc

from kg.extract.quotation import Quotation
from kg.extract.quotes_direct import direct_quotations, find_zones
from kg.extract.quotes_indirect import indirect_quotations
from kg.extract.quotes_lines import block_quotations, line_quotations
from kg.extract.reporting import find_reports

__all__ = ["Quotation", "attribution_at", "find_quotes"]


def find_quotes(doc: Doc) -> tuple[Quotation, ...]:
    """All quotations of a parsed document in order of the text, an enclosing one before what it encloses.

    “We go on,” she said. Police denied that anyone was hurt. → “We go on,” (she); "that anyone was hurt" (Police,
    denied)
    """
    reports = find_reports(doc)
    lines = (*line_quotations(doc), *block_quotations(doc, reports))
    zones = tuple(zone for zone in find_zones(doc) if not _inside(zone.start, zone.end, lines))
    direct = (*lines, *direct_quotations(doc, zones, reports))
    indirect = indirect_quotations(doc, reports, direct, tuple((zone.start, zone.end) for zone in zones))
    return tuple(sorted((*direct, *indirect), key=lambda q: (q.start, -q.end, q.content)))


def _inside(start: int, end: int, lines: tuple[Quotation, ...]) -> bool:
    return any(line.direct and start < line.content[1] and line.content[0] - 5 <= start for line in lines)


def attribution_at(quotations: Iterable[Quotation]) -> Callable[[int], Quotation | None]:
    """A function from a token to the innermost quotation that holds it, or None where the writer speaks.

    The reporting clause itself is the writer's ("The camp, officials said, is closed": not "officials said"). So is
    what somebody realizes or knows, and what somebody wants, promises or calls for (infinitives and phrases): there
    the writer tells a wish and nobody's statement.
    """
    inside: dict[int, Quotation] = {}
    ordered = sorted(quotations, key=lambda q: (q.content[0] - q.content[1], q.content))
    for quotation in ordered:
        if quotation.factive or quotation.shape in {"infinitive", "phrase"}:
            continue
        hidden = range(*quotation.clause) if quotation.clause is not None else range(0)
        for token in range(*quotation.content):
            if token not in hidden:
                inside[token] = quotation
    return inside.get
