"""A parse as JSON and back: rules are tested on the parse that they were written for, without a model.

`kg parse --freeze "…"` prints one. It is exact (words, white space, heads, labels, tags, lemmas, morphology, names,
sentence starts) and stays when spaCy or its weights change.
"""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, TypedDict, cast

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


class FrozenParse(TypedDict):
    """The fields of a frozen parse; all lists are as long as the text has tokens.

    `heads` are token offsets, `ents` IOB labels ("B-GPE"), `sent_starts` true where a sentence begins.
    """

    text: str
    words: list[str]
    spaces: list[bool]
    heads: list[int]
    deps: list[str]
    tags: list[str]
    pos: list[str]
    lemmas: list[str]
    morphs: list[str]
    ents: list[str]
    sent_starts: list[bool]


def freeze(doc: "Doc") -> FrozenParse:
    """The parse as it can be written to JSON: `json.dumps(freeze(nlp("Rain fell.")))`."""
    return FrozenParse(
        text=doc.text,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        heads=[token.head.i for token in doc],
        deps=[token.dep_ for token in doc],
        tags=[token.tag_ for token in doc],
        pos=[token.pos_ for token in doc],
        lemmas=[token.lemma_ for token in doc],
        morphs=[str(token.morph) for token in doc],
        ents=[f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O" for token in doc],
        sent_starts=[bool(token.is_sent_start) for token in doc],
    )


def thaw(data: FrozenParse | Mapping[str, object]) -> "Doc":
    """The Doc of a frozen parse, with the vocabulary of `spacy.blank("en")`: a bare one has no noun chunks."""
    from spacy.tokens import Doc

    frozen = cast("FrozenParse", data)
    doc = Doc(
        _blank().vocab,
        words=frozen["words"],
        spaces=frozen["spaces"],
        heads=frozen["heads"],
        deps=frozen["deps"],
        tags=frozen["tags"],
        pos=frozen["pos"],
        lemmas=frozen["lemmas"],
        morphs=frozen["morphs"],
        ents=frozen["ents"],
    )
    if [bool(token.is_sent_start) for token in doc] != frozen["sent_starts"]:
        raise ValueError(f"the sentence starts of this frozen parse don't fit its heads: {frozen['text'][:60]!r}")
    return doc


@cache
def _blank() -> "Language":
    import spacy

    return spacy.blank("en")
