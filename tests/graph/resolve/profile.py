"""Profiles for the tests, written in one line."""

from kg.graph.resolve.profiles import Context, Profile
from kg.naming import canonical_name, is_lone, named_iri

BASE = "https://example.org/id/"
TYPES = {
    "Person": ("Person", "Actor", "Entity"),
    "Company": ("Company", "Organization", "Actor", "Entity"),
    "GovernmentBody": ("GovernmentBody", "Organization", "Actor", "Entity"),
    "PoliticalParty": ("PoliticalParty", "Organization", "Actor", "Entity"),
}


def profile(
    document: str,
    name: str,
    kind: str = "Person",
    *,
    entity: str = "e1",
    aliases: str = "",
    roles: str = "",
    ties: str = "",
    countries: str = "",
    company: str = "",
    topic: str = "",
    day: int | None = None,
) -> Profile:
    """A profile; what there can be several of is written with blanks or, names, with "|" between."""
    context = Context(
        document,
        day,
        countries=frozenset(countries.split()),
        abroad=frozenset(countries.split()),
        company=frozenset(company.split("|")) - {""},
        topic=frozenset(topic.split()),
    )
    canonical = canonical_name(name)
    return Profile(
        context,
        entity,
        named_iri(BASE, canonical, *((document,) if is_lone(kind, canonical) else ())),
        kind,
        TYPES[kind],
        name,
        (canonical, *(alias for alias in aliases.split("|") if alias)),
        roles=frozenset(roles.split()),
        ties=frozenset(ties.split("|")) - {""},
    )
