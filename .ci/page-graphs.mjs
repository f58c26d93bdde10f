// Graphs to try the page with: 2,000 nodes, and names that try to break out.
import { writeFileSync } from "node:fs";

export const NAUGHTY = [
  "</script><script>alert(1)</script>", "<b>bold</b>", "<!-- <script>", "]]>", "&lt;&amp;", `"'quotes"'`,
  "{a|b}", "\\N\\l", "two\nlines", "tab\there", "nul \u0001 bell \u0007", "bidi \u202e reversed", "soft\u00adhyphen", "{{facts}}",
  "<img src=x onerror=alert(1)>", "javascript:alert(1)", "__proto__", "constructor", "知識 🚀 é", " ",
];

if (process.argv[2]) {
  const out = process.argv[2];
  let seed = 7;
  const chance = (below) => (seed = (seed * 48271) % 2147483647) % below;
  const kinds = ["tool", "skill", "role", "concept"];
  const nodes = [];
  const edges = [];
  for (let at = 0; at < 2000; at++) {
    nodes.push({ id: `n${at}`, kind: at % 97 ? kinds[at % 4] : "domain", name: `Topic ${at}` });
    for (let more = at ? 1 + chance(2) : 0; more; more--) {
      const to = Math.max(0, at - 1 - chance(60));
      edges.push({ from: `n${at}`, kind: chance(2) ? "needs" : "uses", to: `n${to}` });
    }
  }
  const relations = { needs: { prerequisite: "target", inverse: "is needed by" }, uses: { prerequisite: "none" } };
  const schema = { kinds: { domain: { milestone: true } }, relations };
  writeFileSync(`${out}/large.json`, JSON.stringify({ atlas: 1, schema, nodes, edges }));

  const sources = NAUGHTY.map((title, at) => ({ id: `s${at}`, title, address: "javascript:alert(1)" }));
  const naughty = NAUGHTY.map((name, at) => ({
    id: `x${at}`, name, kind: NAUGHTY[at % 3], aliases: [`alias ${name}`],
    properties: { claim: [{ value: name, sources: [{ source: `s${at}`, section: name, address: "javascript:alert(1)" }] }] },
  }));
  const chain = NAUGHTY.slice(1).map((name, at) => ({ from: `x${at + 1}`, kind: NAUGHTY[at % 5], to: `x${at}`, properties: { scope: name } }));
  writeFileSync(`${out}/naughty.json`, JSON.stringify({ atlas: 1, sources, nodes: naughty, edges: chain }));
}
