// Run by `scripts/playground --test` on the package as it is published.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { Atlas, AtlasError } from "opsatlas";
import { Engine } from "../engine.js";

const wasm = new WebAssembly.Module(readFileSync(new URL("../opsatlas.wasm", import.meta.url)));
const atlas = await Atlas.builtIn();

/** What a call throws. */
function problem(call) {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof AtlasError, String(error));
    return error;
  }
  assert.fail("nothing was wrong");
}

test("a query has a typed answer", () => {
  const way = atlas.query("path devops to llmops");
  assert.deepEqual(way.paths[0].nodes, ["devops", "gitops", "mlops", "llmops"]);
  assert.equal(way.version, 1);
  assert.ok(way.paths[0].edges.every((edge) => way.edges[edge].sources.length > 0));
  assert.equal(atlas.query("tools then count").shape, "value");
});

test("every format is written", () => {
  for (const { name } of atlas.describe().formats) {
    const query = name === "ics" ? "plan gitops then schedule at 6 from 2026-12-07 default 1" : "prereqs gitops";
    assert.ok(atlas.write(query, name).length > 100, name);
  }
  assert.match(atlas.write("prereqs gitops", "svg", { theme: "dark", width: 900 }), /^<svg[^]*width="900"/);
  assert.ok(atlas.write("plan gitops", "html").includes("</html>"));
  assert.equal(problem(() => atlas.write("tools", "svgg")).code, "unknown-format");
  assert.equal(problem(() => atlas.write("kinds", "svg")).code, "no-picture");
  assert.equal(problem(() => atlas.write("tools", "svg", { them: 1 })).code, "bad-message");
});

test("an error tells its place and what to type instead", () => {
  const error = problem(() => atlas.query("prereqs kuberntes"));
  assert.deepEqual([error.code, error.line, error.column], ["unknown-name", 1, 9]);
  assert.ok(error.suggestions.includes("prereqs kubernetes"));
  assert.ok(atlas.query(error.suggestions[0]).count > 0);
  assert.deepEqual(error.problems[0].excerpt, { before: "prereqs ", marked: "kuberntes", after: "" });
});

test("files become a graph, alone or over the built-in one", async () => {
  const content = "from,kind,to\nbread,needs,dough\ndough,needs,flour\n";
  const kitchen = await Atlas.fromFiles([{ name: "kitchen.csv", content }]);
  assert.deepEqual(kitchen.query("prereqs bread over needs").nodes.map(({ id }) => id), ["dough", "flour"]);
  assert.equal(problem(() => kitchen.query("show devops")).code, "unknown-name");
  const mine = { atlas: 1, nodes: [{ id: "our-platform", kind: "role" }], edges: [{ from: "our-platform", kind: "builds-on", to: "gitops" }] };
  const file = { name: "mine.json", content: new TextEncoder().encode(JSON.stringify(mine)) };
  const both = await Atlas.fromFiles([file], { over: true });
  assert.ok(both.query("prereqs our-platform").count > 20);
  const yaml = "atlas: 1\nnodes:\n  - {id: a}\nedges:\n  - {from: a, kind: x, to: b}\n";
  const error = await Atlas.fromFiles([{ name: "broken.yaml", content: yaml }]).catch((error) => error);
  assert.ok(error instanceof AtlasError);
  assert.equal(error.problems[0].file, "broken.yaml");
  assert.equal(error.problems[0].line, 5);
});

test("a graph says in words what was taken for what, and a node without a kind has none", async () => {
  const sheet = await Atlas.fromFiles([{ name: "sheet.csv", content: "id,name,prerequisites\nx,Ex,\ny,Why,x\n" }]);
  const { notes } = sheet.describe();
  assert.ok(notes.length === 1 && notes[0].includes("`prerequisites` is what it needs first"), String(notes));
  assert.ok(!notes[0].includes("--"), "there are no flags here");
  assert.equal(sheet.query("show x").nodes[0].kind, null);
});

test("names that nothing defines are told, or made", async () => {
  const sheet = { name: "topics.csv", content: "topic,prerequisites\nbread,dough\n" };
  const error = await Atlas.fromFiles([sheet]).catch((error) => error);
  assert.equal(error.code, "dangling-end");
  const made = await Atlas.fromFiles([sheet], { createMissing: true });
  assert.deepEqual(made.query("prereqs bread").nodes.map(({ name }) => name), ["dough"]);
});

test("headers mean what is said, notes are a folder's", async () => {
  const sheet = { name: "t.csv", content: "Thema;Braucht\nBrot;Teig\nTeig;\n" };
  const columns = "Thema=name,Braucht=prerequisites";
  const bread = await Atlas.fromFiles([sheet], { columns });
  assert.deepEqual(bread.query("prereqs brot").nodes.map(({ name }) => name), ["Teig"]);
  const wrong = (columns) => Atlas.fromFiles([sheet], { columns }).catch((error) => error);
  const code = ({ code, problems }) => problems[0]?.code ?? code;
  assert.deepEqual([code(await wrong("Tema=name")), code(await wrong("Thema=nam"))], ["bad-flag", "bad-message"]);
  const notes = [
    { name: "vault/Bread.md", content: "---\ntype: food\nneeds: [\"[[Dough]]\"]\n---\n" },
    { name: "vault/basics/Dough.md", content: "Flour and water." },
  ];
  const vault = await Atlas.fromFiles(notes);
  const answer = vault.query("prereqs bread over needs");
  assert.deepEqual(answer.nodes.map(({ id, layer }) => [id, layer]), [["basics/Dough", "vault"]]);
});

test("a profile among the files is @me", async () => {
  const me = { name: "me.json", content: '{"knows": 1, "items": [{"id": "docker"}]}' };
  const mine = await Atlas.fromFiles([me], { over: true, wasm });
  assert.deepEqual(mine.describe().marks, ["docker"]);
  assert.ok(mine.query("plan gitops knowing @me").count < mine.query("plan gitops").count);
});

test("names stay for the queries that follow", () => {
  atlas.query("let mine = docker");
  assert.equal(atlas.query("@mine").nodes[0].id, "docker");
});

test("what is typed is completed and told apart", () => {
  const before = "show '𝒳'; path devops to mlo";
  const { start, offers } = atlas.complete(before);
  assert.equal(before.slice(0, start) + offers[0].text, "show '𝒳'; path devops to MLOps");
  assert.deepEqual(atlas.meanings("prereqs gitops").map(({ is }) => is), ["verb", "node"]);
});

test("an engine that stops is made anew with the same graph", () => {
  const engine = new Engine(wasm);
  engine.open([{ name: "x.csv", content: "from,kind,to\na,needs,b\n" }]);
  for (let round = 0; round < 3; round++) {
    const error = problem(() => engine.send({ fail: {} }));
    assert.equal(error.code, "engine-failed");
    assert.match(error.message, /on purpose/);
    assert.equal(engine.query("nodes").count, 2);
  }
  assert.equal(problem(() => engine.send({ nonsense: {} })).code, "bad-message");
});

test("the examples of the README print what it says", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const examples = [...readme.matchAll(/```js\n([^]*?)```/g)].map(([, code]) => code).join("");
  const said = [...examples.matchAll(/^ *\/\/ (.*)$|; \/\/ (.*)$/gm)].map(([, line, end]) => line ?? end);
  const file = fileURLToPath(new URL("readme.mjs", import.meta.url));
  writeFileSync(file, examples);
  assert.deepEqual(execFileSync(process.execPath, [file], { encoding: "utf8" }).trim().split("\n"), said);
  assert.equal(said.length, 3);
});

test("what is odd is answered too", () => {
  for (const query of ["", "\0", "(".repeat(5000), "x".repeat(200_000), "\ud800", "prereqs (prereqs (prereqs"]) assert.ok(problem(() => atlas.query(query)).message, query.slice(0, 20));
});
