import { demo } from "../../drizzle/seed/demo.ts";
import { dataOf, send } from "./client.ts";
import { signIn } from "./people.ts";
import type { Recipe } from "./recipe.ts";

const [{ id: classroomId }] = demo.classrooms;
const PATH = "/api/v1/assignments";
const body = () => ({ classroom_id: classroomId, skill_id: 2 });

export const ASSIGNMENT_RECIPES: Readonly<Record<string, readonly Recipe[]>> = {
  createAssignment: [
    { prepare: async () => ({ body: body() }) },
    {
      name: "createAssignment, with a key",
      prepare: async () => ({ body: body(), headers: { "Idempotency-Key": crypto.randomUUID() } }),
    },
    {
      name: "createAssignment, of several skills",
      prepare: async () => ({ body: { classroom_id: classroomId, skill_ids: [1, 2] } }),
    },
  ],
  deleteAssignment: [
    {
      prepare: async (baseUrl) => {
        const { access_token: token } = await signIn(baseUrl, "teacher");
        const made = send(baseUrl, { method: "POST", path: PATH, token, body: body() });
        return { token, id: (await dataOf<{ id: string }>(made, "a new assignment")).id };
      },
    },
  ],
  readMyAssignment: [{ prepare: async (baseUrl) => ({ token: (await signIn(baseUrl, "student")).access_token }) }],
};
