"""What a report says: figures counted of documents, and what stands in the graph and in the ledger beside them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """Something that is counted; `family` of the palette where it is an entity, `note` further figures in words."""

    name: str
    count: int
    family: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is quoted, how often in their own words and how often in others'."""

    name: str
    direct: int
    indirect: int
    family: str | None = None

    @property
    def count(self) -> int:
        """Both together."""
        return self.direct + self.indirect


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with WGS84 degrees and how often it is mentioned."""

    name: str
    latitude: float
    longitude: float
    mentions: int


@dataclass(frozen=True, slots=True)
class Unread:
    """A document with sentences that name actors, how many of them gave no triple, and the first that did not."""

    document: str
    title: str | None
    url: str | None
    sentences: int
    gaps: int
    example: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that is counted of documents.

    `days` are ISO days with the documents that came out on each, in order; `undated` came out on none that is known.
    `relations` have their names in words. `standing` counts statements by how they are said. `acting` are sentences
    that name an actor, `gaps` those of them that gave no triple, `unread` the documents with most gaps.
    """

    documents: int
    undated: int
    entities: int
    mentions: int
    statements: int
    typed: int
    direct: int
    indirect: int
    unattributed: int
    days: tuple[tuple[str, int], ...]
    families: tuple[Bar, ...]
    classes: tuple[Bar, ...]
    who: tuple[Bar, ...]
    where: tuple[Bar, ...]
    relations: tuple[Bar, ...]
    standing: tuple[Bar, ...]
    speakers: tuple[Speaker, ...]
    spots: tuple[Spot, ...]
    unplaced: int
    hosts: tuple[Bar, ...]
    addressless: int
    acting: int
    gaps: int
    unread: tuple[Unread, ...]

    @property
    def quotations(self) -> int:
        """Direct and indirect ones."""
        return self.direct + self.indirect


@dataclass(frozen=True, slots=True)
class Doubt:
    """An entity of several documents, and the probability that all mean one by it."""

    name: str
    kind: str
    documents: int
    mentions: int
    aliases: tuple[str, ...]
    sure: float


@dataclass(frozen=True, slots=True)
class Voice:
    """Who takes part in a dispute: `stance` is asserts, denies or hedges; without a speaker the document says it."""

    stance: str
    speaker: str | None
    document: str
    date: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """A fact that sources contradict each other about."""

    fact: str
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """A document, or a place in the inputs, that could not be read, and why."""

    document: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report; of `doubts` and `disputes` the first are given, of so many."""

    title: str
    figures: Figures
    doubts: tuple[Doubt, ...] = ()
    merged: int = 0
    disputes: tuple[Dispute, ...] = ()
    disputed: int = 0
    failed: tuple[Failed, ...] = ()
    failures: int = 0
