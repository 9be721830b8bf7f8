"""How long a command takes to answer, as a multiple of `python -c pass` on the same machine.

Prints a ratio for each command; the house wants at most 8. Not a test: a clock fails nobody's change.
Run by `make bench`.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 21
TARGET = 8.0


def measure(command: Sequence[str]) -> float:
    """Return the seconds of one finished process."""
    begun = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed: {done.stderr.decode()}")
    return time.perf_counter() - begun


def main() -> None:
    """Measure each command in turn with the bare interpreter, so that both see the same load."""
    zhinan = str(Path(sys.executable).with_name("zhinan"))
    with tempfile.TemporaryDirectory() as folder:
        kg = str(Path(folder) / "kg")
        print(f"building data/guides took {measure([zhinan, 'build', str(ROOT / 'data/guides'), '--out', kg]):.1f} s")
        commands = {
            "zhinan --help": [zhinan, "--help"],
            "zhinan questions": [zhinan, "questions"],
            "zhinan ask contacts --partner IL": [zhinan, "ask", "contacts", "--partner", "IL", "--kg", kg],
            "zhinan ask partners": [zhinan, "ask", "partners", "--kg", kg],
            "zhinan ask partners-by-field": [zhinan, "ask", "partners-by-field", "--kg", kg],
        }
        for name, command in commands.items():
            pairs = [(measure([sys.executable, "-c", "pass"]), measure(command)) for _ in range(ROUNDS)]
            floor = statistics.median(pair[0] for pair in pairs)
            taken = statistics.median(pair[1] for pair in pairs)
            verdict = "within" if taken <= TARGET * floor else "OVER"
            print(
                f"{name:36} {taken * 1000:6.0f} ms  {taken / floor:4.1f} × python -c pass"
                f" ({floor * 1000:.0f} ms), {verdict} {TARGET:.0f} ×"
            )


if __name__ == "__main__":
    main()
