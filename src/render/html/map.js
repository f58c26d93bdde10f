// The answer as a roadmap: a lane for each milestone, its steps as cards with check marks.

const map = get("map");
const lanes = facts.lanes ?? [];
/** The cards: each its nodes, the first of which the answer has; one of them suffices. */
const steps = [];
const stepsOf = new Map();

for (const lane of lanes) {
  lane.steps = [lane.head, ...lane.cards].filter(Boolean);
  for (const step of lane.steps) {
    step.lane = lane;
    step.nodes = [step.node, ...step.others].map((at) => nodes[at]);
    steps.push(step);
    for (const node of step.nodes) stepsOf.set(node, [...(stepsOf.get(node) ?? []), step]);
  }
}

const isKnown = (step) => step.nodes.some((node) => known.has(node.id));
const inHours = (hours) => `${hours < 10 ? Math.round(hours * 10) / 10 : Math.round(hours)} h`;
const left = (list) => list.filter((step) => !isKnown(step));
const hoursOf = (list) => list.reduce((sum, step) => sum + (step.hours ?? 0), 0);

/** Marks a step as known by its first node, or takes back whatever makes it known. */
function markStep(step) {
  if (isKnown(step)) for (const { id } of step.nodes) known.delete(id);
  else known.add(step.nodes[0].id);
  keep();
}

/** A step's check mark; a click on it opens no card. */
const check = (step) =>
  button(spoken(`I know ${step.nodes.map((node) => node.name).join(" or ")}`),
    (event) => { event.stopPropagation(); markStep(step); }, { class: "tick", tabindex: -1 });

/** A step can have the focus; one of all of them is reached by Tab. */
function stepElement(step, tag, classes, ...children) {
  const kind = step.nodes[0].kinds[0];
  step.element = make(tag, { class: `${classes}${kind === undefined ? "" : ` k${kind}`}`, tabindex: -1, "data-node": step.nodes[0].id },
    children);
  step.element.step = step;
  return step.element;
}

function laneElement(lane) {
  const after = lane.after.map((at) => lanes[at]);
  const title = (text) => (lane.head ? make("span.open", {}, text) : text);
  const content = [
    make("div.line", {}, lane.head ? check(lane.head) : null, make("h2", {}, title(lane.title))),
    (lane.progress = make("progress", { max: lane.steps.length || 1, value: 0, "aria-label": `Known of ${lane.title}` })),
    (lane.sum = make("p", {})),
    after.length ? make("p", {}, `after ${after.map((other) => other.title).join(", ")}`) : null,
  ];
  const follows = lanes.indexOf(lane) > 0 && after.includes(lanes[lanes.indexOf(lane) - 1]);
  const head = lane.head
    ? stepElement(lane.head, "div", `head${follows ? " next" : ""}`, content)
    : make("div", { class: `head${follows ? " next" : ""}` }, content);
  const cards = lane.cards.map((step) => {
    const [first, ...others] = step.nodes;
    const named = others.slice(0, 2).map((node) => node.name);
    if (others.length > 2) named.push(`${others.length - 2} more`);
    return stepElement(step, "li", `step${step.recommended ? " recommended" : ""}`, check(step),
      make("div.name", {}, first.name, named.map((name) => make("span.or", {}, ` or ${name}`)),
        step.hours ? ["  ", make("span.hours", {}, inHours(step.hours))] : null));
  });
  return make("section.lane", { "aria-label": lane.title }, head, make("ul.cards", {}, cards));
}

/** What is known, ready and left, in each lane and in all. */
function showSteps() {
  for (const step of steps) {
    const has = isKnown(step);
    const ready = !has && step.nodes.some((node) => isReady(node, known));
    step.element.classList.toggle("known", has);
    step.element.classList.toggle("ready", ready);
    step.ready = ready;
    step.element.querySelector(".tick").setAttribute("aria-pressed", has);
    const words = [step.nodes.map((node) => node.name).join(" or "), step.recommended && "recommended",
      step.hours && inHours(step.hours), has ? "known" : ready && "ready to begin"];
    step.element.setAttribute("aria-label", words.filter(Boolean).join(", "));
  }
  for (const lane of lanes) {
    const open = left(lane.steps);
    lane.progress.value = lane.steps.length - open.length;
    const hours = hoursOf(open);
    lane.sum.textContent = open.length ? `${open.length} left${hours ? ` · ${inHours(hours)}` : ""}` : "all known";
  }
  const open = left(steps);
  const number = (count, words) => make("span", {}, make("b", {}, count), ` ${words}`);
  const hours = hoursOf(open);
  // A head costs nothing of its own.
  const silent = open.filter((step) => step.hours == null && step !== step.lane.head).length;
  get("sums").replaceChildren(
    number(steps.length - open.length, `of ${steps.length} known`),
    make("progress", { max: steps.length || 1, value: steps.length - open.length, "aria-label": "Known" }),
    number(steps.filter((step) => step.ready).length, "ready to begin"),
    hours ? number(inHours(hours), silent ? `left; ${silent} say none` : "left") : number(open.length, "left"));
}

function fillMap() {
  const only = button("Only what is ready", () => {
    only.setAttribute("aria-pressed", map.classList.toggle("ready-only"));
  }, { "aria-pressed": false });
  const file = make("input", { type: "file", accept: ".json,application/json", hidden: "", change: () => {
    takeFile(file.files[0]);
    file.value = "";
  } });
  const actions = make("div.actions", {}, only, button("Save marks", saveMarks, { title: "As a profile, for --me" }),
    button("Load marks", () => file.click(), { title: "From a profile" }), file);
  findable = nodes.filter((node) => node.box || stepsOf.has(node));
  map.replaceChildren(make("div.sums", {}, make("div.sums", { id: "sums" }), actions), ...lanes.map(laneElement));
  steps[0].element.setAttribute("tabindex", 0);
}

/** From the roadmap to the graph, and back. */
function showMap(mapped) {
  document.documentElement.classList.toggle("mapped", mapped);
  map.hidden = !mapped;
  const words = mapped ? "Graph (G)" : "Roadmap (G)";
  get("view").title = words;
  get("view").setAttribute("aria-pressed", !mapped);
  if (!mapped && !seen) {
    seen = true;
    showAll(false);
    settle();
  }
}
let seen = false;
const toggleMap = () => lanes.length && showMap(map.hidden);

/** Why a node is there: the way from it to the milestone, or the goal, that it is learned for. */
function whyWay(node) {
  const lane = stepsOf.get(node)?.[0].lane;
  const heads = lanes.slice(lanes.indexOf(lane)).flatMap(({ head }) => (head ? [nodes[head.node]] : []));
  const came = new Map([[node, null]]);
  if (lane)
    for (const reached of came.keys())
      for (const edge of reached.opens)
        if (stepsOf.has(edge.then) && !came.has(edge.then)) came.set(edge.then, { node: reached, edge, next: edge.then });
  const goal = heads.find((head) => head !== node && came.has(head));
  const way = [];
  for (let hop = came.get(goal); hop; hop = came.get(hop.node)) way.unshift(hop);
  return goal ? way : null;
}

// The keyboard: arrows go from card to card as they stand, Space marks, Enter opens.

const middleOf = (element) => {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
};

function stepTowards(from, [x, y]) {
  const here = middleOf(from.element);
  let [nearest, least] = [from, Infinity];
  for (const step of steps) {
    if (!step.element.offsetParent) continue;
    const there = middleOf(step.element);
    const ahead = (there.x - here.x) * x + (there.y - here.y) * y;
    const beside = Math.abs((there.x - here.x) * y) + Math.abs((there.y - here.y) * x);
    if (ahead > 4 && (y || beside < 24) && ahead + 2 * beside < least) [nearest, least] = [step, ahead + 2 * beside];
  }
  // At the end of a line the next one begins.
  if (nearest === from && x) nearest = steps[steps.indexOf(from) + x] ?? from;
  return nearest;
}

function focusStep(step) {
  for (const other of steps) other.element.setAttribute("tabindex", other === step ? 0 : -1);
  step.element.focus();
  step.element.scrollIntoView({ block: "nearest" });
}

/** What a key does on the roadmap; false if nothing. */
function mapKey(key, target) {
  const step = target.closest?.("#map [data-node]")?.step;
  if (ARROWS[key] && (step || target === document.body) && !map.hidden)
    focusStep(step ? stepTowards(step, ARROWS[key]) : steps.find((one) => one.element.tabIndex === 0) ?? steps[0]);
  else if (step && (key === " " || key === "k") && !target.closest("button")) markStep(step);
  else if (step && key === "Enter") {
    go({ node: step.nodes[0].id });
    addEventListener("hashchange", () => card.querySelector("h2")?.focus(), { once: true });
  } else return false;
  return true;
}

fill(map, {
  click({ target }) {
    const step = target.closest("[data-node]")?.step;
    if (step) go({ node: step.nodes[0].id });
  },
  focusin({ target }) {
    if (target.step) for (const other of steps) other.element.setAttribute("tabindex", other === target.step ? 0 : -1);
  },
});

// Marks go into a profile and come from one.

let profile = new Map();

/** The marks as the program reads them: an entry a line, with what an entry was loaded with. */
function asProfile() {
  const entries = [...known].sort().map((id) => `  ${JSON.stringify(profile.get(id) ?? { id })}`);
  return entries.length ? `{"knows": 1, "items": [\n${entries.join(",\n")}\n]}\n` : `{"knows": 1, "items": []}\n`;
}

function saveMarks() {
  const address = URL.createObjectURL(new Blob([asProfile()], { type: "application/json" }));
  make("a", { href: address, download: "me.json" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
  say(`${plural(known.size, "mark")} saved as me.json: opsatlas --me me.json`);
}

function say(words) {
  get("status").textContent = words;
  clearTimeout(saying);
  saying = setTimeout(() => { get("status").textContent = ""; }, 6000);
}
let saying = 0;

/** Adds what a profile knows; names are taken as well as ids. */
function takeProfile(name, text) {
  let read;
  try {
    read = JSON.parse(text);
  } catch {}
  if (read?.knows !== 1 || !Array.isArray(read.items) || !read.items.every((item) => typeof item?.id === "string"))
    return say(`${name} is no profile: it looks like {"knows": 1, "items": [{"id": "docker"}]}`);
  const named = new Map(nodes.flatMap((node) => node.names.map(([name]) => [name, node])).reverse());
  let here = 0;
  for (const item of read.items) {
    const node = byId.get(item.id) ?? named.get(folded(item.id));
    const id = node?.id ?? item.id;
    here += node ? 1 : 0;
    profile.set(id, { ...item, id });
    known.add(id);
  }
  keep();
  const away = read.items.length - here;
  return say(`${plural(here, "mark")} taken from ${name}${away ? `; ${away} more are not on this page` : ""}`);
}

const takeFile = (file) => file?.text().then((text) => takeProfile(file.name, text));

fill(document.documentElement, {
  dragover(event) {
    event.preventDefault();
    map.classList.add("taking");
  },
  dragleave: () => map.classList.remove("taking"),
  drop(event) {
    event.preventDefault();
    map.classList.remove("taking");
    takeFile(event.dataTransfer.files[0]);
  },
});
