import { parentPort, workerData } from "node:worker_threads";
import { type StackOptions, startStack } from "../../dev/stack.ts";
import type { StackApart } from "./stack-apart.ts";

/** The thread of a stack: says where it is, and stops it on the first message. */
const stack = await startStack(workerData as StackOptions);
const { baseUrl, platformUrl = "", pid = 0 } = stack;
parentPort?.postMessage({ baseUrl, platformUrl, pid } satisfies Omit<StackApart, "stop">);
parentPort?.once("message", async () => {
  await stack.stop();
  parentPort?.close();
});
