'use strict';
// Language and search of every page. The language is kept where the browser lets us, else in the address.
(() => {
  const root = document.documentElement;
  const asked = new URLSearchParams(location.search).get('in');
  let kept = true;
  let language = asked;
  try {
    language = asked || localStorage.getItem('zhinan-language');
    if (asked) localStorage.setItem('zhinan-language', asked);
  } catch (error) {
    kept = false; // storage is forbidden here: links carry the language
  }
  language = language === 'en' ? 'en' : 'zh';

  const listeners = [];
  const zhinan = { get language() { return language; }, onLanguage: (listener) => listeners.push(listener), make };
  window.zhinan = zhinan;

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  function speak(chosen) {
    language = chosen;
    root.classList.toggle('in-english', chosen === 'en');
    root.lang = chosen === 'en' ? 'en' : 'zh-CN';
    for (const button of document.querySelectorAll('.pair button')) button.setAttribute('aria-pressed', String(button.id === chosen));
    for (const option of document.querySelectorAll('option[data-zh]')) option.textContent = option.dataset[chosen];
    const box = document.getElementById('search');
    if (box) box.placeholder = box.dataset[chosen];
    listeners.forEach((listener) => listener());
  }

  function choose(chosen) {
    speak(chosen);
    try {
      localStorage.setItem('zhinan-language', chosen);
    } catch (error) {
      kept = false;
    }
  }

  root.classList.toggle('in-english', language === 'en');
  addEventListener('DOMContentLoaded', () => {
    speak(language);
    for (const button of document.querySelectorAll('.pair button')) button.addEventListener('click', () => choose(button.id));
    document.addEventListener('click', carry);
    prepareSearch();
    document.querySelectorAll('[data-narrow]').forEach(prepareList);
    document.querySelectorAll('.drawing').forEach(showNames);
  });

  // A drawing that is wider than the screen begins with its names, not with the strands between them.
  function showNames(drawing) {
    const names = [...drawing.querySelectorAll('.left text')].map((text) => text.getBoundingClientRect()).filter((box) => box.width);
    const first = Math.min(...names.map((box) => box.left)) - drawing.getBoundingClientRect().left + drawing.scrollLeft - 12;
    drawing.scrollLeft = Math.min(first, (drawing.scrollWidth - drawing.clientWidth) / 2);
  }

  // Where nothing may be kept, a link to another of our pages says the language.
  function carry(event) {
    const link = event.target.closest && event.target.closest('a[href]');
    if (kept || !link || link.protocol !== location.protocol || link.pathname === location.pathname) return;
    link.search = language === 'en' ? '?in=en' : '';
  }

  const fold = (text) => text.normalize('NFKC').toLowerCase();

  function prepareSearch() {
    const box = document.getElementById('search');
    const list = document.getElementById('hits');
    const home = document.querySelector('.bar').dataset.root;
    const kinds = {
      call: ['指南', 'Call'], direction: ['指南方向', 'Direction'], partner: ['合作方', 'Partner'], agreement: ['协议', 'Agreement'],
      agency: ['主管机构', 'Agency'], field: ['领域', 'Field'], source: ['原文', 'Source'],
    };
    let rows = null;
    let hits = [];
    let active = -1;

    window.zhinanIndex = (index) => {
      rows = index.map((row) => ({ row, names: [fold(row[1]), fold(row[2])], more: row[5].map(fold) }));
      find();
    };
    function load() {
      if (load.asked) return;
      load.asked = true;
      document.head.append(make('script', { src: `${home}assets/index.js` }));
    }

    const rank = (name, wanted) => (name === wanted ? 0 : name.startsWith(wanted) ? 1 : name.includes(wanted) ? 2 : 9);

    function find() {
      const wanted = fold(box.value.trim());
      hits = [];
      active = -1;
      if (rows && wanted) {
        hits = rows.map((one, place) => {
          const inName = Math.min(...one.names.map((name) => rank(name, wanted)));
          const at = one.more.findIndex((word) => word.includes(wanted));
          const exact = at >= 0 && one.more.includes(wanted);
          return { row: one.row, place, score: Math.min(inName, exact ? 1 : at >= 0 ? 4 : 9), why: inName > 2 && at >= 0 ? one.row[5][exact ? one.more.indexOf(wanted) : at] : '' };
        }).filter((hit) => hit.score < 9)
          .sort((a, b) => a.score - b.score || b.row[4] - a.row[4] || a.place - b.place).slice(0, 24);
        if (hits.length) active = 0;
      }
      show();
    }

    function show() {
      const asked = box.value.trim() !== '' && rows !== null;
      const english = language === 'en';
      list.replaceChildren(...hits.map((hit, place) => {
        const [kind, zh, en, , weight, , year] = hit.row;
        const item = make('li', { role: 'option', id: `hit-${place}`, 'aria-selected': String(place === active) },
          make('span', { class: 'kind' }, kinds[kind][english ? 1 : 0]), make('span', {}, english ? en : zh),
          make('small', {}, kind === 'direction' ? year : kind === 'source' ? '' : zh === en ? '' : english ? zh : en.length < 40 ? en : ''));
        if (hit.why) item.append(make('span', { class: 'found' }, hit.why));
        item.addEventListener('mousedown', (event) => { event.preventDefault(); take(place); });
        return item;
      }));
      if (asked && !hits.length) list.append(make('li', { class: 'none', role: 'option', 'aria-disabled': 'true' }, english ? box.dataset.noneEn : box.dataset.noneZh));
      list.hidden = !asked;
      box.setAttribute('aria-expanded', String(asked));
      if (active >= 0) {
        box.setAttribute('aria-activedescendant', `hit-${active}`);
        document.getElementById(`hit-${active}`).scrollIntoView({ block: 'nearest' });
      } else box.removeAttribute('aria-activedescendant');
    }

    function take(place) {
      if (!hits[place]) return;
      location.href = home + hits[place].row[3] + (kept ? '' : language === 'en' ? '?in=en' : '');
    }

    box.addEventListener('focus', load);
    box.addEventListener('input', () => { load(); find(); });
    box.addEventListener('blur', () => { list.hidden = true; box.setAttribute('aria-expanded', 'false'); });
    box.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') { box.value = ''; find(); }
      if (event.key === 'Enter') take(active);
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        const step = event.key === 'ArrowDown' ? 1 : -1;
        if (hits.length) active = (active + step + hits.length) % hits.length;
        show();
      }
    });
    document.addEventListener('keydown', (event) => {
      if (event.key === '/' && !/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) { event.preventDefault(); box.focus(); }
    });
    zhinan.onLanguage(() => { if (box.value) show(); });
  }

  // A list narrows to the rows that hold the typed words and carry every chosen key.
  function prepareList(form) {
    const lines = [...document.querySelectorAll('tbody tr')].map((line) => [line, fold(line.textContent), new Set(line.dataset.keys.split(' '))]);
    const words = form.querySelector('input');
    const chosen = [...form.querySelectorAll('select')];
    const count = form.querySelector('[data-count]');
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('input', () => {
      const wanted = fold(words.value.trim());
      let shown = 0;
      for (const [line, text, keys] of lines) {
        line.hidden = !(text.includes(wanted) && chosen.every((one) => !one.value || keys.has(one.value)));
        shown += line.hidden ? 0 : 1;
      }
      count.textContent = String(shown);
    });
  }
})();
