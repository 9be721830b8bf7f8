// The page itself: data into vis-network, what is selected, what is filtered, and the buttons.
const data = JSON.parse(document.getElementById('data').textContent);
const styles = new Map(data.classes.map((style) => [style.id, style]));
const styleOf = (node) => styles.get(node.group);
const edgesOf = new Map(data.nodes.map((node) => [node.id, []]));
for (const edge of data.edges) {
  edgesOf.get(edge.from).push(edge.id);
  if (edge.to !== edge.from) edgesOf.get(edge.to).push(edge.id);
}
const LINE = { color: '#7f959f', highlight: '#1f6a73', hover: '#1f6a73' };
const hidden = new Set();
let selected = null;
let hovered = null;
let lit = null;

const strength = (weight) => (data.tree ? 0.75 : Math.min(0.9, 0.36 + 0.09 * weight));

function solid(style) {
  const ring = { background: style.color, border: '#ffffff' };
  return { shape: style.shape, borderWidth: 1.5, borderWidthSelected: 3,
    color: { ...ring, highlight: { background: style.color, border: '#1d2730' }, hover: { background: style.color, border: '#1d2730' } } };
}

const nodes = new vis.DataSet(data.nodes.map(({ id, group, x, y, size }) => ({ id, group, x, y, size })));
const edges = new vis.DataSet(data.edges.map(({ id, from, to, width, weight }) => ({
  id, from, to, width, color: { ...LINE, opacity: strength(weight) }, selectionWidth: 1.5, hoverWidth: 0.8,
})));
const stage = document.getElementById('canvas');
const network = new vis.Network(stage, { nodes, edges }, {
  ...data.options,
  groups: { useDefaultGroups: false, ...Object.fromEntries(data.classes.map((style) => [style.id, solid(style)])) },
  nodes: { font: { size: 0 } },
  interaction: { ...data.options.interaction, hover: data.nodes.length < 3000, multiselect: false, hoverConnectedEdges: false,
    selectConnectedEdges: false, keyboard: { enabled: true, bindToWindow: false }, tooltipDelay: 1e9 },
});

// Heaviest first, in a tree the trunk first: they get their names first.
const rank = new Map(data.classes.map((style, place) => [style.id, place]));
const order = [...data.nodes].sort((a, b) => (data.tree ? rank.get(a.group) - rank.get(b.group) : 0) || b.weight - a.weight || rank.get(a.group) - rank.get(b.group) || a.id - b.id);
const heavy = new Set((data.tree ? order.filter((node) => rank.get(node.group) < 2) : order.slice(0, Math.max(4, Math.round(order.length / 12)))).map((node) => node.id));
const hasPart = new Set(data.tree ? data.edges.map((edge) => edge.from) : []);

function drawNames(context) {
  const first = new Set();
  if (hovered !== null) first.add(hovered);
  if (selected && selected.node !== undefined) first.add(selected.node);
  if (selected && selected.edge !== undefined) { first.add(data.edges[selected.edge].from); first.add(data.edges[selected.edge].to); }
  const items = [];
  for (const node of [...[...first].map((id) => data.nodes[id]), ...order]) {
    if (hidden.has(node.group) || (items.length >= first.size && first.has(node.id))) continue;
    items.push({ node, first: first.has(node.id), heavy: heavy.has(node.id), lit: !lit || lit.nodes.has(node.id) || first.has(node.id), inner: hasPart.has(node.id) });
  }
  const places = network.getPositions();
  drawLabels(context, {
    items, focused: lit !== null, scale: network.getScale(), leaf: data.leaf, name: listName,
    room: Math.max(20, Math.min(64, 24 * network.getScale())),
    toScreen: (node) => network.canvasToDOM(places[node.id]),
  });
}
network.on('afterDrawing', drawNames);

function reach(choice) {
  if (!choice) return null;
  if (choice.edge !== undefined) {
    const edge = data.edges[choice.edge];
    return { nodes: new Set([edge.from, edge.to]), edges: new Set([edge.id]) };
  }
  const near = new Set(edgesOf.get(choice.node));
  const ends = new Set([choice.node]);
  for (const id of near) { ends.add(data.edges[id].from); ends.add(data.edges[id].to); }
  return { nodes: ends, edges: near };
}

function light() {
  const before = lit;
  lit = reach(selected);
  const isLit = (set, kind, id) => !set || set[kind].has(id);
  const changed = (kind) => (item) => isLit(before, kind, item.id) !== isLit(lit, kind, item.id);
  nodes.update(data.nodes.filter(changed('nodes')).map(({ id }) => ({ id, opacity: isLit(lit, 'nodes', id) ? 1 : 0.13 })));
  edges.update(data.edges.filter(changed('edges')).map(({ id, weight }) => {
    return { id, color: { ...LINE, opacity: isLit(lit, 'edges', id) ? strength(weight) : 0.05 } };
  }));
}

function select(choice) {
  selected = choice;
  light();
  if (choice && choice.node !== undefined) network.selectNodes([choice.node], false);
  else if (choice) network.setSelection({ nodes: [], edges: [choice.edge] }, { highlightEdges: false });
  else network.unselectAll();
  showPanel();
  if (document.activeElement === document.body || document.activeElement?.closest('#panel')) document.getElementById('panel').focus({ preventScroll: true });
  if (choice && matchMedia('(max-width: 860px)').matches) document.getElementById('panel').scrollIntoView({ block: 'nearest' });
  network.redraw();
}

function showPanel() {
  if (!selected) showOverview();
  else if (selected.node !== undefined) showNode(data.nodes[selected.node]);
  else showEdge(data.edges[selected.edge]);
}

network.on('click', ({ nodes: [node], edges: [edge] }) => {
  if (node !== undefined) select({ node });
  else if (edge !== undefined) select({ edge });
  else if (selected) select(null);
});
network.on('hoverNode', ({ node }) => { hovered = node; stage.style.cursor = 'pointer'; });
network.on('blurNode', () => { hovered = null; stage.style.cursor = ''; network.redraw(); });
network.on('hoverEdge', () => { stage.style.cursor = 'pointer'; });
network.on('blurEdge', () => { stage.style.cursor = ''; });
document.addEventListener('keydown', (event) => { if (event.key === 'Escape' && selected) select(null); });

function title() {
  const [head, ...rest] = data.title[language].split(language === 'zh' ? '：' : ': ');
  const tail = rest.join('');
  return [head, tail ? tail[0].toUpperCase() + tail.slice(1) : ''];
}

function showLegend() {
  document.getElementById('classes').replaceChildren(...data.classes.map((style) => {
    const box = make('input', { type: 'checkbox' });
    box.checked = !hidden.has(style.id);
    box.addEventListener('change', () => filter(style.id, box.checked));
    const count = data.nodes.filter((node) => node.group === style.id).length;
    return make('label', {}, box, swatch(style), make('span', {}, style[language]), make('span', {}, String(count)));
  }));
}

function filter(name, shown) {
  if (shown) hidden.delete(name); else hidden.add(name);
  nodes.update(data.nodes.filter((node) => node.group === name).map(({ id }) => ({ id, hidden: !shown })));
  const gone = (id) => hidden.has(data.nodes[id].group);
  edges.update(data.edges.map(({ id, from, to }) => ({ id, hidden: gone(from) || gone(to) })));
  if (selected && selected.node !== undefined && gone(selected.node)) select(null);
  if (selected && selected.edge !== undefined && (gone(data.edges[selected.edge].from) || gone(data.edges[selected.edge].to))) select(null);
}

function speak(chosen) {
  language = chosen;
  document.documentElement.lang = chosen === 'zh' ? 'zh-CN' : 'en';
  for (const element of document.querySelectorAll('[data-word]')) element.textContent = word(element.dataset.word);
  for (const element of document.querySelectorAll('[data-name]')) element.setAttribute('aria-label', word(element.dataset.name));
  document.getElementById('search').placeholder = word('searchHint');
  for (const name of ['zh', 'en']) document.getElementById(name).setAttribute('aria-pressed', String(name === chosen));
  const [head, tail] = title();
  document.getElementById('title').textContent = head;
  document.getElementById('subtitle').textContent = tail;
  document.title = data.title[chosen];
  stage.querySelector('canvas').setAttribute('aria-label', word('canvas'));
  showLegend();
  showPanel();
  network.redraw();
}

function savePicture() {
  const source = stage.querySelector('canvas');
  const ratio = source.width / source.clientWidth;
  const picture = document.createElement('canvas');
  const head = 56 * ratio;
  const foot = 40 * ratio;
  picture.width = source.width;
  picture.height = source.height + head + foot;
  const context = picture.getContext('2d');
  context.fillStyle = PAPER;
  context.fillRect(0, 0, picture.width, picture.height);
  context.drawImage(source, 0, head);
  context.scale(ratio, ratio);
  context.fillStyle = INK;
  context.textBaseline = 'middle';
  context.font = `600 19px ${FONT}`;
  context.fillText(data.title[language], 22, 30);
  let left = 22;
  const line = (head + source.height + foot / 2) / ratio;
  context.font = `13px ${FONT}`;
  for (const style of data.classes.filter((one) => !hidden.has(one.id))) {
    context.save();
    context.translate(left, line - 9);
    context.fillStyle = style.color;
    context.fill(new Path2D(SHAPES[style.shape]));
    context.restore();
    context.fillText(style[language], left + 24, line);
    left += 46 + context.measureText(style[language]).width;
  }
  picture.toBlob((blob) => {
    const link = make('a', { href: URL.createObjectURL(blob), download: `${title()[0].replace(/[\\/:*?"<>|]/g, ' ').trim() || 'network'}.png` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }, 'image/png');
}

const calm = matchMedia('(prefers-reduced-motion: reduce)').matches ? false : { duration: 350, easingFunction: 'easeInOutQuad' };

// As vis-network's own fit, with room for the names, which keep their size on the screen.
function showAll(animation) {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const { id, group } of data.nodes) {
    if (hidden.has(group)) continue;
    const { x, y } = network.getPosition(id);
    box.left = Math.min(box.left, x); box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y); box.bottom = Math.max(box.bottom, y);
  }
  if (box.left > box.right) return;
  const { clientWidth: width, clientHeight: height } = stage;
  const small = width < 600;
  const side = Math.min(data.tree ? 150 : 75, width * (small ? 0.12 : 0.2));
  const edge = Math.min(data.tree ? 140 : 42, height * (small ? 0.12 : 0.22));
  const scale = Math.min((width - 2 * side) / Math.max(1, box.right - box.left), (height - 2 * edge) / Math.max(1, box.bottom - box.top), 1.8);
  network.moveTo({ position: { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 }, scale, animation });
}
const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor, animation: calm });
document.getElementById('zh').addEventListener('click', () => speak('zh'));
document.getElementById('en').addEventListener('click', () => speak('en'));
document.getElementById('fit').addEventListener('click', () => { select(null); showAll(calm); });
document.getElementById('png').addEventListener('click', savePicture);
document.getElementById('nearer').addEventListener('click', () => zoom(1.4));
document.getElementById('farther').addEventListener('click', () => zoom(1 / 1.4));
prepareSearch((node) => {
  if (hidden.has(node.group)) { filter(node.group, true); showLegend(); }
  select({ node: node.id });
  network.focus(node.id, { scale: Math.max(network.getScale(), 0.8), animation: calm });
});
stage.querySelector('canvas').setAttribute('role', 'img');
speak('zh');
showAll(false);
window.zhinan = Object.freeze({ network, data });
