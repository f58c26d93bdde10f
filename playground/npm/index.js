// opsatlas for Node and browsers: the engine beside this file is loaded, compiled once, and handed over.
import { AtlasError, Engine } from "./engine.js";

export { AtlasError };

let compiled;

/** The module beside this file: read in Node, fetched elsewhere. */
async function compile() {
  const place = new URL("./opsatlas.wasm", import.meta.url);
  if (place.protocol === "file:" && globalThis.process?.versions?.node) {
    const { readFile } = await import("node:fs/promises");
    return WebAssembly.compile(await readFile(place));
  }
  const answer = await fetch(place);
  if (!answer.ok) throw new Error(`${place}: ${answer.status} ${answer.statusText}`);
  return WebAssembly.compile(await answer.arrayBuffer());
}

/** A module from what the host has: bytes, a module, or nothing. */
async function moduleOf(wasm) {
  if (wasm instanceof WebAssembly.Module) return wasm;
  if (wasm) return WebAssembly.compile(wasm);
  compiled ??= compile();
  try {
    return await compiled;
  } catch (error) {
    compiled = undefined;
    throw error;
  }
}

/** A graph that answers: the built-in one, or that of `files`, or these laid over it. */
export class Atlas {
  #engine;

  constructor(engine) {
    this.#engine = engine;
  }

  /** The built-in graph of the Ops world. */
  static async builtIn({ wasm } = {}) {
    return new Atlas(new Engine(await moduleOf(wasm)));
  }

  /** The graph of files, each `{name, content}`, of any format that is read. */
  static async fromFiles(files, { over, createMissing, columns, wasm } = {}) {
    const engine = new Engine(await moduleOf(wasm));
    engine.open(files, { over, createMissing, columns });
    return new Atlas(engine);
  }

  query(query) {
    return this.#engine.query(query);
  }

  write(query, format, options) {
    return this.#engine.write(query, format, options);
  }

  complete(before) {
    return this.#engine.complete(before);
  }

  meanings(text) {
    return this.#engine.meanings(text);
  }

  describe() {
    return this.#engine.describe();
  }
}
