"""What the IRI of a gazetteer means: for corrections, which say that a name is this place and no other."""

import re
from collections.abc import Callable

from kg.model import Entity
from kg.naming import ENTITY
from kg.ontology import Ontology

_GEONAMES = re.compile(r"https?://(?:sws|www)\.geonames\.org/(\d+)(?:/.*)?")


def gazetteer(base: str, ontology: Ontology) -> Callable[[str], tuple[Entity, ...]]:
    """Return what knows the places of GeoNames IRIs; it is loaded when it is first asked."""
    return lambda iri: places_of(iri, base, ontology)


def places_of(iri: str, base: str, ontology: Ontology) -> tuple[Entity, ...]:
    """Return the place of a GeoNames IRI and those that contain it, the nearest first; nothing for other IRIs.

    The ids of the records are their keys; each place is within the next.
    """
    found = _GEONAMES.fullmatch(iri)
    if found is None:
        return ()
    from kg.link.gazetteer import load

    gazetteer = load()
    place = gazetteer.place(f"geonames-{found[1]}")
    if place is None:
        return ()
    chain = (place, *gazetteer.within(place))
    return tuple(
        Entity(
            one.key,
            f"{base}{ENTITY}{one.key}",
            one.type,
            ontology.ancestors(one.type),
            one.name,
            same_as=(f"https://sws.geonames.org/{one.geonames}/",) if one.geonames else (),
            latitude=one.latitude,
            longitude=one.longitude,
            country=one.country,
            feature=one.feature,
            within=f"{base}{ENTITY}{one.parents[0]}" if one.parents else None,
        )
        for one in chain
    )
