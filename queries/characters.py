"""Characters that a file format cannot carry, and the one rule for them: U+FFFD stands in their place.

In: text from a graph or a record. Out: text that the format takes. Everything else stays as it is; quotes, line
breaks and markup are the escaping of each writer.
"""

from __future__ import annotations

import re

__all__ = ["REPLACEMENT", "to_plain", "to_unicode"]

REPLACEMENT = "\ufffd"

_SURROGATE = re.compile("[\ud800-\udfff]")
_UNPRINTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def to_unicode(text: str) -> str:
    """Replace halves of surrogate pairs, which no UTF-8 file can hold; JSON smuggles them in as escapes.

    >>> to_unicode("a\\ud800b") == "a\\ufffdb"
    True
    """
    return _SURROGATE.sub(REPLACEMENT, text)


def to_plain(text: str) -> str:
    """Replace also what XML 1.0 forbids and spreadsheets choke on: NUL, control characters, U+FFFE, U+FFFF.

    >>> to_plain("a\\x00b\\tc") == "a\\ufffdb\\tc"
    True
    """
    return _UNPRINTED.sub(REPLACEMENT, text)
