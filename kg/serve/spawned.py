"""How another Python of this package is started: which program, and in which environment."""

import os
import sys


def command(module: str, *arguments: str) -> tuple[str, ...]:
    """Return what runs a module of this package. `-P`: a file that lies around is never imported, whatever its name."""
    return (sys.executable, "-P", "-m", module, *arguments)


def environment(**more: str) -> dict[str, str]:
    """Return the environment of a process that finds the same modules as this one, wherever they come from."""
    return {**os.environ, **more, "PYTHONPATH": os.pathsep.join(place for place in sys.path if place)}
