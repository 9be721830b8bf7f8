"""How long a build takes with one job and with four, and how long the usual tools take for the same work.

    python tests/bench/build.py [SOURCE]

Builds the guides of SOURCE twenty times over (each copy with an id of its own) in processes of their own, in
turn with one job and with four, and prints the median walls and their ratio; the house wants 2.5 where there
are four cores. Then it does with spaCy's EntityRuler and rdflib what a build does to the guides themselves:
find the listed names, make the same statements, write them as N-Quads and as TriG. What the other readers
read is given to it, and a store is not asked of it. The house wants 8 times its speed. SOURCE is the full
guides (ZHINAN_CORPUS) where they are, else the condensed edition. Quote the ratios, not the seconds: those are
of this machine, and of what else it does.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from kg_build.quads import to_page
from kg_build.reading import Reading, read_guide
from kg_build.rules import read_rulebook
from kg_build.shards import write_shard
from ontology.vocabulary import Vocabulary, read_vocabulary

ROOT = Path(__file__).resolve().parents[2]
COPIES, ROUNDS = 20, 2
SCALING, AHEAD = 2.5, 8.0
"""What the house wants: of four jobs against one, and of a build against the usual tools."""
SCHEMES = ("partners", "agencies", "fields")
BUILD = """
import resource, sys, time
from pathlib import Path
from kg_build.build import build
if __name__ == "__main__":
    began = time.perf_counter()
    report = build([Path(sys.argv[1])], Path(sys.argv[2]), jobs=int(sys.argv[3]))
    assert not report.errors, report.errors
    took, size = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(took, len(report.documents), report.quads, size / 1024)
"""


def find_source() -> Path:
    """Return the folder of the full guides, else of the condensed edition."""
    corpus = Path(os.environ.get("ZHINAN_CORPUS", ROOT.parent / "shared" / "corpus"))
    return corpus if any(corpus.glob("*.txt")) else ROOT / "data" / "guides"


def copy_guides(source: Path, folder: Path) -> int:
    """Copy each guide so often under ids of its own; return how many files there are."""
    folder.mkdir()
    guides = sorted(source.glob("*.txt"))
    for turn in range(COPIES):
        for guide in guides:
            begin, _, end = guide.stem.partition("_")
            shutil.copy(guide, folder / f"{begin}-{turn:02}_{end}.txt")
    return len(guides) * COPIES


def measure_build(folder: Path, out: Path, jobs: int) -> tuple[float, float, float, float]:
    """Build anew in a process of its own; return seconds, documents, statements and its largest size in MB."""
    shutil.rmtree(out, ignore_errors=True)
    script = out.with_name("run.py")
    script.write_text(BUILD, encoding="utf-8")
    command = [sys.executable, str(script), str(folder), str(out), str(jobs)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=env, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    took, documents, quads, size = map(float, done.stdout.split())
    return took, documents, quads, size


def bench_builds(source: Path, work: Path) -> dict[int, float]:
    """Print what a build takes by the number of jobs; return seconds a document."""
    folder = work / "guides"
    count = copy_guides(source, folder)
    runs = [(jobs, measure_build(folder, work / "kg", jobs)) for _ in range(ROUNDS) for jobs in (1, 4)]
    walls: dict[int, float] = {}
    for jobs in (1, 4):
        mine = [run for of, run in runs if of == jobs]
        walls[jobs] = median(run[0] for run in mine)
        size = max(run[3] for run in mine)
        print(
            f"build --jobs {jobs}: {walls[jobs]:.1f} s for {count} documents, {count / walls[jobs]:.1f} documents/s,"
            f" {mine[0][2] / walls[jobs]:,.0f} statements/s, at most {size:,.0f} MB"
        )
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    tell("--jobs 4 is faster than --jobs 1", walls[1] / walls[4], SCALING, f"{cores} cores")
    return {jobs: wall / count for jobs, wall in walls.items()}


def tell(what: str, ratio: float, target: float, place: str) -> None:
    """Print a ratio with what the house wants."""
    print(f"{what}: {ratio:.1f} times ({place}), {'within' if ratio >= target else 'SHORT OF'} {target:g}")


def bench_steps(readings: list[Reading], vocabulary: Vocabulary, work: Path) -> None:
    """Print what one process takes for each step of a document."""
    rulebook, count = read_rulebook(), len(readings)
    pages = [to_page(reading.call, reading.text, vocabulary) for reading in readings]
    steps: dict[str, Callable[[int], object]] = {
        "read": lambda at: read_guide(readings[at].text.document.path, vocabulary, rulebook),
        "make statements": lambda at: to_page(readings[at].call, readings[at].text, vocabulary),
        "write the shard": lambda at: write_shard(readings[at].call.document, pages[at].graphs, work / f"{at}.part"),
    }
    for name, step in steps.items():
        took = median(_clock(lambda step=step: [step(at) for at in range(count)]) for _ in range(ROUNDS))  # type: ignore[misc]
        print(f"  {name}: {took / count * 1000:.0f} ms a document, {count / took:.0f} documents/s")


def bench_usual_tools(readings: list[Reading], vocabulary: Vocabulary, work: Path) -> float:
    """Do the same with spaCy's EntityRuler and rdflib; print the steps, return seconds a document."""
    import rdflib
    import spacy

    language = spacy.blank("zh")
    ruler: Any = language.add_pipe("entity_ruler", config={"phrase_matcher_attr": "ORTH"})
    ruler.add_patterns([{"label": scheme, "pattern": label} for scheme, label in _iter_labels(vocabulary)])
    told = [list(_iter_terms(reading, vocabulary)) for reading in readings]
    dataset = rdflib.Dataset()

    def find_names() -> None:
        for reading in readings:
            assert language(reading.text.text).ents

    def make_statements() -> None:
        for subject, predicate, object_, graph in (terms for one in told for terms in one):
            value, language_tag, datatype = object_
            term = (
                rdflib.URIRef(value)
                if datatype == "iri"
                else rdflib.Literal(value, lang=language_tag, datatype=datatype and rdflib.URIRef(datatype))
            )
            place = dataset.graph(rdflib.URIRef(graph)) if graph else dataset.default_graph
            place.add((rdflib.URIRef(subject), rdflib.URIRef(predicate), term))

    steps: dict[str, Callable[[], object]] = {
        "find names with EntityRuler": find_names,
        "make statements in rdflib": make_statements,
        "write N-Quads": lambda: dataset.serialize(work / "rdflib.nq", format="nquads", encoding="utf-8"),
        "write TriG": lambda: dataset.serialize(work / "rdflib.trig", format="trig"),
    }
    took = {name: _clock(step) for name, step in steps.items()}
    for name, seconds in took.items():
        print(f"  {name}: {seconds / len(readings) * 1000:.0f} ms a document")
    return sum(took.values()) / len(readings)


def _clock(run: Callable[[], object]) -> float:
    began = perf_counter()
    run()
    return perf_counter() - began


def _iter_labels(vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    for scheme in SCHEMES:
        for concept in vocabulary.concepts(scheme):
            yield from ((scheme, label.text) for label in concept.labels)


def _iter_terms(reading: Reading, vocabulary: Vocabulary) -> Iterator[tuple[str, str, tuple[str, Any, Any], str]]:
    """Yield a document's statements as plain strings: subject, predicate, object (value, language, datatype), graph."""
    import pyoxigraph as ox

    from kg_build.quads import to_quads
    from kg_build.statements import to_line

    lines = "".join(map(to_line, to_quads(reading.call, reading.text, vocabulary)))
    for quad in ox.parse(input=lines, format=ox.RdfFormat.N_QUADS):
        assert isinstance(quad.subject, ox.NamedNode)
        graph = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        if isinstance(quad.object, ox.Literal):
            plain = quad.object.language or quad.object.datatype.value.endswith("#string")
            object_ = (quad.object.value, quad.object.language, None if plain else quad.object.datatype.value)
        else:
            assert isinstance(quad.object, ox.NamedNode)
            object_ = (quad.object.value, None, "iri")
        yield quad.subject.value, quad.predicate.value, object_, graph


def main(source: Path) -> None:
    """Measure builds, then the steps of one process, then the usual tools."""
    print(f"load before: {', '.join(f'{load:.1f}' for load in os.getloadavg())} (a busy machine hides what jobs gain)")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        ours = bench_builds(source, work)
        vocabulary, rulebook = read_vocabulary(), read_rulebook()
        readings = [read_guide(path, vocabulary, rulebook) for path in sorted(source.glob("*.txt"))]
        print("one process, without a store:")
        bench_steps(readings, vocabulary, work)
        print("spaCy's EntityRuler and rdflib:")
        usual = bench_usual_tools(readings, vocabulary, work)
    for jobs, took in ours.items():
        tell(f"build --jobs {jobs} is faster than these", usual / took, AHEAD, f"{usual:.2f} : {took:.2f} s a document")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else find_source())
