// Names on the canvas, drawn at one size on the screen at every zoom; a name that would cover another waits
// until there is room. Heavy nodes go first; in a tree the names turn with the rings.
const PAPER = '#faf9f6';
const INK = '#1d2730';
const FONT = getComputedStyle(document.body).fontFamily;
const MOST = 420;
const TRIES = 1200;
const widths = new Map();

function measure(context, text, font) {
  const key = font + text;
  if (!widths.has(key)) {
    context.font = font;
    widths.set(key, context.measureText(text).width);
  }
  return widths.get(key);
}

function shorten(text, most) {
  const wide = (character) => (character.codePointAt(0) > 0x2e7f ? 2 : 1);
  let room = most;
  let short = '';
  for (const character of text) {
    room -= wide(character);
    if (room < 0) return `${short.trimEnd()}…`;
    short += character;
  }
  return short;
}

// Choose which names have room, and where: boxes in pixels of the screen.
function placeLabels(context, view) {
  const width = context.canvas.clientWidth;
  const height = context.canvas.clientHeight;
  const placed = [];
  let tries = 0;
  const crowded = isCrowded(view.scale);
  const dots = view.dots();
  for (const item of view.items) {
    if (placed.length >= MOST) break;
    if (!item.lit && view.focused && !item.first) continue;
    const at = view.toScreen(item.node);
    if (at.x < -80 || at.y < -30 || at.x > width + 80 || at.y > height + 30) continue;
    tries += 1;
    if (tries > TRIES) break;
    const radius = item.node.size * view.scale;
    if (crowded && isTurned(item) && !item.first) continue;
    const boxes = boxesOf(context, item, at, radius, view);
    const whole = (one) => boxes.length === 1 || !width || (one.x >= 0 && one.x + one.w <= width);
    const free = boxes.filter((one) => item.first || (whole(one) && !placed.some((other) => overlap(other, one))));
    const box = dots.length && !item.first ? clearest(free, dots, item) : free[0];
    if (box) placed.push(box);
  }
  return placed;
}

function drawLabels(context, view) {
  const ratio = context.canvas.width / context.canvas.clientWidth;
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.lineJoin = 'round';
  for (const box of placeLabels(context, view)) paint(context, box);
  context.restore();
}

const isTurned = (item) => item.node.angle !== undefined && !item.inner;

// Where a name may stand: turned outwards; or below, above, right, left of its node, and of few nodes also askew.
function boxesOf(context, item, at, radius, view) {
  const size = item.first ? 15 : item.heavy ? 14.5 : 12.5;
  const weight = item.first || item.heavy ? 600 : 400;
  const font = `${weight} ${size}px ${FONT}`;
  const turned = isTurned(item);
  const room = turned ? Math.floor((reachOf(at, item.node.angle, context.canvas) - radius - 22) / (size * 0.53)) : Infinity;
  if (room < 8 && !item.first) return [];
  const text = shorten(view.name(item.node), Math.min(item.first ? 60 : view.room, Math.max(room, 8)));
  const long = measure(context, text, font);
  if (turned) return [{ turned, text, font, size, weight, long, at, radius, angle: item.node.angle, x: at.x, y: at.y }];
  const h = size * 1.25;
  const middle = within(at.x - long / 2, long, at, context.canvas.clientWidth);
  const corners = [
    [middle, at.y + radius + 3], [middle, at.y - radius - 2 - h],
    [at.x + radius + 5, at.y - h / 2], [at.x - radius - 5 - long, at.y - h / 2],
    ...(view.few ? [[at.x - 9, at.y + radius + 3], [at.x + 9 - long, at.y + radius + 3], [at.x - 9, at.y - radius - 2 - h], [at.x + 9 - long, at.y - radius - 2 - h]] : []),
  ];
  const rows = data.axis.length > 0 && item.node.group !== 'Call';
  const usable = rows ? [corners[item.node.x <= 0 ? 3 : 2]] : item.node.angle === undefined ? corners : corners.slice(0, 2); // beside it are the leaves' names
  return usable.map(([x, y]) => ({ turned, text, font, size, weight, x, y, w: long, h }));
}

// A name at the edge moves inwards, as far as it still touches its node.
function within(x, long, at, width) {
  if (!width || at.x < 0 || at.x > width || long + 8 > width) return x;
  return Math.max(4, Math.min(x, width - long - 4));
}

// How far it is from a place to the edge of the canvas, in the direction of an angle.
function reachOf({ x, y }, angle, { clientWidth: width, clientHeight: height }) {
  if (!width || x < 0 || y < 0 || x > width || y > height) return Infinity;
  const [across, down] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
  return Math.min(across > 0 ? (width - x) / across : x / -across, down > 0 ? (height - y) / down : y / -down);
}

// The place where a name covers the fewest dots of other nodes; a light node's name waits where that is more than one.
function clearest(boxes, dots, item) {
  let best;
  let fewest = item.heavy ? Infinity : 2;
  for (const box of boxes) {
    const covered = box.turned ? 0 : dots.reduce((sum, dot) => sum + covers(box, dot, item.node), 0);
    if (covered < fewest) [best, fewest] = [box, covered];
    if (!covered) break;
  }
  return best;
}

// Whether a name would lie on the dot of another node.
function covers(box, dot, own) {
  if (dot.id === own.id) return false;
  return dot.x + dot.r > box.x && dot.x - dot.r < box.x + box.w && dot.y + dot.r > box.y && dot.y - dot.r < box.y + box.h;
}

// Points along the middle of a turned name, from its node outwards.
function* pointsOf({ x, y, angle, radius, long, size }) {
  const [across, down] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
  for (let far = radius + 5; far <= radius + 5 + long; far += size / 2) yield [x + far * across, y + far * down];
}

function crosses(turned, upright) {
  for (const [x, y] of pointsOf(turned)) {
    if (x > upright.x - 6 && x < upright.x + upright.w + 6 && y > upright.y - 5 && y < upright.y + upright.h + 5) return true;
  }
  return false;
}

// Whether two turned names meet: side by side on a ring, or one from an inner ring that runs into one further out.
function meets(one, other) {
  const apart = Math.hypot(one.x - other.x, one.y - other.y);
  if (apart < Math.min(one.size, other.size) + 0.5) return true;
  if (apart > one.long + other.long) return false;
  const [across, down] = [Math.cos((other.angle * Math.PI) / 180), Math.sin((other.angle * Math.PI) / 180)];
  for (const [x, y] of pointsOf(one)) {
    const far = (x - other.x) * across + (y - other.y) * down;
    const aside = Math.abs((x - other.x) * down - (y - other.y) * across);
    if (far > other.radius && far < other.radius + other.long + 10 && aside < other.size * 0.9) return true;
  }
  return false;
}

function overlap(one, other) {
  if (one.turned !== other.turned) return one.turned ? crosses(one, other) : crosses(other, one);
  if (one.turned) return meets(one, other);
  return one.x < other.x + other.w + 4 && other.x < one.x + one.w + 4 && one.y < other.y + other.h && other.y < one.y + one.h;
}

function paint(context, box) {
  context.font = box.font;
  context.strokeStyle = PAPER;
  context.lineWidth = 3.5;
  context.fillStyle = INK;
  context.save();
  if (box.turned) {
    const left = box.angle > 90 && box.angle < 270;
    context.translate(box.at.x, box.at.y);
    context.rotate(((left ? box.angle + 180 : box.angle) * Math.PI) / 180);
    context.textBaseline = 'middle';
    context.textAlign = left ? 'right' : 'left';
    const start = (box.radius + 5) * (left ? -1 : 1);
    context.strokeText(box.text, start, 0);
    context.fillText(box.text, start, 0);
  } else {
    context.textBaseline = 'top';
    context.textAlign = 'left';
    context.strokeText(box.text, box.x, box.y);
    context.fillText(box.text, box.x, box.y);
  }
  context.restore();
}
