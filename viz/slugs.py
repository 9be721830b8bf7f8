"""Names of things in, names of files out: safe on every system, the same in every run.

A name of ASCII letters, digits, dots and hyphens that no system reserves stays as it is; any other keeps what is safe
of it and gets a digest of the whole, so that it does not move when other things come or go. Two names that differ
in case only are told apart.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

__all__ = ["to_slug", "to_slugs"]

_SAFE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_UNSAFE = re.compile(r"[^A-Za-z0-9]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9]|conin|conout|clock)(?:\..*)?", re.IGNORECASE)
_LONGEST = 48
_KEPT = 24
_DIGITS = 10


def to_slug(name: str) -> str:
    """Return a file name without extension.

    >>> to_slug("001-1.3")
    '001-1.3'
    >>> to_slug("../../x")
    'x-9cdf6a5010'
    """
    if _SAFE.fullmatch(name) and len(name) <= _LONGEST and ".." not in name and not _RESERVED.fullmatch(name):
        return name
    return _digest(name, name)


def to_slugs(names: Iterable[str]) -> dict[str, str]:
    """Return a file name for each name; no two are the same on a system that knows no case."""
    slugs: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(set(names)):
        slug, turn = to_slug(name), 0
        while slug.lower() in taken:
            turn += 1
            slug = _digest(name, f"{turn}:{name}")
        taken.add(slug.lower())
        slugs[name] = slug
    return slugs


def _digest(name: str, whole: str) -> str:
    kept = _UNSAFE.sub("-", name).strip("-")[:_KEPT].strip("-").lower()
    digest = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
    return "-".join(filter(None, (kept, digest)))
