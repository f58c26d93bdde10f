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
  list();
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

/** What was not opened, to be tried again in another way. */
let refused = null;

/** The files that are open, or would be. */
const meant = () => refused?.files ?? engine.files;

/** Lists them, each with a button that takes it away. */
function list() {
  get("files").replaceChildren(...meant().map(({ name, content }, at) =>
    make("li", {}, make("code", {}, name), make("span", { className: "aside" }, ` ${noun(content.byteLength, "byte")}`),
      make("button", { title: `Remove ${name}`, "aria-label": `Remove ${name}`, onclick: () => open(meant().toSpliced(at, 1), get("over").checked) }, "×"))));
  get("own").hidden = !meant().length;
}

/** Opens files; if they have problems, these are told and the graph stays as it was. */
async function open(files, over, createMissing = get("create").checked) {
  try {
    about = await engine.open(files, over, createMissing);
  } catch (error) {
    get("graph-problems").replaceChildren(make("p", {}, make("strong", {}, "These files are not open; the graph is as it was.")), problems(error));
    if (!get("graph").open) get("graph").showModal();
    // What was chosen stays chosen for files that are opened next.
    refused = { files, over };
    list();
    return false;
  }
  refused = null;
  describe();
  say(`Open: ${get("graph-name").textContent}, ${get("graph-about").textContent}`);
  if (shown.query) run(shown.query);
  return true;
}

/** Lays more files over those that are open; one of the same name takes the other's place. */
async function add(list) {
  const files = await Promise.all([...list].map(async (file) => ({ name: file.name, content: await file.arrayBuffer() })));
  if (!files.length) return;
  const others = meant().filter(({ name }) => !files.some((file) => file.name === name));
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
for (const choice of ["over", "create"])
  get(choice).addEventListener("change", () => {
    if (meant().length) open(meant(), get("over").checked);
  });
get("own").addEventListener("click", () => open([], true));
