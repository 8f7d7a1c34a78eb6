"""The front-end libraries that pages embed, each exactly as `vendor/vendor.toml` says.

They come from the npm registry by `scripts/vendor.py`; their licences lie beside them.
"""

from pathlib import Path

FOLDER = Path(__file__).parent / "vendor"


def text(*names: str) -> str:
    """These files, one after another: `text("leaflet.js", "leaflet.markercluster.js")`."""
    return "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in names)
