// How the graph is seen: where the picture stands, and which parts of it are shown.

const stage = document.getElementById("stage");
const picture = document.getElementById("picture");
const SVG = "http://www.w3.org/2000/svg";
const calm = matchMedia("(prefers-reduced-motion: reduce)");

const boxes = picture.querySelectorAll(".node");
nodes.slice(0, facts.drawn).forEach((node, place) => {
  const box = boxes[place];
  const side = (name) => Number(box.querySelector("rect").getAttribute(name));
  node.box = box;
  node.area = { x: side("x"), y: side("y"), width: side("width"), height: side("height") };
  node.middle = { x: side("x") + side("width") / 2, y: side("y") + side("height") / 2 };
  box.node = node;
  box.setAttribute("role", "button");
  box.setAttribute("tabindex", "-1");
});
const lines = [...picture.querySelectorAll(".edge")].map((line) => {
  line.setAttribute("aria-hidden", "true");
  const { from, to, relation } = line.dataset;
  return { line, key: JSON.stringify([from, relation, to]), from: byId.get(from), to: byId.get(to), relation };
});
const lineOf = new Map(lines.map((drawn) => [drawn.key, drawn]));
const lineFor = (edge) => lineOf.get(JSON.stringify([edge.from.id, edge.relation.name, edge.to.id]));

/** Where the picture stands on the stage, and how large. */
const place = { x: 0, y: 0, scale: 1 };
const size = { width: picture.viewBox.baseVal.width, height: picture.viewBox.baseVal.height };
const SCALES = { least: 0.04, most: 4, names: 0.34, labels: 0.62 };
let asked = false;
let settling = 0;

/** Puts the picture where `place` says, once a frame. While it moves, the browser may stretch
 * what it has drawn; when it rests, it is drawn crisply. */
function put(smoothly = false) {
  picture.classList.toggle("gliding", smoothly && !calm.matches);
  picture.classList.add("moving");
  clearTimeout(settling);
  settling = setTimeout(() => picture.classList.remove("moving", "gliding"), 320);
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    const { x, y, scale } = place;
    picture.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
    picture.style.setProperty("--shrunk", 1 / scale);
    picture.classList.toggle("far", scale < SCALES.names);
    picture.classList.toggle("unlabelled", scale < SCALES.labels);
  });
}

function zoom(factor, at, smoothly = false) {
  const room = visibleRoom();
  at ??= { x: room.x + room.width / 2, y: room.y + room.height / 2 };
  const scale = Math.min(SCALES.most, Math.max(SCALES.least, place.scale * factor));
  const grown = scale / place.scale;
  place.x = at.x - (at.x - place.x) * grown;
  place.y = at.y - (at.y - place.y) * grown;
  place.scale = scale;
  put(smoothly);
}

/** The part of the stage that no card covers. */
function visibleRoom() {
  const whole = stage.getBoundingClientRect();
  const over = card.hidden ? null : card.getBoundingClientRect();
  const room = { x: 0, y: 0, width: whole.width, height: whole.height };
  if (over && over.width < whole.width) room.width = Math.min(room.width, over.left - whole.left);
  else if (over) room.height = Math.max(80, Math.min(room.height, over.top - whole.top));
  return room;
}

/** Shows an area of the picture as large as fits. */
function fit(area = { x: 0, y: 0, ...size }, most = 1.15, smoothly = true) {
  const room = visibleRoom();
  const margin = Math.min(48, room.width / 14);
  const scale = Math.min((room.width - 2 * margin) / area.width, (room.height - 2 * margin) / area.height, most);
  place.scale = Math.max(SCALES.least, scale);
  place.x = room.x + room.width / 2 - (area.x + area.width / 2) * place.scale;
  place.y = room.y + room.height / 2 - (area.y + area.height / 2) * place.scale;
  put(smoothly);
}

/** Brings nodes into sight: not at all if they are, else by moving, else by zooming. */
function reveal(shown, readable = false) {
  const areas = shown.filter((node) => node.drawn).map((node) => node.area);
  if (!areas.length) return;
  const left = Math.min(...areas.map((area) => area.x));
  const top = Math.min(...areas.map((area) => area.y));
  const right = Math.max(...areas.map((area) => area.x + area.width));
  const bottom = Math.max(...areas.map((area) => area.y + area.height));
  const area = { x: left, y: top, width: right - left, height: bottom - top };
  const room = visibleRoom();
  const margin = 24;
  const at = (scale) => ({ width: area.width * scale + 2 * margin, height: area.height * scale + 2 * margin });
  const wanted = readable ? Math.max(place.scale, 0.75) : place.scale;
  if (at(wanted).width > room.width || at(wanted).height > room.height) return fit(area);
  const x = area.x * place.scale + place.x;
  const y = area.y * place.scale + place.y;
  const now = at(place.scale);
  const inside = x >= margin && y >= margin &&
    x + now.width - margin <= room.width && y + now.height - margin <= room.height;
  if (inside && wanted === place.scale) return;
  place.scale = wanted;
  place.x = room.width / 2 - (area.x + area.width / 2) * wanted;
  place.y = room.height / 2 - (area.y + area.height / 2) * wanted;
  put(true);
}

/** Names of the landmarks, to be read from afar. */
function addLandmarks() {
  const drawn = nodes.slice(0, facts.drawn);
  const milestones = drawn.filter((node) => node.kinds.some((kind) => kinds[kind].milestone));
  const busiest = [...drawn].sort((a, b) => b.in.length + b.out.length - a.in.length - a.out.length);
  for (const node of (milestones.length ? milestones : busiest).slice(0, 9)) {
    const name = document.createElementNS(SVG, "text");
    name.setAttribute("class", "landmark");
    name.setAttribute("x", node.middle.x);
    name.setAttribute("y", node.middle.y);
    name.setAttribute("aria-hidden", "true");
    name.append(node.name);
    picture.append(name);
  }
}

/** The kinds and relations that are hidden. */
const hidden = { kinds: new Set(), relations: new Set() };

function filter() {
  const isOff = (node) => node.kinds.length > 0 && node.kinds.every((kind) => hidden.kinds.has(kinds[kind].name));
  for (const node of nodes.slice(0, facts.drawn)) node.box.classList.toggle("off", isOff(node));
  for (const { line, from, to, relation } of lines)
    line.classList.toggle("off", hidden.relations.has(relation) || isOff(from) || isOff(to));
}

/** Lights these nodes and edges and dims the rest; nothing lit, nothing dimmed. */
function light(litNodes, litEdges) {
  for (const element of picture.querySelectorAll(".lit")) element.classList.remove("lit");
  for (const node of litNodes) node.box?.classList.add("lit");
  for (const edge of litEdges) lineFor(edge)?.line.classList.add("lit");
  picture.classList.toggle("dimmed", litNodes.length > 0);
}

/** Where two fingers or a mouse take the picture. */
const fingers = new Map();
let dragged = false;

function pointOf(event) {
  const corner = stage.getBoundingClientRect();
  return { x: event.clientX - corner.left, y: event.clientY - corner.top };
}

stage.addEventListener("pointerdown", (event) => {
  if (event.button || event.target.closest("button")) return;
  if (!fingers.size) dragged = false;
  fingers.set(event.pointerId, pointOf(event));
});
addEventListener("pointermove", (event) => {
  const before = fingers.get(event.pointerId);
  if (!before) return;
  const now = pointOf(event);
  if (!dragged && Math.hypot(now.x - before.x, now.y - before.y) < 5) return;
  dragged = true;
  stage.classList.add("dragging");
  const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
  if (other) {
    const apart = (point) => Math.max(20, Math.hypot(point.x - other.x, point.y - other.y));
    const middle = { x: (before.x + other.x) / 2, y: (before.y + other.y) / 2 };
    place.x += (now.x - before.x) / 2;
    place.y += (now.y - before.y) / 2;
    zoom(apart(now) / apart(before), middle);
  } else {
    place.x += now.x - before.x;
    place.y += now.y - before.y;
    put();
  }
  fingers.set(event.pointerId, now);
});
for (const end of ["pointerup", "pointercancel"])
  addEventListener(end, (event) => {
    fingers.delete(event.pointerId);
    if (!fingers.size) stage.classList.remove("dragging");
  });
stage.addEventListener("wheel", (event) => {
  event.preventDefault();
  const lines = event.deltaMode === 1 ? 20 : 1;
  const turned = Math.max(-120, Math.min(120, event.deltaY * lines));
  zoom(Math.exp(-turned / (event.ctrlKey ? 90 : 420)), pointOf(event));
}, { passive: false });
// Browsers scroll what gets the focus into sight; the picture is moved otherwise.
stage.addEventListener("scroll", () => stage.scrollTo(0, 0));
