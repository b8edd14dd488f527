import { setTimeout as sleep } from "node:timers/promises";
import { demo } from "../../drizzle/seed/demo.ts";
import { send } from "./client.ts";
import { newPerson, signIn, startSession } from "./people.ts";
import type { Recipe } from "./recipe.ts";

const [{ id: assignmentId }] = demo.assignments;
const SESSIONS = "/api/v1/reports/practice-sessions";
const ON_RECORD_MS = 10_000;

/** The routes of reports to print: each of something that is on record. */
export const PDF_RECIPES: Readonly<Record<string, readonly Recipe[]>> = {
  printPracticeSession: [
    {
      prepare: async (baseUrl) => {
        const { access_token: token } = await newPerson(baseUrl);
        const { id } = await startSession(baseUrl, token);
        await onRecord(baseUrl, `${SESSIONS}/${id}.pdf`, token);
        return { token, id };
      },
    },
  ],
  printAssignment: [
    {
      prepare: async (baseUrl) => ({
        token: (await signIn(baseUrl, "teacher")).access_token,
        id: assignmentId,
      }),
    },
  ],
  printStudentSummary: [
    {
      prepare: async (baseUrl) => {
        const { access_token: token, user } = await newPerson(baseUrl);
        return { token, id: user.id };
      },
    },
  ],
};

/** Waits until what was just practised can be printed. */
async function onRecord(baseUrl: string, path: string, token: string): Promise<void> {
  for (const until = Date.now() + ON_RECORD_MS; Date.now() < until; ) {
    if ((await send(baseUrl, { method: "GET", path, token })).status === 200) return;
    await sleep(100);
  }
  throw new Error(`${path} is not on record after ${ON_RECORD_MS} ms`);
}
