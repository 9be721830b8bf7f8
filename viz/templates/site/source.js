'use strict';
// A source page: a place in the address is marked, a click on marked words lists the facts that they say.
(() => {
  const { make } = window.zhinan;
  const { names, facts } = JSON.parse(document.getElementById('evidence').textContent);
  const home = document.querySelector('.bar').dataset.root;
  const panel = document.getElementById('panel');
  const said = document.getElementById('said');
  const marks = [...document.querySelectorAll('.m [data-s]')].map((mark) => [Number(mark.dataset.s), Number(mark.dataset.e), mark]);
  let now = null;

  const say = (number) => names[number][window.zhinan.language === 'en' ? 1 : 0];

  function group(start, end) {
    // What covers these characters; where nothing covers all of them, what lies within.
    const ranges = new Map();
    const covers = facts.some(([from, to]) => from <= start && to >= end);
    for (const [from, to, subject, property, value, href, other] of facts) {
      if (covers ? from > start || to < end : from < start || to > end) continue;
      const key = `${from}-${to}`;
      if (!ranges.has(key)) ranges.set(key, { from, to, rows: [] });
      ranges.get(key).rows.push([subject, property, value, href, other]);
    }
    return [...ranges.values()].sort((a, b) => (a.to - a.from) - (b.to - b.from) || a.from - b.from);
  }

  const words = (from, to) => {
    const text = marks.filter(([start, end]) => start >= from && end <= to).map(([, , mark]) => mark.textContent).join('');
    return text.length > 90 ? `${text.slice(0, 60)} … ${text.slice(-24)}` : text;
  };

  function show() {
    panel.classList.toggle('open', now !== null);
    panel.querySelector('.hint').hidden = now !== null;
    said.replaceChildren();
    if (now === null) return;
    for (const { from, to, rows } of group(now[0], now[1])) {
      said.append(make('blockquote', { lang: 'zh-CN' }, words(from, to)));
      said.append(make('ul', {}, ...rows.map(([subject, property, value, href, other]) => {
        const item = make('li', {}, make('span', {}, say(subject)), make('span', {}, say(property)));
        item.append(make('a', { href: home + href }, say(value)));
        if (other && other !== href.split('#')[0]) item.append(' ', make('a', { href: home + other, class: 'to', 'aria-label': say(value) }, '→'));
        return item;
      })));
    }
  }

  function light(start, end) {
    now = [start, end];
    for (const [from, to, mark] of marks) mark.classList.toggle('now', from >= start && to <= end);
    show();
  }

  function follow() {
    const found = /^#c(\d+)-(\d+)$/.exec(location.hash);
    if (!found || !group(Number(found[1]), Number(found[2])).length) return;
    light(Number(found[1]), Number(found[2]));
    const first = marks.find(([from]) => from >= Number(found[1]));
    if (first) first[2].scrollIntoView({ block: 'center' });
  }

  document.querySelector('.text').addEventListener('click', (event) => {
    const mark = event.target.closest('.m');
    if (!mark || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    // A key is pressed on the whole run of marked words, a pointer hits the words themselves.
    const parts = [...mark.querySelectorAll('[data-s]')];
    const part = event.detail ? event.target.closest('[data-s]') : null;
    const tightest = part ? group(Number(part.dataset.s), Number(part.dataset.e))[0]
      : { from: Number(parts[0].dataset.s), to: Number(parts[parts.length - 1].dataset.e) };
    if (!tightest) return;
    light(tightest.from, tightest.to);
    try {
      history.replaceState(null, '', `#c${tightest.from}-${tightest.to}`);
    } catch (error) {
      // the address stays as it was
    }
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || now === null) return;
    now = null;
    for (const [, , mark] of marks) mark.classList.remove('now');
    show();
  });
  window.zhinan.onLanguage(show);
  addEventListener('hashchange', follow);
  if (matchMedia('(max-width: 1180px)').matches) document.querySelector('.contents').open = false;
  follow();
})();
