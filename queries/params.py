"""Parameters of a question: their types, their slots in the query, and what the header says of them.

In: the JSON of a header's `#+ params:`. Out: `Param` values. It refuses to know: graphs and terms.

    {"partner": "code"}                                    a filter that may be left out
    {"unit": {"type": "text", "default": "次"}}             holds unless another value is given, or `*` for any
    {"subject": {"type": "subject", "example": "001/1.3"}}  must be given; the example shows how
    {"applicant": {"type": "choice", "choices": ["enterprise", "academic"]}}
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from ontology.errors import QueryError

__all__ = ["ANY", "Param", "ParamType", "slot", "to_params"]

ParamType = Literal["code", "call", "subject", "property", "choice", "year", "integer", "number", "text"]
ANY = "*"
"""The value that sets a default aside."""

_KEYS = {"type", "choices", "default", "example"}


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter by its variable's name and the type of its value.

    `code` is a notation or a name from the scheme of that name (partner → partners), `call` a document's id,
    `subject` anything that `show` takes, `property` a term of the ontology, `choice` one of `choices`,
    `year`, `integer` and `number` numbers, `text` words taken as they are. One with an example must be given.
    """

    name: str
    type: ParamType
    choices: tuple[str, ...] = ()
    default: str | int | float | None = None
    example: str | int | float | None = None

    @property
    def usage(self) -> str:
        """Return how it is typed, in brackets where it may be left out.

        >>> Param("unit", "text", default="次").usage
        '[--unit TEXT=次]'
        """
        value = "|".join(self.choices) or self.type.upper()
        value += "" if self.default is None else f"={self.default}"
        words = f"--{self.name.replace('_', '-')} {value}"
        return words if self.example is not None else f"[{words}]"


def slot(name: str) -> re.Pattern[str]:
    """Return the pattern of a parameter's slot, `VALUES ?name { UNDEF }`."""
    return re.compile(rf"VALUES\s+\?{re.escape(name)}\s*\{{\s*UNDEF\s*\}}", re.IGNORECASE)


def to_params(said: Mapping[str, Any], where: str) -> tuple[Param, ...]:
    """Return the parameters of a header; raise QueryError for a type or a key that there is not."""
    return tuple(_to_param(name, value, where) for name, value in said.items())


def _to_param(name: str, said: Any, where: str) -> Param:
    keys = said if isinstance(said, dict) else {"type": said}
    if unknown := keys.keys() - _KEYS:
        right = f"one of {' '.join(sorted(_KEYS))}"
        raise QueryError(f"parameter {name} has no {min(unknown)}", where=where, right=right)
    type_: ParamType | None = next((one for one in get_args(ParamType) if one == keys.get("type")), None)
    if type_ is None:
        right = f"one of {' '.join(get_args(ParamType))}"
        raise QueryError(f"{keys.get('type')} is no type of a parameter", where=where, right=right)
    choices = tuple(keys.get("choices", ()))
    if bool(choices) != (type_ == "choice"):
        raise QueryError(f"parameter {name} needs a type choice with choices", where=where, right='"choices": ["…"]')
    if "default" in keys and "example" in keys:
        right = "a default, or an example of what must be given"
        raise QueryError(f"parameter {name} has a default and an example", where=where, right=right)
    return Param(name, type_, choices, keys.get("default"), keys.get("example"))
