// What a program may rely on, as the compiler sees it.
import { Atlas, AtlasError, type Answer, type Completion, type Node } from "opsatlas";

const atlas: Atlas = await Atlas.builtIn();
const answer: Answer = atlas.query("plan gitops");
if (answer.shape === "plan") {
  const first: string = answer.steps[0].nodes[0];
  const nodes: Node[] = answer.nodes;
  console.log(first, nodes[0].hours ?? 0, answer.total?.hours);
}
// @ts-expect-error: only what the shape has
console.log(answer.rows);
if (answer.shape === "table") console.log(answer.rows.length);
const svg: string = atlas.write("tools", "svg", { theme: "dark", allEdges: true });
// @ts-expect-error: there is no such format
atlas.write("tools", "svgg");
// @ts-expect-error: there is no such option
atlas.write("tools", "svg", { them: "dark" });
// @ts-expect-error: graphs are made by builtIn and fromFiles
new Atlas();
const completion: Completion = atlas.complete("pre");
console.log(svg.length, completion.offers[0]?.text);
try {
  await Atlas.fromFiles([{ name: "a.csv", content: new Uint8Array() }], { over: true });
} catch (error) {
  if (error instanceof AtlasError) console.log(error.problems[0].file, error.suggestions[0]);
}
