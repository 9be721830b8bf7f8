// The table of measures: every node shown, with its counts; a heading sorts, a name opens the card.
const COLUMNS = [
  ['name', (node) => nameOf(node)], ['class', (node) => styleOf(node)[language]], ['directions', (node) => node.directions.length],
  ['money', (node) => node.money], ['degree', (node) => node.degree], ['betweenness', (node) => node.betweenness],
  ['community', (node) => node.community + 1],
];
const sorting = { column: 2, down: true };
let rowsShown = 100;

function showTable() {
  const [, value] = COLUMNS[sorting.column];
  const turn = sorting.down ? -1 : 1;
  const compare = (a, b) => {
    const [one, other] = [value(a), value(b)];
    if (one === null || other === null) return (one === null) - (other === null);
    return turn * (typeof one === 'string' ? one.localeCompare(other, language) : one - other) || a.id - b.id;
  };
  const members = [...now.order].sort(compare);
  const head = COLUMNS.map(([key], column) => {
    const active = sorting.column === column;
    const button = make('button', { type: 'button', click: () => {
      sorting.down = active ? !sorting.down : column > 1;
      sorting.column = column;
      showTable();
      document.querySelectorAll('#table th button')[column].focus();
    } }, word(`column_${key}`), make('span', { 'aria-hidden': 'true' }, active ? (sorting.down ? ' ↓' : ' ↑') : ''));
    return make('th', { scope: 'col', 'aria-sort': active ? (sorting.down ? 'descending' : 'ascending') : 'none' }, button);
  });
  const box = document.getElementById('table');
  box.replaceChildren(
    make('table', {}, make('caption', {}, word('tableNote')), make('thead', {}, make('tr', {}, ...head)),
      make('tbody', {}, ...members.slice(0, rowsShown).map(toRow))),
    ...(members.length > rowsShown ? [make('button', { type: 'button', class: 'back', click: () => { rowsShown += 500; showTable(); } },
      word('more', members.length - rowsShown))] : []));
}

function toRow(node) {
  const open = make('button', { type: 'button', lang: textLanguage(nameOf(node)), click: () => select({ node: node.id }) }, listName(node));
  const number = (text) => make('td', { class: 'number' }, text);
  return make('tr', {}, make('th', { scope: 'row' }, open), make('td', {}, swatch(styleOf(node)), ' ', styles.get(node.group)[language]),
    number(String(node.directions.length)), number(node.money === null ? '–' : money(node.money)), number(String(node.degree)),
    number(node.betweenness === null ? '–' : node.betweenness.toFixed(3)), number(String(node.community + 1)));
}

function openTable(open) {
  document.getElementById('picture').hidden = open;
  document.getElementById('table').hidden = !open;
  document.getElementById('as-table').setAttribute('aria-pressed', String(open));
  if (open) showTable();
  else { network.setSize('100%', '100%'); redraw(); }
}
// A picture can be kept only while it is there.
function whenShown(act) {
  if (!isTable()) { act(); return; }
  openTable(false);
  setTimeout(act, 200);
}

const isTable = () => !document.getElementById('table').hidden;
