// Uses the playground as a reader does, in a headless Chromium: test.mjs FOLDER [PART…]
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { browse } from "../.ci/browser.mjs";

const folder = resolve(process.argv[2]);
const file = `${folder}/playground.html`;
const { same, open: opened, close } = await browse(folder);

/** The playground, which may ask for nothing but itself. */
async function open({ hash = "", width = 1280, height = 860, dark = false, touch = false } = {}) {
  const known = (url) => url.startsWith(`file://${file}`) || /^(data|blob):/.test(url);
  const tab = await opened(`file://${file}${hash && `#${hash}`}`, known, { width, height, dark, touch });
  const { page } = tab;
  await page.waitForFunction(() => document.body.dataset.ready);
  const tools = {
    ...tab,
    until: (test, ...rest) => page.waitForFunction(test, { timeout: 20_000 }, ...rest),
    /** Types a query as somebody does and waits for its answer. */
    ask: async (query) => {
      await page.$eval("#query", (line) => (line.value = ""));
      await page.type("#query", query);
      await page.keyboard.press("Escape");
      await page.keyboard.press("Enter");
      await tools.answered(query);
    },
    answered: (query) => tools.until((query) => shown.query === query && document.querySelector("#body").childElementCount && !document.body.classList.contains("busy"), query),
    view: async (name) => {
      await page.click(`#view-${name}`);
      await tools.until((name) => document.querySelector("#body").dataset.view === name && document.querySelector("#body").firstElementChild, name);
    },
    drop: (files) => page.evaluate((files) => {
      const data = new DataTransfer();
      for (const { name, content } of files) data.items.add(new File([content], name));
      for (const type of ["dragenter", "drop"]) dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    }, files),
    narrow: async () => same(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, "nothing sticks out"),
  };
  return tools;
}

async function way() {
  const { page, ask, text, all, shot, done } = await open();
  await shot("start");
  for (const query of await page.$$eval("#questions a", (links) => links.map((link) => link.title))) {
    const { answers, error } = await page.evaluate(async (query) => (await engine.send({ ask: { query } })).answer, query);
    same([answers.length, error], [1, undefined], query);
  }
  await ask("path devops to llmops");
  same((await text(".outline .first")).replace(/\s+/g, " "), "DevOps → GitOps → MLOps → LLMOps");
  same((await all(".outline .cite")).includes("roadmap-2026"), true, "it says who says so");
  await page.click(".outline .cite");
  same(await page.$eval(".sources", (details) => details.open), true, "a source leads to what it is");
  await shot("way");
  await page.$$eval(".outline .node", (nodes) => nodes[1].click());
  await page.waitForFunction(() => shown.query.startsWith("show"));
  same(await page.evaluate(() => new URLSearchParams(location.hash.slice(1)).get("q")), "show GitOps", "a name asks for its card");
  await page.goBack();
  await page.waitForFunction(() => shown.query === "path devops to llmops");
  await done();
}

async function needs() {
  const { ask, text, all, count, page, shot, done } = await open();
  await ask("prereqs llmops");
  same(await count("tbody tr") > 100, true, "a row for each");
  same((await all("thead th")).slice(0, 2), ["under", "name"]);
  same((await text(".page > .aside")).includes("nodes"), true);
  await page.waitForSelector("#next li");
  const next = await page.$$eval("#next a", (links) => links.map((link) => link.title));
  same(next.includes("plan LLMOps"), true, "a plan is offered next");
  await shot("needs");
  await page.click("#next a");
  await page.waitForFunction((before) => shown.query === before, {}, next[0]);
  await done();
}

async function plan() {
  const { ask, all, count, shot, done } = await open();
  await ask("plan gitops knowing docker");
  same((await all("thead th")).includes("instead of"), true, "alternatives have a column");
  same((await all("td[data-column='instead of']")).some((cell) => cell.includes(" or ")), true, "with what could stand in");
  same(await count("td[data-column='instead of'] .node") > 1, true, "as links");
  same((await all(".note")).some((note) => note.includes("rather than")), true, "and why");
  await shot("plan");
  await done();
}

async function reasons() {
  const { ask, text, count, done } = await open();
  await ask("why docker in (plan gitops)");
  same((await text(".outline")).includes("Docker"), true);
  same(await count(".outline .cite") > 0, true, "with sources");
  await done();
}

async function comparing() {
  const { ask, all, count, view, shot, done } = await open();
  await ask("compare mlops, llmops");
  same(await all("thead th"), ["aspect", "shared", "MLOps", "LLMOps"]);
  same(await count("td .cite") > 5, true, "cells cite too");
  await shot("compare");
  await view("explore");
  await done();
}

async function typo() {
  const { page, ask, text, answered, shot, done } = await open();
  await ask("prereqs kuberntes");
  same((await text(".problem strong")).includes("kuberntes"), true);
  same(await text(".excerpt mark"), "kuberntes", "its place is marked");
  same(await page.evaluate(() => line.value.slice(line.selectionStart, line.selectionEnd)), "kuberntes", "in the line too");
  await shot("typo");
  await page.click(".problem .offer");
  await answered("prereqs kubernetes");
  same(await page.$eval("tbody", (rows) => rows.children.length > 5), true, "a click mends it");
  await done();
}

async function completion() {
  const { page, until, answered, shot, all, text, done } = await open();
  await page.focus("#query");
  await page.keyboard.type("pa");
  await until(() => document.querySelector("#offers li"));
  same((await all("#offers .text")).includes("path"), true);
  await page.keyboard.press("Tab");
  same(await page.$eval("#query", (line) => line.value), "path ", "Tab takes the first");
  await page.keyboard.type("gitops to llmo");
  await until(() => document.querySelector("#offers .text")?.textContent === "LLMOps");
  await page.keyboard.press("ArrowDown");
  same(await page.$eval("#query", (line) => line.getAttribute("aria-activedescendant")), "offer-0", "arrows choose");
  await shot("completion");
  await page.keyboard.press("Enter");
  same(await page.$eval("#query", (line) => line.value), "path gitops to LLMOps", "Enter takes what is chosen");
  await until(() => [...document.querySelectorAll("#colours .is-node")].length === 2);
  same(await text("#colours"), "path gitops to LLMOps", "colours lie below the very text");
  await page.keyboard.press("Enter");
  await answered("path gitops to LLMOps");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowDown");
  same(await page.$eval("#query", (line) => line.value), "path gitops to LLMOps", "arrows go through what was asked");
  await done();
}

async function picture() {
  const { page, ask, view, shot, until, done } = await open();
  const downloads = await page.createCDPSession();
  await downloads.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: folder, browserContextId: page.browserContext().id });
  await ask("prereqs gitops depth 1");
  await view("picture");
  same(await page.$eval(".picture", (host) => host.shadowRoot.querySelectorAll("[data-node]").length > 3), true, "boxes are drawn");
  await shot("picture");
  for (const [format, magic] of [["svg", "<svg"], ["png", "\x89PNG"], ["csv", "name,"]]) {
    await page.select("#format", format);
    await until((format) => shown.format === format, format);
    const name = `${folder}/prereqs-gitops-depth-1.${format}`;
    writeFileSync(name, "");
    await page.click("#download");
    for (let tries = 0; tries < 100 && !readFileSync(name).length; tries++) await new Promise((done) => setTimeout(done, 50));
    same(readFileSync(name, "latin1").includes(magic), true, `${format} is downloaded`);
  }
  await view("picture");
  await page.click("#theme");
  await until(() => getComputedStyle(document.querySelector(".picture").shadowRoot.querySelector(".ground")).fill === "rgb(13, 17, 23)");
  await shot("picture-dark");
  await done();
}

async function roadmap() {
  const { page, answered, until, shot, done } = await open({ hash: "q=plan+gitops+knowing+docker&as=explore" });
  await answered("plan gitops knowing docker");
  const frame = async () => (await page.waitForSelector("#body iframe")).contentFrame();
  let inside = await frame();
  await inside.waitForSelector("#map .step .tick");
  const before = (await inside.$$("#map .known")).length;
  await inside.$$eval("#map .step:not(.known) .tick", (ticks) => ticks.slice(0, 3).map((tick) => tick.click()));
  same((await inside.$$("#map .known")).length, before + 3, "cards are marked");
  await shot("roadmap");
  await page.click("#view-answer");
  await until(() => document.querySelector("#body table"));
  await page.click("#view-explore");
  inside = await frame();
  await inside.waitForSelector("#map .step");
  same((await inside.$$("#map .known")).length >= before + 3, true, "marks stay");
  await inside.$eval("#map .step:not(.known)", (step) => step.focus());
  await page.keyboard.press("Enter");
  await inside.waitForSelector("#card h2");
  same(await page.evaluate(() => shown.query), "plan gitops knowing docker", "a card in it is not a question of the page");
  await done();
}

async function files() {
  const { page, drop, ask, text, all, count, until, shot, done } = await open();
  await page.evaluate(() => { get("over").checked = false; });
  await drop([{ name: "kitchen.csv", content: "from,kind,to\nbread,needs,dough\ndough,needs,flour\n" }]);
  await until(() => document.querySelector("#graph-name").textContent === "kitchen.csv");
  await ask("prereqs bread over needs");
  same(await all("td:first-child"), ["dough", "flour"]);
  await page.evaluate(() => { get("over").checked = true; });
  const mine = { atlas: 1, nodes: [{ id: "our-platform", kind: "role" }], edges: [{ from: "our-platform", kind: "builds-on", to: "gitops" }] };
  await page.evaluate(() => open([], true));
  await drop([{ name: "mine.json", content: JSON.stringify(mine) }, { name: "me.json", content: '{"knows": 1, "items": [{"id": "docker"}]}' }]);
  await until(() => document.querySelector("#graph-name").textContent.startsWith("Ops + "));
  await ask("plan our-platform knowing @me");
  same(await count("tbody tr") > 20, true, "over the built-in graph, with a profile");
  await drop([{ name: "broken.yaml", content: "atlas: 1\nnodes:\n  - {id: a}\nedges:\n  - {from: a, kind: x, to: nowhere-at-all}\n" }]);
  await until(() => document.querySelector("#graph[open] .problem"));
  same((await text("#graph .problem")).includes("broken.yaml, line 5"), true, "a problem has its place");
  await shot("files");
  same((await text("#graph-name")).includes("broken"), false, "the graph stays");
  same((await all("#files code")).at(-1), "broken.yaml", "what was not opened is listed");
  await page.$$eval("#files button", (buttons) => buttons.at(-1).click());
  await until(() => !document.querySelector("#graph .problem"));
  await drop([{ name: "topics.csv", content: "topic,prerequisites\nour-course,a thing nobody defines\n" }]);
  await until(() => document.querySelector("#graph[open] .problem"));
  await page.click("#create");
  await until(() => get("graph-name").textContent.includes("topics.csv"));
  await page.keyboard.press("Escape");
  await ask("show our-platform");
  // A sheet whose headers nobody could guess, a folder of notes, a folder of sheets, a graph in binary form.
  await page.evaluate(() => open([], true).then(() => { get("over").checked = false; get("create").checked = false; }));
  await drop([{ name: "kurs.csv", content: "Thema;Braucht\nBrot;Teig\nTeig;\n" }]);
  await until(() => document.querySelector("#graph[open] .problem"));
  await page.type("#columns", "Thema=name, Braucht=prerequisites");
  await page.keyboard.press("Tab");
  await until(() => get("graph-name").textContent === "kurs.csv");
  await page.$eval("#columns", (line) => (line.value = ""));
  await page.evaluate(() => { get("graph").close(); return open([], true).then(() => { get("over").checked = false; }); });
  const notes = [["vault/Bread.md", "---\nneeds: [\"[[Dough]]\"]\n---\n"], ["vault/basics/Dough.md", "Flour."], ["vault/.obsidian/app.json", "{}"], ["vault/oven.png", "x"]];
  const chosen = (files) => page.evaluate((files) => add(files.map(([path, content]) => ({ path, file: new File([content], path.split("/").at(-1)) }))), files);
  await chosen(notes);
  await until(() => get("graph-name").textContent === "vault/");
  await ask("prereqs bread over needs");
  same(await all("td:first-child"), ["Dough"], "a folder of notes");
  await page.evaluate(() => open([], true).then(() => { get("over").checked = false; }));
  await chosen([["sheets/n.csv", "id\na\nb\n"], ["sheets/e.csv", "from,to\na,b\n"], ["sheets/read.txt", "no graph"]]);
  await until(() => get("graph-name").textContent === "n.csv, e.csv");
  if (process.env.OPSATLAS_ATLAS) {
    const bytes = readFileSync(process.env.OPSATLAS_ATLAS).toString("base64");
    await page.evaluate(async (bytes) => {
      get("over").checked = true;
      const content = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
      await add([{ path: "whole.atlas", file: new File([content], "whole.atlas") }]);
    }, bytes);
    await until(() => get("graph-name").textContent.startsWith("whole.atlas"));
  }
  await done();
}

/** What a page must not do: tell an object, hide what is typed, answer what was not asked any more. */
async function manners() {
  const { page, drop, ask, text, until, count, all, done } = await open();
  await page.evaluate(() => { get("over").checked = false; });
  await drop([{ name: "sheet.csv", content: "id,name,prerequisites\nx,Ex,\ny,Why,x\n" }]);
  await until(() => document.querySelector("#graph[open] .note"));
  same((await text("#graph-problems .note")).includes("`prerequisites` is what it needs first"), true, "what a sheet was taken for is told");
  await page.evaluate(() => { get("graph").close(); return open([], true); });
  await drop([{ name: "flow.mmd", content: "flowchart LR\n  a[Eins] --> b[Zwei]\n" }]);
  await until(() => document.querySelector("#graph[open] .problem"));
  await page.click("#graph-problems button");
  await until(() => get("graph-name").textContent === "flow.mmd");
  await page.evaluate(() => { get("graph").close(); return open([], true).then(() => { get("over").checked = false; }); });
  await drop([{ name: "Bread.md", content: "---\nneeds: [\"[[Dough]]\"]\n---\nBaked.\n" }]);
  await until(() => get("graph-name").textContent === "notes/");
  await page.evaluate(() => { for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close(); return open([], true); });
  await ask("kinds");
  await page.select("#format", "svg");
  await until(() => document.querySelector("#body .problem"));
  same((await text("#body .problem strong")), "a table cannot be drawn", "a format that an answer has not is told");
  // A question that takes long gives way to the next, and says so when it is stopped.
  const size = 14;
  const places = [...Array(size * size).keys()].map((at) => [Math.floor(at / size), at % size]);
  const edges = places.flatMap(([row, column]) => [[row + 1, column], [row, column + 1], [row + 1, column + 1]]
    .filter((to) => Math.max(...to) < size).map(([down, right]) => ({ from: `n${row}-${column}`, kind: "next", to: `n${down}-${right}` })));
  const lattice = { atlas: 1, schema: { relations: { next: { prerequisite: "source", route: true } } }, nodes: places.map(([row, column]) => ({ id: `n${row}-${column}` })), edges };
  await page.evaluate(() => { get("over").checked = false; });
  await drop([{ name: "lattice.json", content: JSON.stringify(lattice) }]);
  await until(() => get("graph-name").textContent === "lattice.json");
  await page.evaluate(() => ask("paths n0-0 to n13-13 limit 10000000", "answer"));
  await until(() => get("run").textContent === "Stop");
  await page.evaluate(() => ask("path n0-0 to n13-13", "answer"));
  await until(() => shown.query === "path n0-0 to n13-13" && get("run").textContent === "Ask");
  same((await all(".outline .first"))[0].startsWith("n0-0"), true);
  await page.evaluate(() => ask("paths n0-0 to n13-13 limit 10000000", "answer"));
  await until(() => get("run").textContent === "Stop");
  await page.click("#run");
  await until(() => document.querySelector("#body .nothing"));
  same([(await text("#body")).includes("Stopped"), await count("#bar[hidden]")], [true, 1], "what was stopped is told");
  await done();
  const phone = await opened(`file://${file}`, () => true, { width: 390, height: 844, touch: true });
  await phone.page.waitForFunction(() => document.body.dataset.ready);
  await phone.page.type("#query", "plan git");
  await phone.page.waitForSelector("#offers li");
  same(await phone.page.evaluate(() => get("offers").getBoundingClientRect().top >= get("line").getBoundingClientRect().bottom), true, "offers lie below the line");
  await phone.done();
}

async function trouble() {
  const { page, ask, text, until, count, done } = await open();
  await ask("let mine = docker; @mine");
  same(await count(".page"), 2, "each statement is answered");
  const failed = await page.evaluate(() => engine.send({ fail: {} }).then(() => null, ({ code, message }) => ({ code, message })));
  same([failed.code, failed.message.includes("on purpose")], ["engine-failed", true], "a panic is told");
  await ask("tools then count");
  same(Number(await text(".outline")) > 100, true, "and the engine made anew");
  await page.evaluate(() => stop());
  await until(() => get("status").textContent === "Stopped");
  await ask("kinds");
  same(await count("tbody tr") > 3, true, "stopped, it begins anew");
  await page.evaluate(() => ask("find '<img src=x onerror=alert(1)>'"));
  await until(() => shown.query.startsWith("find"));
  same(await count("#body img, #colours img"), 0, "what is typed is no markup");
  for (const [key, name] of [["?", "help"], ["h", "history"], ["g", "graph"]]) {
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.type(key);
    same(await count(`#${name}[open]`), 1, `${key} opens ${name}`);
    await page.keyboard.press("Escape");
  }
  await done();
}

async function looks() {
  const dark = await open({ dark: true, hash: "q=show+gitops" });
  await dark.answered("show gitops");
  same(await dark.page.$eval("body", (body) => getComputedStyle(body).backgroundColor), "rgb(13, 17, 23)", "dark as the system is");
  await dark.shot("card-dark");
  await dark.done();
  for (const [name, hash, night] of [["phone", "", false], ["phone-plan", "q=plan+gitops", true], ["phone-way", "q=path+devops+to+llmops", false], ["phone-picture", "q=path+devops+to+llmops&as=picture", false], ["phone-explore", "q=plan+gitops&as=explore", false]]) {
    const phone = await open({ width: 390, height: 844, touch: true, dark: night, hash });
    if (hash) await phone.answered(new URLSearchParams(hash).get("q"));
    await phone.shot(name);
    await phone.narrow();
    await phone.done();
  }
}

/** From opening the page to an answer in it, and what is sent for that. */
async function measures() {
  const times = [];
  for (let round = 0; round < 5; round++) {
    const { page, answered, done } = await open({ hash: "q=path+devops+to+llmops" });
    await answered("path devops to llmops");
    const [ready, told] = await page.evaluate(() => [Number(document.body.dataset.ready), Number.parseFloat(get("time").textContent.slice(12))]);
    times.push([ready, told]);
    await done();
  }
  const middle = (at) => times.map((time) => time[at]).sort((a, b) => a - b)[2];
  const page = readFileSync(file);
  console.log(`ready ${middle(0)} ms after opening, then an answer in ${middle(1)} ms; ${page.length} bytes, ${gzipSync(page, { level: 9 }).length} gzipped, ${brotliCompressSync(page).length} with brotli`);
}

const wanted = process.argv.slice(3);
for (const part of [way, needs, plan, reasons, comparing, typo, completion, picture, roadmap, files, manners, trouble, looks, measures]) {
  if (wanted.length && !wanted.includes(part.name)) continue;
  try {
    await part();
  } catch (error) {
    console.error(`${part.name}: ${error.message}`);
    process.exitCode = 1;
  }
}
await close();
