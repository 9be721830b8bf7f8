"""One request to a server and its reply, and whatever can go wrong with them, told in one line.

In: an address, words of HTTP, bytes. Out: a reply whose body is read as it comes, in time and not without end.
It refuses to know: SPARQL, graphs and what a body says.
"""

from __future__ import annotations

import io
import re
import urllib.request as web
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPMessage, HTTPResponse, IncompleteRead
from typing import IO, Any, BinaryIO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

from ontology.errors import QueryError
from queries.deadlines import Deadline
from queries.logins import Login

__all__ = ["MOST_BYTES", "Reply", "Request", "check_address", "open_reply"]

MOST_BYTES = 200_000_000
"""What a reply may weigh: more would not fit beside its rows in the memory of an office machine."""
_LONGEST = 1e6
"""Seconds: a socket counts no farther; the deadline does."""
_AT_ONCE = 1 << 16
_SAID = 120
_SAME_ASK = (307, 308)
_LOCAL = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent: `server` is how an error calls whom it was sent to."""

    url: str
    method: str = "GET"
    data: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    server: str = "endpoint"
    fine: frozenset[int] = frozenset()
    """Statuses that are answers beside those of success."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What comes back; reading its body raises QueryError for whatever goes wrong with that."""

    status: int
    media_type: str
    headers: Mapping[str, str]
    """By their names in small letters."""
    body: BinaryIO


class _Body(io.RawIOBase):
    """The body of a reply, as a file that keeps to a deadline and to a size."""

    def __init__(self, response: HTTPResponse, request: Request, deadline: Deadline, most: int) -> None:
        self._response, self._deadline, self._request = response, deadline, request
        self._left = self._most = most
        self._missing = int(response.headers.get("Content-Length") or 0)

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read what has come, into the buffer; QueryError for too much and for a body that breaks off."""
        self._deadline.check()
        data = self._response.read1(len(buffer))
        self._left -= len(data)
        self._missing -= len(data)
        if self._left < 0:
            size = f"{self._most // 1_000_000} MB"
            raise QueryError(
                f"the answer is larger than {size}", where=self._request.url, right="a smaller query, or a --limit"
            )
        if not data and self._missing > 0:
            raise QueryError(
                f"the answer breaks off, {self._missing:,} bytes are missing",
                where=self._request.url,
                right="ask it again",
            )
        buffer[: len(data)] = data
        return len(data)


def check_address(url: str) -> None:
    """Raise QueryError for what is no address of a server, and for one that carries a password."""
    right = "http://… or https://…"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise QueryError("this is no address of an endpoint", where=url, right=right) from error
    if parts.scheme not in ("http", "https") or not host or not re.fullmatch(r"[!-~]+", url):
        raise QueryError("this is no address of an endpoint", where=url, right=right)
    if parts.username is not None:
        raise QueryError(
            "an address does not carry a user", where=host, right="--user NAME, the password in ZHINAN_PASSWORD"
        )


@contextmanager
def open_reply(
    request: Request, deadline: Deadline, *, login: Login | None = None, most: int = MOST_BYTES
) -> Iterator[Reply]:
    """Send a request and give its reply to read; QueryError for whatever goes wrong, also while it is read.

    TimeoutError, from a deadline that passes, is told here too. A redirect with 307 or 308 is followed, for it
    means the same request; after any other the answer would be one to another question.
    """
    check_address(request.url)
    asked = web.Request(request.url, request.data, dict(request.headers), method=request.method)
    try:
        with _build_opener(request, login).open(asked, timeout=min(deadline.seconds or _LONGEST, _LONGEST)) as response:
            headers = {name.lower(): value for name, value in response.headers.items()}
            body = io.BufferedReader(_Body(response, request, deadline, most), _AT_ONCE)
            yield Reply(response.status, response.headers.get_content_type(), headers, body)
    except HTTPError as error:
        with error:
            raise _to_refusal(error, request) from error
    except (URLError, HTTPException, OSError, ValueError) as error:
        raise _to_failure(error, request, deadline) from error


def _build_opener(request: Request, login: Login | None) -> web.OpenerDirector:
    """Return what opens a request; a server on this machine is never asked through a proxy."""
    proxies = web.ProxyHandler({} if urlsplit(request.url).hostname in _LOCAL else None)
    handlers: list[web.BaseHandler] = [proxies, _Redirects(request), _Statuses(request)]
    if login is not None:
        handlers.append(login.to_handler())
    return web.build_opener(*handlers)


class _Statuses(web.HTTPErrorProcessor):
    """Lets through, beside success, the statuses that the asker takes as answers."""

    def __init__(self, request: Request) -> None:
        self._fine = request.fine

    def http_response(self, request: web.Request, response: HTTPResponse) -> HTTPResponse:
        passed: HTTPResponse = response if response.status in self._fine else super().http_response(request, response)
        return passed

    https_response = http_response


class _Redirects(web.HTTPRedirectHandler):
    """Follows where the same request is asked for elsewhere, and nowhere else."""

    def __init__(self, request: Request) -> None:
        self._request = request

    def redirect_request(
        self, req: web.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> web.Request:
        """Return the same request to the new address; QueryError where it would be another one."""
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        shown = "".join(character for character in newurl if character.isprintable())
        moved = f"the {self._request.server} redirects ({code})"
        check_address(newurl)
        if code not in _SAME_ASK and req.get_method() not in ("GET", "HEAD"):
            raise QueryError(f"{moved}, which would lose the question", where=self._request.url, right=shown)
        if (old.scheme, new.scheme) == ("https", "http"):
            raise QueryError(f"{moved} to an address without encryption", where=self._request.url, right=shown)
        kept = {name: value for name, value in req.headers.items() if name != "Authorization"}
        return web.Request(newurl, req.data, kept, origin_req_host=req.origin_req_host, method=req.get_method())


def _to_refusal(error: HTTPError, request: Request) -> QueryError:
    """Tell a status that is no success, with the first words of what the server says to it."""
    server = request.server
    if error.code in (301, 302, 303, 307, 308):
        return QueryError(
            f"the {server} redirects in a circle ({error.code})", where=request.url, right="an address that answers"
        )
    if error.code in (401, 403):
        return QueryError(
            f"the {server} lets nobody in without the right login: {error.code}",
            where=request.url,
            right="--user NAME, the password in ZHINAN_PASSWORD",
        )
    said = _to_words(error)
    return QueryError(
        f"the {server} refuses: {error.code} {_to_printable(error.reason)} {said}".rstrip(),
        where=request.url,
        right=_RIGHT.get(request.server, "a request that it understands"),
    )


_RIGHT = {
    "endpoint": "a SPARQL 1.1 endpoint that takes queries by POST",
    "graph store": "an endpoint of the SPARQL 1.1 Graph Store Protocol",
}


def _to_words(error: HTTPError) -> str:
    """Return the beginning of an error page as plain words."""
    read: Callable[[int], bytes] = error.read
    text = read(2000).decode("utf-8", "replace")
    text = re.sub(r"<(style|script|title)\b.*?</\1>|<[^<>]*>", " ", text, flags=re.DOTALL | re.IGNORECASE)
    return _to_printable(text)[:_SAID].strip()


def _to_printable(text: object) -> str:
    words = " ".join(str(text).split())
    return "".join(character for character in words if character.isprintable())


def _to_failure(error: Exception, request: Request, deadline: Deadline) -> QueryError:
    """Tell what kept the request or the reply from arriving."""
    reason = getattr(error, "reason", error)
    if isinstance(reason, TimeoutError):
        return QueryError(
            f"no answer within {deadline.seconds or 0:g} seconds",
            where=request.url,
            right="a smaller query, or a longer --timeout",
        )
    if isinstance(error, IncompleteRead):
        return QueryError("the answer breaks off", where=request.url, right="ask it again")
    said = getattr(reason, "strerror", None) or reason
    return QueryError(
        f"no {request.server} answers: {_to_printable(said) or type(reason).__name__}",
        where=request.url,
        right="an address of one that is up",
    )
