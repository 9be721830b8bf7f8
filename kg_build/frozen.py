"""Frozen classes that are made by the thousand.

In: a class of annotated fields. Out: a dataclass with slots that compares and hashes by its fields. The
type checker refuses to change one; at run time nothing stands guard, as the guard of `dataclass(frozen=True)`
makes each object five times as dear. This module knows none of the classes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

__all__ = ["frozen"]

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def frozen(*, eq: bool = True, order: bool = False) -> Callable[[type[T]], type[T]]:
    """Make a class a dataclass with slots, to be treated as frozen; `eq` and `order` are those of `dataclass`."""
    return dataclass(slots=True, unsafe_hash=eq, eq=eq, order=order)
