// What the address, the marks, the buttons and the keys do.

const get = (id) => document.getElementById(id);
const status = get("status");
const legend = get("legend");
const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

// The address holds what is shown, so that it can be sent on and gone back to.

const linkTo = (parts) => `#${new URLSearchParams(parts)}`;
let current = {};

function go(parts) {
  const link = linkTo(parts);
  if (location.hash === link || (link === "#" && !location.hash)) show();
  else location.hash = link;
}

function show() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const [node, from, to] = ["node", "from", "to"].map((name) => byId.get(asked.get(name) ?? ""));
  const lost = ["node", "from", "to"].map((name) => asked.get(name)).find((id) => id && !byId.has(id));
  const way = from && to ? shortestWay(from, to) : null;
  current = { node, from, to };
  if (from && to) {
    fillCard(wayCard(from, to, way));
    const stops = [from, ...(way ?? []).map((hop) => hop.next)];
    light(way ? stops : [from, to], (way ?? []).map((hop) => hop.edge));
    reveal(way ? stops : [from, to]);
  } else if (node) {
    fillCard(nodeCard(node, from ?? null));
    const around = [...node.out, ...node.in].filter((edge) => edge.drawn);
    light([node, ...around.flatMap((edge) => [edge.from, edge.to])], around);
    reveal([node], true);
  } else {
    fillCard(null);
    light([], []);
  }
  for (const box of picture.querySelectorAll(".chosen")) box.classList.remove("chosen");
  for (const chosen of [node, from, to]) chosen?.box?.classList.add("chosen");
  if (node ?? to) rove(node ?? to);
  const title = from && to ? `${from.name} → ${to.name}` : node?.name;
  document.title = [title, facts.query, "opsatlas"].filter(Boolean).join(" · ");
  const open = from && !to ? `From ${from.name}: choose where to` : to && !from ? `To ${to.name}: choose where from` : "";
  status.textContent = lost ? `“${lost}” is not in this picture` : open;
}

/** What a click on a node means: its card, or an end of the way that was begun. */
function choose(node, shift = false) {
  const { node: before, from, to } = current;
  if (to && !from) go({ from: node.id, to: to.id });
  else if (shift && from && !to) go({ from: from.id, to: node.id });
  else if (shift && before && before !== node) go({ from: before.id, to: node.id });
  else if (shift) go({ from: node.id, node: node.id });
  else if (from && !to) go({ from: from.id, node: node.id });
  else go({ node: node.id });
}

// Marks of what is known. A browser that keeps nothing is no reason to stop.

const MARKS = "opsatlas.known";
const known = new Set(nodes.filter((node) => node.known).map((node) => node.id));
try {
  for (const id of JSON.parse(localStorage.getItem(MARKS) ?? "[]")) known.add(id);
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
  const drawn = nodes.slice(0, facts.drawn);
  const some = nodes.some((node) => known.has(node.id));
  let ready = 0;
  for (const node of drawn) {
    const has = known.has(node.id);
    const lit = some && isReady(node, known);
    ready += lit;
    node.box.classList.toggle("known", has);
    node.box.classList.toggle("ready", lit);
    const standing = has ? ", known" : lit ? ", ready to begin" : "";
    const words = node.kinds.map((kind) => kinds[kind].name).join(" and ");
    node.box.setAttribute("aria-label", `${node.name}, ${words}${standing}`);
    const check = node.box.querySelector(".check");
    if (has && !check) node.box.append(checkMark(node));
    if (!has) check?.remove();
  }
  for (const button of document.querySelectorAll("[data-tick]"))
    button.setAttribute("aria-pressed", known.has(button.dataset.tick));
  const count = drawn.filter((node) => known.has(node.id)).length;
  get("progress").replaceChildren(
    make("progress", { max: drawn.length, value: count, "aria-label": "Known" }),
    make("p", {}, some ? `${count} known · ${ready} ready to begin` : "Mark what you know, and what you are ready for lights up."),
    some ? make("button.plain", { click: () => { known.clear(); keep(); } }, "Forget marks") : "",
  );
}

function checkMark({ area }) {
  const check = document.createElementNS(SVG, "path");
  check.setAttribute("class", "check");
  const [x, y] = [area.x + area.width - 1, area.y + 1];
  check.setAttribute("d", `M${x - 5} ${y}l3.4 3.6l6.6 -7.4`);
  return check;
}

// The legend is the filter.

function entry(set, name, shown, image, count) {
  const button = make("button.entry", { "aria-pressed": true, title: "Show or hide" }, image, make("span", {}, shown), make("span.count", {}, `${count}`));
  const only = make("button.only", { title: `Only ${shown}` }, "only", make("span.spoken", {}, ` ${shown}`));
  button.addEventListener("click", () => {
    if (!set.delete(name)) set.add(name);
    showFilter();
  });
  const row = make("li", { "data-name": name }, button, only);
  only.addEventListener("click", () => {
    const others = [...row.parentElement.children].map((other) => other.dataset.name).filter((other) => other !== name);
    const alone = !set.has(name) && others.every((other) => set.has(other));
    set.clear();
    if (!alone) for (const other of others) set.add(other);
    showFilter();
  });
  return row;
}

function showFilter() {
  for (const list of legend.querySelectorAll("ul[data-of]"))
    for (const row of list.children)
      row.firstChild.setAttribute("aria-pressed", !hidden[list.dataset.of].has(row.dataset.name));
  get("all").hidden = hidden.kinds.size + hidden.relations.size === 0;
  filter();
}

function fillLegend() {
  const drawn = nodes.slice(0, facts.drawn);
  const ofKind = kinds.map((kind, at) => [kind, at, drawn.filter((node) => node.kinds.includes(at)).length]);
  const ofRelation = relations.map((relation, at) => [relation, at, lines.filter((line) => line.relation === relation.name).length]);
  const rows = {
    kinds: ofKind.filter(([, , count]) => count).map(([kind, at, count]) => entry(hidden.kinds, kind.name, kind.plural, kindSample(at), count)),
    relations: ofRelation.filter(([, , count]) => count).map(([relation, at, count]) => entry(hidden.relations, relation.name, relation.name, sample(`edge r${at}`, true), count)),
  };
  legend.append(
    ...Object.entries(rows).filter(([, list]) => list.length).flatMap(([name, list]) => [make("h2", {}, name), make("ul", { "data-of": name }, list)]),
    make("button.plain", { id: "all", hidden: "", click: () => { hidden.kinds.clear(); hidden.relations.clear(); showFilter(); } }, "Show all"),
    make("h2", {}, "progress"), make("div", { id: "progress" }),
    make("p.total", {}, `${plural(drawn.length, "node")}, ${plural(lines.length, "edge")}`),
    ...facts.notes.map((note) => make("p.note", {}, note)),
  );
}

// Search.

const input = get("search");
const found = get("found");
let hits = [];
let active = 0;

function suggest() {
  hits = search(input.value, 9);
  active = 0;
  found.replaceChildren(...hits.map(({ node, name }, at) => make("li", { id: `found-${at}`, role: "option",
    pointerdown: (event) => { event.preventDefault(); take(at); } },
    kindSampleOf(node), make("span", {}, node.name), name === node.name ? "" : make("span.aside", {}, ` ${name}`))));
  if (input.value.trim() && !hits.length) found.append(make("li.nothing", { role: "option", "aria-disabled": true }, "Nothing is called so"));
  const open = found.childElementCount > 0;
  found.hidden = !open;
  input.setAttribute("aria-expanded", open);
  point();
}

const kindSampleOf = (node) => (node.kinds.length ? kindSample(node.kinds[0]) : "");

function point() {
  [...found.children].forEach((row, at) => row.setAttribute("aria-selected", at === active && hits.length > 0));
  if (hits.length) input.setAttribute("aria-activedescendant", `found-${active}`);
  else input.removeAttribute("aria-activedescendant");
}

function take(at) {
  const hit = hits[at];
  if (!hit) return;
  input.value = "";
  suggest();
  choose(hit.node);
  hit.node.box.focus({ preventScroll: true });
}

input.addEventListener("input", suggest);
input.addEventListener("focus", suggest);
input.addEventListener("blur", () => { found.hidden = true; input.setAttribute("aria-expanded", false); });
input.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && hits.length) {
    active = (active + step + hits.length) % hits.length;
    point();
  } else if (event.key === "Enter") take(active);
  else if (event.key === "Escape") { input.value = ""; suggest(); input.blur(); }
  else return;
  event.preventDefault();
  event.stopPropagation();
});

// The keyboard in the picture: one node has the focus, arrows give it to the next.

let roving = null;

function rove(node) {
  if (!node.drawn) return;
  roving?.box.setAttribute("tabindex", "-1");
  roving = node;
  node.box.setAttribute("tabindex", "0");
}

function next(node, [x, y]) {
  let best = null;
  for (const other of nodes.slice(0, facts.drawn)) {
    const [dx, dy] = [other.middle.x - node.middle.x, other.middle.y - node.middle.y];
    const ahead = dx * x + dy * y;
    const aside = Math.abs(dx * y) + Math.abs(dy * x);
    if (other === node || ahead <= 0 || aside > 2 * ahead || other.box.classList.contains("off")) continue;
    const far = ahead + 2 * aside;
    if (!best || far < best.far) best = { other, far };
  }
  return best?.other ?? node;
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const KEYS = {
  "/": () => { input.focus(); input.select(); },
  "?": () => get("help").showModal(),
  "+": () => zoom(1.3, null, true),
  "=": () => zoom(1.3, null, true),
  "-": () => zoom(1 / 1.3, null, true),
  0: () => fit(),
  Escape: () => {
    const back = current.node ?? current.to;
    if (legend.classList.contains("open")) return openLegend(false);
    go({});
    back?.box?.focus({ preventScroll: true });
  },
};
const NODE_KEYS = {
  Enter: (node, event) => { choose(node, event.shiftKey); card.querySelector("h2")?.focus({ preventScroll: true }); },
  " ": (node) => choose(node),
  k: mark,
  f: (node) => go({ from: node.id, node: node.id }),
  t: (node) => (current.from && !current.to ? go({ from: current.from.id, to: node.id }) : go({ to: node.id, node: node.id })),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || get("help").open) return;
  const node = document.activeElement.node;
  const chosen = node ?? (current.node?.drawn ? current.node : null);
  const elsewhere = document.activeElement.closest("button, a, input, summary");
  if (ARROWS[event.key] && (node || document.activeElement === document.body)) {
    const to = node ? next(node, ARROWS[event.key]) : roving;
    to?.box.focus({ preventScroll: true });
  } else if (NODE_KEYS[event.key] && node) NODE_KEYS[event.key](node, event);
  else if ("kft".includes(event.key) && chosen) NODE_KEYS[event.key](chosen, event);
  else if (KEYS[event.key] && !(elsewhere && event.key === " ")) KEYS[event.key]();
  else return;
  event.preventDefault();
});
picture.addEventListener("focusin", (event) => {
  if (!event.target.node) return;
  rove(event.target.node);
  if (event.target.matches(":focus-visible")) reveal([event.target.node], true);
});

// Mouse and buttons.

stage.addEventListener("click", (event) => {
  if (dragged || event.target.closest("button")) return;
  const node = event.target.closest(".node")?.node;
  if (node) choose(node, event.shiftKey);
  else if (!event.target.closest("#status")) go({});
});
get("closer").addEventListener("click", () => zoom(1.4, null, true));
get("farther").addEventListener("click", () => zoom(1 / 1.4, null, true));
get("whole").addEventListener("click", () => fit());
get("ask").addEventListener("click", () => get("help").showModal());

function openLegend(open) {
  legend.classList.toggle("open", open);
  get("show-legend").setAttribute("aria-expanded", open);
}
get("show-legend").addEventListener("click", () => openLegend(!legend.classList.contains("open")));

const night = get("night");
get("theme").addEventListener("click", () => {
  const isDark = matchMedia("screen").matches && (night.media === "screen" || (night.media !== "not all" && matchMedia("(prefers-color-scheme: dark)").matches));
  night.media = isDark ? "not all" : "screen";
});

document.documentElement.classList.add("live");
addLandmarks();
fillLegend();
showFilter();
showMarks();
if (facts.drawn) rove(nodes[0]);
fit(undefined, undefined, false);
show();
addEventListener("hashchange", show);
addEventListener("resize", () => put());
