// The engine lives in a worker, so that a long answer stops neither typing nor the Stop button.

let engine;

/** What the page embeds: a module, gzipped, in Base64. */
async function unpacked(base64) {
  const bytes = Uint8Array.fromBase64?.(base64) ?? Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const headers = { "Content-Type": "application/wasm" };
  return WebAssembly.compileStreaming(new Response(stream, { headers }));
}

const tasks = {
  async begin({ base64, module, files, ...how }) {
    module ??= await unpacked(base64);
    engine = new Engine(module);
    const about = files.length ? engine.open(files, how) : engine.describe({ brief: true });
    return { module, about };
  },
  open: ({ files, ...how }) => engine.open(files, how),
  send: ({ request }) => {
    const { answer, bytes } = engine.send(request);
    return { answer, text: new TextDecoder().decode(bytes) };
  },
};

self.onmessage = async ({ data: { id, task, ...rest } }) => {
  try {
    postMessage({ id, done: await tasks[task](rest) });
  } catch (error) {
    const { name, message, code, query, line, column, help, suggestions, problems, more } = error;
    postMessage({ id, wrong: { name, message, code, query, line, column, help, suggestions, problems, more } });
  }
};
