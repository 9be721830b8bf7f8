"""The tour in docs/ runs, block after block, and prints what it shows."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

TOUR = ROOT / "docs" / "tour.md"
BLOCK = re.compile(r"```python\n(.*?)```(?:\n\n```text\n(.*?)```)?", re.DOTALL)


def to_pattern(shown: str) -> re.Pattern[str]:
    """Read `…` as anything, over lines where it stands alone; runs of blanks and rules may be of any length."""
    parts = [r"[^\n]*".join(map(re.escape, line.split("…"))) for line in shown.splitlines()]
    pattern = "\n".join(
        r"(?:.*\n)*.*" if line == "…" else part for line, part in zip(shown.splitlines(), parts, strict=True)
    )
    return re.compile(re.sub(r"(?:\\ |─)+(?=.)", lambda run: r"[ ─]+" if len(run[0]) > 2 else run[0], pattern))


def test_the_tour_prints_what_it_shows(guides: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "guides").symlink_to(guides, target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    blocks = BLOCK.findall(TOUR.read_text(encoding="utf-8"))
    assert len(blocks) > 10
    names: dict[str, object] = {}
    for code, shown in blocks:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(code, TOUR.name, "exec"), names)
        assert to_pattern(shown.rstrip("\n")).fullmatch(printed.getvalue().rstrip("\n")), (
            f"{code}prints\n{printed.getvalue()}"
        )


def test_the_tour_shows_what_the_face_can_do() -> None:
    text = TOUR.read_text(encoding="utf-8")
    for word in (
        ".ask(",
        ".to_pandas(",
        ".to_polars(",
        ".to_dicts(",
        ".show(",
        ".sparql(",
        ".questions(",
        "open_graph(",
    ):
        assert word in text, word
