"""Colours and shapes of the page: one palette, light and dark, safe for colour-blind readers.

Colour is never the only sign: each family of classes has a shape too, each marked role an underline of its own. The
hues follow Okabe and Ito ("Color Universal Design", 2008), calmed down; tests hold them apart under simulated
deuteranopia and protanopia and above a contrast of 3:1 on both backgrounds.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Family:
    """Classes that share a colour and a shape: a City and a Camp are both drawn as places."""

    name: str
    label: str
    root: str
    shape: str
    light: str
    dark: str


FAMILIES: tuple[Family, ...] = (
    Family("person", "People", "Person", "dot", "#2b6cb0", "#74aef0"),
    Family("organization", "Organizations", "Organization", "square", "#c9781a", "#f0b45f"),
    Family("group", "Groups", "Group", "hexagon", "#a8558f", "#e29bce"),
    Family("place", "Places", "Place", "triangleDown", "#1d8a6b", "#5bcba6"),
    Family("event", "Events", "Event", "diamond", "#c2402f", "#f58a75"),
    Family("position", "Positions", "Position", "triangle", "#4a4d63", "#8d8fb3"),
    Family("other", "Other", "Entity", "dot", "#6f7780", "#a4adb6"),
)

OTHER = FAMILIES[-1]

INK: dict[str, tuple[str, str]] = {
    "paper": ("#fbfaf7", "#14171b"),
    "surface": ("#ffffff", "#1c2026"),
    "sunken": ("#f2f0ea", "#242a31"),
    "land": ("#f8f6f0", "#262c33"),
    "water": ("#e3eaee", "#10151a"),
    "coast": ("#b9c2c6", "#414b55"),
    "rule": ("#e2dfd6", "#323941"),
    "text": ("#1d2126", "#e9e7e2"),
    "muted": ("#5c6470", "#a3abb5"),
    "accent": ("#17579c", "#8abcf5"),
    "edge": ("#8f98a3", "#6d7783"),
    "faint": ("#bcc2c9", "#48515b"),
    "denied": ("#b3261e", "#ff8a7a"),
    "subject": ("#17579c", "#8abcf5"),
    "predicate": ("#9a4a00", "#f5b267"),
    "object": ("#0c6b51", "#67d1ae"),
    "speaker": ("#8a3b74", "#e6a3d3"),
    "time": ("#5a45a8", "#bdb0ff"),
    "subject-tint": ("#dbe9f8", "#1f3a58"),
    "predicate-tint": ("#fbe6cd", "#4d3413"),
    "object-tint": ("#d5efe6", "#153f33"),
    "speaker-tint": ("#f4e1ef", "#46253d"),
    "time-tint": ("#e7e2f8", "#332b57"),
}


def family_of(types: Iterable[str]) -> Family:
    """The family that draws an entity of these classes.

    >>> family_of(["City", "Place", "Entity"]).name
    'place'
    >>> family_of(["Quantity"]).name
    'other'

    A place that is also typed Actor stays a place: the table's roots are looked up, in its order, and Actor is none.
    """
    known = set(types)
    return next((family for family in FAMILIES if family.root in known and family is not OTHER), OTHER)


def css(dark: bool) -> str:
    """Custom properties of one theme, for the style sheet and for the script, which reads them from there.

    >>> css(dark=False).splitlines()[0]
    '--person: #2b6cb0;'
    """
    rows = [f"--{family.name}: {family.dark if dark else family.light};" for family in FAMILIES]
    rows += [f"--{name}: {pair[1] if dark else pair[0]};" for name, pair in INK.items()]
    return "\n".join(rows)


def themes() -> str:
    """Rules for both themes: the one that was chosen, else that of the system."""
    light, dark = (f"color-scheme: {name}; {css(dark=name == 'dark')}" for name in ("light", "dark"))
    return "\n".join(
        (
            f":root {{ {light} }}",
            f':root[data-theme="dark"] {{ {dark} }}',
            f'@media (prefers-color-scheme: dark) {{ :root:not([data-theme="light"]) {{ {dark} }} }}',
        )
    )
