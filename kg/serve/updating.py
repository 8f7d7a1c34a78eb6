"""A SPARQL Update, in a process of its own.

    python -m kg.serve.updating DIR < UPDATE

It prints what came of it as JSON: an HTTP status and what is told.
"""

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE
from pathlib import Path

from kg.corpus.editing import edit
from kg.errors import KgError, QueryError
from kg.serve import depth, spawned
from kg.serve.pool import Refusal

# Seconds: the store is copied, and each of its triples looked at.
SECONDS = 300
DONE = "done; the next kg build makes the graph of its documents and corrections again, without this"


async def update(folder: Path, text: str) -> str:
    """Apply an update to the store in a folder; return what is told.

    Raises:
        Refusal: it was not applied.
    """
    process = await asyncio.create_subprocess_exec(
        *spawned.command("kg.serve.updating", str(folder.absolute())),
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        env=spawned.environment(),
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(SECONDS):
            out, _ = await process.communicate(text.encode("utf-8", "replace"))
    except TimeoutError:
        raise Refusal(503, f"the update takes more than {SECONDS} seconds") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise Refusal(400, "the update is too deep or too long to be read")
    told = json.loads(out)
    if told["status"] != 200:
        raise Refusal(**told)
    return str(told["message"])


def main() -> None:
    """Apply what comes from standard input."""
    status, message = 200, DONE
    try:
        text = sys.stdin.buffer.read().decode()
        depth.check(text, "load")
        edit(Path(sys.argv[1]), text)
    except QueryError as error:
        status, message = 400, str(error)
    except KgError:
        status, message = 503, "the graph can't be written now: wait until kg build is done"
    json.dump({"status": status, "message": message}, sys.stdout)


if __name__ == "__main__":
    main()
