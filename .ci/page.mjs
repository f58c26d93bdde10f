// Drives the pages that `.ci/page` wrote: page.mjs FOLDER
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { browse } from "./browser.mjs";
import { NAUGHTY } from "./page-graphs.mjs";

const folder = resolve(process.argv[2]);
const { same, open: opened, close } = await browse(folder);
const pause = (time = 150) => new Promise((done) => setTimeout(done, time));

/** A page of the folder, which may ask for nothing but itself. */
async function open(name, { hash = "", width = 1400, height = 860, touch = false, dark = false, graph = false } = {}) {
  const known = (url) => url.startsWith(`file://${folder}/`) || url === "data:,";
  const tab = await opened(`file://${folder}/${name}.html${hash && `#${hash}`}`, known, { width, height, touch, dark });
  const { page } = tab;
  await pause(400);
  if (graph) await page.evaluate(() => showMap(false));
  if (graph) await pause(400);
  return {
    ...tab,
    press: async (...keys) => {
      for (const key of keys) await page.keyboard.press(key);
      await pause();
    },
    hash: () => page.evaluate(() => decodeURIComponent(location.hash)),
    transform: () => page.$eval("#picture", (picture) => picture.style.transform),
    middle: (id) => page.evaluate((id) => {
      const box = byId.get(id).box.querySelector("rect").getBoundingClientRect();
      return [box.x + box.width / 2, box.y + box.height / 2];
    }, id),
  };
}

async function searching() {
  const { page, text, count, all, press, hash, done, shot } = await open("whole");
  await press("/");
  await page.keyboard.type("kubern");
  same((await text("#found li:first-child")).includes("Kubernetes"), true, "a prefix finds");
  await shot("search");
  await press("Enter");
  same(await hash(), "#node=kubernetes", "Enter takes the first");
  same(await text("#card h2"), "Kubernetes");
  await press("/");
  await page.keyboard.type("k8s");
  same((await text("#found li:first-child")).startsWith("Kubernetes"), true, "an alias finds");
  await press("ArrowDown", "ArrowUp", "Escape");
  same(await count("#found:not([hidden])"), 0, "Escape closes");
  await press("/");
  await page.keyboard.type("qqqq");
  same(await all("#found li"), ["Nothing is called so"]);
  await done();
}

async function filtering() {
  const { page, count, done, shot } = await open("whole");
  const row = (of, name) => `li[data-of=${of}][data-name="${name}"]`;
  const shown = () => page.$$eval("#picture .node", (nodes) => nodes.filter((node) => node.getClientRects().length).length);
  const before = await shown();
  const tools = await count('#picture .node[data-kind="tool"]');
  await page.click(`${row("kinds", "tool")} .entry`);
  same(await shown(), before - tools, "a kind is hidden");
  const loose = await page.$$eval("#picture .edge", (edges) => edges.filter((edge) => {
    const off = (id) => byId.get(id).box.classList.contains("off");
    return edge.getClientRects().length && (off(edge.dataset.from) || off(edge.dataset.to));
  }).length);
  same(loose, 0, "no edge without its nodes");
  await page.click(`${row("kinds", "tool")} .entry`);
  same(await shown(), before, "and shown again");
  await page.hover(row("relations", "leads-to"));
  await page.click(`${row("relations", "leads-to")} .only`);
  same(await count("#picture .edge:not(.off)"), await count('#picture .edge[data-relation="leads-to"]'), "one relation alone");
  await shot("filter");
  await page.click(`${row("relations", "leads-to")} .only`);
  same(await count(".edge.off"), 0, "all again");
  await done();
}

async function reading() {
  const { page, text, all, count, hash, press, middle, done, shot } = await open("needs", { graph: true });
  await page.mouse.click(...await middle("mlops"));
  await pause();
  same(await hash(), "#node=mlops", "a click opens a card");
  same(await text("#card h2"), "MLOps");
  const sections = await all("#card summary");
  for (const wanted of ["About", "Needs", "Unlocks", "Sources"])
    same(sections.some((title) => title.startsWith(wanted)), true, `the card has ${wanted}`);
  const unsourced = await page.$$eval("#card dd", (values) => values.filter((value) => !value.querySelector(".cite")).length);
  same(unsourced, 0, "each statement names its sources");
  same(await count("#card .cite") > 20 && await count("#card .place") > 20, true, "sources are listed");
  same((await all("#card .place")).some((place) => /line \d+/.test(place)), true, "with lines");
  const safe = await page.$$eval("#card .sources a", (links) => links.every((link) => /^https?:$/.test(link.protocol) && link.rel.includes("noopener")));
  same(safe, true, "addresses lead to the web");
  await page.$eval("#card .cite", (cite) => cite.click());
  same(await page.evaluate(() => document.activeElement.className), "place", "a number leads to its source");
  await shot("card");
  const link = await page.$("#card .ticks a.to");
  const name = await link.evaluate((element) => element.textContent);
  await link.evaluate((element) => element.click());
  await pause();
  same(await text("#card h2"), name, "a need leads to its card");
  await page.goBack();
  await pause();
  same(await text("#card h2"), "MLOps", "the browser's back goes back");
  await press("Escape");
  same([await hash(), await count("#card:not([hidden])"), await count(".dimmed")], ["", 0, 0], "Escape closes");
  await done();
}

async function ways() {
  const { page, text, all, hash, middle, count, press, done, shot } = await open("needs", { graph: true });
  const click = async (id, shift = false) => {
    await page.evaluate((id) => reveal([byId.get(id)], 0.5), id);
    await pause();
    await page.waitForFunction(() => !picture.classList.contains("moving"));
    if (shift) await page.keyboard.down("Shift");
    await page.mouse.click(...await middle(id));
    if (shift) await page.keyboard.up("Shift");
    await pause();
  };
  await click("linux");
  await click("llmops", true);
  same(await hash(), "#from=linux&to=llmops", "shift-click asks for the way");
  const stops = await all("#card .stop .to");
  same([stops[0], stops.at(-1)], ["Linux", "LLMOps"]);
  same(await count(".edge.lit"), stops.length - 1, "its edges are lit");
  await shot("path");
  await page.$$eval("#card .actions button", (buttons) => buttons[0].click());
  await pause();
  same((await text("#card .also")).startsWith("No way"), true, "against the flow there is none");
  await press("Escape");
  await click("python");
  await page.$$eval("#card .actions button", (buttons) => buttons.find((button) => button.textContent === "From here").click());
  await pause();
  same(await text("#status"), "From Python: choose where to");
  await click("mlops");
  await page.click("#card .call");
  await pause();
  same(await hash(), "#from=python&to=mlops", "the buttons ask for the way");
  // The fewest edges, by a plain search over the same facts.
  const wrong = await page.evaluate(() => {
    const bad = [];
    for (const from of drawn.slice(0, 25)) {
      const far = new Map([[from, 0]]);
      for (let round = 0; round < drawn.length; round++)
        for (const edge of edges) {
          const entry = edge.relation.entry && edge.first !== from;
          if (!edge.drawn || !edge.first || entry || !far.has(edge.first)) continue;
          const steps = far.get(edge.first) + 1;
          if (steps < (far.get(edge.then) ?? Infinity)) far.set(edge.then, steps);
        }
      for (const to of drawn) if (shortestWay(from, to)?.length !== far.get(to)) bad.push(`${from.id} ${to.id}`);
    }
    return bad;
  });
  same(wrong, [], "ways are shortest");
  await done();
}

async function marking() {
  const { page, text, count, press, done, shot } = await open("needs", { hash: "node=git", graph: true });
  await page.click("#card .known");
  same(await count(".node.known"), 1, "known is greyed");
  same(await count(".node.ready") > 0, true, "something is ready");
  await page.goto(page.url().replace("git", "linux"));
  await pause();
  await page.evaluate(() => showMap(false));
  await press("k");
  same(await count(".node.known"), 2, "K marks");
  const wrong = await page.evaluate(() => drawn.filter((node) => {
    const needs = node.needs.filter((edge) => !edge.recommended && edge.first !== node);
    const met = (edge) => edge.group === undefined
      ? known.has(edge.first.id)
      : needs.some((other) => other.group === edge.group && known.has(other.first.id));
    const ready = !known.has(node.id) && node.needs.length + node.opens.length > 0 && needs.every(met);
    return ready !== node.box.classList.contains("ready");
  }).map((node) => node.id));
  same(wrong, [], "ready is what has all it requires");
  await shot("marks");
  await page.reload();
  await pause(300);
  await page.evaluate(() => showMap(false));
  same(await count(".node.known"), 2, "marks are kept");
  same((await text("#progress")).startsWith("2 known"), true);
  await page.$$eval("#progress button", (buttons) => buttons[0].click());
  same(await count(".node.known, .node.ready"), 0, "marks are forgotten");
  await done();
}

async function keys() {
  const { page, text, hash, press, transform, count, done, shot } = await open("way", { graph: true });
  await page.$eval("#picture .node[tabindex='0']", (box) => box.focus());
  const at = () => page.evaluate(() => document.activeElement.node?.id);
  same(await at(), "devops");
  await press("ArrowRight");
  same(await at(), "gitops", "arrows move the focus");
  await press("ArrowRight", "ArrowRight");
  same(await at(), "llmops");
  await press("Enter");
  await pause();
  same(await text("#card h2"), "LLMOps", "Enter opens");
  same(await page.evaluate(() => document.activeElement.textContent), "LLMOps", "the card has the focus");
  await press("Escape");
  same([await hash(), await at()], ["", "llmops"], "Escape gives it back");
  await press("0");
  await pause(400);
  const before = await transform();
  await press("+");
  await pause(400);
  same(await transform() === before, false, "+ zooms");
  await press("0");
  await pause(400);
  same(await transform(), before, "0 shows all");
  await press("f");
  same(await hash(), "#from=llmops&node=llmops", "F begins a way");
  await press("Escape");
  await page.mouse.move(700, 400);
  const still = await transform();
  await page.mouse.wheel({ deltaY: -240 });
  await pause(400);
  const [, wide] = (await transform()).match(/scale\((.*)\)/);
  same(Number(wide) > 1.2, true, "the wheel zooms");
  await page.mouse.down();
  await page.mouse.move(760, 430, { steps: 4 });
  await page.mouse.up();
  await pause(400);
  same([await hash(), await transform() === still], ["", false], "a drag moves and opens nothing");
  await press("?");
  same(await count("#help[open]"), 1, "? helps");
  await shot("help");
  await press("Escape");
  same(await count("#help[open]"), 0);
  await done();
}

async function links() {
  const lost = await open("way", { hash: "node=nowhere" });
  same(await lost.text("#status"), "“nowhere” is not in this picture");
  await lost.done();
  const deep = await open("way", { hash: "from=devops&to=llmops", dark: true });
  same(await deep.all("#card .stop .to"), ["DevOps", "GitOps", "MLOps", "LLMOps"]);
  same(await deep.page.$eval("body", (body) => getComputedStyle(body).backgroundColor), "rgb(13, 17, 23)", "dark as the system is");
  await deep.shot("dark");
  await deep.page.click("#theme");
  same(await deep.page.$eval("body", (body) => getComputedStyle(body).backgroundColor), "rgb(255, 255, 255)", "light when asked");
  same(await deep.page.$eval(".ground", (ground) => getComputedStyle(ground).fill), "rgb(255, 255, 255)", "the picture too");
  await deep.page.pdf({ path: `${folder}/print.pdf` });
  await deep.done();
}

async function narrow() {
  const { page, count, text, done, shot } = await open("whole", { width: 390, height: 844, touch: true });
  await page.tap("#show-legend");
  same(await page.$eval("#legend", (legend) => legend.getBoundingClientRect().width > 200), true, "the legend opens");
  await shot("narrow-legend");
  await page.tap("#show-legend");
  await page.evaluate(() => go({ node: "mlops" }));
  await pause(500);
  same(await text("#card h2"), "MLOps");
  same(await page.evaluate(() => document.documentElement.scrollWidth), 390, "nothing sticks out");
  await shot("narrow");
  // Two fingers.
  const scale = () => page.evaluate(() => place.scale);
  const before = await scale();
  const fingers = (near, far, type, last) => page.evaluate(({ near, far, type, last }) => {
    for (const [id, x] of [[1, near], [2, far]].slice(0, last ?? 2))
      stage.dispatchEvent(new PointerEvent(type, { pointerId: id, clientX: x, clientY: 200, bubbles: true }));
  }, { near, far, type, last });
  await fingers(150, 250, "pointerdown");
  await fingers(100, 300, "pointermove");
  await fingers(100, 300, "pointerup");
  same(Math.abs((await scale()) / before - 2) < 0.3, true, "a pinch zooms");
  same(await count("#card:not([hidden])"), 1);
  await done();
}

async function naughty() {
  const { page, all, done } = await open("naughty");
  const drawnTexts = await page.$$eval("#picture .node title", (titles) => titles.map((title) => title.textContent.split("\n")[0]));
  const visible = (text) => text
    .replace(/[\u0000-\u001f]/g, (control) => String.fromCharCode(0x2400 + control.charCodeAt(0)))
    .replace(/\u202e/g, "<U+202E>");
  same([...drawnTexts].sort(), NAUGHTY.map(visible).sort(), "tooltips hold the names");
  same(await page.$$eval("script", (scripts) => scripts.length), 2, "no script broke in");
  same(await page.$$eval("img, b:not(#card b), iframe, object", (elements) => elements.length), 0, "no element either");
  for (const [at, name] of NAUGHTY.entries()) {
    await page.evaluate((id) => go({ node: id }), `x${at}`);
    await pause();
    same(await page.$eval("#card h2", (title) => title.textContent), visible(name), "the card holds the name");
    const said = await page.$eval("#card dd", (value) => value.firstChild.textContent);
    same(said, name.split("\n").map(visible).join("\n"), "and the statement");
  }
  same(await page.$$eval("#card .sources a", (links) => links.length), 0, "no address but of the web");
  same((await all("#legend .entry")).length > 5, true);
  await done();
}

async function large() {
  const { page, count, press, done, shot } = await open("large");
  const loaded = await page.evaluate(() => performance.getEntriesByType("navigation")[0].loadEventEnd);
  await shot("large");
  const frames = await page.evaluate(async () => {
    const times = [];
    let last = performance.now();
    for (let step = 0; step < 60; step++) {
      place.x += step % 2 ? 9 : 5;
      place.y += 3;
      put();
      await new Promise(requestAnimationFrame);
      times.push(performance.now() - last);
      last = performance.now();
    }
    return times.slice(2).sort((a, b) => a - b);
  });
  const chosen = await page.evaluate(async () => {
    const start = performance.now();
    location.hash = "node=n1000";
    await new Promise((next) => addEventListener("hashchange", () => requestAnimationFrame(() => requestAnimationFrame(next)), { once: true }));
    return performance.now() - start;
  });
  await press("/");
  const typed = await page.evaluate(() => {
    const start = performance.now();
    search("topic 19", 9);
    return performance.now() - start;
  });
  same(await count("#picture .node"), 2000);
  const [middle, slow] = [frames[frames.length >> 1], frames[Math.floor(frames.length * 0.95)]];
  console.log(`2,000 nodes: loaded in ${loaded.toFixed(0)} ms; a frame of a pan ${middle.toFixed(1)} ms, 95 % below ${slow.toFixed(1)} ms; a card ${chosen.toFixed(0)} ms; a search ${typed.toFixed(1)} ms`);
  same(loaded < 10000 && middle < 200 && chosen < 3000, true, "2,000 nodes are bearable");
  await done();
}

async function roadmap() {
  const { page, text, all, count, press, hash, done, shot } = await open("plan");
  same(await count("#map .lane") >= 4 && await count("#stage:not([hidden])") === 1, true, "lanes");
  same(await page.$eval("#stage", (stage) => stage.clientWidth), 0, "the page opens on the roadmap");
  same(await all("#map .lane:first-of-type h2"), ["DevOps"]);
  const texts = () => page.$$eval("#map .step, #map .head, #sums", (boxes) => boxes.flatMap((box) => {
    const size = parseFloat(getComputedStyle(box).fontSize);
    return box.scrollWidth > box.clientWidth + 1 || size < 11 ? [box.textContent] : [];
  }));
  same(await texts(), [], "nothing is cut, no letter is small");
  const broken = await page.$$eval("#map .name", (names) => names.flatMap((name) => {
    const walk = document.createTreeWalker(name, NodeFilter.SHOW_TEXT);
    const bad = [];
    for (let node = walk.nextNode(); node; node = walk.nextNode())
      for (const { 0: word, index } of node.data.matchAll(/[\p{L}\p{N}]+/gu)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) bad.push(word);
      }
    return bad;
  }));
  same(broken, [], "no word is broken");
  const overlaps = await page.$$eval("#map .step, #map .head", (boxes) => {
    const areas = boxes.map((box) => box.getBoundingClientRect());
    return areas.filter((a, at) => areas.slice(at + 1).some((b) =>
      a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5)).length;
  });
  same(overlaps, 0, "cards keep apart");
  await shot("roadmap");
  // Marks, by mouse and by keyboard.
  const hours = async () => Number((await text("#sums")).match(/([\d.]+) h/)[1]);
  const knownBefore = await count("#map .known");
  const before = await hours();
  const marked = await page.$$eval("#map .step:not(.known) .tick", (ticks) => ticks.slice(0, 8).map((tick) => {
    tick.click();
    return tick.closest("[data-node]").dataset.node;
  }));
  same(await count("#map .known"), knownBefore + 8, "a click marks");
  same(await hash(), "", "and opens nothing");
  same(await hours() < before, true, "fewer hours are left");
  await page.$eval("#map .step:not(.known)", (step) => step.focus());
  await press("Space");
  await page.$eval("#map .step:not(.known)", (step) => step.focus());
  await press("k");
  same(await count("#map .known"), knownBefore + 10, "Space and K mark");
  const wrong = await page.evaluate(() => steps.filter((step) => {
    const ready = !isKnown(step) && step.nodes.some((node) => isReady(node, known));
    return ready !== step.element.classList.contains("ready");
  }).map((step) => step.nodes[0].id));
  same(wrong, [], "ready follows the marks");
  const sums = await page.evaluate(() => lanes.map((lane) => [lane.steps.filter((step) => !isKnown(step)).length, lane.sum.textContent]));
  same(sums.every(([count, words]) => (count ? words.startsWith(`${count} left`) : words === "all known")), true, "what is left, by lane");
  await page.reload();
  await pause(400);
  same(await count("#map .known"), knownBefore + 10, "ten marks are kept");
  const profile = await page.evaluate(() => asProfile());
  same(marked.every((id) => JSON.parse(profile).items.some((item) => item.id === id)), true, "the profile has them");
  writeFileSync(`${folder}/marks.json`, profile);
  await page.$$eval("#progress button", (buttons) => buttons[0].click());
  same(await count("#map .known"), 0, "forgotten");
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "me.json"));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, profile);
  await pause();
  same(await count("#map .known"), knownBefore + 10, "a dropped profile is taken");
  const input = await page.$("#map input[type=file]");
  writeFileSync(`${folder}/since.json`, '{"knows": 1, "items": [{"id": "k8s", "since": "2026-03", "evidence": "a </script> of mine"}, {"id": "nowhere"}]}');
  await input.uploadFile(`${folder}/since.json`);
  await pause();
  same(await text("#status"), "1 mark taken from since.json; 1 more are not on this page");
  const again = JSON.parse(await page.evaluate(() => asProfile())).items;
  same(again.find((item) => item.id === "kubernetes"), { id: "kubernetes", since: "2026-03", evidence: "a </script> of mine" }, "what an entry says is kept");
  await page.evaluate(() => takeProfile("x.json", "[1]"));
  same((await text("#status")).startsWith("x.json is no profile"), true);
  // Keys: arrows, the card, the graph and back.
  await page.$eval("#map [tabindex='0']", (step) => step.focus());
  const at = () => page.evaluate(() => document.activeElement.dataset?.node);
  const first = await at();
  await press("ArrowRight");
  same(await at() === first, false, "arrows move");
  await press("Enter");
  await pause();
  same((await hash()).startsWith("#node="), true, "Enter opens a card");
  await page.evaluate(() => go({ node: "docker" }));
  await pause();
  same((await all("#card summary"))[0].startsWith("Why it is needed"), true, "the card says why");
  same((await all("#card details:first-of-type .stop .to")).at(-1), "DevOps");
  same(await count("#card .place") > 3, true, "with sources");
  await shot("roadmap-card");
  await press("g");
  await pause(400);
  same(await page.$eval("#stage", (stage) => stage.clientWidth > 300), true, "G shows the graph");
  await press("g");
  same(await page.$eval("#map", (map) => map.clientWidth > 300), true, "and the roadmap again");
  await done();
  const small = await open("plan", { width: 390, height: 844, touch: true, dark: true });
  same(await small.page.evaluate(() => document.documentElement.scrollWidth), 390, "nothing sticks out");
  await small.shot("roadmap-narrow");
  await small.done();
  const mine = await open("mine");
  same(await mine.page.evaluate(() => ["docker", "git"].every((id) => known.has(id))), true, "a page begins with the profile's marks");
  await mine.done();
  const odd = await open("naughty-map");
  same(await odd.page.$$eval("script", (scripts) => scripts.length), 2, "no script broke in");
  same(await odd.page.$$eval("img, b:not(#sums b, #card b), iframe", (elements) => elements.length), 0, "no element either");
  await odd.done();
}

async function plain() {
  const { page, all, count, text, done, shot } = await open("table");
  same(await count("table tbody tr") > 3, true, "a table is a table");
  same(await count("script"), 1);
  const cells = (at) => page.$$eval("tbody tr", (rows, at) => rows.filter((row) => !row.hidden).map((row) => row.cells[at].textContent), at);
  const names = await cells(0);
  await page.click("th:first-child button");
  same(await cells(0), [...names].sort(), "a heading sorts");
  await page.click("th:first-child button");
  same(await cells(0), [...names].sort().reverse(), "and the other way");
  await page.type(".tools input", names[1]);
  same((await cells(0)).includes(names[1]) && (await cells(0)).length < names.length, true, "words search");
  same((await all(".tools [role=status]"))[0].includes(`of ${names.length}`), true);
  same((await text("h1")).includes("kinds"), true);
  await shot("table");
  await done();
  const source = readFileSync(`${folder}/whole.html`, "utf8");
  const script = source.slice(source.lastIndexOf("<script>"));
  console.log(`the script has ${script.length} bytes, the page of the whole graph ${source.length}`);
}

for (const part of [roadmap, searching, filtering, reading, ways, marking, keys, links, narrow, naughty, large, plain]) {
  try {
    await part();
  } catch (error) {
    console.error(`${part.name}: ${error.message}`);
    process.exitCode = 1;
  }
}
await close();
