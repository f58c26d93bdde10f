// The engine as WebAssembly, asked by messages. Knows neither files nor pages: index.js and the
// playground hand it the module.

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** What the engine says is wrong: with a query, with files, or with itself. */
export class AtlasError extends Error {
  constructor({ query = null, error, excerpts = [], more = 0 }) {
    super(error.message);
    this.name = "AtlasError";
    this.code = error.code;
    this.query = query;
    this.line = error.line ?? null;
    this.column = error.column ?? null;
    this.help = error.help;
    this.suggestions = error.suggestions ?? [];
    this.problems = error.problems.map((problem, at) => ({ suggestions: [], ...problem, excerpt: excerpts[at] ?? null }));
    this.more = more;
  }
}

const failed = (message) =>
  new AtlasError({
    error: {
      code: "engine-failed",
      message,
      help: ["the engine was made anew, with the same graph; what was named is forgotten"],
      problems: [],
    },
  });

/** A graph and a session on it, in a module that was compiled. */
export class Engine {
  #module;
  #exports;
  #opened = null;

  constructor(module) {
    this.#module = module;
    this.#begin();
  }

  // A dependency names functions of a random source that only encrypted workbooks would ask.
  #begin() {
    const imports = {};
    for (const { module, name } of WebAssembly.Module.imports(this.#module)) {
      imports[module] ??= {};
      imports[module][name] = () => {
        throw new Error(`${name} is not there`);
      };
    }
    this.#exports = new WebAssembly.Instance(this.#module, imports).exports;
  }

  #received() {
    const { memory, opsatlas_message, opsatlas_length } = this.#exports;
    return new Uint8Array(memory.buffer, opsatlas_message() >>> 0, opsatlas_length() >>> 0).slice();
  }

  #call(request, files) {
    const head = encoder.encode(JSON.stringify(request));
    const parts = [new Uint8Array(4), head, ...files];
    new DataView(parts[0].buffer).setUint32(0, head.length, true);
    const { memory, opsatlas_reserve, opsatlas_call } = this.#exports;
    let at = opsatlas_reserve(parts.reduce((sum, part) => sum + part.length, 0)) >>> 0;
    for (const part of parts) {
      new Uint8Array(memory.buffer).set(part, at);
      at += part.length;
    }
    opsatlas_call();
    return this.#received();
  }

  /** What a panic said, as far as the memory still tells. */
  #lastWords(error) {
    try {
      this.#exports.opsatlas_failure();
      const words = decoder.decode(this.#received());
      if (words) return words;
    } catch {}
    return error.message;
  }

  /**
   * Sends a message and returns its answer: the JSON part, and the bytes behind it. A trap is an
   * error too; the engine is made anew then.
   */
  send(request, files = []) {
    let received;
    try {
      received = this.#call(request, files);
    } catch (error) {
      const words = this.#lastWords(error);
      this.#begin();
      if (this.#opened) this.#call(...this.#opened);
      throw failed(`the engine stopped: ${words}`);
    }
    const length = new DataView(received.buffer).getUint32(0, true);
    const answer = JSON.parse(decoder.decode(received.subarray(4, 4 + length)));
    if (answer.error && !answer.answers) throw new AtlasError(answer);
    return { answer, bytes: received.subarray(4 + length) };
  }

  /**
   * Takes a graph: files `{name, content}` over the built-in one, or instead of it. `columns` says what
   * headers of sheets mean, as `--map` does.
   */
  open(files = [], { over = false, createMissing = false, columns = "" } = {}) {
    const bytes = files.map(({ content }) => (typeof content === "string" ? encoder.encode(content) : new Uint8Array(content)));
    const heads = files.map(({ name }, at) => ({ name, length: bytes[at].length }));
    const request = { open: { over, files: heads, createMissing, columns } };
    const { answer } = this.send(request, bytes);
    this.#opened = [request, bytes];
    return answer;
  }

  /** The answer to a query, as `docs/answer.schema.json` describes it. */
  query(query) {
    return JSON.parse(this.write(query, "json"));
  }

  /** The answer to a query in a format that is text. */
  write(query, format, options = {}) {
    const { bytes } = this.send({ query: { query, format, options } });
    return decoder.decode(bytes);
  }

  /** What could stand at the end of `before`. */
  complete(before) {
    return this.send({ complete: { before } }).answer;
  }

  /** What the parts of a text mean. */
  meanings(text) {
    return this.send({ meanings: { text } }).answer.parts;
  }

  /** The graph, and what the engine knows; `brief` leaves the sources and the questions to begin with out. */
  describe({ brief = false } = {}) {
    return this.send({ describe: { brief } }).answer;
  }
}
