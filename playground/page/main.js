// From the address to an answer, and what the keys do.

const linkTo = ({ q, as = "" }) => `#${new URLSearchParams({ q, ...(as && { as }) })}`;
const STARTS = [
  ["Which way leads from system administration to LLM platforms?", "path sysadmin to llm-platform-engineer"],
  ["What must I know before LLMOps?", "prereqs llmops"],
  ["What shall I learn for GitOps, knowing Docker?", "plan gitops knowing docker"],
  ["How do MLOps and LLMOps differ?", "compare mlops, llmops"],
  ["What does Kubernetes open?", "unlocks kubernetes"],
  ["Why is Docker needed for GitOps?", "why docker in (plan gitops)"],
  ["A roadmap to check off", "plan sysadmin to llm-platform-engineer", "explore"],
  ["Which tools are documented best?", "tools then sort by sources desc then limit 10"],
  ["What if there were no GitOps?", "with { -gitops } path devops to llmops"],
];

/** Asks, by the address, so that the browser's back button goes back. */
function ask(query, as = shown.view) {
  query = query.trim();
  if (!query) return;
  const link = linkTo({ q: query, as: as === "answer" ? "" : as });
  if (location.hash === link) run(query, as);
  else location.hash = link;
}

/** Shows what the address asks. */
function follow_address() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const query = asked.get("q") ?? "";
  shut();
  if (query) return run(query, asked.get("as") ?? "answer");
  shown.query = "";
  type("");
  get("start").hidden = false;
  get("result").hidden = true;
  document.title = "opsatlas playground";
}

let running = 0;

/** Asks; what is typed meanwhile stays, unless the line is to show what is asked. */
async function run(query, as = shown.view, shows = true) {
  const number = ++running;
  if (shows) type(query);
  // What still runs would have to end first.
  if (document.body.classList.contains("busy")) about = await engine.begin();
  if (number !== running) return;
  past.add(query);
  document.title = `${query} · opsatlas`;
  busy(true);
  const began = performance.now();
  const { answer, wrong } = await engine.send({ ask: { query } }).then(({ answer }) => ({ answer }), (wrong) => ({ wrong }));
  if (number !== running) return;
  const took = performance.now() - began;
  busy(false);
  Object.assign(shown, { query, answers: answer?.answers ?? [] });
  get("start").hidden = true;
  get("result").hidden = false;
  get("next").hidden = true;
  const error = wrong ?? (answer.error && { ...answer.error, problems: answer.error.problems.map((own, at) => ({ ...own, excerpt: answer.excerpts[at] })) });
  get("bar").hidden = !shown.answers.length;
  get("time").hidden = !shown.answers.length;
  get("time").textContent = `Answered in ${took < 10 ? took.toFixed(1) : Math.round(took)} ms, in this page.`;
  if (!shown.answers.length) {
    shown.view = "answer";
    body.dataset.view = "answer";
    body.replaceChildren(error ? problems(error) : make("p", { className: "nothing" }, "Nothing was asked."));
    say(error?.message ?? "");
    mark(error);
    return;
  }
  await view(VIEWS[as] ? as : "answer");
  if (error) body.append(problems(error));
  const { shape, count, counted } = shown.answers[last()];
  say(`Answer: ${counted ?? `${shape}, ${count}`}`);
  offer_next(number);
}

/** Marks the place of a problem in the line, too. */
function mark(error) {
  const at = error?.problems?.[0];
  // Who types on already would type over what is marked.
  if (line.value !== shown.query) return;
  if (!at?.column || at.line !== 1 || (at.file && at.file !== "query")) return;
  const start = [...shown.query].slice(0, at.column - 1).join("").length;
  line.setSelectionRange(start, start + (at.excerpt?.marked.length ?? 0));
}

function busy(is) {
  clearTimeout(busy.later);
  const button = get("run");
  const show = () => {
    button.textContent = is ? "Stop" : "Ask";
    document.body.classList.toggle("busy", is);
  };
  if (is) busy.later = setTimeout(show, 250);
  else show();
}

async function stop() {
  running++;
  busy(false);
  about = await engine.begin();
  Object.assign(shown, { query: "", answers: [] });
  get("start").hidden = true;
  get("result").hidden = false;
  for (const name of ["bar", "next", "time"]) get(name).hidden = true;
  body.replaceChildren(make("p", { className: "nothing" }, "Stopped before there was an answer."));
  say("Stopped");
}

async function offer_next(number) {
  const { answer } = await engine.send({ next: { answer: last() } }).catch(() => ({}));
  if (number !== running || !answer) return;
  get("next").hidden = !answer.next.length;
  get("next").querySelector("ul").replaceChildren(...answer.next.map(({ said, query }) => make("li", {}, asks(query, {}, make("span", {}, said), make("code", {}, query)))));
}

/** The questions to begin with. */
function begin() {
  const own = engine.files.length > 0 && !engine.over;
  const questions = own ? about.questions.map(({ said, query }) => [said, query]) : STARTS;
  get("questions").replaceChildren(...questions.map(([said, query, as]) => {
    const link = asks(query, { href: linkTo({ q: query, as }) }, make("span", {}, said), make("code", {}, query));
    // The address says in which view, not what was looked at before.
    link.onclick = null;
    return make("li", {}, link);
  }));
}

get("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  shut();
  if (get("run").textContent === "Stop") return stop();
  ask(line.value);
});
document.querySelector(".product").addEventListener("click", () => line.focus());

// Dialogs, keys, light and dark.

function show(name) {
  if (name === "history") past.show();
  get(name).showModal();
}
for (const name of ["graph", "history", "help"]) {
  get(`${name}-open`).addEventListener("click", () => show(name));
  get(name).addEventListener("click", (event) => event.target === get(name) && get(name).close());
  // The line gets the keyboard back, but in Chromium not the caret that a click took away.
  get(name).addEventListener("close", () => document.activeElement === line && line.setSelectionRange(line.selectionStart, line.selectionEnd));
}
get("forget").addEventListener("click", () => {
  past.all = [];
  kept.write("asked", []);
  past.show();
});

addEventListener("keydown", (event) => {
  const { key, ctrlKey, metaKey, altKey, target } = event;
  if (ctrlKey || metaKey || altKey || target.matches?.("input, textarea, select") || document.querySelector("dialog[open]")) return;
  const tab = [...get("views").children][key - 1];
  if (key === "/") line.focus();
  else if (key === "g" || key === "G") show("graph");
  else if (key === "h" || key === "H") show("history");
  else if (key === "?") show("help");
  else if (tab && !tab.hidden && shown.answers.length && !get("result").hidden) go(tab.dataset.view);
  else return;
  event.preventDefault();
});

function light(is_dark) {
  get("night").media = is_dark === null ? "screen and (prefers-color-scheme: dark)" : is_dark ? "screen" : "not all";
}
light(kept.read("dark", null));
get("theme").addEventListener("click", () => {
  light(!dark());
  kept.write("dark", dark());
  if (!get("result").hidden && shown.answers.length) view(shown.view);
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  if (!get("result").hidden && ["picture", "explore"].includes(shown.view)) view(shown.view);
});

addEventListener("hashchange", follow_address);
get("hint").querySelector(".keys").hidden = matchMedia("(pointer: coarse)").matches;
engine.begin().then(
  (found) => {
    about = found;
    // First: the engine answers while the page says what it knows.
    follow_address();
    describe();
    if (!matchMedia("(pointer: coarse)").matches) line.focus();
    document.body.dataset.ready = Math.round(performance.now());
  },
  (error) => {
    get("start").hidden = true;
    get("result").hidden = false;
    get("bar").hidden = true;
    body.replaceChildren(problems({ ...error, help: ["this page needs WebAssembly and DecompressionStream: a browser of 2023 or later"] }));
  },
);
