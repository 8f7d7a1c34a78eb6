"""The records of who says what, by tokens: `Quotation` comes out, `Report` is a clause that reports."""

from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc

Shape = Literal["quote", "clause", "infinitive", "phrase"]


@dataclass(frozen=True, slots=True)
class Quotation:
    """Content that the text gives as somebody's words, thoughts or wishes.

    start, end:   characters of the content, with its quotation marks when direct, without a final comma or stop when
                  not.
    direct:       within quotation marks (or a line of a transcript), not retold.
    cue:          tokens of the reporting words ("has said", "according to"); None when carried over from an earlier
                  cue.
    verb:         token of the reporting verb or noun; None for "according to", a colon, and what is carried over.
    speaker:      token of the head word of who says so; None when the text does not say.
    content:      tokens of the content (start, exclusive end).
    force:        class of the reporting word in `reporting.tsv`: say, claim, deny, think, know, order, ask, promise,
                  want …
    negative:     the speaker denies or doubts the content ("denied that").
    factive:      the writer takes the content for true as well ("realized that"): it stays the writer's own statement.
    clause:       tokens of the reporting clause where it stands inside the content ("The camp, officials said, is
                  closed").
    shape:        "quote" when direct; "clause" ("said that …"), "infinitive" ("urged them to leave"), "phrase"
                  ("called for an inquiry").
    """

    start: int
    end: int
    direct: bool
    cue: tuple[int, int] | None
    verb: int | None
    speaker: int | None
    content: tuple[int, int]
    force: str = "say"
    negative: bool = False
    factive: bool = False
    clause: tuple[int, int] | None = None
    shape: Shape = "clause"


@dataclass(frozen=True, slots=True)
class Report:
    """A reporting word in its clause: "the minister has said" → verb said, speaker minister, cue has said.

    `first` and `last` are the outermost tokens of subject and verb ("the … said"), `quote` how readily the word
    introduces direct speech (0..2), `frames` the shapes its content can take.
    """

    anchor: int
    verb: int | None
    speaker: int | None
    cue: tuple[int, int]
    first: int
    last: int
    force: str
    quote: int
    frames: frozenset[str]
    negative: bool = False
    factive: bool = False


def make_quotation(
    doc: Doc,
    content: tuple[int, int],
    report: Report | None,
    *,
    direct: bool = False,
    chars: tuple[int, int] | None = None,
    clause: tuple[int, int] | None = None,
    speaker: int | None = None,
    shape: Shape = "clause",
) -> Quotation:
    """The quotation of `content` that `report` introduces; with `report` None it is carried over from `speaker`."""
    first, last = doc[content[0]], doc[content[1] - 1]
    shape = "quote" if direct else shape
    start, end = chars or (first.idx, last.idx + len(last))
    if report is None:
        return Quotation(start, end, direct, None, None, speaker, content, shape=shape)
    return Quotation(
        start,
        end,
        direct,
        report.cue,
        report.verb,
        report.speaker,
        content,
        report.force,
        report.negative,
        report.factive,
        clause,
        shape,
    )
