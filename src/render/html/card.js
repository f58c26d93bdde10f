// What is told of a node or a way, at the side. Text enters the page as text, never as markup.

const card = document.getElementById("card");

/** An element with attributes (or, for functions, listeners) and children. */
function make(name, attributes = {}, ...children) {
  const [tag, ...classes] = name.split(".");
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value !== null && value !== false) element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child) => child !== null));
  return element;
}

/** A sample of a node or an edge in its colours. */
function sample(classes, relation = false) {
  const image = document.createElementNS(SVG, "svg");
  image.setAttribute("class", "sample");
  image.setAttribute("viewBox", "0 0 22 14");
  image.setAttribute("aria-hidden", "true");
  const group = image.appendChild(document.createElementNS(SVG, "g"));
  group.setAttribute("class", classes);
  const shapes = relation
    ? [["path", { d: "M1 7H15" }], ["path", { class: "head", d: "M21 7L14 3.6V10.4Z" }]]
    : [["rect", { x: 1, y: 1, width: 20, height: 12, rx: 4 }]];
  for (const [tag, attributes] of shapes) {
    const shape = group.appendChild(document.createElementNS(SVG, tag));
    for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
  }
  return image;
}

const kindSample = (kind) => sample(`node k${kind}${kinds[kind].milestone ? " milestone" : ""}`);
const nodeLink = (node, ...more) =>
  make(node.drawn ? "a.to" : "a.to.outside", { href: linkTo({ node: node.id }) }, node.name, ...more);

/** A round box to tick off what is known. */
function tick(node) {
  const attributes = { "aria-pressed": known.has(node.id), title: "I know this", "data-tick": node.id };
  return make("button.tick", { ...attributes, click: () => mark(node) },
    make("span.spoken", {}, `${node.name} is known`));
}

/** Numbers citations in the order of a card, and lists them at its end. */
function bibliography() {
  const numbers = new Map();
  const number = (citation) => {
    if (!numbers.has(citation)) numbers.set(citation, numbers.size + 1);
    return numbers.get(citation);
  };
  const words = ({ section, line }) =>
    [section, line && `line ${line}`].filter(Boolean).join(", ") || "the whole text";
  const point = (at) => {
    const entry = document.getElementById(`source-${at}`);
    entry.closest("details").open = true;
    entry.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
    entry.focus({ preventScroll: true });
  };
  const mention = (citation) => {
    const at = number(citation);
    const said = facts.citations[citation];
    const source = facts.sources[said.source];
    const title = `${source.title ?? source.id}: ${words(said)}`;
    return make("button.cite", { title, "aria-label": `Source ${at}: ${title}`, click: () => point(at) }, `${at}`);
  };
  const cite = (citations) => {
    const distinct = [...new Set(citations)];
    return distinct.length ? make("span.cites", {}, distinct.map(mention)) : null;
  };
  const list = () => {
    const bySource = new Map();
    for (const [citation, at] of numbers) {
      const said = facts.citations[citation];
      if (!bySource.has(said.source)) bySource.set(said.source, []);
      bySource.get(said.source).push([said, at]);
    }
    const entries = [...bySource].map(([source, places]) => {
      const { id, title, address } = facts.sources[source];
      return make("li", {}, make("p.title", {}, linked(title ?? id, address)),
        title ? make("p.id", {}, id) : null,
        places.map(([said, at]) => make("p.place", { id: `source-${at}`, tabindex: -1 },
          make("b", {}, `${at}`), " ", linked(words(said), said.address))));
    });
    return entries.length ? section("Sources", numbers.size, make("ul.sources", {}, entries)) : null;
  };
  return { cite, list };
}

/** Text that leads to an address of the web, or just text. */
function linked(text, address) {
  if (!/^https?:\/\//i.test(address ?? "")) return make("span", {}, text, address ? ` (${address})` : "");
  return make("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, text, make("span.leaves", { "aria-hidden": "true" }, " ↗"));
}

const section = (title, count, ...body) =>
  make("details", { open: "" }, make("summary", {}, title, " ", make("span.count", {}, `${count}`)), ...body);

/** Edges as a list of their other ends; parallel ones stand together, in the order the data gives. */
function statements(node, list, cite, ticks) {
  const items = new Map();
  const inOrder = [...list].sort((a, b) => (a.order ?? Infinity) - (b.order ?? Infinity) || 0);
  for (const edge of inOrder) {
    const other = edge.from === node ? edge.to : edge.from;
    const words = wordsOf(edge, node);
    const key = `${other.place} ${words}`;
    if (!items.has(key)) items.set(key, { other, words, details: [], cited: [], or: new Set(), recommended: true });
    const item = items.get(key);
    item.details.push(...(edge.details ?? []));
    item.cited.push(...(edge.cited ?? []));
    item.recommended &&= edge.recommended;
    for (const instead of list) {
      const end = instead.from === node ? instead.to : instead.from;
      if (edge.group && instead.group === edge.group && end !== other) item.or.add(end.name);
    }
  }
  const rows = [...items.values()].map(({ other, words, details, cited, or, recommended }) => {
    const told = [ticks ? words : null, recommended ? "recommended" : null, ...new Set(details)];
    if (or.size) told.push(`or ${[...or].join(" or ")}`);
    const aside = told.filter(Boolean).join(" · ");
    return make("li", {}, ticks ? tick(other) : null,
      make("div", {}, nodeLink(other), aside ? make("span.aside", {}, ` ${aside}`) : null, cite(cited)));
  });
  return [rows.length, make(ticks ? "ul.ticks" : "ul.plain", {}, rows)];
}

/** An edge as it reads from one of its ends. */
const wordsOf = ({ from, relation }, node) =>
  from === node ? relation.name : relation.inverse ?? `← ${relation.name}`;

/** The card of a node. */
function nodeCard(node, start) {
  const { cite, list } = bibliography();
  const chips = node.kinds.map((kind) => make("span.kind", {}, kindSample(kind), kinds[kind].name));
  const also = [node.name === node.id ? null : node.id, ...node.aliases].filter(Boolean);
  const described = node.properties.map(({ name, values }) => [
    make("dt", {}, name),
    values.map(({ text, cited }) => make("dd", {}, text, cite(cited ?? []))),
  ]);
  const other = new Map();
  for (const edge of [...node.out, ...node.in]) {
    if (edge.first) continue;
    const words = wordsOf(edge, node);
    other.set(words, [...(other.get(words) ?? []), edge]);
  }
  const part = (title, edges, ticks) =>
    edges.length ? section(title, ...statements(node, edges, cite, ticks)) : null;
  return [
    make("div.kinds", {}, chips, cite(node.cited)),
    make("h2", { tabindex: -1 }, node.name),
    also.length ? make("p.also", {}, also.join(" · ")) : null,
    node.drawn ? null : make("p.note", {}, "Not in this picture; told is what relates it to what is."),
    make("div.actions", {},
      make("button.known", { "aria-pressed": known.has(node.id), "data-tick": node.id, click: () => mark(node) }, "I know this"),
      node.drawn ? wayButtons(node, start) : null),
    described.length ? make("dl", {}, described) : null,
    part("Needs", node.needs, true),
    part("Unlocks", node.opens, true),
    ...[...other].map(([words, edges]) => part(words, edges, false)),
    list(),
  ];
}

function wayButtons(node, start) {
  if (!start || start === node) return [
    make("button", { click: () => go({ from: node.id, node: node.id }), title: "Then choose where to (F)", "aria-pressed": start === node }, "Way from here"),
    start ? null : make("button", { click: () => go({ to: node.id, node: node.id }), title: "Then choose where from (T)" }, "Way to here"),
  ];
  return make("button.call", { click: () => go({ from: start.id, to: node.id }) }, `Way from ${start.name} to here`);
}

/** The card of a way. */
function wayCard(from, to, way) {
  const { cite, list } = bibliography();
  const steps = way?.length === 1 ? "1 step" : `${way?.length} steps`;
  const along = flows ? "along the learning flow" : "along the arrows";
  const told = way
    ? `${steps}; the fewest ${along} within this picture.`
    : `No way ${along} within this picture.`;
  const hops = (way ?? []).map(({ node, edge, next }) => [
    make("li.hop", {}, wordsOf(edge, node), edge.recommended ? " · recommended" : "", cite(edge.cited ?? [])),
    make("li.stop", {}, tick(next), nodeLink(next)),
  ]);
  return [
    make("p.over", {}, "Way"),
    make("h2", { tabindex: -1 }, from.name, make("span.arrow", {}, " → "), to.name),
    make("p.also", {}, told),
    make("div.actions", {}, make("button", { click: () => go({ from: to.id, to: from.id }) }, "The way back")),
    way ? make("ol.way", {}, make("li.stop", {}, tick(from), nodeLink(from)), hops) : null,
    list(),
  ];
}

/** Shows what was made, or closes the card. */
function fillCard(content) {
  card.hidden = !content;
  const close = make("button.close", { title: "Close (Esc)", click: () => go({}) }, "×", make("span.spoken", {}, "Close"));
  card.replaceChildren(...(content ? [close, make("div.body", {}, content)] : []));
  card.scrollTop = 0;
}
