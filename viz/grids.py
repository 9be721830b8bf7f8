"""The figure of a grid: directions by partner and field, the more the darker.

In: the rows of a picture's query. Out: a `Figure`. A direction counts once for each of its partners and fields, and once
in a total.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from viz.figures import INK, SOFT, WASH, Figure, Row, Speech, choose_step, draw_labels, mix, to_data

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

    most = max(len(cells[p, f]) for p in partners if p != "rest" for f in fields if (p, f) in cells)
    rows = []
    for down, (partner, name) in enumerate(partners.items()):
        for across, (field, title) in enumerate(fields.items()):
            if number := len(cells.get((partner, field), ())):
                share = 0.0 if partner == "rest" else number / most
                told = f"{name} · {title} · {number}"
                fill = mix(4 * share) if share else WASH
                rows.append(
                    {"row": down, "column": across, "number": number, "fill": fill, "light": share > 0.7, "told": told}
                )
    totals = [{"row": down, "column": len(fields), "number": len(cells[p, ""])} for down, p in enumerate(partners)]
    heads = [
        {"column": across, "name": name}
        for across, name in enumerate([*fields.values(), speech("方向总数", "All directions")])
    ]
    x, y = alt.X("column:O", axis=None), alt.Y("row:O", axis=None)
    squares = alt.Chart(to_data(rows)).mark_rect(stroke="#ffffff", strokeWidth=2, cornerRadius=3).encode(
        x=x, y=y, description="told:N",
        color=alt.Color("fill:N", legend=None, scale=None),
    )  # fmt: skip
    ruled = (
        alt.Chart(to_data(totals))
        .mark_rule(color=WASH, aria=False)
        .encode(x=alt.value(0), x2=alt.value(CELL * len(fields)), y=y)
    )
    numbers = alt.Chart(to_data(rows)).mark_text(aria=False).encode(
        x=x, y=y, text="number:Q", color=alt.condition("datum.light", alt.value("#ffffff"), alt.value(INK)),
    )  # fmt: skip
    sums = alt.Chart(to_data(totals)).mark_text(aria=False, fontWeight=600).encode(x=x, y=y, text="number:Q")
    above = alt.Chart(to_data(heads)).mark_text(
        aria=False, align="left", baseline="middle", angle=315, fontSize=13, color=SOFT, dx=6, dy=-2, limit=280
    ).encode(x=x, y=alt.value(-4), text="name:N")  # fmt: skip
    left = draw_labels(dict(enumerate(partners.values())), y, wide=34, gap=10)
    chart = alt.layer(ruled, squares, numbers, sums, *left, above).properties(
        width=alt.Step(CELL), height=alt.Step(choose_step(partners.values(), 34, 25))
    )
    found: dict[str, Any] = chart.to_dict()
    return found
