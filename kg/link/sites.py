"""Where a place is that no gazetteer has: with the place that its name, or the words around it, put it in.

"Port of Los Angeles" → within Los Angeles; "Seoul's Jamsil Stadium" → within Seoul; "Mill Road in Hamilton". The pin
stands where the town stands; the place keeps a key and a name of its own.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from kg.link.forms import normal
from kg.link.gazetteer import Gazetteer
from kg.link.scene import PLACES, nested_form, text_of
from kg.parse.spans import Link, Place, Span

SITES = frozenset({"Facility", "Camp", "Place", "Water", "Landform"})
_WIDE = frozenset({"PCLI", "CONT", "RGN", "PCLH", "ADM1", "OCN", "SEA"})
_SURE = 0.8  # how much less sure the pin of a town is for something in it
_MAYBE = 0.7  # how sure it is that a building lies in the town that the text is about
_OFTEN = 2  # times a town must be named to be the home of the streets and buildings of a text
_NEAR = 12  # tokens between a street or a building and the town it is said to be in
_NO_SLUG = re.compile(r"[^a-z0-9]+")


def sites(
    doc: Doc, names: Sequence[Span], links: Mapping[int, Link], hosts: Mapping[str, Link], gazetteer: Gazetteer
) -> dict[int, Link]:
    """Links of names that have none: to places of their own, at the point of what contains them.

    `hosts` holds the links of forms that stand only inside other names, by key.
    """
    at_start = {span.start: i for i, span in enumerate(names) if i in links}
    at_end = {span.end: i for i, span in enumerate(names) if i in links}
    found: dict[int, Link] = {}
    for i, span in enumerate(names):
        if i in links or span.type not in SITES:
            continue
        host = _host(doc, span, names, links, hosts, at_start, at_end, gazetteer)
        if host is not None and host.place.feature not in _WIDE and host.place.latitude is not None:
            place = _inside(text_of(doc, span), span.type, host.place)
            found[i] = Link(place, round(host.confidence * _SURE, 4))
    return found


def _inside(name: str, kind: str, host: Place) -> Place:
    """A place called `name` at the point of `host`."""
    slug = _NO_SLUG.sub("-", normal(name).encode("ascii", "ignore").decode()).strip("-") or "x"
    return replace(
        host,
        key=f"{slug}-in-{host.key}",
        name=name,
        type=kind if kind in PLACES else "Place",
        feature=None,
        population=0,
        geonames=None,
        parents=(host.key, *host.parents),
    )


def _host(
    doc: Doc,
    span: Span,
    names: Sequence[Span],
    links: Mapping[int, Link],
    hosts: Mapping[str, Link],
    at_start: Mapping[int, int],
    at_end: Mapping[int, int],
    gazetteer: Gazetteer,
) -> Link | None:
    """What contains a name: what stands in it, right behind it, before it with 's, or near it, for buildings."""
    form = nested_form([t.text for t in doc[span.start : span.end]], gazetteer)
    if form is not None and normal(form) in hosts:
        return hosts[normal(form)]
    after = span.end
    if after < len(doc) and doc[after].text in (",", "in", "(", "near"):
        after += 1 + (after + 1 < len(doc) and doc[after + 1].lower_ == "the")
        if after in at_start:
            return links[at_start[after]]
    if span.start and doc[span.start - 1].text in ("'s", "’s") and span.start - 1 in at_end:
        return links[at_end[span.start - 1]]
    if span.type not in ("Facility", "Camp"):
        return None
    sentence = doc[span.head].sent
    near = [
        (abs(names[i].start - span.start), i)
        for i in links
        if sentence.start <= names[i].start < sentence.end and links[i].place.type == "City"
    ]
    best = min(near, default=(_NEAR + 1, -1))
    return links[best[1]] if best[0] <= _NEAR else _home(links)


def _home(links: Mapping[int, Link]) -> Link | None:
    """The town that a text is about: the one named at least twice as often as any other."""
    towns = Counter(link.place.key for link in links.values() if link.place.type == "City")
    ranked = [*towns.most_common(2), ("", 0)]
    if ranked[0][1] < _OFTEN or ranked[0][1] < 2 * ranked[1][1]:
        return None
    home = next(link for link in links.values() if link.place.key == ranked[0][0])
    return replace(home, confidence=home.confidence * _MAYBE)
