// The controls above the picture: classes, years, weight, size, colour, and the neighbourhood that is shown alone.
function refresh() {
  recount();
  dress();
  if (selected && selected.node !== undefined && !now.shown.has(selected.node)) select(null);
  if (selected && selected.edge !== undefined && !now.lines.includes(selected.edge)) select(null);
  document.getElementById('empty').hidden = now.shown.size > 0;
  if (isTable()) showTable();
  redraw();
}

function showLegend() {
  const counts = new Map();
  for (const node of data.nodes) counts.set(node.group, (counts.get(node.group) || 0) + 1);
  document.getElementById('classes').replaceChildren(...data.classes.map((style) => {
    const box = make('input', { type: 'checkbox' });
    box.checked = !chosen.hidden.has(style.id);
    box.addEventListener('change', () => filter(style.id, box.checked));
    const mark = swatch(chosen.colour === 'community' ? { ...style, color: REST } : style);
    return make('label', {}, box, mark, make('span', {}, style[language]), make('span', {}, String(counts.get(style.id))));
  }));
  const near = document.getElementById('near');
  near.hidden = !chosen.around;
  if (chosen.around) near.replaceChildren(make('span', {}, word('near', nameOf(data.nodes[chosen.centre]))),
    make('button', { type: 'button', click: () => surround(null) }, word('allAgain')));
  const gone = document.getElementById('gone');
  gone.hidden = !chosen.gone.size;
  gone.replaceChildren(make('span', {}, word('gone', chosen.gone.size)),
    make('button', { type: 'button', click: () => restore(null) }, word('allBack')));
}

function filter(name, shown) {
  if (shown) chosen.hidden.delete(name); else chosen.hidden.add(name);
  refresh();
}

// Show a node and its neighbours alone; null shows all again.
function surround(id) {
  chosen.around = id === null ? null : reach({ node: id }).nodes;
  chosen.centre = id;
  refresh();
  if (id !== null) select({ node: id });
  else showPanel();
  showLegend();
  showAll(calm);
}

// Take one node out of the picture, or bring it back; null brings back all.
function hide(id) {
  chosen.gone.add(id);
  refresh();
  showLegend();
  showPanel();
  document.getElementById('status').textContent = word('hidden', nameOf(data.nodes[id]));
}

function restore(id) {
  if (id === null) chosen.gone.clear(); else chosen.gone.delete(id);
  refresh();
  showLegend();
  if (id === null) select(null);
  else select({ node: id });
}

function options(id, choices, current) {
  const list = document.getElementById(id);
  list.replaceChildren(...choices.map(([value, text]) => {
    const option = make('option', { value }, text);
    option.selected = String(value) === String(current);
    return option;
  }));
  list.closest('label').hidden = choices.length < 2;
}

function showControls() {
  options('weight', [['directions', word('directions')], ...(hasMoney ? [['money', word('column_money')]] : [])], chosen.weight);
  options('size', [['weight', word('byWeight')], ['degree', word('column_degree')],
    ...(hasBetween ? [['betweenness', word('column_betweenness')]] : [])], chosen.size);
  options('colour', [['class', word('column_class')], ['community', word('column_community')]], chosen.colour);
  const choices = years.map((year) => [year, String(year)]);
  options('from', choices, chosen.from);
  options('to', choices, chosen.to);
  showLeast();
}

function showLeast() {
  const slider = document.getElementById('least');
  const found = steps();
  slider.max = found.length - 1;
  slider.value = Math.max(0, found.findIndex((step) => step >= chosen.least));
  slider.closest('label').hidden = found.length < 3;
  const text = !chosen.least ? word('any') : chosen.weight === 'money' ? `≥ ${money(chosen.least)}` : `≥ ${chosen.least}`;
  document.getElementById('least-now').textContent = text;
  slider.setAttribute('aria-valuetext', text);
}

function prepareControls() {
  const listen = (id, act) => document.getElementById(id).addEventListener('change', (event) => { act(event.target.value); refresh(); showLegend(); showPanel(); });
  listen('weight', (value) => { chosen.weight = value; chosen.least = 0; recount(); showLeast(); });
  listen('size', (value) => { chosen.size = value; });
  listen('colour', (value) => { chosen.colour = value; });
  listen('from', (value) => { chosen.from = Number(value); if (chosen.to < chosen.from) chosen.to = chosen.from; showControls(); });
  listen('to', (value) => { chosen.to = Number(value); if (chosen.to < chosen.from) chosen.from = chosen.to; showControls(); });
  document.getElementById('least').addEventListener('input', (event) => {
    chosen.least = steps()[Number(event.target.value)];
    showLeast();
    refresh();
  });
}
