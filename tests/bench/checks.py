"""How long the shapes take to check: the queries made from them, against pySHACL, on the same graph and the same faults.

    python tests/bench/checks.py [FOLDER]

Builds the full guides (the condensed edition where they are not there, or FOLDER), checks the sound graph and one
with some hundred faults by both, refuses to go on where their reports differ, and prints the ratio of their times,
reading the graph included. Fails under the target: 6 times as fast. Quote the ratio, not the seconds.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import process_time

from kg_build.build import build
from kg_build.faults import find_faults
from kg_build.findings import Finding
from kg_build.shapes import check

ROOT = Path(__file__).resolve().parents[2]
TARGET = 6.0
REPEATS = 3
FAULTS = 200
Check = Callable[[Path], tuple[Finding, ...]]


def find_source() -> Path:
    """Return the folder of the full guides, else of the condensed edition."""
    corpus = Path(os.environ.get("ZHINAN_CORPUS", ROOT.parent / "shared" / "corpus"))
    return corpus if any(corpus.glob("*.txt")) else ROOT / "data" / "guides"


def measure(run: Check, folder: Path, *, repeats: int = REPEATS) -> tuple[float, tuple[Finding, ...]]:
    """Return the least processor time of some runs, in seconds, and what they found."""
    times = []
    for _ in range(repeats):
        began = process_time()
        found = run(folder)
        times.append(process_time() - began)
    return min(times), found


def damage(folder: Path) -> None:
    """Take away every so many-th line of a description: a title, a rule, a class, an end."""
    trig = folder / "graph.trig"
    lines = trig.read_text(encoding="utf-8").splitlines(keepends=True)
    inner = [place for place, line in enumerate(lines) if line.startswith("\t") and line.endswith(" ;\n")]
    lost = set(random.Random(4).sample(inner, FAULTS))
    kept = [line for place, line in enumerate(lines) if place not in lost or not lines[place - 1].endswith(" ;\n")]
    trig.write_text("".join(kept), encoding="utf-8")


def main(source: Path) -> int:
    """Print times and ratios; return 1 where a target is missed."""
    missed = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "kg"
        quads = build([source], folder).quads
        for state in ("sound", "damaged"):
            if state == "damaged":
                damage(folder)
            ours, found = measure(find_faults, folder)
            theirs, reference = measure(check, folder, repeats=1)
            if found != reference:
                raise SystemExit(
                    f"{state}: {len(found)} faults by the queries, {len(reference)} by pySHACL, not the same"
                )
            missed |= theirs < TARGET * ours
            print(
                f"{state} graph of {quads:,} statements, {len(found)} faults: {ours:.2f} s, pySHACL {theirs:.2f} s,"
                f" {theirs / ours:.1f} times as fast (target {TARGET:.0f})"
            )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else find_source()))
