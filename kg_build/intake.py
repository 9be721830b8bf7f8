"""One document on its way into a graph: from its file to all that the graph holds of it.

In: a file, and where its shard shall be. Out: a `Part`. Several processes may do this side by side.
This module reads no text and makes no statement itself.
"""

from __future__ import annotations

import gc
import json
from pathlib import Path

from kg_build.curation import Curation
from kg_build.findings import count_severities, to_json
from kg_build.mentions import find_mentions
from kg_build.parts import DocumentReport, Part
from kg_build.quads import to_page
from kg_build.reading import read_guide
from kg_build.recognisers import load_pipeline
from kg_build.records import to_records
from kg_build.revisions import to_edition
from kg_build.rules import read_rulebook
from kg_build.shards import write_shard
from kg_build.tallies import take_census
from ontology.errors import DocumentError
from ontology.vocabulary import read_vocabulary

__all__ = ["prepare", "read_part"]


def prepare() -> None:
    """Load what every document needs into a process that reads nothing else; keep it out of garbage collection."""
    read_vocabulary()
    read_rulebook()
    gc.freeze()


def read_part(path: Path, shard: Path, rules: str, *, model: str | None, curation: Curation) -> Part:
    """Read one guide, write its shard, and return what the graph folder says beside it.

    `rules` is the fingerprint of what decides how it is read. Raises DocumentError for a text without a
    direction or a programme: whatever it is, it is no guide.
    """
    vocabulary = read_vocabulary()
    pipeline = None if model is None else load_pipeline(model)
    reading, judgement = curation.judge(read_guide(path, vocabulary, read_rulebook(), pipeline=pipeline), path)
    document, call = reading.text.document, reading.call
    if not call.directions and not call.programmes:
        raise DocumentError("is no guide", where=str(path), right="numbered directions (1.1 …) in the text")
    identities = curation.identities(vocabulary)
    page = to_page(call, reading.text, vocabulary, identities, judgement.spans)
    graphs, edition = page.graphs, to_edition(call)
    report = DocumentReport(
        id=document.id,
        file=path.name,
        sha256=document.sha256,
        characters=len(document.raw),
        directions=len(call.directions),
        subdirections=sum(direction.parent is not None for direction in call.directions),
        stated_directions=None if call.stated_directions is None else call.stated_directions.value,
        facts=len(page.claims),
        findings=count_severities(reading.findings),
    )
    return Part(
        report,
        rules,
        tuple(json.dumps(record, ensure_ascii=False) for record in to_records(call)),
        tuple(to_json(finding, document=document.id, text=reading.text) for finding in reading.findings),
        write_shard(document.id, graphs, shard),
        summary={
            "aliases": curation.aliases.fingerprint(),
            "census": take_census(document.id, graphs).to_plain(),
            "decisions": curation.fingerprint(path),
            "edition": None if edition is None else edition.to_plain(),
            "mentions": find_mentions(call, identities),
        },
    )
