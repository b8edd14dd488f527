import { dataOf, send } from "./client.ts";
import { newPerson, signIn } from "./people.ts";
import type { Call, Recipe } from "./recipe.ts";

const AWARD = { skill_id: 1, type: "EXCELLENCE" };

/** A new student with a certificate that an admin awarded. */
async function certified(baseUrl: string) {
  const student = await newPerson(baseUrl);
  const { access_token: adminToken } = await signIn(baseUrl, "admin");
  const body = { ...AWARD, student_id: student.user.id };
  const sent = { method: "POST", path: "/api/v1/awards/certificates", token: adminToken, body };
  const { code } = await dataOf<{ code: string }>(send(baseUrl, sent), "a certificate");
  return { code, adminToken, studentToken: student.access_token };
}

/** The routes of awards that need a student of their own. */
export const AWARD_RECIPES: Record<string, readonly Recipe[]> = {
  printCertificate: [
    {
      prepare: async (baseUrl) => {
        const { studentToken } = await certified(baseUrl);
        return {
          token: studentToken,
          path: `/api/v1/awards/certificates/${AWARD.type}.pdf?skill_id=${AWARD.skill_id}`,
        };
      },
    },
  ],
  awardCertificate: [
    {
      prepare: async (baseUrl) => {
        const { user } = await newPerson(baseUrl);
        const { access_token: token } = await signIn(baseUrl, "admin");
        return { token, body: { ...AWARD, student_id: user.id } };
      },
    },
  ],
  revokeCertificate: [
    {
      prepare: async (baseUrl) => {
        const { code, adminToken } = await certified(baseUrl);
        return { token: adminToken, id: code };
      },
    },
  ],
};

/** The page that confirms a certificate, from the record alone. */
export const VERIFY_PAGE: Call = {
  name: "GET /verify/{code}",
  withoutRedis: "served",
  withoutPostgres: "503",
  withoutPostgresCold: "503",
  prepare: async (baseUrl) => ({ method: "GET", path: `/verify/${(await certified(baseUrl)).code}` }),
};
