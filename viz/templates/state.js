// What the page holds and what is chosen: years, weight, size, colour, filters; and what follows for each node and line.
const data = JSON.parse(document.getElementById('data').textContent);
const styles = new Map(data.classes.map((style) => [style.id, style]));
const LARGE = data.nodes.length > 3000 || data.edges.length > 6000;
const edgesOf = data.nodes.map(() => []);
for (const edge of data.edges) {
  edgesOf[edge.from].push(edge.id);
  if (edge.to !== edge.from) edgesOf[edge.to].push(edge.id);
}
const years = [...new Set(data.directions.map((one) => one.year).filter((year) => year !== null))].sort((a, b) => a - b);
const hasMoney = data.edges.some((edge) => edge.money !== null);
const hasBetween = data.nodes.length > 2 && data.nodes.every((node) => node.betweenness !== null);

const chosen = { weight: 'directions', size: 'weight', colour: 'class', from: years[0], to: years[years.length - 1], least: 0,
  hidden: new Set(), gone: new Set(), around: null };
const now = { node: [], edge: [], shown: new Set(), lines: [], order: [] };

const COMMUNITIES = ['#1f7a78', '#a35a15', '#6a5aa8', '#a8483f', '#5b7a2b', '#2f5d8c', '#94478c', '#7a6a1f', '#4f6d7a', '#8a3b5c'];
const REST = '#77818a';
const colourOf = (node) => (chosen.colour === 'community' ? COMMUNITIES[node.community] || REST : styles.get(node.group).color);
const styleOf = (node) => ({ ...styles.get(node.group), color: colourOf(node) });

const allYears = () => !years.length || (chosen.from === years[0] && chosen.to === years[years.length - 1]);
function inYears(place) {
  const { year } = data.directions[place];
  return allYears() || (year !== null && year >= chosen.from && year <= chosen.to);
}

// Money of a sub-direction lies inside its parent's and is not counted twice (viz.network.sum_money).
function sumMoney(places) {
  const known = new Set(places);
  let sum = null;
  for (const place of known) {
    const { money: own, parent } = data.directions[place];
    if (own !== null && !(known.has(parent) && data.directions[parent].money !== null)) sum = (sum || 0) + own;
  }
  return sum;
}

// The weight of a node or line in the years chosen: null where none of its directions is of them.
function weigh(item) {
  if (allYears()) return chosen.weight === 'money' ? item.money : item.weight;
  if (!item.directions.length) return chosen.weight === 'money' ? item.money : 1;
  const places = item.directions.filter(inYears);
  if (!places.length) return null;
  return chosen.weight === 'money' ? sumMoney(places) : places.length;
}
const isOfYears = (item) => allYears() || !item.directions.length || item.directions.some(inYears);

// The steps of the weight filter: the weights that occur, at most forty of them.
function steps() {
  const found = [...new Set(now.edge.filter((weight) => weight))].sort((a, b) => a - b);
  if (found.length <= 40) return [0, ...found];
  return [0, ...Array.from({ length: 40 }, (_, place) => found[Math.floor((place * (found.length - 1)) / 39)])];
}

// Say anew what is shown and how heavy it is; the heaviest lines come first in now.lines.
function recount() {
  now.node = data.nodes.map(weigh);
  now.edge = data.edges.map(weigh);
  const passes = (edge) => isOfYears(edge) && (!chosen.least || (now.edge[edge.id] || 0) >= chosen.least);
  const kept = data.edges.filter(passes);
  const neutral = allYears() && !chosen.least;
  const linked = new Set(kept.flatMap((edge) => [edge.from, edge.to]));
  now.shown = new Set(data.nodes.filter((node) => !chosen.hidden.has(node.group) && !chosen.gone.has(node.id) && (neutral || linked.has(node.id))
    && (!chosen.around || chosen.around.has(node.id))).map((node) => node.id));
  now.lines = kept.filter((edge) => now.shown.has(edge.from) && now.shown.has(edge.to))
    .sort((a, b) => (now.edge[b.id] || 0) - (now.edge[a.id] || 0) || a.id - b.id).map((edge) => edge.id);
  now.order = sortNodes();
}

// Heaviest first, in a tree the trunk first: they get their names first.
const place = new Map(data.classes.map((style, at) => [style.id, at]));
function sortNodes() {
  const value = (node) => sizeValue(node) || 0;
  return data.nodes.filter((node) => now.shown.has(node.id)).sort((a, b) => (data.tree ? place.get(a.group) - place.get(b.group) : 0)
    || value(b) - value(a) || place.get(a.group) - place.get(b.group) || a.id - b.id);
}

function sizeValue(node) {
  return chosen.size === 'weight' ? now.node[node.id] : node[chosen.size];
}

// The area of a node and the width of a line grow with their value.
function scaled(value, top, least, most) {
  return least + (most - least) * Math.sqrt(Math.max(0, value || 0) / Math.max(top, 1e-9));
}
