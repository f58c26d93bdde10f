"use strict";

// The engine as the page sees it: promises, a worker that can be stopped, and begins anew.

const get = (id) => document.getElementById(id);

/** An element with properties (`on…` and `aria-…` too) and children. */
function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (key in element && !key.includes("-")) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** The engine's module: gzipped, in pieces of Base64 at the end of this page, compiled while they come. */
const module = {
  ...(() => {
    const { readable, writable } = new TransformStream();
    const unpacked = readable.pipeThrough(new DecompressionStream("gzip"));
    const compiled = WebAssembly.compileStreaming(new Response(unpacked, { headers: { "Content-Type": "application/wasm" } }));
    return { pieces: writable.getWriter(), compiled };
  })(),

  /** Takes the piece before the script that runs. What is wrong with it is told by who waits for all. */
  feed() {
    const element = document.currentScript.previousElementSibling;
    const base64 = element.textContent;
    element.remove();
    const bytes = Uint8Array.fromBase64?.(base64) ?? Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    this.pieces.write(bytes).catch(() => {});
  },

  end() {
    this.pieces.close().catch(() => {});
  },
};

const engine = {
  worker: null,
  waiting: new Map(),
  number: 0,
  files: [],
  over: true,
  createMissing: false,
  columns: "",

  /** A worker with the graph that is open. */
  begin() {
    this.worker?.terminate();
    for (const { refuse } of this.waiting.values()) refuse({ code: "stopped", message: "stopped", help: [], suggestions: [], problems: [] });
    this.waiting.clear();
    const place = URL.createObjectURL(new Blob([get("worker").textContent], { type: "text/javascript" }));
    this.worker = new Worker(place);
    URL.revokeObjectURL(place);
    this.worker.onmessage = ({ data: { id, done, wrong } }) => {
      const { take, refuse } = this.waiting.get(id) ?? {};
      this.waiting.delete(id);
      if (wrong) refuse?.(wrong);
      else take?.(done);
    };
    this.worker.onerror = ({ message }) => {
      const wrong = { code: "engine-failed", message: message || "the engine did not start", help: [], suggestions: [], problems: [] };
      for (const { refuse } of this.waiting.values()) refuse(wrong);
      this.waiting.clear();
    };
    return module.compiled.then((module) => {
      const { files, over, createMissing, columns } = this;
      return this.call("begin", { module, files, over, createMissing, columns });
    });
  },

  call(task, rest) {
    const id = ++this.number;
    return new Promise((take, refuse) => {
      this.waiting.set(id, { take, refuse });
      this.worker.postMessage({ id, task, ...rest });
    });
  },

  async open(files, over, createMissing, columns) {
    const about = await this.call("open", { files, over, createMissing, columns });
    Object.assign(this, { files, over, createMissing, columns });
    return about;
  },

  send(request) {
    return this.call("send", { request });
  },
};

/** Says something to who does not see it, too. */
function say(text) {
  get("status").textContent = text;
}

/** What is kept from one visit to the next. A browser that keeps nothing is no reason to stop. */
const kept = {
  read(name, otherwise) {
    try {
      return JSON.parse(localStorage.getItem(`opsatlas.${name}`)) ?? otherwise;
    } catch {
      return otherwise;
    }
  },
  write(name, value) {
    try {
      localStorage.setItem(`opsatlas.${name}`, JSON.stringify(value));
    } catch {}
  },
};
