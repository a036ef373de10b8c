// Reads diagrams from standard input, a JSON list of texts, with Mermaid's own parser, and answers
// with what each says: the lines at its nodes, arrows and groups.
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";

const page = new JSDOM("<!DOCTYPE html><body></body>");
globalThis.window = page.window;
globalThis.document = page.window.document;
const { default: mermaid } = await import("mermaid");
mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });

// Mermaid keeps `#35;` as marks of its own until it draws.
const marks = /ﬂ°°(\d+)¶ß/g;
const shown = (line) => line.replace(marks, (_, number) => String.fromCodePoint(number));
const lines = (text) => (text ?? "").replace(/<\/?b>/g, "").split("<br>").map(shown);
const answers = [];
for (const text of JSON.parse(readFileSync(0, "utf8"))) {
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  const nodes = [...db.getVertices().values()].map((node) => node.text);
  const arrows = db.getEdges().map((edge) => edge.text);
  const groups = db.getSubGraphs().map((group) => group.title);
  answers.push([...nodes, ...arrows, ...groups].flatMap(lines));
}
process.stdout.write(JSON.stringify(answers));
