"""The figure of a grid: directions by partner and field, the more the darker.

In: the rows of a picture's query. Out: a `Figure`. A direction counts once for each of its partners and fields, and once
in a total.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from viz.figures import INK, SOFT, WASH, Figure, Row, Speech, draw_labels, mix, to_data

__all__ = ["draw_fields"]

MOST_PARTNERS, MOST_FIELDS = 24, 20
ANY_FIELD = "ALL"
CELL = 34  # pixels across a cell


def draw_fields(rows: Sequence[Row], speech: Speech) -> Figure | None:
    """Draw a grid of partners and fields; None where no direction has both."""
    if not rows:
        return None
    partners = {row["code"]: speech.pick(row, "label", "code") for row in rows}
    fields = {row["field_code"]: speech.pick(row, "field", "field_code") for row in rows}
    cells: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        cells[row["code"], row["field_code"]].add(row["direction"])
        cells[row["code"], ""].add(row["direction"])
        cells["", row["field_code"]].add(row["direction"])
    order = sorted(
        partners, key=lambda code: (-len(cells[code, ""]), -sum((code, field) in cells for field in fields), code)
    )
    columns = sorted(fields, key=lambda code: (code == ANY_FIELD, -len(cells["", code]), code))
    shown, rest = order[:MOST_PARTNERS], order[MOST_PARTNERS:]
    kept, gone = columns[:MOST_FIELDS], columns[MOST_FIELDS:]
    if rest:
        partners |= {"rest": speech(f"其余{len(rest)}个合作方", f"{len(rest)} other partners")}
        for code in ["", *kept]:
            cells["rest", code] = set().union(*(cells.get((one, code), set()) for one in rest))
    lines = [speech(
        "格中为指南方向数；一个方向有几个合作方或领域，就在每一格各计一次，右列只计一次。空格为没有。",
        "Directions in each cell. A direction counts for each of its partners and fields, and once in the last column; an empty cell is none.",
    )]  # fmt: skip
    if gone:
        lines.append(speech(f"另有{len(gone)}个领域见表，未画出。", f"{len(gone)} more fields are in the table only."))
    return Figure(
        "partners-by-field", speech.language, speech("合作方与领域", "Partners by field"), tuple(lines),
        tuple(speech("合作方,领域,方向", "Partner,Field,Directions").split(",")),
        tuple((partners[p], fields[f], str(len(cells[p, f]))) for p in order for f in columns if (p, f) in cells),
        _draw_grid(cells, {p: partners[p] for p in [*shown, *(["rest"] if rest else [])]}, {f: fields[f] for f in kept}, speech),
        width=900,
    )  # fmt: skip


def _draw_grid(
    cells: Mapping[tuple[str, str], set[str]], partners: Mapping[str, str], fields: Mapping[str, str], speech: Speech
) -> dict[str, Any]:
    import altair as alt

    total = speech("方向总数", "All directions")
    most = max(len(cells[p, f]) for p in partners if p != "rest" for f in fields if (p, f) in cells)
    rows = [
        {"row": p, "column": f, "number": number, "fill": WASH if p == "rest" else mix(4 * number / most), "light": p != "rest" and number > 0.7 * most, "told": f"{partners[p]} · {fields[f]} · {number}"}
        for p in partners
        for f in fields
        if (number := len(cells.get((p, f), ())))
    ]  # fmt: skip
    totals = [{"row": p, "column": total, "number": len(cells[p, ""])} for p in partners]
    lines = [{"row": p} for p in partners]
    heads = [{"column": f, "name": name} for f, name in [*fields.items(), (total, total)]]
    across = alt.X("column:N", sort=[*fields, total], axis=None)
    down = alt.Y("row:N", sort=list(partners), axis=None)
    squares = alt.Chart(to_data(rows)).mark_rect(stroke="#ffffff", strokeWidth=2, cornerRadius=3).encode(
        x=across, y=down, description="told:N",
        color=alt.Color("fill:N", legend=None, scale=None),
    )  # fmt: skip
    ruled = (
        alt.Chart(to_data(lines))
        .mark_rule(color=WASH, aria=False)
        .encode(x=alt.value(0), x2=alt.value(CELL * len(fields)), y=down)
    )
    numbers = alt.Chart(to_data(rows)).mark_text(aria=False).encode(
        x=across, y=down, text="number:Q", color=alt.condition("datum.light", alt.value("#ffffff"), alt.value(INK)),
    )  # fmt: skip
    sums = alt.Chart(to_data(totals)).mark_text(aria=False, fontWeight=600).encode(x=across, y=down, text="number:Q")
    above = alt.Chart(to_data(heads)).mark_text(
        aria=False, align="left", baseline="middle", angle=315, fontSize=13, color=SOFT, dx=6, dy=-2, limit=280
    ).encode(x=across, y=alt.value(-4), text="name:N")  # fmt: skip
    left = draw_labels(partners, down, wide=34, gap=10)
    chart = alt.layer(ruled, squares, numbers, sums, *left, above).properties(width=alt.Step(CELL), height=alt.Step(25))
    found: dict[str, Any] = chart.to_dict()
    return found
