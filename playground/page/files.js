// Graphs of one's own: files that are dropped or chosen, over the built-in graph or instead of it.

const noun = (count, word) => `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;

/** What the page says of the graph that is open. */
function describe() {
  const own = engine.files.length;
  const names = engine.files.map(({ name }) => name).join(", ");
  get("graph-name").textContent = own ? (engine.over ? `Ops + ${names}` : names) : "The Ops graph";
  get("graph-size").textContent = noun(about.nodes, "node");
  get("graph-about").textContent = `${noun(about.nodes, "node")}, ${noun(about.edges, "edge")}, ${noun(about.sources.length, "source")}.`;
  if (about.marks.length) get("graph-about").textContent += ` You know ${noun(about.marks.length, "node")} of it: @me.`;
  get("version").textContent = `opsatlas ${about.version}`;
  get("importers").textContent = `Read here: ${about.importers.map(({ summary, extensions }) => `${summary} (${extensions.map((end) => `.${end}`).join(", ")})`).join("; ")}; and a profile of what you know.`;
  get("files").replaceChildren(...engine.files.map(({ name, content }, at) =>
    make("li", {}, make("code", {}, name), make("span", { className: "aside" }, ` ${noun(content.byteLength, "byte")}`),
      make("button", { title: `Remove ${name}`, "aria-label": `Remove ${name}`, onclick: () => open(engine.files.toSpliced(at, 1), engine.over) }, "×"))));
  get("own").hidden = !own;
  get("over").checked = engine.over;
  const notes = about.notes.slice(0, 20).map((note) => make("p", { className: "note" }, note));
  get("graph-problems").replaceChildren(...notes);
  get("verbs").replaceChildren(make("dl", {}, ...about.verbs.flatMap(({ name, summary }) => [make("dt", {}, make("code", {}, name)), make("dd", {}, summary)])));
  get("format").replaceChildren(...about.formats.flatMap(({ name, summary }) => {
    const row = make("option", { value: name, title: summary }, name);
    return name === "svg" ? [row, make("option", { value: "png" }, "png")] : [row];
  }));
  const colors = about.kinds.map(({ color }, at) => (/^#[0-9a-f]{6}$/i.test(color ?? "") ? `.k${at % 8}{--kind:${color}}` : ""));
  get("kinds").textContent = colors.join("");
  begin();
}

/** Opens files; if they have problems, these are told and the graph stays as it was. */
async function open(files, over) {
  try {
    about = await engine.open(files, over);
  } catch (error) {
    get("graph-problems").replaceChildren(make("p", {}, make("strong", {}, "These files are not open; the graph is as it was.")), problems(error));
    if (!get("graph").open) get("graph").showModal();
    get("over").checked = engine.over;
    return false;
  }
  describe();
  say(`Open: ${get("graph-name").textContent}, ${get("graph-about").textContent}`);
  if (shown.query) run(shown.query);
  return true;
}

/** Lays more files over those that are open; one of the same name takes the other's place. */
async function add(list) {
  const files = await Promise.all([...list].map(async (file) => ({ name: file.name, content: await file.arrayBuffer() })));
  if (!files.length) return;
  const others = engine.files.filter(({ name }) => !files.some((file) => file.name === name));
  const opened = await open([...others, ...files], get("over").checked);
  if (opened && about.notes.length) get("graph").showModal();
  else if (opened && get("graph").open) get("graph").close();
}

let depth = 0;
const carries = (event) => event.dataTransfer?.types.includes("Files");
addEventListener("dragenter", (event) => {
  if (carries(event)) get("drop").hidden = ++depth === 0;
});
addEventListener("dragleave", (event) => {
  if (carries(event)) get("drop").hidden = (depth = Math.max(0, depth - 1)) === 0;
});
addEventListener("dragover", (event) => carries(event) && event.preventDefault());
addEventListener("drop", (event) => {
  event.preventDefault();
  depth = 0;
  get("drop").hidden = true;
  add(event.dataTransfer?.files ?? []);
});
get("choose").addEventListener("click", () => get("chosen").click());
get("chosen").addEventListener("change", async (event) => {
  await add(event.target.files);
  event.target.value = "";
});
get("over").addEventListener("change", (event) => engine.files.length && open(engine.files, event.target.checked));
get("own").addEventListener("click", () => open([], true));
