// What the address, the marks, the buttons and the keys do.

const plural = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

// The address holds what is shown, so that it can be sent on and gone back to.

const linkTo = (parts) => `#${new URLSearchParams(parts)}`;
let current = {};

function go(parts) {
  if (linkTo(parts) === (location.hash || "#")) show();
  else location.hash = linkTo(parts);
}

function show() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const ids = ["node", "from", "to"].map((name) => asked.get(name));
  const [node, from, to] = ids.map((id) => byId.get(id));
  const lost = ids.find((id) => id && !byId.has(id));
  current = { node, from, to };
  if (from && to) {
    const way = shortestWay(from, to);
    const stops = way ? [from, ...way.map((hop) => hop.next)] : [from, to];
    fillCard(wayCard(from, to, way));
    light(stops, (way ?? []).map((hop) => hop.edge), stops);
    reveal(stops, 0);
  } else if (node) {
    const around = [...node.out, ...node.in].filter((edge) => edge.drawn);
    fillCard(nodeCard(node, from));
    light([node, ...around.map((edge) => otherEnd(edge, node))], around, [node]);
    reveal([node], 0.75);
  } else {
    fillCard(null);
    light([], [], []);
  }
  for (const step of steps) {
    const chosen = step.nodes.includes(node);
    step.element.classList.toggle("chosen", chosen);
    if (chosen && step.element.offsetParent) step.element.scrollIntoView({ block: "nearest" });
  }
  for (const one of drawn) one.box.classList.toggle("chosen", one === node || one === from || one === to);
  rove(node ?? to);
  get("status").textContent = lost ? `“${lost}” is not in this picture`
    : from && !to ? `From ${from.name}: choose where to`
    : to && !from ? `To ${to.name}: choose where from` : "";
}

/** What a click on a node means: its card, or an end of a way. */
function choose(node, shift) {
  const { node: before, from, to } = current;
  const start = from ?? (shift ? before : null);
  if (to && !from) go({ from: node.id, to: to.id });
  else if (start && shift) go({ from: start.id, to: node.id });
  else if (start && !to) go({ from: start.id, node: node.id });
  else go({ node: node.id });
}

const wayFrom = (node) => go({ from: node.id, node: node.id });
const wayTo = (node) => go(current.from ? { from: current.from.id, to: node.id } : { to: node.id, node: node.id });

// Marks of what is known. A browser that keeps nothing is no reason to stop.

const MARKS = "opsatlas.known";
const known = new Set([...nodes.filter((node) => node.known).map((node) => node.id), ...facts.marks]);
try {
  for (const id of JSON.parse(localStorage.getItem(MARKS))) known.add(id);
} catch {}

function mark(node) {
  if (!known.delete(node.id)) known.add(node.id);
  keep();
}

function keep() {
  try {
    localStorage.setItem(MARKS, JSON.stringify([...known].sort()));
  } catch {}
  showMarks();
}

function showMarks() {
  if (lanes.length) showSteps();
  const some = nodes.some((node) => known.has(node.id));
  for (const node of drawn) {
    const { box, area } = node;
    const has = known.has(node.id);
    const ready = some && isReady(node, known);
    box.classList.toggle("known", has);
    box.classList.toggle("ready", ready);
    const words = [node.name, ...node.kinds.map((kind) => kinds[kind].name), has && "known", ready && "ready to begin"];
    box.setAttribute("aria-label", words.filter(Boolean).join(", "));
    box.querySelector(".check")?.remove();
    if (has) box.append(draw("path", { class: "check", d: `M${area.right - 6} ${area.top + 1}l3.4 3.6l6.6 -7.4` }));
  }
  picture.classList.toggle("marked", some);
  for (const button of document.querySelectorAll("[data-tick]"))
    button.setAttribute("aria-pressed", known.has(button.dataset.tick));
  const marked = (name) => picture.getElementsByClassName(name).length;
  get("progress").replaceChildren(
    make("progress", { max: drawn.length, value: marked("known"), "aria-label": "Known" }),
    make("p", {}, some ? `${marked("known")} known · ${marked("ready")} ready to begin` : "Mark what you know; what you are ready for lights up."),
    some ? button("Forget marks", () => { known.clear(); keep(); }, { class: "plain" }) : "",
  );
}

// The legend is the filter.

function entry(of, { name }, shown, image, number) {
  const set = hidden[of];
  const others = { kinds, relations }[of].map((other) => other.name).filter((other) => other !== name);
  const toggle = () => {
    if (!set.delete(name)) set.add(name);
    showFilter();
  };
  const only = () => {
    const alone = !set.has(name) && others.every((other) => set.has(other));
    set.clear();
    if (!alone) others.forEach((other) => set.add(other));
    showFilter();
  };
  const row = () => make("li", { "data-of": of, "data-name": name },
    button([image, make("span", {}, shown), count(number)], toggle, { class: "entry" }),
    button(["only", spoken(` ${shown}`)], only, { class: "only" }));
  return number ? row() : [];
}

function showFilter() {
  for (const row of get("legend").querySelectorAll("li"))
    row.firstChild.setAttribute("aria-pressed", !hidden[row.dataset.of].has(row.dataset.name));
  const off = ({ nodes: [{ kinds: own }] }) => own.length > 0 && own.every((kind) => hidden.kinds.has(kinds[kind].name));
  for (const step of steps) step.element.classList.toggle("off", off(step));
  filter();
}

function fillLegend() {
  const ofKind = (at) => findable.filter((node) => node.kinds.includes(at)).length;
  const ofRelation = ({ name }) => [...lines.values()].filter((line) => line.dataset.relation === name).length;
  const list = (name, rows) => (rows.length ? [make("h2", {}, name), make("ul", {}, rows)] : []);
  const notes = [`${plural(drawn.length, "node")}, ${plural(lines.size, "edge")}`, ...facts.notes];
  fill(get("legend"), {},
    list("kinds", kinds.flatMap((kind, at) => entry("kinds", kind, kind.plural, kindSample(at), ofKind(at)))),
    list("relations", relations.flatMap((one, at) => entry("relations", one, one.name, relationSample(at), ofRelation(one)))),
    make("h2", {}, "progress"), make("div", { id: "progress" }), notes.map((note) => make("p.note", {}, note)));
}

// Search.

const input = get("search");
const found = get("found");
let hits = [];
let active = 0;

function suggest() {
  hits = search(input.value, 9);
  const option = ({ node, name }, at) =>
    make("li", { id: `found-${at}`, role: "option", pointerdown: (event) => { event.preventDefault(); take(at); } },
      node.kinds.slice(0, 1).map(kindSample), make("span", {}, node.name), aside(name === node.name ? "" : name));
  found.replaceChildren(...hits.map(option));
  if (folded(input.value) && !hits.length) found.append(make("li.nothing", {}, "Nothing is called so"));
  found.hidden = !found.childElementCount;
  input.setAttribute("aria-expanded", !found.hidden);
  point(0);
}

function point(at) {
  active = at;
  [...found.children].forEach((row, index) => row.setAttribute("aria-selected", index === at));
  input.setAttribute("aria-activedescendant", hits.length ? `found-${at}` : "");
}

function take(at) {
  if (!hits[at]) return;
  const { node } = hits[at];
  input.value = "";
  suggest();
  choose(node);
  focusNode(node);
}

fill(input, { input: suggest, focus: suggest, blur: () => { found.hidden = true; }, keydown: (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && hits.length) point((active + step + hits.length) % hits.length);
  else if (event.key === "Enter") take(active);
  else if (event.key === "Escape") {
    input.value = "";
    input.blur();
  } else return;
  event.preventDefault();
} });

// The keyboard. In the picture one node can have the focus; arrows give it to the next.

let roving;

function rove(node) {
  if (!node?.box) return;
  roving?.box.setAttribute("tabindex", -1);
  roving = node;
  node.box.setAttribute("tabindex", 0);
}

function nextTowards(node, [x, y]) {
  let [nearest, least] = [node, Infinity];
  for (const other of drawn) {
    const ahead = (other.x - node.x) * x + (other.y - node.y) * y;
    const beside = Math.abs((other.x - node.x) * y) + Math.abs((other.y - node.y) * x);
    const far = ahead + 2 * beside;
    if (ahead > 0 && beside < 2 * ahead && far < least && !other.box.classList.contains("off"))
      [nearest, least] = [other, far];
  }
  return nearest;
}

const focus = (node) => node?.box?.focus(KEEP_PLACE);
/** Gives a node the focus where it is seen, on the roadmap or in the graph. */
function focusNode(node) {
  const step = map.hidden ? null : stepsOf.get(node)?.[0];
  if (step) return focusStep(step);
  if (node?.box) showMap(false);
  return focus(node);
}
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const KEYS = {
  "/": () => input.focus(),
  "?": () => get("help").showModal(),
  "+": () => zoom(1.3),
  "-": () => zoom(1 / 1.3),
  0: () => showAll(true),
  g: toggleMap,
  Escape: () => {
    const back = current.node ?? current.to;
    if (get("legend").classList.contains("open")) return openLegend(false);
    go({});
    if (back) focusNode(back);
  },
};
const NODE_KEYS = { k: mark, f: wayFrom, t: wayTo };

addEventListener("keydown", (event) => {
  const { key, shiftKey, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || target === input || get("help").open) return;
  const focused = target.node;
  const chosen = focused ?? current.node;
  if (mapKey(key, target)) return event.preventDefault();
  if (ARROWS[key] && focused) focus(nextTowards(focused, ARROWS[key]));
  else if (ARROWS[key] && target === document.body) focus(roving);
  else if ((key === "Enter" || key === " ") && focused) {
    choose(focused, shiftKey);
    if (key === "Enter") addEventListener("hashchange", () => card.querySelector("h2")?.focus(), { once: true });
  } else if (NODE_KEYS[key] && chosen) NODE_KEYS[key](chosen);
  else if (KEYS[key]) KEYS[key]();
  else return;
  event.preventDefault();
});
picture.addEventListener("focusin", ({ target }) => {
  rove(target.node);
  if (target.node && target.matches(":focus-visible")) reveal([target.node], 0.75);
});

// The mouse and the buttons.

function openLegend(open) {
  get("legend").classList.toggle("open", open);
  get("show-legend").setAttribute("aria-expanded", open);
}

const BUTTONS = {
  closer: KEYS["+"],
  farther: KEYS["-"],
  whole: KEYS[0],
  ask: KEYS["?"],
  view: toggleMap,
  "show-legend": () => openLegend(!get("legend").classList.contains("open")),
  theme: () => {
    const night = get("night");
    night.media = matchMedia(night.media).matches ? "not all" : "screen";
  },
};
for (const [id, click] of Object.entries(BUTTONS)) fill(get(id), { click });
fill(stage, { click: ({ target, shiftKey }) => {
  if (dragged || target.closest("button")) return;
  const node = target.closest(".node")?.node;
  if (node) choose(node, shiftKey);
  else go({});
} });
addEventListener("hashchange", show);

document.documentElement.classList.add("live");
get("view").hidden = !lanes.length;
if (lanes.length) fillMap();
fillLegend();
showMap(facts.map);
showMarks();
showFilter();
rove(drawn[0]);
show();
