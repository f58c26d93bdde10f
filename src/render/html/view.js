// How the graph is seen: where the picture stands, and which parts of it are shown.

const get = (id) => document.getElementById(id);
const stage = get("stage");
const picture = get("picture");

/** An element with attributes (functions are listeners) and children; text stays text. */
function fill(element, attributes, ...children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== null) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null));
  return element;
}
/** An element of HTML, `tag.class`. */
function make(name, attributes, ...children) {
  const [tag, style] = name.split(".");
  return fill(document.createElement(tag), { class: style ?? null, ...attributes }, children);
}
const draw = (tag, attributes, ...children) =>
  fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
const KEEP_PLACE = { preventScroll: true };

picture.querySelectorAll(".node").forEach((box, at) => {
  const { x, y, width, height } = box.querySelector("rect");
  const [left, top, wide, high] = [x, y, width, height].map((side) => side.baseVal.value);
  const area = { left, top, right: left + wide, bottom: top + high };
  Object.assign(drawn[at], { box, area, x: left + wide / 2, y: top + high / 2 });
  box.node = drawn[at];
  fill(box, { role: "button", tabindex: -1 });
});
const keyOf = (...parts) => parts.join("\n");
const lines = new Map();
for (const line of picture.querySelectorAll(".edge")) {
  line.setAttribute("aria-hidden", true);
  lines.set(keyOf(line.dataset.from, line.dataset.relation, line.dataset.to), line);
}

const place = { x: 0, y: 0, scale: 1 };
const whole = { left: 0, top: 0, right: picture.viewBox.baseVal.width, bottom: picture.viewBox.baseVal.height };
const NAMES_FROM = 0.34;
const LABELS_FROM = 0.6;
let asked = 0;
let settling = 0;
let gliding = 0;
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** Puts the picture where `place` says, once a frame. While it moves, the browser stretches what
 * it has drawn; when it rests, it is drawn anew with the detail that fits. */
function put() {
  picture.classList.add("moving");
  clearTimeout(settling);
  settling = setTimeout(settle, 180);
  asked ||= requestAnimationFrame(() => {
    asked = 0;
    picture.style.transform = `translate(${place.x}px, ${place.y}px) scale(${place.scale})`;
  });
}

function settle() {
  picture.classList.remove("moving");
  picture.classList.toggle("far", place.scale < NAMES_FROM);
  picture.classList.toggle("unlabelled", place.scale < LABELS_FROM);
  picture.style.setProperty("--shrunk", 1 / place.scale);
  for (const old of picture.querySelectorAll(".landmark:not(.lit)")) old.remove();
  if (place.scale < NAMES_FROM) nameFromAfar(landmarks(), "landmark");
}

/** Moves to a place, smoothly if the reader likes motion. A transition of CSS would draw
 * everything anew at its largest scale before it begins. */
function moveTo(target, smoothly) {
  const start = { ...place };
  const begun = performance.now();
  const step = (now) => {
    const part = smoothly && !calm.matches ? Math.min(1, (now - begun) / 260) : 1;
    for (const key in place) place[key] = start[key] + (target[key] - start[key]) * (1 - (1 - part) ** 3);
    put();
    if (part < 1) gliding = requestAnimationFrame(step);
  };
  cancelAnimationFrame(gliding);
  step(begun);
}

const bounded = (scale) => Math.min(4, Math.max(0.03, scale));

/** Zooms about a point that stays where it is; without one, smoothly about the middle. */
function zoom(factor, at) {
  const { x, y } = at ?? { x: stage.clientWidth / 2, y: stage.clientHeight / 2 };
  const scale = bounded(place.scale * factor);
  const grown = scale / place.scale;
  moveTo({ x: x - (x - place.x) * grown, y: y - (y - place.y) * grown, scale }, !at);
}

/** Shows an area in the middle of the stage, at this scale or as small as it must be. */
function frame({ left, top, right, bottom }, scale, smoothly) {
  const { clientWidth: width, clientHeight: height } = stage;
  const fits = Math.min((width - 56) / (right - left), (height - 56) / (bottom - top));
  const to = bounded(Math.min(scale, fits));
  moveTo({ x: (width - (left + right) * to) / 2, y: (height - (top + bottom) * to) / 2, scale: to }, smoothly);
}

const showAll = (smoothly) => frame(whole, 1.15, smoothly);

/** Brings nodes into sight, if they are not, and no smaller than `least` if that fits. */
function reveal(shown, least) {
  if (!stage.clientWidth) return;
  const areas = shown.flatMap((node) => node.area ?? []);
  if (!areas.length) return;
  const most = (choose, side) => choose(...areas.map((area) => area[side]));
  const [left, right] = [most(Math.min, "left"), most(Math.max, "right")];
  const [top, bottom] = [most(Math.min, "top"), most(Math.max, "bottom")];
  const seen = (from, to, origin, room) => from * place.scale + origin > 8 && to * place.scale + origin < room - 8;
  const inSight = seen(left, right, place.x, stage.clientWidth) && seen(top, bottom, place.y, stage.clientHeight);
  if (!inSight || place.scale < least) frame({ left, top, right, bottom }, Math.max(place.scale, least), true);
}

/** The names to be read from afar: of milestones and what has most edges, as far as they keep apart. */
const MOST_NAMED = 36;
let byRank;
function landmarks() {
  const rank = (node) => (node.kinds.some((kind) => kinds[kind].milestone) ? 1e6 : 0) + node.in.length + node.out.length;
  byRank ??= [...drawn].sort((a, b) => rank(b) - rank(a));
  const shown = [];
  for (const node of byRank) {
    const apart = ({ x, y, name }) =>
      Math.abs(y - node.y) * place.scale > 20 || Math.abs(x - node.x) * place.scale > 4.5 * (name + node.name).length;
    if (shown.length < MOST_NAMED && !node.box.classList.contains("off") && shown.every(apart)) shown.push(node);
  }
  return shown;
}

/** Writes names to be read from afar: on their nodes, or above and below by turns. */
function nameFromAfar(named, classes) {
  named.forEach(({ x, y, name }, at) => {
    const dy = named.length === 1 || classes === "landmark" ? 0 : at % 2 ? "1.5em" : "-1.5em";
    if (x) picture.append(draw("text", { class: classes, x, y, dy, "aria-hidden": true }, name));
  });
}

/** Names of the kinds and relations that are hidden. */
const hidden = { kinds: new Set(), relations: new Set() };

/** Hides these kinds and relations, and nodes that hidden relations leave alone. */
function filter() {
  const off = (node) => node.kinds.length > 0 && node.kinds.every((kind) => hidden.kinds.has(kinds[kind].name));
  const [before, after] = [new Set(), new Set()];
  for (const line of lines.values()) {
    const ends = [byId.get(line.dataset.from), byId.get(line.dataset.to)];
    const gone = hidden.relations.has(line.dataset.relation);
    line.classList.toggle("off", gone || ends.some(off));
    for (const end of ends) (gone ? before : after).add(end);
  }
  for (const node of drawn) node.box.classList.toggle("off", off(node) || (before.has(node) && !after.has(node)));
}

/** Lights these nodes and edges, names some, and dims the rest; nothing lit, nothing dimmed. */
function light(litNodes, litEdges, named) {
  for (const old of picture.querySelectorAll(".landmark.lit")) old.remove();
  for (const old of picture.querySelectorAll(".lit")) old.classList.remove("lit");
  nameFromAfar(named, "landmark lit");
  for (const node of litNodes) node.box?.classList.add("lit");
  for (const { from, relation, to } of litEdges)
    lines.get(keyOf(from.id, relation.name, to.id))?.classList.add("lit");
  picture.classList.toggle("dimmed", litNodes.length > 0);
}

// A mouse or a finger drags the picture; two fingers and a wheel zoom it.

const fingers = new Map();
let dragged = false;

function pointOf(event) {
  const { left, top } = stage.getBoundingClientRect();
  return { x: event.clientX - left, y: event.clientY - top };
}

fill(stage, {
  pointerdown(event) {
    if (event.button || event.target.closest("button")) return;
    if (!fingers.size) dragged = false;
    cancelAnimationFrame(gliding);
    fingers.set(event.pointerId, pointOf(event));
  },
  wheel(event) {
    event.preventDefault();
    const turned = 120 * Math.tanh((event.deltaY * (event.deltaMode ? 20 : 1)) / 120);
    zoom(Math.exp(-turned / (event.ctrlKey ? 90 : 420)), pointOf(event));
  },
  // Browsers scroll what gets the focus into sight; here the picture is moved instead.
  scroll: () => stage.scrollTo(0, 0),
});
addEventListener("pointermove", (event) => {
  const before = fingers.get(event.pointerId);
  if (!before) return;
  const now = pointOf(event);
  if (!dragged && Math.hypot(now.x - before.x, now.y - before.y) < 5) return;
  dragged = true;
  fingers.set(event.pointerId, now);
  const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
  place.x += (now.x - before.x) / fingers.size;
  place.y += (now.y - before.y) / fingers.size;
  if (!other) return put();
  const apart = (point) => Math.max(20, Math.hypot(point.x - other.x, point.y - other.y));
  zoom(apart(now) / apart(before), { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
});
for (const end of ["pointerup", "pointercancel"])
  addEventListener(end, (event) => fingers.delete(event.pointerId));
