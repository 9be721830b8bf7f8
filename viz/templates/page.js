// The page itself: what is selected, which language is spoken, and the buttons.
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
network.on('doubleClick', ({ nodes: [node] }) => { if (node !== undefined) surround(node); });
network.on('hoverNode', ({ node }) => { hovered = node; stage.style.cursor = 'pointer'; });
network.on('blurNode', () => { hovered = null; stage.style.cursor = ''; redraw(); });
network.on('hoverEdge', () => { stage.style.cursor = 'pointer'; });
network.on('blurEdge', () => { stage.style.cursor = ''; });
document.addEventListener('keydown', (event) => {
  if (event.key === 'Delete' && selected?.node !== undefined && !event.target.closest('input, select')) hide(selected.node);
  if (event.key !== 'Escape') return;
  if (selected) select(null);
  else if (chosen.around) surround(null);
});

function title() {
  const [head, ...rest] = data.title[language].split(language === 'zh' ? '：' : ': ');
  const tail = rest.join('');
  return [head, tail ? tail[0].toUpperCase() + tail.slice(1) : ''];
}

function speak(tongue) {
  language = tongue;
  document.documentElement.lang = tongue === 'zh' ? 'zh-CN' : 'en';
  for (const element of document.querySelectorAll('[data-word]')) element.textContent = word(element.dataset.word);
  for (const element of document.querySelectorAll('[data-name]')) element.setAttribute('aria-label', word(element.dataset.name));
  document.getElementById('search').placeholder = word('searchHint');
  for (const name of ['zh', 'en']) document.getElementById(name).setAttribute('aria-pressed', String(name === tongue));
  const [head, tail] = title();
  document.getElementById('title').textContent = head;
  document.getElementById('subtitle').textContent = tail;
  document.title = data.title[tongue];
  stage.querySelector('canvas').setAttribute('aria-label', word('canvas'));
  showLegend();
  showControls();
  showPanel();
  if (isTable()) showTable();
  redraw();
}

const press = (id, act) => document.getElementById(id).addEventListener('click', act);
press('zh', () => speak('zh'));
press('en', () => speak('en'));
press('fit', () => { select(null); showAll(calm); });
press('png', () => whenShown(savePicture));
press('svg', () => whenShown(saveSvg));
press('as-table', () => openTable(!isTable()));
press('nearer', () => zoom(1.4));
press('farther', () => zoom(1 / 1.4));
prepareControls();
prepareSearch((node) => {
  if (chosen.gone.has(node.id)) restore(node.id);
  if (chosen.hidden.has(node.group)) { filter(node.group, true); showLegend(); }
  if (chosen.around && !chosen.around.has(node.id)) surround(null);
  select({ node: node.id });
  network.focus(node.id, { scale: Math.max(network.getScale(), 0.8), animation: calm });
});
network.once('afterDrawing', () => performance.mark('drawn'));
window.addEventListener('beforeprint', preparePaper);
window.addEventListener('afterprint', () => document.getElementById('paper').replaceChildren());
const frame = stage.querySelector('.vis-network');
frame.setAttribute('role', 'group');
frame.dataset.name = 'moving';
stage.querySelector('canvas').setAttribute('role', 'img');
recount();
dress();
speak('zh');
showAll(false);
setTimeout(bringLines, 200);
window.zhinan = Object.freeze({ network, data, chosen, now, labels: () => placeLabels(stage.querySelector('canvas').getContext('2d'), labelView()) });
