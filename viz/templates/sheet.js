// Shows what the title of a mark says, beside the pointer. Without this script the browser shows titles itself.
(() => {
  'use strict';
  const tip = document.getElementById('tip');
  const told = new Map();
  for (const title of document.querySelectorAll('#picture title')) {
    title.parentNode.classList.add('told');
    told.set(title.parentNode, title.textContent);
    title.remove();
  }
  const show = (event) => {
    const words = told.get(event.target);
    tip.hidden = words === undefined;
    if (tip.hidden) return;
    tip.textContent = words;
    const { width, height } = tip.getBoundingClientRect();
    const left = Math.min(Math.max(8, event.clientX + 14), innerWidth - width - 8);
    const below = event.clientY + 18;
    tip.style.transform = `translate(${left}px, ${below + height > innerHeight ? event.clientY - height - 12 : below}px)`;
  };
  addEventListener('pointermove', show);
  addEventListener('pointerdown', show);
  addEventListener('scroll', () => { tip.hidden = true; }, true);
  addEventListener('keydown', (event) => { if (event.key === 'Escape') tip.hidden = true; });
})();
