"use strict";

// What the graph says: the facts, tied together, and questions about them.

const facts = JSON.parse(document.getElementById("facts").textContent);
const { nodes, edges, kinds, relations } = facts;
const drawn = nodes.slice(0, facts.drawn);
/** What a search finds: what is drawn, or stands on the roadmap. */
let findable = drawn;
const byId = new Map(nodes.map((node) => [node.id, node]));
// A graph that says nothing about learning has its ways along the arrows.
const flows = relations.some((relation) => relation.first !== "none");

for (const node of nodes) {
  for (const list of ["kinds", "aliases", "properties", "cited"]) node[list] ??= [];
  for (const list of ["out", "in", "needs", "opens", "ways"]) node[list] = [];
  node.names = [node.name, ...node.aliases, node.id].map((name) => [folded(name), name]);
}
for (const edge of edges) {
  const from = (edge.from = nodes[edge.from]);
  const to = (edge.to = nodes[edge.to]);
  const { first, route } = (edge.relation = relations[edge.relation]);
  from.out.push(edge);
  to.in.push(edge);
  if (first !== "none") {
    [edge.first, edge.then] = first === "source" ? [from, to] : [to, from];
    edge.first.opens.push(edge);
    edge.then.needs.push(edge);
    edge.first.ways.push([edge, edge.then]);
  } else if (route || !flows) from.ways.push([edge, to]);
}

/** Is all known that a node requires, of alternatives one? Asked of what learning concerns. */
function isReady(node, known) {
  const met = new Map();
  for (const { first, group, recommended } of node.needs) {
    if (recommended || first === node) continue;
    const need = group ?? first;
    met.set(need, met.get(need) || known.has(first.id));
  }
  const concerns = node.needs.length + node.opens.length > 0;
  return concerns && !known.has(node.id) && [...met.values()].every(Boolean);
}

/** The way with the fewest edges, as a list of hops, or null. Some relations may only begin it. */
function shortestWay(from, to) {
  const came = new Map([[from, null]]);
  for (const node of came.keys())
    for (const [edge, next] of node.ways) {
      const allowed = edge.drawn && (node === from || !edge.relation.entry);
      if (allowed && !came.has(next)) came.set(next, { node, edge, next });
    }
  if (!came.has(to)) return null;
  const way = [];
  for (let hop = came.get(to); hop; hop = came.get(hop.node)) way.unshift(hop);
  return way;
}

/** Text as names are compared: without case, accents and punctuation. */
function folded(text) {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[^\p{L}\p{N}+#]+/gu, " ").trim();
}

/** The nodes of the picture that a search means, best first, each with the name that fits. */
function search(text, limit) {
  const wanted = folded(text);
  if (!wanted) return [];
  const rank = (name) => {
    const word = ` ${name}`.indexOf(` ${wanted}`);
    return name === wanted ? 0 : word === 0 ? 1 : word > 0 ? 2 : name.includes(wanted) ? 3 : 4;
  };
  const hits = findable.map((node) => {
    const ranked = node.names.map(([name, shown]) => ({ node, name: shown, rank: rank(name) }));
    return ranked.reduce((best, one) => (one.rank < best.rank ? one : best));
  });
  const fits = hits.filter((hit) => hit.rank < 4);
  return fits.sort((a, b) => a.rank - b.rank || a.name.length - b.name.length).slice(0, limit);
}
