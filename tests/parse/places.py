"""A gazetteer of three places for tests."""

from collections.abc import Sequence

from kg.parse.spans import Place

CALAIS = Place("geonames-3029162", "Calais", "City", 50.95, 1.86, "FR", population=74_000)
MALTA = Place("geonames-2562770", "Malta", "Country", 35.9, 14.4, "MT", population=400_000)
STATES = Place("geonames-6252001", "United States", "Country", 39.8, -98.5, "US", population=330_000_000)


class SmallGazetteer:
    """Knows Calais, Malta, and the United States by three names."""

    def candidates(self, form: str) -> Sequence[Place]:
        """The places called `form`."""
        forms = {"Calais": CALAIS, "Malta": MALTA, "United States": STATES, "America": STATES, "U.S.": STATES}
        return (forms[form],) if form in forms else ()
