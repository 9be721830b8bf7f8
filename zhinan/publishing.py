"""A graph folder sent to a server, as a user asks for it: from words and the environment to printed lines.

In: a folder, an address, who sends. Out: text. A password and a token are read from the environment, and are never printed.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from ontology.errors import QueryError
from queries.answers import shorten
from queries.logins import Login
from queries.publications import GraphStore, Publication, publish

__all__ = ["PASSWORD", "TOKEN", "publish_graph"]

PASSWORD = "ZHINAN_PASSWORD"
TOKEN = "ZHINAN_TOKEN"
"""The variables of the environment that hold what no command line may show."""


def publish_graph(
    kg: Path, url: str, *, user: str | None, with_token: bool, timeout: float, tell: Callable[[str], None]
) -> str:
    """Send the graph, tell of each part once it is there, and return the summary."""
    server = GraphStore(url, _to_login(user, with_token), timeout)
    done = publish(kg, server, lambda graph, count: tell(f"{shorten(graph)}  {count:,} statements"))
    return _to_summary(done, url)


def _to_login(user: str | None, with_token: bool) -> Login | None:
    if user is not None and with_token:
        raise QueryError("--user and --token are two logins", where="zhinan publish", right="one of them")
    if user is not None:
        return Login(user, _read_secret(PASSWORD))
    return Login(token=_read_secret(TOKEN)) if with_token else None


def _read_secret(name: str) -> str:
    secret = os.environ.get(name, "")
    if not secret or not secret.isprintable():
        raise QueryError(f"{name} is not set", where="the environment", right=f"export {name}=…")
    return secret


def _to_summary(done: Publication, url: str) -> str:
    if not done.sent and not done.removed:
        return f"nothing to send: {len(done.kept)} graphs are there already → {url}"
    parts = [f"{len(done.sent)} graphs sent"]
    parts += [f"{len(done.kept)} left alone"] if done.kept else []
    parts += [f"{len(done.removed)} removed"] if done.removed else []
    return f"{', '.join(parts)} → {url}"
