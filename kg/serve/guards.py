"""What stands before everything that is served: who may ask, how much, and what every answer says to the browser.

The server listens on this machine, where any page in the user's browser can reach it. So a name that is not the
server's own in the Host header is refused (a foreign name that was made to lead here would make a foreign page one of
ours), and so is what another page sends, except a link that is followed. No answer allows other origins to read it.
"""

from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from secrets import compare_digest
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.answers import problem
from kg.serve.served import Served

# Bytes of a request's body: the longest article is far below. A part may take less.
BODY = 10_000_000
# Characters of the address, and of all headers: a query in the address may be long.
HEAD = 65_536
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_READING = ("GET", "HEAD", "OPTIONS")


class Guards:
    """An ASGI application around another one."""

    def __init__(self, app: ASGIApp, served: Served) -> None:
        """Stand before `app`, which answers for `served`."""
        self._app = app
        self._served = served

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what is refused, and let the rest through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        answer = refusal(scope, headers, self._served) or self._admission(scope)

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    given.setdefault(name, value)
            await send(message)

        await (answer or self._app)(scope, _Measured(receive, headers), sent)

    def _admission(self, scope: Scope) -> Response | None:
        """Return the answer to a link with the token: a cookie that has it, and the address without it."""
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = dict(query).get("token")
        if given is None or scope["method"] != "GET" or not matches(given, self._served.token):
            return None
        rest = urlencode([(name, value) for name, value in query if name != "token"])
        # Only the path, with one slash: `//elsewhere.org` would lead there.
        place = "/" + scope["raw_path"].decode("latin-1").lstrip("/") + ("?" + rest if rest else "")
        answer = RedirectResponse(place, 303, {"Cache-Control": "no-store"})
        answer.set_cookie(cookie(self._served), given, httponly=True, samesite="strict")
        return answer


class _Measured:
    """The body of a request, refused where it is too large: at once if it says so, else when it is."""

    def __init__(self, receive: Receive, headers: Headers) -> None:
        self._receive = receive
        self._left = BODY
        told = headers.get("content-length", "")
        self._refused = told.isdigit() and int(told) > BODY

    async def __call__(self) -> Message:
        if not self._refused:
            message = await self._receive()
            self._left -= len(message.get("body", b""))
        if self._refused or self._left < 0:
            raise HTTPException(413, f"the request has more than {BODY:,} bytes")
        return message


def refusal(scope: Scope, headers: Headers, served: Served) -> Response | None:
    """Return the answer to a request that is not let through; None for one that is."""
    if headers.get("host", "").lower() not in served.hosts:
        return problem(headers, 421, f"this is {served.origin}: no other name is answered here")
    if foreign(scope["method"], headers, served.hosts):
        return problem(headers, 403, "a page from elsewhere asks for this: open the address here")
    if len(scope["raw_path"]) + len(scope["query_string"]) > HEAD:
        return problem(headers, 414, f"the address has more than {HEAD:,} characters: send a query with POST")
    if sum(len(name) + len(value) for name, value in headers.raw) > HEAD:
        return problem(headers, 431, f"the headers have more than {HEAD:,} characters")
    path = scope["path"]
    if ".." in path.split("/") or "\\" in path or any(character < " " or character == "\x7f" for character in path):
        return problem(headers, 404, "nothing is here")
    return None


def foreign(method: str, headers: Mapping[str, str], hosts: frozenset[str]) -> bool:
    """Return whether a page that is not ours sent a request; a link that leads here is no such thing.

    Browsers say so in Origin and in Sec-Fetch-Site. A page on another port of this machine is foreign too, and for
    browsers of the same site.

    >>> foreign("POST", {"origin": "https://example.org"}, frozenset({"localhost:8765"}))
    True
    >>> foreign("GET", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, frozenset())
    False
    """
    origin = headers.get("origin")
    if origin is not None:
        scheme, _, host = origin.lower().partition("://")
        return scheme not in ("http", "https") or host not in hosts
    if headers.get("sec-fetch-site", "none") in ("same-origin", "none"):
        return False
    followed = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest", "document") == "document"
    return method not in _READING or not followed


def writer(headers: Headers, served: Served) -> bool:
    """Return whether who asks may write: has the token, in `Authorization: Bearer …` or in the cookie."""
    scheme, _, given = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and matches(given.strip(), served.token):
        return True
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load(headers.get("cookie", ""))
    except CookieError:
        return False
    morsel = jar.get(cookie(served))
    return morsel is not None and matches(morsel.value, served.token)


def require_writer(headers: Headers, served: Served) -> None:
    """Make sure that who asks may write.

    Raises:
        HTTPException: 403 where nothing can be written here, 401 where the token is missing or wrong.
    """
    if served.token is None:
        raise HTTPException(403, "nothing can be changed here: start kg serve with --writable")
    if not writer(headers, served):
        raise HTTPException(
            401,
            "to change something open the address with the token that kg serve shows, or send it as a Bearer token",
            {"WWW-Authenticate": 'Bearer realm="kg"'},
        )


def cookie(served: Served) -> str:
    """Return the name of the cookie with the token: browsers share cookies between the ports of a machine."""
    return f"kg-token-{urlsplit(served.origin).port or 0}"


def matches(given: str, token: str | None) -> bool:
    """Return whether a token is the one; how long that takes tells nothing."""
    return token is not None and compare_digest(given.encode("utf-8", "replace"), token.encode())
