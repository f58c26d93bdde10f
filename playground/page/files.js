// Graphs of one's own: files that are dropped or chosen, over the built-in graph or instead of it.

const noun = (count, word) => `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;

/** What the page says of the graph that is open. */
function describe() {
  const own = engine.files.length;
  const names = titles(engine.files).join(", ");
  get("graph-name").textContent = own ? (engine.over ? `Ops + ${names}` : names) : "The Ops graph";
  get("graph-size").textContent = noun(about.nodes, "node");
  get("graph-about").textContent = `${noun(about.nodes, "node")}, ${noun(about.edges, "edge")}, ${noun(about.sourceCount, "source")}.`;
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

/** Whole folders of notes count as one. */
const titles = (files) => [...new Set(files.map(({ name }) => (name.includes("/") ? `${name.split("/")[0]}/` : name)))];

/** What was not opened, to be tried again in another way. */
let refused = null;

/** The files that are open, or would be. */
const meant = () => refused?.files ?? engine.files;

/** Lists them, each with a button that takes it away. */
function list() {
  get("files").replaceChildren(...titles(meant()).map((title) => {
    const own = meant().filter((file) => titles([file])[0] === title);
    const size = noun(own.reduce((sum, { content }) => sum + content.byteLength, 0), "byte");
    const remove = () => open(meant().filter((file) => !own.includes(file)), get("over").checked);
    return make("li", {}, make("code", {}, title), make("span", { className: "aside" }, ` ${title.endsWith("/") ? `${noun(own.length, "note")}, ` : ""}${size}`),
      make("button", { title: `Remove ${title}`, "aria-label": `Remove ${title}`, onclick: remove }, "×"));
  }));
  get("own").hidden = !meant().length;
}

/** Opens files; if they have problems, these are told and the graph stays as it was. */
async function open(files, over, createMissing = get("create").checked) {
  // Under a graph in binary form there is nothing.
  const whole = files.filter(isWhole).slice(-1);
  if (whole.length) [files, over] = [[...whole, ...files.filter((file) => !isWhole(file))], false];
  try {
    about = await engine.open(files, over, createMissing, files.length ? get("columns").value.trim() : "");
  } catch (error) {
    const closed = over && error.problems?.some(({ code }) => code === "undeclared");
    get("graph-problems").replaceChildren(make("p", {}, make("strong", {}, "These files are not open; the graph is as it was.")),
      ...(closed ? [make("p", {}, "The built-in graph takes no other kinds and relations. ", make("button", { onclick: () => open(files, false).then((opened) => opened && get("graph").close()) }, "Open them alone"))] : []),
      problems(error));
    if (!get("graph").open) get("graph").showModal();
    // What was chosen stays chosen for files that are opened next.
    refused = { files, over };
    list();
    return false;
  }
  refused = null;
  describe();
  say(`Open: ${get("graph-name").textContent}, ${get("graph-about").textContent}`);
  if (shown.query) run(shown.query, shown.view, line.value === shown.query);
  return true;
}

const isWhole = ({ name }) => /\.atlas$/i.test(name);
const isNote = ({ name }) => /\.(md|markdown)$/i.test(name);

/** What folders are opened for: their notes, or else what they hold beside one another. */
function ofFolders(files) {
  const seen = files.filter(({ name }) => !name.split("/").some((part) => part.startsWith(".")));
  const [inside, alone] = [seen.filter(({ name }) => name.includes("/")), seen.filter(({ name }) => !name.includes("/"))];
  const known = about.importers.flatMap(({ extensions }) => extensions);
  const graphs = () => inside.filter(({ name }) => known.includes(name.split(".").at(-1).toLowerCase())).map((file) => ({ ...file, name: file.name.split("/").at(-1) }));
  const notes = inside.filter(isNote);
  // A note by itself is one of a folder, too.
  const own = alone.map((file) => (isNote(file) ? { ...file, name: `notes/${file.name}` } : file));
  return [...own, ...(notes.length ? notes : graphs())];
}

/** The files below what was dropped, each with its path. */
async function below(entry) {
  if (entry.isFile) return [{ file: await new Promise((take, refuse) => entry.file(take, refuse)), path: entry.fullPath.slice(1) }];
  const reader = entry.createReader();
  const found = [];
  for (let more; (more = await new Promise((take, refuse) => reader.readEntries(take, refuse))).length; ) found.push(...more);
  return (await Promise.all(found.map(below))).flat();
}

/** Lays more files over those that are open; one of the same name takes the other's place. */
async function add(list) {
  const wanted = ofFolders([...list].map(({ file, path }) => ({ name: path, file })));
  const files = await Promise.all(wanted.map(async ({ name, file }) => ({ name, content: await file.arrayBuffer() })));
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
  const { items = [], files = [] } = event.dataTransfer ?? {};
  // Entries are there while the event lasts; files that a script makes have none.
  const entries = [...items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.some(({ isDirectory }) => isDirectory)) add([...files].map(withPath));
  else Promise.all(entries.map(below)).then((found) => add(found.flat()));
});
const withPath = (file) => ({ file, path: file.webkitRelativePath || file.name });
for (const [button, chosen] of [["choose", "chosen"], ["choose-folder", "chosen-folder"]]) {
  get(button).addEventListener("click", () => get(chosen).click());
  get(chosen).addEventListener("change", async (event) => {
    await add([...event.target.files].map(withPath));
    event.target.value = "";
  });
}
for (const choice of ["over", "create", "columns"])
  get(choice).addEventListener("change", () => {
    if (meant().length) open(meant(), get("over").checked);
  });
get("own").addEventListener("click", () => open([], true));
