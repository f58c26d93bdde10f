// Answers as the page shows them: blocks with links, notes, sources, errors.

let about = null;
/** The sources of the answer that is shown: a piece names one by its place. */
let cited = [];

/** A link that asks. */
const asks = (query, properties, ...children) =>
  make("a", { href: linkTo({ q: query }), title: query, ...properties, onclick: (event) => follow(event, query) }, ...children);

function follow(event, query) {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  event.preventDefault();
  ask(query);
}

/** A link to the web, or nothing if the address is none. */
function web(address, text, properties = {}) {
  if (!/^https?:\/\//i.test(address ?? "")) return null;
  return make("a", { href: address, target: "_blank", rel: "noopener noreferrer", ...properties }, text);
}

/** A source's name: its page if it has one, else its entry below the answer. */
function source(at, text) {
  const { title, address, covers } = cited[at];
  const what = [title, covers].filter(Boolean).join(": ");
  return web(address, text, { className: "cite", title: what }) ?? make("a", { className: "cite", href: "#", title: what, onclick: (event) => {
    event.preventDefault();
    const entry = get(`source-${at}`);
    entry.closest("details").open = true;
    entry.scrollIntoView({ block: "center" });
    entry.focus();
  } }, text);
}

/** A text of an answer, with its links. */
function piece({ text, kind, name, source: at, is }) {
  if (name) return asks(`show ${name}`, { className: `node k${(kind ?? 0) % 8}`, title: [about.kinds[kind]?.name, `show ${name}`].filter(Boolean).join(": ") }, text);
  if (at !== undefined) return source(at, text);
  return is === "strong" ? make("strong", {}, text) : is === "dim" ? make("span", { className: "dim" }, text) : document.createTextNode(text);
}

const more = (count, noun) => count > 0 && make("p", { className: "aside" }, `${count} more ${noun}: “As text” and Download have all of them.`);

/** Cells of at most so many letters stay on a line. */
const SHORT = 22;

function grid({ columns, rows, standing, more: left }) {
  const number = /^[\d.,]+$/;
  const text = (cell) => cell.map(({ text }) => text).join("");
  const right = columns.map((_, at) => rows.some((row) => row[at].length) && rows.every((row) => !row[at].length || number.test(text(row[at]))));
  const heads = columns.map((name, at) => make("th", { scope: "col", className: right[at] ? "number" : "" }, name));
  const lines = rows.map((row) =>
    make("tr", { className: row[0].length && columns.length > 1 && rows.some((row) => !row[0].length) ? "group" : "" },
      ...row.map((cell, at) => {
        const classes = [right[at] && "number", text(cell).length <= SHORT && "short", standing.includes(at) && text(cell).split(" ")[0]];
        return make("td", { className: classes.filter(Boolean).join(" "), "data-column": columns[at] }, ...cell.map(piece));
      })));
  const table = make("table", {}, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...lines));
  return [make("div", { className: "wide", tabIndex: 0, role: "region", "aria-label": "Table" }, table), more(left, "rows")];
}

function outline({ lines, more: left }) {
  const told = lines.filter(({ pieces }) => pieces.length).map(({ depth, pieces }, at) =>
    make("p", { className: `line deep${Math.min(depth, 6)}${at === 0 ? " first" : ""}` }, ...pieces.map(piece)));
  return [make("div", { className: "outline" }, ...told), more(left, "lines")];
}

/** The sources that an answer cites, each with what it is. */
function sources() {
  if (!cited.length) return null;
  const entries = [...cited.entries()].sort(([, a], [, b]) => (a.id < b.id ? -1 : 1)).map(([at, { id, title, address, covers }]) => {
    return make("li", { id: `source-${at}`, tabIndex: -1 }, make("code", {}, id), " ", web(address, title ?? address) ?? title ?? "", covers && make("span", { className: "aside" }, ` ${covers}`));
  });
  const count = `${entries.length} ${entries.length === 1 ? "source" : "sources"}`;
  return make("details", { className: "sources" }, make("summary", {}, count), make("ul", {}, ...entries));
}

/** An answer to read. */
function page(answer) {
  cited = answer.sources;
  const blocks = answer.blocks.flatMap((block) => (block.columns ? grid(block) : outline(block)));
  const notes = answer.notes.map((note) => make("p", { className: "note" }, ...note.map(piece)));
  return make("div", { className: "page" },
    ...(blocks.length ? blocks : [make("p", { className: "nothing" }, "Nothing fits.")]),
    answer.counted && make("p", { className: "aside" }, answer.counted),
    !answer.complete && make("p", { className: "note" }, "Incomplete: stopped at a limit."),
    ...notes, sources());
}

/** A line around a place, the place marked. */
const excerpt = ({ before, marked, after }) => make("pre", { className: "excerpt" }, before, make("mark", {}, marked || " "), after);

/** What is wrong, where, and what to type instead. */
function problem({ code, message, file, line, column, help = [], suggestions = [], excerpt: around }) {
  const place = [file && file !== "query" ? file : null, line && `line ${line}`, column && `column ${column}`].filter(Boolean).join(", ");
  // Suggestions are buttons; what only repeats them in words is left out.
  const words = help.filter((text) => !suggestions.some((query) => text.includes(`\`${query}\``)));
  return make("div", { className: "problem" },
    make("p", {}, make("strong", {}, ...coded(message)), " ", code && make("code", { className: "aside" }, code)),
    place && make("p", { className: "aside" }, place),
    around && excerpt(around),
    suggestions.length > 0 && make("p", { className: "instead" }, "Did you mean ", ...suggestions.map((query) => asks(query, { className: "code offer" }, query)), suggestions.length > 0 && "?"),
    ...words.map((text) => make("p", { className: "help" }, ...coded(text))));
}

/** Words with what stands between backquotes as code. */
const coded = (text) => text.split("`").map((part, at) => (at % 2 ? make("code", {}, part) : part));

const problems = (error) => make("div", { className: "wrong", role: "alert" },
  ...(error.problems?.length ? error.problems : [error]).map(problem),
  error.more > 0 && make("p", { className: "aside" }, `and ${error.more} more problems`));
