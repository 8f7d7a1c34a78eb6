"""What the ledger keeps of documents as JSON: profiles, what is told of entities, stances, counts."""

import json
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter

from kg.graph.entities import Told
from kg.graph.report import Count
from kg.graph.resolve.profiles import Context, Profile
from kg.graph.stances import Stance
from kg.model import Run

Record = TypeVar("Record", Context, Count, Run, Stance, Told)


def dump(record: Context | Count | Run | Stance | Told) -> str:
    """Return a record as JSON; what holds its default is left out."""
    return _adapter(cast("Any", type(record))).dump_json(record, exclude_defaults=True).decode()


def load(kind: type[Record], text: str) -> Record:
    """Return the record of a class that JSON holds.

    >>> load(Told, dump(Told("Calais", "City", ("City", "Place", "Entity")))).type
    'City'
    """
    record: Record = _adapter(cast("Any", kind)).validate_json(text)
    return record


def dump_profile(profile: Profile) -> str:
    """Return a profile as JSON, without its context, which its document's profiles share."""
    p = profile
    sets = [sorted(s) for s in (p.roles, p.ties, p.countries, p.same_as)]
    return json.dumps([p.entity, p.iri, p.type, p.types, p.name, p.names, *sets], ensure_ascii=False)


def load_profile(context: Context, text: str) -> Profile:
    """Return the profile that JSON holds, in its context."""
    entity, iri, kind, types, name, names, *sets = json.loads(text)
    roles, ties, countries, same_as = map(frozenset, sets)
    return Profile(context, entity, iri, kind, tuple(types), name, tuple(names), roles, ties, countries, same_as)


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
