"""How well the names of two profiles agree. Nothing is looked at but the names."""

from itertools import product

from kg.graph.resolve import bodies, people

Agreement = people.PersonAgreement | bodies.BodyAgreement
ORDER: tuple[Agreement, ...] = (
    "same", "generic", "fuller", "variant", "acronym", "placed", "headed", "initial", "surname",
)  # fmt: skip


def best(first: tuple[str, ...], second: tuple[str, ...], *, person: bool) -> Agreement | None:
    """Return the best agreement of any canonical name of `first` with any of `second`; None when none agree.

    Of two people who both have a full name only the full names are compared: Elena Vasquez is not Marta Vasquez.

    >>> best(("elena vasquez", "vasquez"), ("elena vasquez moreno",), person=True)
    'fuller'
    """
    if person:
        first, second = _full(first, second)
    compare = people.agreement if person else bodies.agreement
    found = {agreement for a, b in product(first, second) if (agreement := compare(*sorted((a, b)))) is not None}
    return next((agreement for agreement in ORDER if agreement in found), None)


def _full(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    full = tuple(tuple(name for name in names if len(people.tokens(name)) > 1) for names in (first, second))
    return (full[0], full[1]) if all(full) else (first, second)


def keys(names: tuple[str, ...], *, person: bool) -> set[str]:
    """Return the blocks in which a profile of these canonical names is compared.

    >>> sorted(keys(("elena vasquez", "vasquez"), person=True))
    ['vskz']
    """
    key = people.keys if person else bodies.keys
    return {block for name in names for block in key(name)}
