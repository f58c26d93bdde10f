// Puts the page together: build.mjs WASM OUT
// One file: browsers load neither modules nor WebAssembly from beside a page that is opened from a disk.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { Engine } from "./npm/engine.js";

const [wasm, out] = process.argv.slice(2);
const read = (name) => readFileSync(new URL(name, import.meta.url), "utf8");
const bytes = readFileSync(wasm);
const script = ["client", "line", "answer", "views", "files", "main"].map((name) => read(`page/${name}.js`)).join("\n");
const worker = `${read("npm/engine.js").replaceAll(/^export /gm, "")}\n${read("page/worker.js")}`;

// Pages to explore lie in frames, which obey this page's policy too: their scripts are named in it.
const engine = new Engine(new WebAssembly.Module(bytes));
const policies = ["prereqs gitops", "kinds"].map((query) => engine.write(query, "html").match(/script-src ('sha256-[^']+')/)[1]);
// The engine comes last, in pieces that are unpacked while the rest of the page still comes in.
const FEED = "module.feed()";
const END = "module.end()";
const PIECE = 1 << 18;
const packed = gzipSync(bytes, { level: 9 }).toString("base64");
const pieces = packed.match(new RegExp(`.{1,${PIECE}}`, "g")).map((piece) => `<script type="text/plain">${piece}</script><script>${FEED}</script>`);
const own = [script, FEED, END].map((text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`);
const policy = [
  "default-src 'none'",
  `script-src 'wasm-unsafe-eval' ${[...own, ...policies].join(" ")}`,
  "style-src 'unsafe-inline'",
  "img-src data: blob:",
  "worker-src blob:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

const parts = { policy, script, worker, style: read("page/page.css"), night: read("page/night.css"), engine: [...pieces, `<script>${END}</script>`].join("\n") };
for (const name of ["script", "worker"])
  if (/<\/script|<!--/i.test(parts[name])) throw new Error(`${name} would end its element`);
const page = read("page/index.html").replace(/{{(\w+)}}/g, (_, name) => parts[name]);
writeFileSync(out, page);
console.log(`${out}: ${page.length} bytes, ${gzipSync(page, { level: 9 }).length} gzipped`);
