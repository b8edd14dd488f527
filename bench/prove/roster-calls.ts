import { dataOf, send } from "./client.ts";
import { signIn } from "./people.ts";
import type { Recipe } from "./recipe.ts";

/** The demo teacher's class, which the document's examples name too. */
const CLASSROOM = "/api/v1/classrooms/0190a0de-0000-7000-8000-000000000101";

type Made = { readonly students: readonly { readonly student_id: string }[] };

/** Routes about pupils without e-mail: the seed has none, so one is made. */
export const ROSTER_RECIPES: Readonly<Record<string, readonly Recipe[]>> = {
  resetPupilPassword: [
    {
      prepare: async (baseUrl) => {
        const { access_token: token } = await signIn(baseUrl, "teacher");
        const body = { students: [{ full_name: "Pat Proof", grade_level: 5 }] };
        const sent = { method: "POST", path: `${CLASSROOM}/roster`, token, body };
        const { students } = await dataOf<Made>(send(baseUrl, sent), "a roster");
        return { token, path: `${CLASSROOM}/students/${students[0]?.student_id}/password` };
      },
    },
  ],
};
