"""The errors of the project, one tree, on the ground floor so that every room may raise them.

    ZhinanError
    ├── DocumentError   a source cannot be read
    ├── RuleError       a rule card or a name list is broken
    ├── TermError       a word that the ontology or a scheme does not know
    ├── GraphError      a graph folder is missing, foreign or damaged
    └── QueryError      a question is unknown, or cannot be asked like this

An error says what is wrong, where, and what would be right, in one line. It stops the work; a doubtful
reading is no error but a finding.
"""


class ZhinanError(Exception):
    """Say what is wrong, where, and what would be right."""

    def __init__(self, what: str, *, where: str = "", right: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.right = right

    def __str__(self) -> str:
        """Join the parts that are there with ` · `, on one line.

        >>> str(TermError("zn:partnr is not declared", where="zhinan.ttl", right="zn:partner?"))
        'zn:partnr is not declared · zhinan.ttl · zn:partner?'
        """
        parts = (" ".join(part.split()) for part in (self.what, self.where, self.right))
        return " · ".join(part for part in parts if part)

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the keyword parts when the error crosses to another process."""
        return (_rebuild, (type(self), self.what, self.where, self.right))


def _rebuild(kind: type[ZhinanError], what: str, where: str, right: str) -> ZhinanError:
    return kind(what, where=where, right=right)


class DocumentError(ZhinanError):
    """A source cannot be read as a text."""


class RuleError(ZhinanError):
    """A rule card or a name list is broken."""


class TermError(ZhinanError):
    """A term, prefix, scheme or code that the ontology does not know."""


class GraphError(ZhinanError):
    """A graph folder is missing, foreign or damaged."""


class QueryError(ZhinanError):
    """A question is unknown or cannot be asked like this."""
