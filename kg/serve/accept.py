"""What form of an answer a client would rather have (RFC 9110, section 12.5.1)."""

from collections.abc import Sequence


def best(accept: str, offered: Sequence[str]) -> str | None:
    """Return the media type among `offered` that an Accept header likes best; the first of several that it likes alike.

    None: it takes none of them. Without a header the first is given. Parameters other than q are not looked at.

    >>> best("text/csv;q=0.5, application/*", ["text/csv", "application/json"])
    'application/json'
    >>> best("image/png", ["text/csv"]) is None
    True
    """
    ranges = _ranges(accept)
    if not ranges:
        return offered[0] if offered else None
    liked = [(_quality(form, ranges), -place, form) for place, form in enumerate(offered)]
    quality, _, form = max(liked, default=(0.0, 0, ""))
    return form if quality > 0 else None


def _quality(form: str, ranges: dict[str, float]) -> float:
    """Return how much a form is liked: what names it exactly counts before what names its kind, or all."""
    for name in (form, f"{form.partition('/')[0]}/*", "*/*"):
        if name in ranges:
            return ranges[name]
    return 0.0


def _ranges(accept: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for part in accept.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if name:
            found.setdefault(name, _weight(parameters))
    return found


def _weight(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0
