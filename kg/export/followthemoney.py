"""FollowTheMoney entities, one JSON object a line, for OpenAleph and its relatives.

A link there is a fact that people act on. So only what a document asserts itself, with a relation of the ontology,
becomes one: what is denied, possible, planned or somebody's claim is left out, and counted in the log. Links name the
articles (`proof`, `sourceUrl`) and the sentences (`summary`) that say so.
"""

import json
import logging
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.export.base import save
from kg.graph import terms
from kg.graph.knowledge import KnowledgeGraph
from kg.graph.records import Document, Entity, Statement
from kg.graph.ties import RELATED, Tie, ties

_LOG = logging.getLogger(__name__)
_ID = re.compile(r"[0-9A-Za-z]([0-9A-Za-z.-]*[0-9A-Za-z])?")
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_WIKIDATA = re.compile(r"https?://www\.wikidata\.org/entity/(Q\d+)")
# ISO 639-1, which documents have, to the three letters that FollowTheMoney wants.
_LANGUAGES = {"en": "eng", "fr": "fra", "de": "deu", "es": "spa", "it": "ita", "nl": "nld", "pt": "por", "ru": "rus"}

Properties = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class FollowTheMoneyExporter:
    """Writes entities as JSON lines."""

    suffix: str = ".ftm.json"

    def write(self, graph: KnowledgeGraph, path: Path) -> tuple[Path, ...]:
        """Write the file."""
        return (save(path, (line.encode() for line in _lines(graph))),)


EXPORTER = FollowTheMoneyExporter()


@cache
def mapping() -> Mapping[str, Any]:
    """Return followthemoney.toml: which class becomes which schema, which relation which link."""
    return tomllib.loads(Path(__file__).with_name("followthemoney.toml").read_text(encoding="utf-8"))


def schema_of(entity: Entity) -> str | None:
    """Return the schema of an entity; None where FollowTheMoney has none."""
    schemata: dict[str, str] = mapping()["schemata"]
    return next((schemata[kind] for kind in entity.types if kind in schemata), None)


def identifier(iri: str, base: str) -> str:
    """Return the id of a node: the end of its IRI, or a hash of it where that is no id.

    >>> identifier("https://example.org/id/entity/lena-brandt-1f", "https://example.org/id/")
    'entity-lena-brandt-1f'
    """
    local = iri.removeprefix(base).replace("/", "-")
    return local if iri.startswith(base) and _ID.fullmatch(local) else f"node-{terms.digest(iri)}"


def _lines(graph: KnowledgeGraph) -> Iterator[str]:
    base = graph.base
    sources: dict[str, Document] = {}
    for document in graph.documents():
        sources[document.id] = document
        yield _line(identifier(document.iri, base), "Article", _article(document))
    found = ties(graph.statements())
    present = _involved(found)
    schemata: dict[str, str] = {}
    for entity in graph.entities():
        schema = schema_of(entity)
        if schema is not None:
            schemata[entity.iri] = schema
    for entity in graph.entities():
        if entity.iri in schemata:
            schema = schemata[entity.iri]
            said = _entity(entity, schema)
            said |= _joined(entity, schema, schemata, present, base)
            yield _line(identifier(entity.iri, base), schema, said)
    left = Counter[str]()
    for tie in found:
        if tie.standing != "asserted" or tie.relation == RELATED or not {tie.source, tie.target} <= schemata.keys():
            left["untyped" if tie.standing == "asserted" else tie.standing] += len(tie.statements)
        else:
            yield _link(tie, schemata, sources, base)
    if left:
        told = ", ".join(f"{count:,} {standing}" for standing, count in sorted(left.items()))
        _LOG.info("left out, since a link would say more than the documents do: %s statements", told)


def _line(identity: str, schema: str, properties: Properties) -> str:
    kept = {name: values for name, values in sorted(properties.items()) if values}
    return json.dumps({"id": identity, "schema": schema, "properties": kept}, ensure_ascii=False) + "\n"


def _article(document: Document) -> Properties:
    return {
        "fileName": [document.id],
        "title": _present(document.title),
        "name": _present(document.title),
        "publishedAt": _days(document.date),
        "sourceUrl": _addresses(document.url),
        "language": _present(_LANGUAGES.get(document.language or "")),
    }


def _entity(entity: Entity, schema: str) -> Properties:
    said: Properties = {
        "name": [entity.label],
        "alias": list(entity.aliases),
        "keywords": [entity.type],
        "country": [entity.country.lower()] if entity.country and len(entity.country) == 2 else [],
        "wikidataId": [match[1] for iri in entity.same_as if (match := _WIKIDATA.fullmatch(iri))],
        "sourceUrl": [iri for iri in entity.same_as if not _WIKIDATA.fullmatch(iri) and _addresses(iri)],
    }
    if schema == "Address":
        said["full"] = [entity.label]
        said["city"] = [entity.label] if "City" in entity.types else []
        for name, degrees in (("latitude", entity.latitude), ("longitude", entity.longitude)):
            said[name] = [] if degrees is None else [str(degrees)]
    if schema == "Event":
        said["startDate"], said["endDate"] = _days(entity.begin), _days(entity.end)
    return said


def _joined(
    entity: Entity, schema: str, schemata: Mapping[str, str], present: Mapping[str, Sequence[str]], base: str
) -> Properties:
    """Return the properties of an entity that name others."""
    if schema == "Event":
        involved = [iri for iri in present.get(entity.iri, ()) if _is(schemata.get(iri), "LegalEntity")]
        places = [iri for iri in entity.places if schemata.get(iri) == "Address"]
        return {
            "involved": [identifier(iri, base) for iri in involved],
            "addressEntity": [identifier(iri, base) for iri in places],
        }
    if schema == "Position":
        bodies = [iri for iri in entity.position_in if _is(schemata.get(iri), "Organization")]
        return {"organization": [identifier(iri, base) for iri in bodies]}
    return {}


def _involved(found: Sequence[Tie]) -> dict[str, Sequence[str]]:
    """Return event → who took part, by what documents assert."""
    present: defaultdict[str, set[str]] = defaultdict(set)
    for tie in found:
        for statement in tie.statements:
            if statement.event is not None and tie.standing == "asserted" and statement.event not in _ends(tie):
                present[statement.event].update(_ends(tie))
    return {event: sorted(iris) for event, iris in present.items()}


def _ends(tie: Tie) -> tuple[str, str]:
    return tie.source, tie.target


def _link(tie: Tie, schemata: Mapping[str, str], sources: Mapping[str, Document], base: str) -> str:
    link = mapping()["links"].get(tie.relation)
    fits = link is not None and all(
        _is(schemata[iri], link[side][1]) for iri, side in ((tie.source, "subject"), (tie.target, "object"))
    )
    schema, first, second = (
        (link["schema"], link["subject"][0], link["object"][0]) if fits else ("UnknownLink", "subject", "object")
    )
    said: Properties = {first: [identifier(tie.source, base)], second: [identifier(tie.target, base)]}
    if schema == "UnknownLink":
        said["role"] = [tie.relation]
    elif schema == "Family":
        said["relationship"] = _present(link.get("relationship"))
    elif schema not in ("Occupancy",):
        said["role"] = sorted({statement.words for statement in tie.statements})
    said |= _evidence(tie.statements, [sources[name] for name in tie.documents if name in sources], base)
    return _line(f"link-{terms.digest(tie.source, tie.relation, tie.target)}", schema, said)


def _evidence(statements: Sequence[Statement], documents: Sequence[Document], base: str) -> Properties:
    """Return who says so, with which words, and when it was."""
    said: Properties = {
        "summary": list(dict.fromkeys(statement.sentence for statement in statements)),
        "recordId": [statement.iri.rpartition("/")[2] for statement in statements],
        "proof": [identifier(document.iri, base) for document in documents],
        "sourceUrl": [url for document in documents for url in _addresses(document.url)],
    }
    single = [s for s in statements if s.begin is not None and s.begin == s.end]
    longer = [s for s in statements if s not in single]
    said["date"] = sorted({day for s in single for day in _days(s.begin)})
    said["startDate"] = sorted({day for s in longer for day in _days(s.begin)})
    said["endDate"] = sorted({day for s in longer for day in _days(s.end)})
    return said


def _is(schema: str | None, wanted: str) -> bool:
    return schema is not None and wanted in mapping()["kinds"].get(schema, ())


def _present(value: str | None) -> list[str]:
    return [value] if value else []


def _days(value: str | None) -> list[str]:
    return [value] if value and _DAY.fullmatch(value) else []


def _addresses(url: str | None) -> list[str]:
    return [url] if url and url.startswith(("http://", "https://")) else []
