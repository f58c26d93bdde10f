// The query line: colours, completion, what was asked before.

const line = get("query");
const offersList = get("offers");
let offered = null;
let chosen = -1;
let asking = 0;

/** Puts a text into the line. */
function type(text, at = text.length) {
  line.value = text;
  line.setSelectionRange(at, at);
  fit();
  colour();
}

function fit() {
  line.style.height = "auto";
  line.style.height = `${line.scrollHeight}px`;
}

/** The same text below the line, with colours. */
async function colour() {
  const text = line.value;
  const plain = get("colours");
  if (plain.textContent !== text) plain.textContent = text;
  if (!text.trim()) return;
  const { answer } = await engine.send({ meanings: { text } }).catch(() => ({}));
  if (!answer || line.value !== text) return;
  const parts = [];
  let at = 0;
  for (const { start, end, is } of answer.parts) {
    parts.push(text.slice(at, start), make("span", { className: `is-${is}` }, text.slice(start, end)));
    at = end;
  }
  plain.replaceChildren(...parts, text.slice(at));
}

async function complete() {
  const before = line.value.slice(0, line.selectionStart);
  const number = ++asking;
  const { answer } = await engine.send({ complete: { before } }).catch(() => ({}));
  if (number !== asking || !answer || document.activeElement !== line) return;
  // What stands there already need not be offered.
  const typed = before.slice(answer.start);
  const offers = answer.offers.filter(({ text }) => text.trimEnd() !== typed);
  if (!offers.length) return shut();
  offered = { ...answer, offers, before };
  chosen = -1;
  const rows = offers.slice(0, 60).map(({ text, what }, at) =>
    make(
      "li",
      { id: `offer-${at}`, role: "option", "aria-selected": "false", onmousedown: (event) => (event.preventDefault(), take(at)) },
      make("span", { className: "text" }, text.trimEnd()),
      make("span", { className: "aside" }, what),
    ),
  );
  if (answer.more) rows.push(make("li", { className: "nothing aside", role: "presentation" }, `${answer.more} more; type on`));
  offersList.replaceChildren(...rows);
  offersList.hidden = false;
  offersList.scrollTop = 0;
  line.setAttribute("aria-expanded", "true");
  line.removeAttribute("aria-activedescendant");
}

function shut() {
  asking++;
  offered = null;
  chosen = -1;
  offersList.hidden = true;
  line.setAttribute("aria-expanded", "false");
  line.removeAttribute("aria-activedescendant");
}

function choose(step) {
  const count = offered.offers.length;
  chosen = chosen < 0 ? (step > 0 ? 0 : count - 1) : (chosen + step + count) % count;
  for (const [at, row] of [...offersList.children].entries()) {
    row.setAttribute("aria-selected", String(at === chosen));
    if (at === chosen) row.scrollIntoView({ block: "nearest" });
  }
  line.setAttribute("aria-activedescendant", `offer-${chosen}`);
}

function take(at) {
  const { start, offers, before } = offered;
  const after = line.value.slice(before.length);
  const text = line.value.slice(0, start) + offers[at].text;
  shut();
  type(text + after, text.length);
  line.focus();
  if (text.endsWith(" ")) complete();
}

// What was asked, the newest last.

const past = {
  all: kept.read("asked", []),
  at: null,
  draft: "",

  add(query) {
    this.all = [...this.all.filter((asked) => asked !== query), query].slice(-200);
    this.at = null;
    kept.write("asked", this.all);
  },

  /** Goes back or on in what was asked. */
  go(step) {
    if (this.at === null) {
      if (step > 0 || !this.all.length) return;
      [this.at, this.draft] = [this.all.length, line.value];
    }
    this.at = Math.max(0, this.at + step);
    if (this.at >= this.all.length) {
      this.at = null;
      return type(this.draft);
    }
    type(this.all[this.at]);
  },

  show() {
    const rows = [...this.all].reverse().map((query) => make("li", {}, make("button", { className: "code", onclick: () => (get("history").close(), ask(query)) }, query)));
    get("past").replaceChildren(...(rows.length ? rows : [make("li", { className: "aside" }, "Nothing yet.")]));
    get("forget").hidden = !rows.length;
  },
};

line.addEventListener("input", () => {
  past.at = null;
  fit();
  colour();
  if (line.value.trim()) complete();
  else shut();
});
line.addEventListener("blur", shut);
line.addEventListener("scroll", () => (get("colours").scrollTop = line.scrollTop));

line.addEventListener("keydown", (event) => {
  const { key, shiftKey, ctrlKey, isComposing } = event;
  const open = offered !== null;
  const lone = !line.value.includes("\n");
  const handled = () => event.preventDefault();
  if (isComposing) return;
  if (key === "Enter" && !shiftKey) {
    handled();
    if (open && chosen >= 0) take(chosen);
    else get("ask").requestSubmit();
  } else if (key === "Tab" && !shiftKey && open) {
    handled();
    take(Math.max(chosen, 0));
  } else if (key === "Escape" && open) {
    handled();
    shut();
  } else if (key === " " && ctrlKey) {
    handled();
    complete();
  } else if (key === "ArrowDown" || key === "ArrowUp") {
    const step = key === "ArrowDown" ? 1 : -1;
    if (open && past.at === null) choose(step);
    else if (lone) past.go(step);
    else return;
    handled();
  }
});
