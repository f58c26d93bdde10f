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

const engine = {
  worker: null,
  module: null,
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
    const base64 = this.module ? undefined : get("engine").textContent;
    const begun = this.call("begin", { base64, module: this.module, files: this.files, over: this.over, createMissing: this.createMissing, columns: this.columns });
    return begun.then(({ module, about }) => {
      this.module = module;
      get("engine").textContent = "";
      return about;
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
