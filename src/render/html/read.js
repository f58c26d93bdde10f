"use strict";

// Tables sort by a click on a heading, and show the rows that have all the words searched for.

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const order = new Intl.Collator("en", { numeric: true });

for (const table of document.querySelectorAll("table")) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const texts = new Map(rows.map((row) => [row, plain(row.textContent)]));
  const headings = [...table.tHead.rows[0].cells];
  const input = document.createElement("input");
  const told = document.createElement("span");
  Object.assign(input, { type: "search", placeholder: "Search these rows" });
  input.setAttribute("aria-label", "Search these rows");
  told.setAttribute("role", "status");
  told.className = "aside";

  const show = () => {
    const words = [...input.value.split(/\s+/)].map((word) => plain(word)).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      row.hidden = !words.every((word) => texts.get(row).includes(word));
      count += row.hidden ? 0 : 1;
    }
    told.textContent = `${count} of ${rows.length} ${rows.length === 1 ? "row" : "rows"}`;
  };

  // Numbers before words, what is empty last, whichever way it runs; equal ones as they were told.
  const compare = (at, way) => (a, b) => {
    const [left, right] = [a, b].map((row) => row.cells[at].textContent.trim());
    if (!left || !right) return (left ? 0 : 1) - (right ? 0 : 1);
    const [one, other] = [left, right].map(Number);
    const numbers = Number.isFinite(one) - Number.isFinite(other);
    if (numbers) return -numbers * way;
    return (Number.isFinite(one) ? one - other : order.compare(left, right)) * way;
  };

  headings.forEach((heading, at) => {
    const button = document.createElement("button");
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const next = { none: "ascending", ascending: "descending", descending: "none" };
      const sort = next[heading.getAttribute("aria-sort") ?? "none"];
      for (const other of headings) other.removeAttribute("aria-sort");
      if (sort !== "none") heading.setAttribute("aria-sort", sort);
      const way = sort === "descending" ? -1 : 1;
      body.append(...(sort === "none" ? rows : [...rows].sort(compare(at, way))));
    });
    const cells = rows.map((row) => row.cells[at].textContent.trim()).filter(Boolean);
    if (cells.length && cells.every((text) => Number.isFinite(Number(text))))
      for (const row of rows) row.cells[at].classList.add("number");
  });

  const tools = document.createElement("div");
  tools.className = "tools";
  tools.append(input, told);
  table.parentElement.before(tools);
  input.addEventListener("input", show);
  show();
}
