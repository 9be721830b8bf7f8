// The picture: vis-network holds the places and the view; what is drawn of it is decided here, before each drawing.
// Nothing is told to vis-network item by item after the start: with 28,000 items that took more than a second.
const LINE = { color: '#7f959f', highlight: '#1f6a73', hover: '#1f6a73' };
const LINES_AT_ONCE = 2500;
const FEW = 500; // up to here names keep clear of dots
let selected = null;
let hovered = null;
let lit = null;

const strength = (share) => (data.tree ? 0.75 : 0.42 + 0.48 * share);

function paintOf(colour) {
  const dark = { background: colour, border: '#1d2730' };
  return { background: colour, border: '#ffffff', highlight: dark, hover: dark };
}

const stage = document.getElementById('canvas');
const toLine = ({ id, from, to }) => ({ id, from, to, width: 1, color: LINE, selectionWidth: 1.5, hoverWidth: 0.8 });
const byWeight = LARGE ? [...data.edges].sort((a, b) => b.weight - a.weight || a.id - b.id) : data.edges;
const waiting = byWeight.slice(LARGE ? LINES_AT_ONCE : data.edges.length); // brought after the first picture
const lineSet = new vis.DataSet(byWeight.slice(0, data.edges.length - waiting.length).map(toLine));
const network = new vis.Network(stage, {
  nodes: new vis.DataSet(data.nodes.map(({ id, group, x, y }) => ({ id, group, x, y, size: 10 }))),
  edges: lineSet,
}, {
  ...data.options,
  groups: { useDefaultGroups: false, ...Object.fromEntries(data.classes.map((style) => [style.id,
    { shape: style.shape, borderWidth: 1.5, borderWidthSelected: 3, color: paintOf(style.color) }])) },
  nodes: { font: { size: 0 } },
  interaction: { ...data.options.interaction, hover: !LARGE, hideEdgesOnDrag: LARGE, hideEdgesOnZoom: LARGE, multiselect: false,
    hoverConnectedEdges: false, selectConnectedEdges: false, keyboard: { enabled: true, bindToWindow: false }, tooltipDelay: 1e9 },
});
const { body } = network;
const redraw = () => body.emitter.emit('_requestRedraw'); // at the next frame, however often it is asked for

function bringLines() {
  const part = waiting.splice(0, 4000);
  if (!part.length) return;
  lineSet.add(part.map(toLine));
  dressLines(part);
  setTimeout(bringLines, 50);
}

// Give every node its size and colour, every line its width: directly, for an update of the data would take a second.
function dress() {
  const top = Math.max(chosen.size === 'betweenness' ? 1e-9 : 4, ...now.order.slice(0, 400).map((node) => sizeValue(node) || 0), ...(data.tree ? data.nodes.map((node) => sizeValue(node) || 0) : []));
  const grown = data.tree ? 1 : Math.min(1.7, Math.max(1, 0.62 / fitScale())); // dots stay dots where the whole is far away
  for (const node of data.nodes) {
    const drawn = body.nodes[node.id];
    node.size = grown * scaled(sizeValue(node), top, 7, 22);
    drawn.options.size = node.size;
    drawn.options.color = paintOf(colourOf(node));
    drawn.shape.refreshNeeded = true;
  }
  dressLines(data.edges);
  const least = now.order.length ? sizeValue(now.order[now.order.length - 1]) || 0 : 0;
  heavy = new Set((data.tree ? now.order.filter((node) => place.get(node.group) < 2) : now.order.slice(0, Math.max(4, Math.round(now.order.length / 12)))
    .filter((node) => (sizeValue(node) || 0) > least)).map((node) => node.id));
  if (data.centre >= 0) heavy.add(data.centre);
}

function dressLines(lines) {
  const widest = now.edge.reduce((most, weight) => Math.max(most, weight || 0), 4);
  for (const edge of lines) {
    const share = (now.edge[edge.id] || 0) / widest;
    edge.width = scaled(now.edge[edge.id], widest, 0.8, 6);
    if (!body.edges[edge.id]) continue;
    body.edges[edge.id].options.width = edge.width;
    body.edges[edge.id].options.color = { ...LINE, inherit: false, opacity: strength(Math.sqrt(share)) };
  }
}
let heavy = new Set();
const hasPart = new Set(data.tree ? data.edges.map((edge) => edge.from) : []);

// The lines in view, the heaviest first, and no more than can be drawn at once: zooming in brings the others.
function linesInView() {
  const { x: left, y: top } = network.DOMtoCanvas({ x: 0, y: 0 });
  const { x: right, y: bottom } = network.DOMtoCanvas({ x: stage.clientWidth, y: stage.clientHeight });
  const found = [];
  for (const id of LARGE && lit ? now.lines.filter((one) => lit.edges.has(one)) : now.lines) {
    if (!body.edges[id]) continue;
    const a = body.nodes[data.edges[id].from];
    const b = body.nodes[data.edges[id].to];
    if ((a.x < left && b.x < left) || (a.x > right && b.x > right) || (a.y < top && b.y < top) || (a.y > bottom && b.y > bottom)) continue;
    found.push(id);
    if (found.length >= LINES_AT_ONCE) break;
  }
  return found;
}

network.on('beforeDrawing', (context) => {
  body.nodeIndices = now.order.map((node) => node.id).reverse(); // the heaviest on top
  body.edgeIndices = linesInView();
  drawAxis(context);
});

// Everything but the choice fades under a veil, and the choice is drawn again above it.
network.on('afterDrawing', (context) => {
  if (lit) {
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalAlpha = 0.86;
    context.fillStyle = PAPER;
    context.fillRect(0, 0, context.canvas.width, context.canvas.height);
    context.restore();
    for (const id of now.lines) if (lit.edges.has(id) && body.edges[id]) body.edges[id].draw(context);
    for (const id of lit.nodes) if (now.shown.has(id)) body.nodes[id].draw(context);
  }
  drawLabels(context, labelView());
});

function drawAxis(context) {
  if (!data.axis.length) return;
  const scale = network.getScale();
  const { y: top } = network.DOMtoCanvas({ x: 0, y: 0 });
  const { y: bottom } = network.DOMtoCanvas({ x: 0, y: stage.clientHeight });
  const half = data.axis.length > 1 ? (data.axis[1].x - data.axis[0].x) / 2 : 300;
  context.save();
  context.font = `600 ${17 / scale}px ${FONT}`;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  data.axis.forEach(({ x, year }, at) => {
    context.fillStyle = at % 2 ? '#f7f6f2' : '#f0efe9';
    context.fillRect(x - half, top, 2 * half, bottom - top);
    context.fillStyle = '#55616c';
    context.fillText(yearName(year), x, top + 10 / scale);
  });
  context.restore();
}
const yearName = (year) => (year === null ? word('undated') : String(year));

function* labelItems() {
  const first = new Set();
  if (hovered !== null) first.add(hovered);
  if (selected && selected.node !== undefined) first.add(selected.node);
  if (selected && selected.edge !== undefined) { first.add(data.edges[selected.edge].from); first.add(data.edges[selected.edge].to); }
  if (data.centre >= 0 && !lit) first.add(data.centre);
  const item = (node) => ({ node, first: first.has(node.id), heavy: heavy.has(node.id), lit: !lit || lit.nodes.has(node.id), inner: hasPart.has(node.id) });
  for (const id of first) if (now.shown.has(id)) yield item(data.nodes[id]);
  for (const node of now.order) if (!first.has(node.id)) yield item(node);
}

// Where the dots are on the screen, as far as names may keep clear of them: not where there are too many.
function dots() {
  if (now.order.length > FEW) return [];
  const scale = network.getScale();
  return now.order.map(({ id, size }) => ({ id, ...network.canvasToDOM(body.nodes[id]), r: size * scale * 0.8 }));
}

function labelView() {
  return { items: labelItems(), focused: lit !== null, scale: network.getScale(), name: listName,
    room: Math.max(data.axis.length ? 34 : 20, Math.min(64, 24 * network.getScale())), toScreen: (node) => network.canvasToDOM(body.nodes[node.id]), dots, few: now.order.length <= FEW };
}

function reach(choice) {
  if (!choice) return null;
  if (choice.edge !== undefined) {
    const edge = data.edges[choice.edge];
    return { nodes: new Set([edge.from, edge.to]), edges: new Set([edge.id]) };
  }
  const near = new Set(edgesOf[choice.node]);
  const ends = new Set([choice.node]);
  for (const id of near) { ends.add(data.edges[id].from); ends.add(data.edges[id].to); }
  return { nodes: ends, edges: near };
}

function select(choice) {
  selected = choice;
  lit = reach(selected);
  if (choice && choice.node !== undefined) network.selectNodes([choice.node], false);
  else if (choice && body.edges[choice.edge]) network.setSelection({ nodes: [], edges: [choice.edge] }, { highlightEdges: false });
  else network.unselectAll();
  showPanel();
  const panel = document.getElementById('panel');
  if (document.activeElement === document.body || document.activeElement?.closest('#panel')) panel.focus({ preventScroll: true });
  if (choice && matchMedia('(max-width: 860px)').matches) panel.scrollIntoView({ block: 'nearest' });
}

const calm = LARGE || matchMedia('(prefers-reduced-motion: reduce)').matches ? false : { duration: 350, easingFunction: 'easeInOutQuad' };

// The box around all that is shown, and the scale at which it fills the stage with room for the names,
// which keep their size on the screen.
function boxOfAll() {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const { id } of now.order) {
    const { x, y } = body.nodes[id];
    box.left = Math.min(box.left, x); box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y); box.bottom = Math.max(box.bottom, y);
  }
  if (data.axis.length) box.right += data.axis[0].x * 0.4; // the names of the last year stand beside it
  return box;
}

function fitScale() {
  const box = boxOfAll();
  const { clientWidth: width, clientHeight: height } = stage;
  const small = width < 600;
  const scaleBeside = (names, above) => {
    const side = Math.min(names, width * (small ? 0.12 : 0.2));
    const edge = Math.min(above, height * (small ? 0.12 : 0.3));
    return Math.min((width - 2 * side) / Math.max(1, box.right - box.left), (height - 2 * edge) / Math.max(1, box.bottom - box.top), 1.4);
  };
  if (!data.tree) return data.axis.length ? scaleBeside(130, 64) : scaleBeside(75, 42);
  const rings = [140, 100].map((room) => scaleBeside(room + 10, room));
  return rings.find((scale) => !isCrowded(scale)) || scaleBeside(48, 32); // no room for names is kept where none are shown
}
const isCrowded = (scale) => data.leaf * scale < 5.5;

function showAll(animation) {
  const box = boxOfAll();
  if (box.left > box.right || !stage.clientWidth) return;
  network.moveTo({ position: { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 }, scale: fitScale(), animation });
}
const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor, animation: calm });
