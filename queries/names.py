"""The nearest known name to one that nobody knows, for the last part of an error."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["nearest"]

_MOST = 16


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the closest names as a suggestion, or the first of all where none is close.

    >>> nearest("contact", ["calls", "contacts"])
    'contacts?'
    """
    from difflib import get_close_matches

    names = list(dict.fromkeys(known))
    folded = {one.casefold(): one for one in reversed(names)}
    near = [folded[one] for one in get_close_matches(name.casefold(), list(folded), n=3, cutoff=0.5)]
    if near:
        return " or ".join(near) + "?"
    if not names:
        return "there is none"
    return "one of " + " ".join(names[:_MOST]) + (" …" if len(names) > _MOST else "")
