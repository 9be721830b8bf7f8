// Search by name in both languages and by code: whole names first, then beginnings, then parts.
function prepareSearch(choose) {
  const box = document.getElementById('search');
  const list = document.getElementById('hits');
  const fold = (text) => text.normalize('NFKC').toLowerCase();
  const names = data.nodes.map((node) => [fold(node.label), fold(node.label_en), fold(node.code)]);
  let hits = [];
  let active = -1;

  const rank = (name, wanted) => (name === wanted ? 0 : name.startsWith(wanted) ? 1 : name.includes(wanted) ? 2 : 3);

  function find(text) {
    const wanted = fold(text.trim());
    if (!wanted) return [];
    return data.nodes
      .map((node) => [Math.min(...names[node.id].map((name) => rank(name, wanted))), node])
      .filter(([place]) => place < 3)
      .sort(([a, one], [b, other]) => a - b || other.weight - one.weight || one.id - other.id)
      .slice(0, 12)
      .map(([, node]) => node);
  }

  function show() {
    const asked = box.value.trim() !== '';
    list.replaceChildren(...hits.map((node, place) => {
      const other = language === 'en' ? node.label : node.label_en;
      const item = make('li', { role: 'option', id: `hit-${place}`, 'aria-selected': String(place === active) },
        swatch(styleOf(node)), make('span', {}, shorten(nameOf(node), 44)),
        make('small', {}, other === nameOf(node) ? styleOf(node)[language] : shorten(other, 26)));
      item.addEventListener('mousedown', (event) => { event.preventDefault(); take(place); });
      return item;
    }));
    if (asked && !hits.length) list.append(make('li', { class: 'none', role: 'option', 'aria-disabled': 'true' }, word('nothing')));
    list.hidden = !asked;
    box.setAttribute('aria-expanded', String(asked));
    if (active >= 0) box.setAttribute('aria-activedescendant', `hit-${active}`);
    else box.removeAttribute('aria-activedescendant');
  }

  function take(place) {
    const node = hits[place];
    if (!node) return;
    hits = [];
    active = -1;
    box.value = '';
    show();
    choose(node);
  }

  box.addEventListener('input', () => {
    hits = find(box.value);
    active = hits.length ? 0 : -1;
    show();
    if (box.value.trim()) document.getElementById('status').textContent = word('found', hits.length);
  });
  box.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (hits.length) active = (active + (event.key === 'ArrowDown' ? 1 : -1) + hits.length) % hits.length;
      show();
    } else if (event.key === 'Enter') take(active);
    else if (event.key === 'Escape') { box.value = ''; hits = []; active = -1; show(); event.stopPropagation(); }
  });
  box.addEventListener('blur', () => { list.hidden = true; box.setAttribute('aria-expanded', 'false'); });
}
