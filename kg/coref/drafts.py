"""Entities while they are being put together: what is known of one, and whether two can be the same."""

from dataclasses import dataclass, field

from kg.parse.name_words import coarse
from kg.parse.spans import Link, Span

_GENERIC = frozenset({"Person", "Organization", "Place", "Group", "Event"})


@dataclass(slots=True, eq=False)
class Draft:
    """An entity that still gathers mentions.

    `nouns` are the common nouns that the text uses for it ("minister", "town"), `gender` is "m", "f" or "" (unknown),
    `likely` what the ending of an unknown first name makes likely ("Ximena": "f"),
    `plural` says that it is several; `named` that it has a name; `roots` are the head tokens of its mentions.
    """

    type: str
    name: str
    spans: list[Span] = field(default_factory=list)
    nouns: set[str] = field(default_factory=set)
    gender: str = ""
    likely: str = ""
    plural: bool = False
    named: bool = False
    link: Link | None = None

    @property
    def kind(self) -> str:
        """Person, Organization, Place, Group or Event."""
        return coarse(self.type)

    def add(self, span: Span) -> None:
        """Take in one more mention."""
        self.spans.append(span)
        if (
            self.type in _GENERIC
            and span.type not in _GENERIC
            and coarse(span.type) == self.kind
            and span.kind == "name"
        ):
            self.type = span.type

    def refine(self, kind: str) -> None:
        """Take the class that a noun beside the name gives, where the name alone told less: "X, an airline".

        What a head word such as "Alliance" or "Movement" tells (NGO) is a guess; "the second largest party" is none.
        """
        vague = self.type in {"Organization", "NGO"} or (self.type == "Place" and self.link is None)
        if self.named and vague and kind not in _GENERIC and kind != "Group" and coarse(kind) == self.kind:
            self.type = kind


_COMPATIBLE = frozenset({
    ("Person", "Person"), ("Organization", "Organization"), ("Organization", "Group"), ("Group", "Organization"),
    ("Group", "Group"), ("Place", "Place"), ("Person", "Group"),
})  # fmt: skip


def compatible(first: str, second: str) -> bool:
    """Can one entity be of both classes: "SecurityForce" and "Group" yes, "Person" and "City" no?

    >>> compatible("SecurityForce", "Group"), compatible("Person", "City")
    (True, False)
    """
    if (coarse(first), coarse(second)) not in _COMPATIBLE:
        return False
    if coarse(first) == coarse(second) == "Place":
        return first == second or "Place" in {first, second} or {first, second} <= {"Facility", "Camp"}
    return True
