"""Write what the ontology's IRIs lead to: a page to read, and the statements in four formats.

In: the Turtle of `ontology/`. Out: a folder that a plain file server can serve under the base IRI, with a folder
for each ontology and one for its version. `make docs` runs it. The page is pyLODE's, which fetches nothing and
asks for nothing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox

from ontology.vocabulary import BASE, FOLDER, read_terms

FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
"""Endings of the formats; the Turtle is copied as it was written."""

_OWL = "http://www.w3.org/2002/07/owl#"
_VERSION = ox.NamedNode(_OWL + "versionIRI")


def write_pages(folder: Path) -> None:
    """Write the folder anew."""
    if folder.exists():
        shutil.rmtree(folder)
    for source in (FOLDER / "zhinan.ttl", FOLDER / "alignment.ttl", FOLDER / "shapes.ttl"):
        triples = [quad.triple for quad in ox.parse(path=str(source), format=ox.RdfFormat.TURTLE)]
        ontology, version = next((t.subject, t.object) for t in triples if t.predicate == _VERSION)
        first = folder / str(getattr(ontology, "value", "")).removeprefix(BASE)
        _write_formats(source, triples, first)
        if source.stem == "zhinan":
            _write_page(source, first / "index.html")
        second = folder / str(getattr(version, "value", "")).removeprefix(BASE)
        shutil.copytree(first, second, ignore=lambda *_, skipped=second.name: {skipped})
    for scheme in sorted((FOLDER / "schemes").glob("*.ttl")):
        place = folder / "scheme" / scheme.stem
        place.mkdir(parents=True)
        shutil.copyfile(scheme, place / "index.ttl")
    shutil.copyfile(Path(__file__).parent / "logo.svg", folder / "logo.svg")


def _write_formats(source: Path, triples: list[ox.Triple], place: Path) -> None:
    place.mkdir(parents=True)
    prefixes = dict(read_terms().prefixes)
    for ending, form in FORMATS.items():
        if ending == source.suffix[1:]:
            shutil.copyfile(source, place / f"index.{ending}")
            continue
        ox.serialize(triples, str(place / f"index.{ending}"), format=form, prefixes=prefixes)


def _write_page(source: Path, page: Path) -> None:
    """Let pyLODE write the page; its order would hang on the hash seed."""
    command = [sys.executable, "-m", "pylode", str(source), "-o", str(page)]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONHASHSEED": "0"})


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]))
