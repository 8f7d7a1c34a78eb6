"""A gazetteer of a dozen places, and parsed sentences built by hand."""

from collections.abc import Callable, Sequence

import pytest
import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.link.forms import normal
from kg.link.gazetteer import Gazetteer
from kg.link.table import Row, Table, pack

MakeDoc = Callable[..., Doc]

# name, other names, feature, latitude, longitude, country, inhabitants, GeoNames id, id of what contains it
PLACES = (
    ("France", (), "PCLI", 46.0, 2.0, "FR", 66_000_000, 1, 0),
    ("Hauts-de-France", (), "ADM1", 50.0, 3.0, "FR", 6_000_000, 2, 1),
    ("Calais", (), "PPL", 50.95, 1.86, "FR", 74_000, 3, 2),
    ("Paris", ("Parigi",), "PPLC", 48.85, 2.35, "FR", 2_100_000, 4, 1),
    ("United Kingdom", ("UK", "Britain"), "PCLI", 54.0, -2.0, "GB", 66_000_000, 5, 0),
    ("United States", ("USA",), "PCLI", 39.0, -98.0, "US", 327_000_000, 6, 0),
    ("Ohio", (), "ADM1", 40.2, -82.7, "US", 11_000_000, 7, 6),
    ("Niles", (), "PPL", 41.18, -80.77, "US", 18_600, 8, 7),
    ("Illinois", (), "ADM1", 40.0, -89.0, "US", 12_000_000, 9, 6),
    ("Niles", (), "PPL", 42.02, -87.8, "US", 29_800, 10, 9),
    ("Texas", (), "ADM1", 31.0, -100.0, "US", 25_000_000, 11, 6),
    ("Paris", (), "PPL", 33.66, -95.56, "US", 24_700, 12, 11),
    ("Jordan", (), "PCLI", 31.0, 36.0, "JO", 10_000_000, 13, 0),
    ("Saint-Étienne", (), "PPL", 45.43, 4.39, "FR", 170_000, 14, 1),
)
OWN = (
    ("English Channel|Channel~FR,GB", "CHN", "50.2", "-1", "", ""),
    ("Ohio River", "STM", "38.5", "-86", "US", ""),
    ("Nile", "STM", "24", "32.9", "", ""),
    ("Jordan River", "STM", "32", "35.5", "", ""),
)
DEMONYMS = (("France", "French", "Frenchman"), ("Jordan", "Jordanian", "Jordanian"))


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """A gazetteer of a dozen places."""
    at = {place[7]: i for i, place in enumerate(sorted(PLACES, key=lambda p: (normal(p[0]), p[7])))}
    rows, keys = [], []
    for name, others, feature, lat, lon, country, people, number, parent in sorted(PLACES, key=lambda p: at[p[7]]):
        kind = {"PCLI": "Country", "ADM1": "Region"}.get(feature, "City")
        rows.append(Row(name, kind, feature, lat, lon, country, people, number, at.get(parent, -1)))
        keys += [(normal(n), at[number]) for n in (name, *others)]
    return Gazetteer(Table(pack(rows, keys)), OWN, DEMONYMS)


@pytest.fixture(scope="session")
def vocab() -> Vocab:
    """The vocabulary of English, with no model."""
    return spacy.blank("en").vocab


@pytest.fixture
def make_doc(vocab: Vocab) -> MakeDoc:
    """A function that makes a Doc of words with their tags: `make_doc("Ann/NNP left/VBD", ents=["B-PERSON", "O"])`.

    All words hang on the first verb; capitalised NNPs are proper nouns.
    """
    coarse = {"NNP": "PROPN", "NNPS": "PROPN", "NN": "NOUN", "NNS": "NOUN", "IN": "ADP", "DT": "DET", "JJ": "ADJ"}

    def make(text: str, ents: Sequence[str] | None = None, **more: Sequence[str]) -> Doc:
        words, tags = zip(*(part.rsplit("/", 1) for part in text.split()), strict=True)
        verb = next((i for i, tag in enumerate(tags) if tag.startswith("VB")), 0)
        pos = [coarse.get(tag, "VERB" if tag.startswith("VB") else "PUNCT") for tag in tags]
        deps = list(more.get("deps", ["ROOT" if i == verb else "dep" for i in range(len(words))]))
        starts = [i == 0 for i in range(len(words))]
        return Doc(
            vocab,
            words=list(words),
            tags=list(tags),
            pos=pos,
            lemmas=[w.lower() for w in words],
            heads=[verb] * len(words),
            deps=deps,
            ents=list(ents) if ents else None,
            sent_starts=starts,  # type: ignore[arg-type]
        )

    return make
