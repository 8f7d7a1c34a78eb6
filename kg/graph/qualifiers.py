"""When, where, how many, to whom, about what: the further arguments of a statement."""

from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from kg.graph import terms, values
from kg.graph.scope import Scope
from kg.graph.terms import Fact, name
from kg.graph.turning import Turned
from kg.model import Argument
from kg.resources import toml

# Role of the contract → property of the ontology. Time, place and quantity have functions of their own.
ROLES = {
    "agent": "kg:otherArgument",
    "theme": "kg:otherArgument",
    "other": "kg:otherArgument",
    "recipient": "kg:recipient",
    "topic": "kg:topic",
    "source": "kg:source",
    "destination": "kg:destination",
    "instrument": "kg:instrument",
    "manner": "kg:manner",
    "cause": "kg:cause",
}
PLACES = {"place": "kg:hasPlace", "source": "kg:fromPlace", "destination": "kg:toPlace"}


def qualifier_facts(scope: Scope, node: str, turned: Turned) -> list[Fact]:
    """Return what the further arguments say about `node`, a statement."""
    arguments = qualifying(turned)
    facts = [(node, name(prop), value) for prop, value in dates(arguments)]
    for argument in arguments:
        if argument.role == "quantity":
            facts.extend(_quantity(scope, node, argument))
        elif argument.role != "time":
            facts.append((node, *_other(scope, argument)))
    return facts


def qualifying(turned: Turned) -> tuple[Argument, ...]:
    """Return the further arguments of a statement.

    An object that is a time, a place or a quantity ("lives in | Calais") is read as one too.
    """
    own = (turned.object,) if turned.object is not None and turned.object.role in ("time", "place", "quantity") else ()
    return (*own, *turned.arguments)


def period_of(arguments: tuple[Argument, ...]) -> values.Period | None:
    """Return the bounds of the first time that has a value: two begins on one statement would say nothing."""
    times = (values.period(argument.value) for argument in arguments if argument.role == "time")
    return next((period for period in times if period is not None), None)


def dates(arguments: tuple[Argument, ...]) -> Iterator[tuple[str, str]]:
    """Yield the words of every time, and the bounds of the first that has a value."""
    for argument in arguments:
        if argument.role == "time":
            yield "kg:dateText", terms.text(argument.text)
    period = period_of(arguments)
    if period is None:
        return
    if period.begin is not None:
        yield "kg:beginDate", terms.typed(period.begin.isoformat(), "date")
    if period.end is not None:
        yield "kg:endDate", terms.typed(period.end.isoformat(), "date")
    yield "kg:datePrecision", terms.text(period.precision)


def place_property(scope: Scope, argument: Argument) -> str | None:
    """Return hasPlace, fromPlace or toPlace for an argument that is a place by role and by type."""
    entity = scope.entity(argument)
    if entity is None or "Place" not in entity.types:
        return None
    return PLACES.get(argument.role or "")


def _other(scope: Scope, argument: Argument) -> tuple[str, str]:
    prop = place_property(scope, argument)
    if prop is None and argument.role == "place":
        prop = "kg:placeText" if scope.node(argument) is None else "kg:otherArgument"
    return name(prop or ROLES.get(argument.role or "other", "kg:otherArgument")), scope.value(argument)


def _quantity(scope: Scope, node: str, argument: Argument) -> list[Fact]:
    """Return a kg:Quantity node: "around 1,500 migrants" → value 1500, unit migrants, approximate."""
    numbers, marks = number_words(scope.annotation.language)
    document = scope.annotation.id
    quantity = terms.mint(scope.base, "quantity", document, argument.start, argument.end, argument.text, argument.value)
    facts = [
        (node, name("kg:quantity"), quantity),
        (quantity, terms.TYPE, name("kg:Quantity")),
        (quantity, terms.LABEL, terms.text(argument.text)),
    ]
    amount = values.amount(argument.value)
    rough = values.approximate(argument.text, marks)
    if amount is not None and amount.least is not None and amount.least == amount.most:
        facts.append((quantity, name("kg:value"), _decimal(amount.least)))
    elif amount is not None:
        bounds = (("kg:atLeast", amount.least), ("kg:atMost", amount.most))
        facts.extend((quantity, name(prop), _decimal(bound)) for prop, bound in bounds if bound is not None)
    unit = values.unit(argument.text, numbers)
    if unit is not None:
        facts.append((quantity, name("kg:unit"), terms.text(unit)))
    facts.append((quantity, name("kg:approximate"), terms.boolean(rough)))
    return facts


@cache
def number_words(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that are numbers, and the phrases that make a figure a rough one; none without a lexicon."""
    try:
        lexicon = toml(language, "numbers.toml")
    except FileNotFoundError:
        return frozenset(), frozenset()
    tables = {name: table for name, table in lexicon.items() if isinstance(table, dict)}
    numbers = frozenset(word for name in ("ones", "tens", "scales", "plurals") for word in tables.get(name, ()))
    rough = (phrase for phrase, kind in tables.get("bounds", {}).items() if kind == "about")
    return numbers, frozenset(rough)


def _decimal(number: Decimal) -> str:
    digits = format(number.normalize(), "f")
    return terms.typed(digits if "." in digits else f"{digits}.0", "decimal")
