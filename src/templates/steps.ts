import type { ASTNode } from "@marcbachmann/cel-js";
import { CALLS } from "./cel.ts";
import type { FailAt } from "./syntax.ts";

/** The entries of a list that a variable holds, and of one that a call makes of none. */
export const MAX_LIST_LENGTH = 50;
const MAX_CALLED = 100;

/** What an expression's lists are known by. */
export type Reader = { readonly isList: (variable: string) => boolean; readonly failAt: FailAt };

/** In how many steps an expression that fits its variables runs at most, roughly; refuses lists within lists, which have no bound. */
export const stepsOf = (root: ASTNode, reader: Reader): number => weigh(root, reader).steps;

/** The steps that it takes to get a value, and how many entries that has at most: none, where it is no list. */
type Weight = { readonly steps: number; readonly entries: number };

function weigh(node: ASTNode, reader: Reader, bound?: string): Weight {
  const all = (nodes: readonly ASTNode[], within = bound) => nodes.map((part) => weigh(part, reader, within));
  switch (node.op) {
    case "value":
      return { steps: 1, entries: 0 };
    case "id":
      return { steps: 1, entries: node.args !== bound && reader.isList(node.args) ? MAX_LIST_LENGTH : 0 };
    case "call": {
      const [name, args] = node.args;
      const parts = all(args);
      const { steps = 1, givesList = false } = CALLS.get(name) ?? {};
      const entries = givesList ? longest(parts) || MAX_CALLED : 0;
      return { steps: steps + sum(parts, "steps") + sum(parts, "entries"), entries };
    }
    case "rcall": {
      const [name, receiver, [variable, ...body]] = node.args;
      const [list] = all([receiver]);
      const parts = all(body, variable?.op === "id" ? variable.args : undefined);
      const { steps = 1, entries = 0 } = list ?? {};
      if (longest(parts) > 0) reader.failAt("makes a list within a list", node.range);
      const makesList = name === "map" || name === "filter";
      return { steps: steps + entries * (1 + sum(parts, "steps")), entries: makesList ? entries : 0 };
    }
    case "list": {
      const parts = all(node.args);
      if (longest(parts) > 0) reader.failAt("is a list within a list", node.range);
      return { steps: 1 + sum(parts, "steps"), entries: parts.length };
    }
    case "+": {
      const parts = all(node.args);
      const entries = sum(parts, "entries");
      // Two lists are copied into one.
      return { steps: 1 + sum(parts, "steps") + entries, entries };
    }
    case "?:": {
      const parts = all(node.args);
      return { steps: 1 + sum(parts, "steps"), entries: longest(parts) };
    }
    default: {
      const parts = all(operandsOf(node));
      return { steps: 1 + sum(parts, "steps") + longest(parts), entries: 0 };
    }
  }
}

/** Of what is no list itself, though it may look through some. */
function operandsOf({ args }: ASTNode): readonly ASTNode[] {
  const parts: readonly unknown[] = Array.isArray(args) ? args : [args];
  return parts.filter((part): part is ASTNode => typeof part === "object" && part !== null && "op" in part);
}

const sum = (parts: readonly Weight[], of: keyof Weight) => parts.reduce((total, part) => total + part[of], 0);

const longest = (parts: readonly Weight[]) => Math.max(0, ...parts.map(({ entries }) => entries));
