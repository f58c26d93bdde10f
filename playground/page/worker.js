// The engine lives in a worker, so that a long answer stops neither typing nor the Stop button.

let engine;

const tasks = {
  begin({ module, files, ...how }) {
    engine = new Engine(module);
    return files.length ? engine.open(files, how) : engine.describe({ brief: true });
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
