// Pictures to keep: what is in view, with its title and legend, as PNG, as SVG, and for paper.
const HEAD = 56;
const FOOT = 40;

function legendItems(measureText) {
  let left = 22;
  return data.classes.filter((one) => !chosen.hidden.has(one.id)).map((style) => {
    const item = { style: chosen.colour === 'community' ? { ...style, color: REST } : style, text: style[language], left };
    left += 46 + measureText(style[language]);
    return item;
  });
}

function toPicture() {
  const source = stage.querySelector('canvas');
  const ratio = source.width / source.clientWidth;
  const picture = document.createElement('canvas');
  picture.width = source.width;
  picture.height = source.height + (HEAD + FOOT) * ratio;
  const context = picture.getContext('2d');
  context.fillStyle = PAPER;
  context.fillRect(0, 0, picture.width, picture.height);
  context.drawImage(source, 0, HEAD * ratio);
  context.scale(ratio, ratio);
  context.fillStyle = INK;
  context.textBaseline = 'middle';
  context.font = `600 19px ${FONT}`;
  context.fillText(data.title[language], 22, 30);
  const line = HEAD + source.height / ratio + FOOT / 2;
  context.font = `13px ${FONT}`;
  for (const { style, text, left } of legendItems((one) => context.measureText(one).width)) {
    context.save();
    context.translate(left, line - 9);
    context.fillStyle = style.color;
    context.fill(new Path2D(SHAPES[style.shape]));
    context.restore();
    context.fillText(text, left + 24, line);
  }
  return picture;
}

function keep(blob, ending) {
  const name = title()[0].replace(/[\\/:*?"<>|\u0000-\u001f]/g, ' ').trim().slice(0, 80) || 'network';
  const link = make('a', { href: URL.createObjectURL(blob), download: `${name}.${ending}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

const savePicture = () => toPicture().toBlob((blob) => keep(blob, 'png'), 'image/png');

// Built as a document, so that a name can be nothing but text; characters that XML forbids are left out.
function toSvg() {
  const space = 'http://www.w3.org/2000/svg';
  const element = (tag, attributes, text) => {
    const made = document.createElementNS(space, tag);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(typeof value === 'number' ? Math.round(value * 100) / 100 : value));
    if (text !== undefined) made.textContent = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
    return made;
  };
  const { clientWidth: width, clientHeight: height } = stage;
  const root = element('svg', { width, height: height + HEAD + FOOT, viewBox: `0 0 ${width} ${height + HEAD + FOOT}`, 'font-family': FONT, fill: INK });
  root.append(element('title', {}, data.title[language]), element('rect', { width, height: height + HEAD + FOOT, fill: PAPER }),
    element('text', { x: 22, y: 36, 'font-size': 19, 'font-weight': 600 }, data.title[language]));
  const clip = element('clipPath', { id: 'view' });
  clip.append(element('rect', { width, height }));
  const view = element('g', { transform: `translate(0 ${HEAD})`, 'clip-path': 'url(#view)' });
  root.append(clip, view);
  const scale = network.getScale();
  const at = (id) => network.canvasToDOM(body.nodes[id]);
  for (const { x, year } of data.axis) view.append(element('text', { x: network.canvasToDOM({ x, y: 0 }).x, y: 24, 'font-size': 17, 'font-weight': 600, 'text-anchor': 'middle' }, yearName(year)));
  const faint = (kind, id) => (lit && !lit[kind].has(id) ? 0.12 : 1);
  for (const id of [...linesInView()].reverse()) {
    const [a, b] = [at(data.edges[id].from), at(data.edges[id].to)];
    const opacity = body.edges[id].options.color.opacity * faint('edges', id);
    view.append(element('line', { x1: a.x, y1: a.y, x2: b.x, y2: b.y, stroke: LINE.color, 'stroke-width': data.edges[id].width * scale, 'stroke-opacity': opacity }));
  }
  for (const node of [...now.order].reverse()) {
    const { x, y } = at(node.id);
    const grown = (node.size * scale) / 7.5;
    view.append(element('path', { d: SHAPES[styles.get(node.group).shape], fill: colourOf(node), stroke: '#ffffff', 'stroke-width': 0.6,
      opacity: faint('nodes', node.id), transform: `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${grown.toFixed(3)}) translate(-9 -9)` }));
  }
  for (const box of placeLabels(stage.querySelector('canvas').getContext('2d'), labelView())) view.append(element('text', svgLabel(box), box.text));
  const line = HEAD + height + FOOT / 2;
  const context = stage.querySelector('canvas').getContext('2d');
  for (const { style, text, left } of legendItems((one) => measure(context, one, `13px ${FONT}`))) {
    root.append(element('path', { d: SHAPES[style.shape], fill: style.color, transform: `translate(${left} ${line - 9})` }),
      element('text', { x: left + 24, y: line + 4.500, 'font-size': 13 }, text));
  }
  return new XMLSerializer().serializeToString(root);
}

function svgLabel(box) {
  const halo = { 'font-size': box.size, 'font-weight': box.weight, stroke: PAPER, 'stroke-width': 3.5, 'stroke-linejoin': 'round', 'paint-order': 'stroke' };
  if (!box.turned) return { ...halo, x: box.x, y: box.y + box.size };
  const left = box.angle > 90 && box.angle < 270;
  return { ...halo, x: (box.radius + 5) * (left ? -1 : 1), y: box.size * 0.35, 'text-anchor': left ? 'end' : 'start',
    transform: `translate(${box.at.x.toFixed(1)} ${box.at.y.toFixed(1)}) rotate(${left ? box.angle + 180 : box.angle})` };
}

const saveSvg = () => keep(new Blob([`<?xml version="1.0" encoding="UTF-8"?>\n${toSvg()}\n`], { type: 'image/svg+xml' }), 'svg');

// Paper shows the picture as an image, for a canvas keeps the shape of the screen.
function preparePaper() {
  if (isTable()) return;
  network.redraw(); // now, not at the next frame
  const image = make('img', { src: toPicture().toDataURL('image/png'), alt: word('stage') });
  document.getElementById('paper').replaceChildren(image);
}
