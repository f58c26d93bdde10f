/** Where a statement stands. */
export interface Citation {
  source: string;
  section?: string;
  line?: number;
  address?: string;
}

/** A text where there is one, a list where there are several. */
export type OneOrList = string | string[];

/** Any JSON; a list of objects with `value` is a list of statements, each with its own sources. */
export type Properties = Record<string, unknown>;

export interface Node {
  id: string;
  /** Null where nothing says one. */
  kind: OneOrList | null;
  /** The id where there is no name. */
  name: string;
  aliases: string[];
  layer: OneOrList;
  properties: Properties;
  sources: Citation[];
  /** Is it only recommended? */
  recommended?: true;
  /** How strongly the answer holds it. */
  strength?: "required" | "recommended";
  /** The milestone under which the answer tells it, by id. */
  under?: string;
  /** What could stand in for it, by id. */
  instead?: OneOrList;
  /** What is learned in one step with it, by id. */
  together?: OneOrList;
  /** What it takes: of several statements the median. */
  hours?: number;
}

/** In the direction in which it is stored. */
export interface Edge {
  from: string;
  kind: string;
  to: string;
  layer: string;
  properties: Properties;
  sources: Citation[];
}

export interface Path {
  /** By id. */
  nodes: string[];
  /** An edge for each hop: where it stands in `edges` of the answer. */
  edges: number[];
  length: number;
}

/** What is learned together: mostly one node. */
export interface Step {
  step: number;
  nodes: string[];
}

/** What every answer has. */
export interface AnswerBase {
  /** Of `docs/answer.schema.json`. */
  version: 1;
  /** The query as typed. */
  query: string;
  /** Is this all, or was it stopped at a limit? */
  complete: boolean;
  /** Nodes, listed paths, steps or rows. */
  count: number;
  notes: string[];
}

export interface SetAnswer extends AnswerBase {
  shape: "set";
  nodes: Node[];
  edges: Edge[];
}

export interface CardAnswer extends AnswerBase {
  shape: "card";
  count: 1;
  nodes: [Node];
  edges: Edge[];
}

export interface PathsAnswer extends AnswerBase {
  shape: "paths";
  nodes: Node[];
  edges: Edge[];
  /** Best first. */
  paths: Path[];
  /** In digits: there may be more than a number of 64 bits counts. */
  shortest_count?: string;
}

export interface PlanAnswer extends AnswerBase {
  shape: "plan";
  nodes: Node[];
  edges: Edge[];
  /** In an order in which they can be learned. */
  steps: Step[];
  total?: { hours: number; without: number };
}

export interface TableAnswer extends AnswerBase {
  shape: "table";
  columns: string[];
  /** A cell for each column. */
  rows: unknown[][];
}

export interface ValueAnswer extends AnswerBase {
  shape: "value";
  count: 1;
  value: number | string | boolean | null;
}

/** An answer, told apart by `shape`. */
export type Answer = SetAnswer | CardAnswer | PathsAnswer | PlanAnswer | TableAnswer | ValueAnswer;

/** What is wrong at one place. */
export interface Problem {
  /** Stable; docs/errors.md has a section on each. */
  code: string;
  message: string;
  file: string | null;
  line: number | null;
  column: number | null;
  id: string | null;
  help: string[];
  /** Whole queries that are answered. */
  suggestions: string[];
  /** The line around the place, in three parts. */
  excerpt: { before: string; marked: string; after: string } | null;
}

/**
 * What is wrong with a query or with files, `engine-failed` where the engine itself stopped: it is
 * made anew then, with the same graph.
 */
export class AtlasError extends Error {
  readonly name: "AtlasError";
  readonly code: string;
  readonly query: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly help: string[];
  /** Whole queries that are answered. */
  readonly suggestions: string[];
  readonly problems: Problem[];
  /** How many problems more there are than are told. */
  readonly more: number;
}

/** Formats that an answer can be written in. */
export type Format =
  | "table"
  | "tree"
  | "json"
  | "jsonl"
  | "csv"
  | "md"
  | "dot"
  | "mermaid"
  | "ics"
  | "unicode"
  | "svg"
  | "html"
  | "graphml"
  | "gexf";

/** How an answer shall look; what is left out is as the program does it. */
export interface Options {
  theme?: "auto" | "light" | "dark";
  layout?: "auto" | "roadmap" | "layers";
  columns?: "auto" | "steps" | "kinds";
  direction?: "right" | "down";
  /** Pixels of a picture. */
  width?: number;
  height?: number;
  legend?: boolean;
  allEdges?: boolean;
  /** What stands above a picture, instead of the query. */
  title?: string;
  /** Columns of `table`, `tree` and `unicode`. */
  lineWidth?: number;
  /** Are texts guarded that a spreadsheet would take for formulas? Yes unless told. */
  guardFormulas?: boolean;
}

/** A graph file: its name's extension tells the format, or else the content does. */
export interface GraphFile {
  name: string;
  content: string | Uint8Array | ArrayBuffer;
}

/** What could stand at the end of a text. */
export interface Completion {
  /** Where the text begins that an offer replaces. */
  start: number;
  offers: { text: string; what: string }[];
  /** How many more there are. */
  more: number;
}

/** A part of a query and what it means. */
export interface Meaning {
  start: number;
  end: number;
  is: "verb" | "kind" | "node" | "relation" | "field" | "variable" | "quoted" | "comment" | "unknown";
}

/** The graph, and what the engine knows. */
export interface Description {
  version: string;
  nodes: number;
  edges: number;
  layers: string[];
  /** What in the files may not be meant as it was read, each with its place. */
  notes: string[];
  /** By id, what a profile among the files says is known: `@me`. */
  marks: string[];
  kinds: { name: string; plural: string; summary: string | null; milestone: boolean; color: string | null }[];
  sourceCount: number;
  sources: { id: string; title: string | null; address: string | null; covers: string | null }[];
  formats: { name: Format; extension: string | null; summary: string }[];
  importers: { name: string; extensions: string[]; summary: string }[];
  verbs: { name: string; summary: string }[];
  /** Questions that this graph answers. */
  questions: { said: string; query: string }[];
}

/** Where the WebAssembly comes from, if not from the file beside this one. */
export interface Loading {
  wasm?: WebAssembly.Module | BufferSource;
}

/** A graph that answers; `let x = …` in a query names a set for those that follow. */
export class Atlas {
  private constructor();
  /** The built-in graph of the Ops world. */
  static builtIn(loading?: Loading): Promise<Atlas>;
  /**
   * The graph of files, later ones laid over earlier ones; with `over`, all of them over the
   * built-in one, and with `createMissing` a node is made of each name that nothing defines. `columns` says
   * what headers of sheets mean, as `--map` does: `Thema=name,Braucht=prerequisites`. Notes have their folder
   * before their name (`vault/Docker.md`); a graph in binary form comes first. Throws an {@link AtlasError} with every problem of every file.
   */
  static fromFiles(files: GraphFile[], options?: Loading & { over?: boolean; createMissing?: boolean; columns?: string }): Promise<Atlas>;
  /** The answer to one query. Throws an {@link AtlasError}. */
  query(query: string): Answer;
  /** The answer to one query in a format. Throws an {@link AtlasError}. */
  write(query: string, format: Format, options?: Options): string;
  /** What could stand at the end of `before`. */
  complete(before: string): Completion;
  /** What the parts of a text mean, in order and without overlap. */
  meanings(text: string): Meaning[];
  /** The graph, and what the engine knows. */
  describe(): Description;
}
