// What is told of a node or a way, at the side.

const card = get("card");

/** A sample of a kind or a relation in its colours. */
const sample = (classes, ...shapes) =>
  draw("svg", { class: "sample", viewBox: "0 0 22 14", "aria-hidden": true }, draw("g", { class: classes }, shapes));
const kindSample = (kind) =>
  sample(`node k${kind}${kinds[kind].milestone ? " milestone" : ""}`, draw("rect", { x: 1, y: 1, width: 20, height: 12, rx: 4 }));
const relationSample = (relation) =>
  sample(`edge r${relation}`, draw("path", { d: "M1 7H15" }), draw("polygon", { points: "21 7 14 3.6 14 10.4" }));

const spoken = (text) => make("span.spoken", {}, text);
const aside = (text) => (text ? make("span.aside", {}, ` ${text}`) : null);
const count = (number) => make("span.count", {}, number);
const button = (text, click, attributes = {}) => make("button", { ...attributes, click }, text);
const nodeLink = (node) => make("a", { class: node.box ? "to" : "to outside", href: linkTo({ node: node.id }) }, node.name);
const section = (title, number, body) => make("details", { open: "" }, make("summary", {}, title, " ", count(number)), body);

/** A button that tells and changes whether a node is known. */
const tick = (node, shown, style = "tick") =>
  button(shown ?? spoken(`I know ${node.name}`), () => mark(node), { class: style, "data-tick": node.id, "aria-pressed": known.has(node.id) });

/** Text that leads to an address of the web, or just text. */
function linked(text, address) {
  if (!/^https?:\/\//i.test(address ?? "")) return [text, aside(address)];
  return make("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, `${text} ↗`);
}

/** Numbers citations in the order of a card, and lists them at its end. */
function bibliography() {
  const numbers = new Map();
  const where = ({ section, line }) =>
    [section, line && `line ${line}`].filter(Boolean).join(", ") || "the whole text";
  const mention = (citation) => {
    if (!numbers.has(citation)) numbers.set(citation, numbers.size + 1);
    const said = facts.citations[citation];
    const { id, title } = facts.sources[said.source];
    const entry = `source-${numbers.get(citation)}`;
    const show = () => get(entry).focus();
    return button(numbers.get(citation), show, { class: "cite", title: `${title ?? id}: ${where(said)}` });
  };
  const cite = (citations = []) => make("span.cites", {}, [...new Set(citations)].map(mention));
  const list = () => {
    const place = ([citation, number]) => {
      const said = facts.citations[citation];
      return make("p.place", { id: `source-${number}`, tabindex: -1 },
        make("b", {}, number), " ", linked(where(said), said.address));
    };
    const entry = ([source, cited]) => {
      const { id, title, address } = facts.sources[source];
      return make("li", {}, make("p.to", {}, linked(title ?? id, address)), title ? aside(id) : null, cited.map(place));
    };
    const places = Map.groupBy(numbers, ([citation]) => facts.citations[citation].source);
    return numbers.size ? section("Sources", numbers.size, make("ul.sources", {}, [...places].map(entry))) : null;
  };
  return { cite, list };
}

/** An edge as it reads from one of its ends. */
const wordsOf = ({ from, relation }, node) =>
  from === node ? relation.name : relation.inverse ?? `← ${relation.name}`;
const otherEnd = ({ from, to }, node) => (from === node ? to : from);

/** Edges as a list of their other ends; parallel ones stand together, in the order the data gives. */
function statements(title, node, list, cite, learning) {
  const place = ({ order }) => order ?? 1e9;
  const inOrder = [...list].sort((a, b) => place(a) - place(b));
  const items = Map.groupBy(inOrder, (edge) => keyOf(otherEnd(edge, node).id, wordsOf(edge, node)));
  const row = (parallel) => {
    const other = otherEnd(parallel[0], node);
    const group = parallel.map((edge) => edge.group).find(Boolean);
    const others = list.filter((edge) => group && edge.group === group).map((edge) => otherEnd(edge, node));
    const instead = [...new Set(others)].filter((one) => one !== other).map((one) => `or ${one.name}`);
    const words = [
      learning ? wordsOf(parallel[0], node) : "",
      parallel.every((edge) => edge.recommended) ? "recommended (optional)" : "",
      ...new Set(parallel.flatMap((edge) => edge.details ?? [])), ...instead];
    return make("li", {}, learning ? tick(other) : null,
      make("div", {}, nodeLink(other), aside(words.filter(Boolean).join(" · ")), cite(parallel.flatMap((edge) => edge.cited ?? []))));
  };
  return items.size ? section(title, items.size, make("ul", { class: learning ? "ticks" : "" }, [...items.values()].map(row))) : null;
}

/** The card of a node; `start` is where a way was begun. */
function nodeCard(node, start) {
  const { cite, list } = bibliography();
  const named = cite(node.cited);
  const chips = node.kinds.map((kind) => make("span.kind", {}, kindSample(kind), kinds[kind].name));
  const others = [...node.out, ...node.in].filter((edge) => !edge.first);
  const related = Map.groupBy(others, (edge) => wordsOf(edge, node));
  const properties = node.properties.map(({ name, values }) =>
    [make("dt", {}, name), values.map(({ text, cited }) => make("dd", {}, text, cite(cited)))]);
  const why = whyWay(node);
  const sections = [
    why ? section("Why it is needed", why.length, wayList(node, why, cite)) : null,
    properties.length ? section("About", properties.length, make("dl", {}, properties)) : null,
    statements("Needs", node, node.needs, cite, true),
    statements("Unlocks", node, node.opens, cite, true),
    ...[...related].map(([words, list]) => statements(words, node, list, cite, false)),
    list(),
  ].filter(Boolean);
  const jump = (part) => button(part.firstChild.textContent, () => { part.open = true; part.scrollIntoView(); });
  const ways = start && start !== node
    ? button(`Way from ${start.name} to here`, () => wayTo(node), { class: "call" })
    : [button("From here", () => wayFrom(node), { title: "F", "aria-pressed": start === node }),
      button("To here", () => wayTo(node), { title: "T" })];
  return [
    make("div.kinds", {}, chips, named),
    make("h2", { tabindex: -1 }, node.name),
    make("p.also", {}, [...new Set([node.id, ...node.aliases])].filter((name) => name !== node.name).join(" · ")),
    node.box || stepsOf.has(node) ? null : make("p.note", {}, "Not in this picture."),
    make("div.actions", {}, tick(node, "I know this", "known"), node.box ? ways : null),
    make("nav", {}, sections.map(jump)),
    sections,
  ];
}

/** A way, stop by stop. */
function wayList(from, way, cite) {
  const stop = (node) => make("li.stop", {}, tick(node), nodeLink(node));
  const hop = ({ node, edge, next }) =>
    [make("li.hop", {}, wordsOf(edge, node), aside(edge.recommended ? "· recommended (optional)" : ""), cite(edge.cited)), stop(next)];
  return make("ol", {}, stop(from), way.map(hop));
}

/** The card of a way. */
function wayCard(from, to, way) {
  const { cite, list } = bibliography();
  const along = flows ? "along the learning flow" : "along the arrows";
  const told = `${way ? `${plural(way.length, "step")}, the fewest` : "No way"} ${along} within this picture.`;
  return [
    make("h2", { tabindex: -1 }, `${from.name} → ${to.name}`),
    make("p.also", {}, told),
    make("div.actions", {}, button("The way back", () => go({ from: to.id, to: from.id }))),
    way ? wayList(from, way, cite) : null,
    list(),
  ];
}

/** Shows what was made, or closes the card. */
function fillCard(content) {
  card.hidden = !content;
  const close = button("×", () => go({}), { class: "close", title: "Close (Esc)", "aria-label": "Close" });
  card.replaceChildren(close, make("div.body", {}, content ?? []));
  card.scrollTop = 0;
}
