"""The two namespaces of our own, for who needs nothing else of the ontology.

`vocabulary` reads files into values; a question needs neither, and its answer would come later for them.
"""

from __future__ import annotations

__all__ = ["BASE", "ZN"]

BASE = "https://w3id.org/zhinan/"
ZN = BASE + "ontology#"
