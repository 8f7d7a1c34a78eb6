"""What kind of place the words around a name say it is: "Washington state", "the city of Oxford", "Ellis counties"."""

from spacy.tokens import Doc

from kg.parse.lexicons import word_table
from kg.parse.spans import Place, Span

_JOINING = frozenset({",", "and", "or", "&"})
_LIST = 16  # tokens to look ahead for the plural noun of a list
_BEHIND_DATELINE = frozenset({"—", "–", "-", "--", ":", "(", ",", ")", "/", "_"})


def kind_of(place: Place) -> str:
    """The kind of a place, in the words of `place_kinds.tsv`: Ohio → "state", Ohio River → "water".

    >>> kind_of(Place("ohio-river", "Ohio River", "Water", 38.5, -86.0, feature="STM"))
    'water'
    """
    feature = place.feature or ""
    if feature == "ADM1":
        return "state"
    if feature in ("ADM2", "ADM3"):
        return "county"
    return {"City": "town", "Water": "water", "Landform": "land", "Country": "country"}.get(place.type, "other")


def called(doc: Doc, span: Span) -> str | None:
    """The kind that a noun beside a name gives: "Ellis and Hill | counties" → "county", "the town of | X" → "town"."""
    start, end = span.start, span.end
    listed = end < len(doc) and doc[end].text in _JOINING
    if start > 1 and doc[start - 1].lower_ == "of" and doc[start - 2].text.islower():
        noun = doc[start - 2].lower_
        return word_table("place_kinds.tsv").get(noun) if listed or not noun.endswith("s") else None
    if (
        end < len(doc)
        and doc[end].lower_ in word_table("place_kinds.tsv")
        and (doc[end].text.islower() or doc[end].text == "Co.")
    ):
        return word_table("place_kinds.tsv")[doc[end].lower_]
    if listed:
        for token in doc[end : end + _LIST]:
            if token.lower_.endswith("s") and token.lower_ in word_table("place_kinds.tsv"):
                return word_table("place_kinds.tsv")[token.lower_]
            if not (token.text in _JOINING or token.text[:1].isupper()):
                break
    return None


def in_dateline(doc: Doc, start: int, end: int) -> bool:
    """Does the name open a sentence in capitals, before a dash, a colon or an agency in brackets: "LIMA (AP)"?"""
    if doc[start].is_sent_start is not True and start and doc[start - 1].text not in ("(", "/"):
        return False
    if not doc[start:end].text.isupper() or end >= len(doc):
        return False
    return doc[end].text in _BEHIND_DATELINE
