"""How long a build takes when one of a thousand documents has changed, against the build of all.

    python tests/bench/rebuild.py [DOCUMENTS]

The documents are the guides of the condensed edition, cut after their first directions so that a thousand are
read in a minute, each with an id of its own. All are built once; then one of them is changed, and all are built
again into the same folder, several times. Each build is a process of its own with one job. The house wants the
rebuild in a tenth of the time. Last, one document is removed.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS, DIRECTIONS, ROUNDS = 1000, 4, 3
TARGET = 10.0
BUILD = """
import sys, time
from pathlib import Path
began = time.perf_counter()
from kg_build.build import build, remove
if __name__ == "__main__":
    kg, read = Path(sys.argv[2]), []
    if sys.argv[3:]:
        quads = remove(sys.argv[3:], kg).quads
    else:
        report = build([Path(sys.argv[1])], kg, progress=read.append)
        assert not report.errors, report.errors
        quads = report.quads
    print(time.perf_counter() - began, max(0, len(read) - 1), quads)
"""


def cut(guide: str, directions: int) -> str:
    """Return a guide up to the end of so many of its directions."""
    starts = [found.start() for found in re.finditer(r"^(?:### )?\d+\.\d+\s", guide, re.MULTILINE)]
    return guide[: starts[directions]]


def run(work: Path, *removed: str) -> tuple[float, int, int]:
    """Build, or remove documents, in a process of its own; return seconds, documents read and statements."""
    (work / "run.py").write_text(BUILD, encoding="utf-8")
    command = [sys.executable, str(work / "run.py"), str(work / "in"), str(work / "kg"), *removed]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env={"PYTHONPATH": str(ROOT)}, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    took, read, quads = done.stdout.split()
    return float(took), int(read), int(quads)


def main(documents: int) -> int:
    """Measure the build of all, rebuilds after a change of one, and a removal; return 1 where the target is missed."""
    guides = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "data" / "guides").glob("*.txt"))]
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "in").mkdir()
        paths = [work / "in" / f"{number:04}_guide.txt" for number in range(documents)]
        for number, path in enumerate(paths):
            path.write_text(cut(guides[number % len(guides)], DIRECTIONS), encoding="utf-8")
        full, read, quads = run(work)
        print(f"all {read} documents: {full:.1f} s, {quads:,} statements")
        rebuilds = []
        for turn in range(ROUNDS):
            place = (turn * 2 + 1) * documents // (ROUNDS * 2)
            paths[place].write_text(cut(guides[place % len(guides)], DIRECTIONS - 1), encoding="utf-8")
            rebuilds.append(run(work))
        assert [read for _, read, _ in rebuilds] == [1] * ROUNDS, rebuilds
        took = median(seconds for seconds, *_ in rebuilds)
        print(
            f"one of them changed: {took:.2f} s; none changed: {run(work)[0]:.2f} s; one removed: {run(work, '0007')[0]:.2f} s"
        )
        met = full / took >= TARGET
        verdict = "within" if met else "SHORT OF"
        print(
            f"a rebuild after one change is faster than a build of all: {full / took:.1f} times, {verdict} {TARGET:g}"
        )
    return int(not met)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS))
