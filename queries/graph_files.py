"""A property graph as GraphML and as GEXF, for Gephi, networkx, yEd and Cytoscape.

In: holdings. Out: XML in which every attribute has its type. A character that XML cannot carry is U+FFFD.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from queries.holdings import Holdings
from queries.property_graph import Edge, Type, read_property_graph, type_attributes

__all__ = ["write_gexf", "write_graphml"]

_LINES_AT_ONCE = 512
_GEXF = '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n<graph defaultedgetype="directed" mode="static">\n'
_GRAPHML = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def write_graphml(holdings: Holdings) -> Iterator[bytes]:
    """Yield the merged facts as GraphML."""
    graph = read_property_graph(holdings)
    keys = {"node": {"label": "string", "class": "string", **type_attributes(graph.nodes)}}
    keys["edge"] = dict(type_attributes(graph.edges))
    names = {domain: {name: f"{domain[0]}{place}" for place, name in enumerate(keys[domain])} for domain in keys}
    lines = [_DECLARATION + _GRAPHML]
    for domain, types in keys.items():
        for name, type_ in types.items():
            key, shown = names[domain][name], quoteattr(name)
            lines.append(f'<key id="{key}" for="{domain}" attr.name={shown} attr.type="{type_}"/>\n')
    lines.append('<graph edgedefault="directed">\n')
    for node in graph.nodes:
        told = {"label": node.label, "class": " ".join(node.classes), **node.attributes}
        data = "".join(f'<data key="{names["node"][name]}">{_to_text(value)}</data>' for name, value in told.items())
        lines.append(f"<node id={quoteattr(node.iri)}>{data}</node>\n")
    for place, edge in enumerate(graph.edges):
        data = "".join(
            f'<data key="{names["edge"][name]}">{_to_text(value)}</data>' for name, value in edge.attributes.items()
        )
        lines.append(f'<edge id="{place}" {_to_ends(edge)}>{data}</edge>\n')
    lines.append("</graph>\n</graphml>\n")
    yield from _iter_bytes(lines)


def write_gexf(holdings: Holdings) -> Iterator[bytes]:
    """Yield the merged facts as GEXF 1.2."""
    graph = read_property_graph(holdings)
    node_types: dict[str, Type] = {"class": "string", **type_attributes(graph.nodes)}
    edge_types = type_attributes(graph.edges)
    lines = [_DECLARATION + _GEXF, *_to_declarations("node", node_types), *_to_declarations("edge", edge_types)]
    lines.append("<nodes>\n")
    places = {name: place for place, name in enumerate(node_types)}
    for node in graph.nodes:
        values = {"class": " ".join(node.classes), **node.attributes}
        lines.append(
            f"<node id={quoteattr(node.iri)} label={quoteattr(node.label)}>{_to_values(values, places)}</node>\n"
        )
    lines.append("</nodes>\n<edges>\n")
    places = {name: place for place, name in enumerate(edge_types)}
    for place, edge in enumerate(graph.edges):
        told = _to_values(edge.attributes, places)
        lines.append(f'<edge id="{place}" {_to_ends(edge)} label={quoteattr(edge.property)}>{told}</edge>\n')
    lines.append("</edges>\n</graph>\n</gexf>\n")
    yield from _iter_bytes(lines)


def _to_declarations(domain: str, types: Mapping[str, Type]) -> list[str]:
    head = f'<attributes class="{domain}" mode="static">\n'
    rows = [
        f'<attribute id="{place}" title={quoteattr(name)} type="{type_}"/>\n'
        for place, (name, type_) in enumerate(types.items())
    ]
    return [head, *rows, "</attributes>\n"]


def _to_values(values: Mapping[str, object], places: Mapping[str, int]) -> str:
    told = "".join(
        f'<attvalue for="{places[name]}" value={quoteattr(_show(value))}/>' for name, value in values.items()
    )
    return f"<attvalues>{told}</attvalues>"


def _to_ends(edge: Edge) -> str:
    return f"source={quoteattr(edge.source)} target={quoteattr(edge.target)}"


def _to_text(value: object) -> str:
    """Return element content; a carriage return is an escape, as XML reads a bare one as a line feed."""
    return escape(_show(value), {"\r": "&#13;"})


def _show(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _iter_bytes(lines: list[str]) -> Iterator[bytes]:
    for start in range(0, len(lines), _LINES_AT_ONCE):
        yield "".join(lines[start : start + _LINES_AT_ONCE]).encode("utf-8")
