// The views of an answer, and what is done with its formats.

const body = get("body");
const shown = { query: "", answers: [], view: "answer", format: "md" };
const TYPES = { svg: "image/svg+xml", html: "text/html", json: "application/json", csv: "text/csv", md: "text/markdown", ics: "text/calendar" };

const last = () => shown.answers.length - 1;
const dark = () => get("night").media === "screen" || (get("night").media !== "not all" && matchMedia("(prefers-color-scheme: dark)").matches);

/** Below this width a picture is one of a phone. */
const NARROW = 700;

/** How a format is asked for. */
function options(format) {
  const theme = dark() ? "dark" : "light";
  if (format === "svg" && shown.answers[last()].roadmap) return { theme, width: Math.max(340, body.clientWidth - 2) };
  if (format === "svg" && body.clientWidth < NARROW) return { theme, direction: "down" };
  return { theme };
}

async function written(format, how = options(format)) {
  const { answer, text } = await engine.send({ write: { answer: last(), format, options: how } });
  return { ...answer, text };
}

/** A picture in a tree of its own: its styles are for it alone. */
function drawn(text) {
  const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  const host = make("div", { className: "picture" });
  const root = host.attachShadow({ mode: "open" });
  const style = make("style", {}, "svg{display:block;margin:auto;max-width:100%;height:auto}:host(.whole) svg{max-width:none;margin:0}[data-node]{cursor:pointer}");
  root.append(style, document.adoptNode(svg));
  // A box asks for its card.
  root.addEventListener("click", (event) => {
    const box = event.target.closest?.("[data-node]");
    if (box) ask(`show '${box.dataset.node.replaceAll("'", "")}'`);
  });
  const size = make("button", { className: "corner", onclick: () => {
    const whole = host.classList.toggle("whole");
    size.textContent = whole ? "Fit" : "Actual size";
  } }, "Actual size");
  const wide = parseFloat(svg.getAttribute("width")) > body.clientWidth + 1;
  return make("div", { className: "frame" }, host, wide && size);
}

/** The engine's format of what is shown. */
const writable = () => (shown.format === "png" ? "svg" : shown.format);

const VIEWS = {
  answer: async () => shown.answers.map(page),
  picture: async () => [drawn((await written("svg")).text)],
  explore: async () => {
    const { text } = await written("html");
    return [make("iframe", { srcdoc: text, title: `${shown.query}, to explore` })];
  },
  text: async () => [make("pre", { className: "text", tabIndex: 0 }, (await written(writable())).text)],
};
const FORMAT_OF = { answer: "md", picture: "svg", explore: "html", text: "table" };
const viewOf = (format) => ({ svg: "picture", png: "picture", html: "explore" })[format] ?? "text";

/** Shows a view; one that this answer has not becomes the answer itself. */
async function view(name, format) {
  const picture = shown.answers[last()].picture;
  get("view-picture").hidden = !picture;
  // Who chose the format is told why there is none.
  if (name === "picture" && !picture) name = format ? "text" : "answer";
  const same = shown.view === name && viewOf(shown.format) === name;
  shown.format = format ?? (same ? shown.format : FORMAT_OF[name]);
  shown.view = name;
  get("format").value = shown.format;
  for (const tab of get("views").children) {
    const own = tab.dataset.view === shown.view;
    tab.setAttribute("aria-selected", String(own));
    tab.tabIndex = own ? 0 : -1;
  }
  body.setAttribute("aria-labelledby", `view-${shown.view}`);
  const query = shown.query;
  const parts = await VIEWS[shown.view]().catch((error) => [problems(error)]);
  if (query !== shown.query) return;
  body.replaceChildren(...parts);
  body.dataset.view = shown.view;
}

const go = (name, format) => {
  history.replaceState(null, "", linkTo({ q: shown.query, as: name === "answer" ? "" : name }));
  return view(name, format);
};

/** A picture in pixels, drawn by the browser. */
async function pixels() {
  const { text } = await written("svg", { ...options("svg"), theme: "light" });
  const place = URL.createObjectURL(new Blob([text], { type: TYPES.svg }));
  const image = new Image();
  image.src = place;
  await image.decode();
  const canvas = make("canvas", { width: image.width * 2, height: image.height * 2 });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(place);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

async function download() {
  const png = shown.format === "png";
  const { extension, text } = png ? { extension: "png" } : await written(shown.format);
  const blob = png ? await pixels() : new Blob([text], { type: TYPES[extension] ?? "text/plain" });
  const name = shown.query.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60);
  const place = URL.createObjectURL(blob);
  make("a", { href: place, download: `${name || "answer"}.${extension}` }).click();
  setTimeout(() => URL.revokeObjectURL(place), 10_000);
}

async function copied(button, text) {
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
    say("Copied");
  } catch {
    button.textContent = "Not allowed";
  }
  setTimeout(() => (button.textContent = label), 1500);
}

/** Tells a failure of what a button does. */
const trying = (act) => () => act().catch((error) => body.prepend(problems(error)));

get("format").addEventListener("change", (event) => {
  go(viewOf(event.target.value), event.target.value);
});
get("download").addEventListener("click", trying(download));
get("copy").addEventListener("click", trying(async () => copied(get("copy"), (await written(writable())).text)));
get("link").addEventListener("click", () => copied(get("link"), location.href));
get("views").addEventListener("click", (event) => event.target.dataset.view && go(event.target.dataset.view));
get("views").addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const tabs = [...get("views").children].filter((tab) => !tab.hidden);
  const at = tabs.indexOf(document.activeElement);
  const tab = tabs[(at + step + tabs.length) % tabs.length];
  tab.focus();
  go(tab.dataset.view);
});
