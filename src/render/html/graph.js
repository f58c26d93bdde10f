"use strict";

// What the graph says: the facts, tied together, and questions about them.

const facts = JSON.parse(document.getElementById("facts").textContent);
const { nodes, edges, kinds, relations } = facts;
const byId = new Map(nodes.map((node) => [node.id, node]));

nodes.forEach((node, place) => {
  Object.assign(node, { place, drawn: place < facts.drawn, out: [], in: [], ways: [] });
  Object.assign(node, { needs: [], opens: [], requires: [] });
  for (const list of ["kinds", "aliases", "properties", "cited"]) node[list] ??= [];
});
// A graph that says nothing about learning has its ways along the arrows.
const flows = relations.some((relation) => relation.first !== "none");
for (const edge of edges) {
  edge.from = nodes[edge.from];
  edge.to = nodes[edge.to];
  edge.relation = relations[edge.relation];
  edge.from.out.push(edge);
  edge.to.in.push(edge);
  const { first, route } = edge.relation;
  if (first === "target") [edge.first, edge.then] = [edge.to, edge.from];
  if (first === "source") [edge.first, edge.then] = [edge.from, edge.to];
  if (edge.first) {
    edge.first.opens.push(edge);
    edge.then.needs.push(edge);
  }
  if (edge.first) edge.first.ways.push([edge, edge.then]);
  else if (route || !flows) edge.from.ways.push([edge, edge.to]);
}
for (const node of nodes) node.requires = requirements(node);

/** What a node cannot do without: lists of alternatives, one of each being enough. */
function requirements(node) {
  const groups = new Map();
  for (const edge of node.needs) {
    if (edge.recommended || edge.first === node) continue;
    const group = edge.group ?? edge.first;
    if (!groups.has(group)) groups.set(group, new Set());
    groups.get(group).add(edge.first);
  }
  return [...groups.values()];
}

/** Is everything known that the node requires? Asked only of nodes that learning concerns. */
function isReady(node, known) {
  const concerns = node.needs.length + node.opens.length > 0;
  const met = (alternatives) => [...alternatives].some((one) => known.has(one.id));
  return concerns && !known.has(node.id) && node.requires.every(met);
}

/** The way with the fewest edges, as a list of hops, or null. Some relations may only begin it. */
function shortestWay(from, to) {
  const came = new Map([[from, null]]);
  for (const node of came.keys()) {
    if (node === to) break;
    for (const [edge, next] of node.ways) {
      const allowed = edge.drawn && (node === from || !edge.relation.entry);
      if (allowed && !came.has(next)) came.set(next, { node, edge, next });
    }
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
  const found = [];
  for (const node of nodes.slice(0, facts.drawn)) {
    let best = null;
    for (const name of [node.name, ...node.aliases, node.id]) {
      const at = ` ${folded(name)}`.indexOf(wanted);
      if (at < 0) continue;
      const begins = ` ${folded(name)}`.includes(` ${wanted}`);
      const rank = folded(name) === wanted ? 0 : at === 1 ? 1 : begins ? 2 : 3;
      if (!best || rank < best.rank) best = { node, name, rank };
    }
    if (best) found.push(best);
  }
  found.sort((a, b) => a.rank - b.rank || a.name.length - b.name.length || a.node.place - b.node.place);
  return found.slice(0, limit);
}
