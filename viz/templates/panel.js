// The card beside the picture: overview, one node, or one edge. Values become text nodes, never markup.
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key === 'click') element.addEventListener('click', value);
    else if (value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const SHAPES = {
  dot: 'M9 2a7 7 0 1 0 .01 0z', square: 'M3 3h12v12H3z', diamond: 'M9 1l8 8-8 8-8-8z', triangle: 'M9 2l8 14H1z',
  triangleDown: 'M9 16L1 2h16z', star: 'M9 1l2.4 5.3 5.6.6-4.2 3.9 1.2 5.7L9 13.6l-5 2.9 1.2-5.7L1 6.9l5.600-.6z',
  hexagon: 'M5 2h8l4 7-4 7H5L1 9z',
};

function swatch(style) {
  const space = 'http://www.w3.org/2000/svg';
  const picture = document.createElementNS(space, 'svg');
  picture.setAttribute('class', 'swatch');
  picture.setAttribute('viewBox', '0 0 18 18');
  picture.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(space, 'path');
  path.setAttribute('d', SHAPES[style.shape]);
  path.setAttribute('fill', style.color);
  picture.append(path);
  return picture;
}

function nameOf(node) {
  return language === 'en' ? node.label_en : node.label;
}

function textLanguage(text) {
  return /[\u3400-\u9fff]/.test(text) ? 'zh-CN' : 'en';
}

function fact(label, value) {
  return make('div', {}, make('dt', {}, label), make('dd', {}, String(value)));
}

function rows(items, { most = 40 } = {}) {
  const line = ({ node, text, count, open }) =>
    make('li', {}, make('button', { type: 'button', click: open }, swatch(styleOf(node)), make('span', {}, text),
      make('span', { class: 'count' }, String(count))));
  const list = make('ul', { class: 'rows' }, ...items.slice(0, most).map(line));
  if (items.length <= most) return list;
  const rest = make('details', { class: 'more' }, make('summary', {}, word('more', items.length - most)));
  rest.addEventListener('toggle', () => {
    if (rest.childElementCount === 1) rest.append(make('ul', { class: 'rows' }, ...items.slice(most).map(line)));
  });
  return make('div', {}, list, rest);
}

function showOverview() {
  const parts = [make('h2', {}, title()[0]), make('p', { class: 'soft' }, word('intro'))];
  parts.push(make('dl', { class: 'facts' }, fact(word('nodes'), data.nodes.length), fact(word('edges'), data.edges.length),
    fact(word('directions'), data.directions.length), fact(word('calls'), new Set(data.directions.map((d) => d.call)).size)));
  if (chosen.gone.size) parts.push(make('h3', {}, word('gone', chosen.gone.size)), rows([...chosen.gone].map((id) => ({ node: data.nodes[id],
    text: listName(data.nodes[id]), count: word('bringBack'), open: () => restore(id) }))));
  if (chosen.colour === 'community') parts.push(...communityList());
  for (const style of data.classes) {
    const members = data.nodes.filter((node) => node.group === style.id && !chosen.gone.has(node.id)).sort((a, b) => b.weight - a.weight || a.id - b.id);
    if (members.length) parts.push(make('h3', {}, `${style[language]} · ${members.length}`),
      rows(members.map((node) => ({ node, text: listName(node), count: node.weight, open: () => select({ node: node.id }) })), { most: 8 }));
  }
  fill(parts);
}

function communityList() {
  const found = new Map();
  for (const node of now.order) found.set(node.community, [...(found.get(node.community) || []), node]);
  const list = [...found.values()].sort((a, b) => b.length - a.length || a[0].community - b[0].community).slice(0, COMMUNITIES.length);
  return [make('h3', {}, `${word('column_community')} · ${found.size}`), make('p', { class: 'key' }, word('communityNote')),
    rows(list.map((members) => ({ node: members[0], text: members.slice(0, 3).map(listName).join(language === 'zh' ? '、' : ', '), count: members.length,
      open: () => select({ node: members[0].id }) })), { most: 10 })];
}

function listName(node) {
  return data.tree && node.code ? `${node.code} ${nameOf(node)}` : nameOf(node);
}

function showNode(node) {
  const other = language === 'en' ? node.label : node.label_en;
  const links = edgesOf[node.id].map((id) => data.edges[id]).sort((a, b) => (data.tree ? a.id - b.id : b.weight - a.weight || a.id - b.id));
  const calls = new Set(node.directions.map((d) => data.directions[d].call));
  const { quotes, own } = byDirection(node);
  const facts = make('dl', { class: 'facts' });
  if (node.code) facts.append(fact(word('code'), node.code));
  facts.append(fact(word('directions'), node.directions.length), fact(word('calls'), calls.size), fact(word('links'), links.length));
  if (hasBetween) facts.append(fact(word('column_betweenness'), node.betweenness.toFixed(3)));
  if (node.money !== null) facts.append(fact(word(node.stated ? 'stated' : 'money'), money(node.money)));
  fill([
    back(),
    make('p', { class: 'kind' }, swatch(styleOf(node)), styleOf(node)[language]),
    make('h2', { lang: textLanguage(nameOf(node)) }, nameOf(node)),
    other !== nameOf(node) ? make('p', { class: 'other', lang: textLanguage(other) }, other) : null,
    facts,
    make('div', { class: 'acts' },
      make('button', { type: 'button', class: 'alone', click: () => surround(chosen.centre === node.id ? null : node.id) },
        word(chosen.around && chosen.centre === node.id ? 'allAgain' : 'alone')),
      chosen.gone.has(node.id) ? null : make('button', { type: 'button', class: 'hide', click: () => hide(node.id) }, word('hide'))),
    node.money !== null && !node.stated ? make('p', { class: 'key' }, word('moneyNote')) : null,
    make('h3', {}, `${word('together')} · ${links.length}`),
    rows(links.map((edge) => {
      const far = data.nodes[edge.from === node.id ? edge.to : edge.from];
      return { node: far, text: listName(far), count: edge.weight, open: () => select({ edge: edge.id }) };
    })),
    own.length ? make('h3', {}, word('basis')) : null,
    ...own.map(quote),
    make('h3', {}, `${word('all')} · ${node.directions.length}`),
    directionList([...quotes], 12),
  ]);
}

// The quotes of a node or line: under the directions that they stand in, and those that stand in none of them.
function byDirection(item) {
  const quotes = new Map(item.directions.map((place) => [place, []]));
  const own = [];
  for (const [place, sentence] of item.quotes) (quotes.get(place) || own).push(data.sentences[sentence]);
  return { quotes, own };
}

function showEdge(edge) {
  const ends = [data.nodes[edge.from], data.nodes[edge.to]];
  const facts = make('dl', { class: 'facts' }, fact(word('directions'), edge.directions.length));
  if (edge.money !== null) facts.append(fact(word('money'), money(edge.money)));
  const { quotes, own } = byDirection(edge);
  fill([
    back(),
    edge.kind === undefined ? null : make('p', { class: 'kind' }, data.relations[edge.kind][language]),
    make('h2', {}, `${nameOf(ends[0])} — ${nameOf(ends[1])}`),
    facts,
    make('ul', { class: 'rows' }, ...ends.map((node) => make('li', {}, make('button', { type: 'button', click: () => select({ node: node.id }) },
      swatch(styleOf(node)), make('span', {}, listName(node)), make('span', { class: 'count' }, styleOf(node)[language]))))),
    make('h3', {}, word('basis')),
    ...own.map(quote),
    edge.quotes.length ? null : make('p', { class: 'soft' }, word('noQuote')),
    directionList([...quotes], 30),
  ]);
}

function directionList(entries, most) {
  const block = ([place, sentences]) => {
    const direction = data.directions[place];
    const about = direction.money === null ? direction.call : `${direction.call} · ${money(direction.money)}`;
    return make('section', { class: 'direction', lang: 'zh-CN' },
      make('h4', {}, make('b', {}, direction.number), direction.title), make('p', {}, about), ...sentences.map(quote));
  };
  const whole = make('div', {}, ...entries.slice(0, most).map(block));
  if (entries.length > most) {
    const rest = make('details', { class: 'more' }, make('summary', {}, word('more', entries.length - most)));
    rest.addEventListener('toggle', () => {
      if (rest.childElementCount === 1) rest.append(...entries.slice(most).map(block));
    });
    whole.append(rest);
  }
  return whole;
}

function quote([prefix, exact, suffix, source, start, end]) {
  return make('blockquote', { lang: 'zh-CN' }, prefix, make('mark', {}, exact), suffix,
    make('footer', { lang: language === 'zh' ? 'zh-CN' : 'en' }, `${source} · ${word('chars', start, end)}`));
}

function back() {
  return make('button', { type: 'button', class: 'back', click: () => select(null) }, word('back'));
}

function fill(parts) {
  const panel = document.getElementById('panel');
  panel.replaceChildren(...parts.filter((part) => part !== null));
  panel.scrollTop = 0;
}
