"""`kg serve`: the explorer and the SPARQL endpoint over a folder, for this machine."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.serve.served import Served

PORT = 8765
VARIABLE = "KG_SERVE_TOKEN"


def command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that kg build made.")],
    port: Annotated[int, typer.Option(min=0, max=65535, help="Listen here; 0 takes a free one.")] = PORT,
    host: Annotated[str, typer.Option(help="Listen at this address; another than the default is open to others.")] = (
        "127.0.0.1"
    ),
    writable: Annotated[
        bool,
        typer.Option("--writable", help=f"Let who has the token change things: that of {VARIABLE}, or a new one."),
    ] = False,
    origin: Annotated[
        str | None,
        typer.Option(metavar="URL", help="The address behind a reverse proxy, such as https://graph.example.org."),
    ] = None,
    seconds: Annotated[float, typer.Option("--time-limit", min=0.1, help="Seconds that a query may take.")] = 20,
    rows: Annotated[int, typer.Option("--row-limit", min=1, help="Rows that an answer may have.")] = 100_000,
    megabytes: Annotated[
        int, typer.Option("--memory-limit", min=16, help="Megabytes of memory that a query may take.")
    ] = 1_024,
    browse: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Explore a graph in the browser, and answer SPARQL at /sparql.

    Only this machine can reach it, unless --host says otherwise. A build of the same folder is seen as soon as it is
    done. Ctrl-C ends it.
    """
    try:
        from kg.serve.limits import Limits
        from kg.serve.server import is_loopback, listen, serve
    except ModuleNotFoundError as error:
        if error.name not in ("starlette", "uvicorn"):
            raise
        raise UsageError("kg serve needs more than is installed: pip install 'kg-actors-places[serve]'") from None
    _check(folder, origin)
    token = _token() if writable else None
    with listen(host, port) as listening:
        if not is_loopback(listening):
            typer.echo(
                f"kg: whoever reaches this machine at {host} can read the whole graph; nothing is encrypted", err=True
            )
        serve(
            folder,
            listening,
            token=token,
            origin=origin,
            limits=Limits(seconds=seconds, rows=rows, megabytes=megabytes),
            ready=lambda served: _tell(served, browse),
        )


def _check(folder: Path, origin: str | None) -> None:
    if not (folder / "store").is_dir():
        raise UsageError(f"no graph in {folder}: name a folder that kg build made")
    if origin is not None and not origin.startswith(("http://", "https://")):
        raise UsageError(f"--origin {origin}: write it as a browser shows it, such as https://graph.example.org")


def _token() -> str:
    from secrets import token_urlsafe

    given = os.environ.get(VARIABLE)
    if given is not None and (len(given) < 16 or not given.isascii() or not given.isprintable() or " " in given):
        raise UsageError(f"{VARIABLE} is no token: at least 16 ASCII characters without spaces; unset it for a new one")
    return given or token_urlsafe(24)


def _tell(served: "Served", browse: bool) -> None:
    from urllib.parse import quote

    address = f"{served.origin}/"
    if served.token is not None:
        address += f"?token={quote(served.token, safe='')}"
    typer.echo(f"{served.folder} is served at {address} (SPARQL: {served.origin}/sparql); Ctrl-C ends it", err=True)
    if browse:
        import webbrowser

        webbrowser.open(address)
