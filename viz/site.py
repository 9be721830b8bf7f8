"""A graph in, a folder of pages out that opens from a disk: overview, a page for each thing, the sources, a search index.

Pages share one style and one script; a policy in each forbids everything else, and the templates escape every value.
It refuses to know: where sources come from, and what a command line is.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ontology.errors import QueryError
from viz.atlas import LISTS, Atlas, read_atlas
from viz.contacts import leave_out_contacts, mask_text
from viz.details import to_call_page, to_direction_page
from viz.facts import Claim, Name, read_facts
from viz.finding import to_index
from viz.folders import refuse_foreign, write_folder
from viz.groupings import to_grouping_page
from viz.overview import to_list_page, to_overview
from viz.pages import Page
from viz.sources import SourcePage, Text, to_source_page

if TYPE_CHECKING:
    from jinja2 import Environment

    from queries.graphs import Graph

__all__ = ["Site", "iter_files", "write_site"]

TEMPLATES = Path(__file__).parent / "templates" / "site"
ASSETS = ("site.css", "site.js", "source.js")
POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file:; "
    "base-uri 'none'; form-action 'none'"
)
"""Everything from the folder itself, nothing written into a page, nothing from elsewhere; `file:` is what some
browsers want to hear for a folder on a disk."""


@dataclass(frozen=True, slots=True)
class Site:
    """What was written: how many pages and how many bytes."""

    pages: int
    size: int


def write_site(
    graph: Graph, out: Path, *, texts: Mapping[str, Text] | None = None, version: str, contacts: bool = True
) -> Site:
    """Write the report whole or not at all; `texts` are the sources that are at hand, by the ids of documents.

    Without `contacts` no person's name, phone or e-mail that was read, or has the form of one, is in any file. Raises
    QueryError for a graph without calls, for a folder that is not ours, and where nothing can be written.
    """
    refuse_foreign(out)  # before the pictures are drawn: nobody waits to hear it
    files = dict(iter_files(graph, texts=texts or {}, version=version, contacts=contacts))
    write_folder(out, files)
    return Site(sum(name.endswith(".html") for name in files), sum(map(len, files.values())))


def iter_files(
    graph: Graph, *, texts: Mapping[str, Text], version: str, contacts: bool = True
) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every file."""
    from viz.pictures import draw_pictures

    facts = read_facts(graph)
    if not facts.of_class("Call"):
        raise QueryError(
            "the graph holds no call", where="zhinan report", right="a graph that `zhinan build` read guides into"
        )
    if not contacts:
        texts = {name: mask_text(facts, name, text) for name, text in texts.items()}
        facts = leave_out_contacts(facts)
    atlas = read_atlas(facts)
    pages = list(_iter_pages(atlas))
    locate = Places(atlas, pages)
    setting = _Setting(atlas, version, with_texts=bool(texts))
    pictures = draw_pictures(graph)
    yield "index.html", setting.render("overview.html", "index.html", page=to_overview(atlas), pictures=pictures)
    for kind, path in LISTS.items():
        if atlas.things(kind):
            yield path, setting.render("list.html", path, page=to_list_page(atlas, kind))
    for page in pages:
        yield page.path, setting.render("page.html", page.path, page=page)
    for document in facts.documents.values():
        source: SourcePage = to_source_page(atlas, document, texts.get(document.id), locate.find)
        yield source.path, setting.render("source.html", source.path, source=source)
    for picture in pictures:
        for language, svg in picture.svgs.items():
            yield f"pictures/{picture.name}.{language}.svg", svg.encode("utf-8")
    for name in ASSETS:
        yield f"assets/{name}", (TEMPLATES / name).read_bytes()
    yield "assets/index.js", to_index(atlas).encode("utf-8")


def _iter_pages(atlas: Atlas) -> Iterator[Page]:
    for iri in atlas.things("direction"):
        yield to_direction_page(atlas, iri)
    for iri in atlas.things("call"):
        yield to_call_page(atlas, iri)
    for kind in ("partner", "agreement", "agency", "field"):
        for iri in atlas.things(kind):
            yield to_grouping_page(atlas, kind, iri)


class Places:
    """Where in the report the fact of a claim stands: the first row that shows it."""

    def __init__(self, atlas: Atlas, pages: list[Page]) -> None:
        self._atlas = atlas
        self._claims: dict[Claim, str] = {}
        self._facts: dict[tuple[str, str, Any], str] = {}
        for page in pages:
            shown = [("top", claim) for claim in page.head.claims] if page.head else []
            for section in page.sections:
                shown += [(row.anchor, claim) for row in section.rows for claim in row.claims]
                shown += [(line.anchor, claim) for line in section.table for claim in line.claims]
            for anchor, claim in shown:
                href = f"{page.path}#{anchor}"
                self._claims.setdefault(claim, href)
                self._facts.setdefault((claim.subject, claim.property, claim.object), href)

    def find(self, claim: Claim) -> str:
        """Return the way to a claim's fact, else to its subject's page, else to the overview."""
        found = self._claims.get(claim) or self._facts.get((claim.subject, claim.property, claim.object))
        if found:
            return found
        subject = claim.subject
        while subject and subject not in self._atlas.paths:
            subject = subject.rpartition("/")[0]
        return self._atlas.paths.get(subject, "index.html")


class _Setting:
    """The templates with all that every page needs."""

    def __init__(self, atlas: Atlas, version: str, *, with_texts: bool) -> None:
        self._atlas = atlas
        self._environment = _open_templates()
        self._environment.globals |= {
            "policy": POLICY,
            "words": _read_words(),
            "version": version,
            "with_texts": with_texts,
            "atlas": atlas,
            "menu": {kind: path for kind, path in LISTS.items() if atlas.things(kind)},
        }

    def render(self, template: str, path: str, **values: object) -> bytes:
        root = "../" * path.count("/")
        text = self._environment.get_template(template).render(root=root, path=path, **values)
        return text.encode("utf-8", "replace")


def _open_templates() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from viz.html import to_script_json

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["script_json"] = _mark(to_script_json)
    return environment


def _mark(write: Any) -> Any:
    from markupsafe import Markup

    return lambda value: Markup(write(value))


def _read_words() -> Mapping[str, Name]:
    rows = tomllib.loads((TEMPLATES / "words.toml").read_text(encoding="utf-8"))
    return {key: Name(row["zh"], row["en"]) for key, row in rows.items()}
