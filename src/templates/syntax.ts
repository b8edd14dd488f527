import type { ASTNode, SourceRange } from "@marcbachmann/cel-js";
import { CALLS } from "./cel.ts";
import { Rational } from "./rational.ts";

const MACROS: readonly string[] = ["all", "exists", "exists_one", "map", "filter"];

export type FailAt = (message: string, range?: SourceRange) => never;

/**
 * Where a parsed expression first reads each variable; refuses what the language of templates does not have, and makes its
 * literals exact.
 */
export function readSyntax(root: ASTNode, failAt: FailAt): ReadonlyMap<string, SourceRange> {
  const references = new Map<string, SourceRange>();
  const waiting: Step[] = [{ node: root }];
  for (let step = waiting.pop(); step; step = waiting.pop()) {
    const { node, bound } = step;
    if (node.op === "value") makeExact(node, failAt);
    else if (node.op !== "id") waiting.push(...partsOf(step, failAt));
    else if (node.args !== bound && !references.has(node.args)) references.set(node.args, node.range);
  }
  return references;
}

/** A part of an expression, the name that a macro around it binds, and whether what it gives is mapped. */
type Step = { readonly node: ASTNode; readonly bound?: string | undefined; readonly isMapped?: boolean | undefined };

function partsOf({ node, bound, isMapped }: Step, failAt: FailAt): Step[] {
  const within = (nodes: readonly ASTNode[]) => nodes.map((part) => ({ node: part, bound, isMapped }));
  switch (node.op) {
    case "value":
    case "id":
      return [];
    case ".":
      return within([node.args[0]]);
    case "!_":
    case "-_":
      return within([node.args]);
    case "call": {
      const [name, args] = node.args;
      return CALLS.has(name) ? within(args) : failAt(`there is no function ${name}()`, node.range);
    }
    case "rcall": {
      const [name, receiver, [variable, ...body]] = node.args;
      if (!MACROS.includes(name)) return failAt(`there is no function .${name}()`, node.range);
      if (bound !== undefined) return failAt(`.${name}() cannot stand within another`, node.range);
      // Entries that are made of entries that are made of entries grow as a power, whatever their steps.
      const maps = name === "map";
      if (maps && isMapped) return failAt(".map() cannot stand on another", node.range);
      if (variable?.op !== "id") return failAt(`.${name}() takes a name first`, node.range);
      return [
        { node: receiver, isMapped: isMapped || maps },
        ...body.map((part) => ({ node: part, bound: variable.args })),
      ];
    }
    case "[]":
    case "[?]":
      return failAt("an entry of a list is at(list, index)", node.range);
    case "map":
    case ".?":
      return failAt("the language of templates has no such expression", node.range);
    default:
      return within(node.args);
  }
}

function makeExact(node: Extract<ASTNode, { op: "value" }>, failAt: FailAt): void {
  const { args: value, start, end, input } = node;
  if (typeof value === "string" || typeof value === "boolean") return;
  const exact = Rational.parse(input.slice(start, end));
  if (!exact) failAt("a number is written as 12 or 0.25, with at most 15 digits", node.range);
  // In place, because what the parser has made of a macro holds these very nodes.
  Object.assign(node, { args: exact });
}
