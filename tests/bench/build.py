"""How long a build takes, step by step, on the guides that are there.

    python tests/bench/build.py [SOURCE]

Prints documents and statements a second for reading, writing, merging and loading, and the wall of a whole
build with one process and with four. Quote the ratios, not the seconds: they are of this machine.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from kg_build.build import build, find_sources
from kg_build.quads import to_quads
from kg_build.reading import read_guide
from kg_build.rules import read_rulebook
from kg_build.shards import load_store, merge_shards, read_ontology, write_shard, write_trig
from ontology.vocabulary import read_vocabulary

ROOT = Path(__file__).resolve().parents[2]
REPEATS = 3


def measure(name: str, run: Callable[[], object], *, amount: int, unit: str) -> float:
    """Print the median time of a step and its speed; return the time in seconds."""
    times = []
    for _ in range(REPEATS):
        began = perf_counter()
        run()
        times.append(perf_counter() - began)
    took = median(times)
    print(f"{name:<28}{took * 1000:>9.0f} ms {amount / took:>12,.0f} {unit}/s")
    return took


def main(source: Path) -> None:
    """Measure each step alone, then the whole."""
    paths, errors = find_sources([source])
    assert not errors, errors
    vocabulary, rulebook = read_vocabulary(), read_rulebook()
    readings = [read_guide(path, vocabulary, rulebook) for path in paths]
    told = [list(to_quads(reading.call, reading.text, vocabulary)) for reading in readings]
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        shards = [work / f"{position}.nq" for position in range(len(paths))]
        for statements, shard in zip(told, shards, strict=True):
            write_shard(statements, shard)
        merged = merge_shards(shards, read_ontology())
        stores = (work / f"store{turn}" for turn in range(REPEATS))

        def read() -> None:
            for path in paths:
                read_guide(path, vocabulary, rulebook)

        def write() -> None:
            for reading, shard in zip(readings, shards, strict=True):
                write_shard(to_quads(reading.call, reading.text, vocabulary), shard)

        measure("read", read, amount=len(paths), unit="documents")
        measure("to_quads and shards", write, amount=sum(map(len, told)), unit="quads")
        measure("merge", lambda: merge_shards(shards, read_ontology()), amount=len(merged), unit="quads")
        measure("graph.trig", lambda: write_trig(merged, work / "trig"), amount=len(merged), unit="quads")
        measure("store", lambda: load_store(merged, next(stores)), amount=len(merged), unit="quads")
        walls = [
            measure(
                f"build, --jobs {jobs}",
                lambda jobs=jobs: build([source], work / "kg", jobs=jobs),  # type: ignore[misc]
                amount=len(paths),
                unit="documents",
            )
            for jobs in (1, 4)
        ]
    print(f"--jobs 4 / --jobs 1: {walls[1] / walls[0]:.2f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "data" / "guides")
