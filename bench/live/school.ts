import { v7 as uuidv7 } from "uuid";
import { accessTokens } from "../../src/http/access-token.ts";
import { sql } from "../prove/platform.ts";
import { LiveClient, type LiveSocket } from "./live-client.ts";

/** Somebody who is signed in. */
export type Person = { readonly id: string; readonly token: string };
export type SchoolClass = { readonly id: string; readonly teacher: Person; readonly students: readonly Person[] };

type School = {
  readonly platformUrl: string;
  /** The product's own `JWT_KEYS`: tokens are signed here, as thousands would take long to sign in. */
  readonly jwtKeys: string;
  readonly classes: number;
  readonly studentsAClass: number;
};

const TOKEN_TTL_SEC = 3_600;

/** Classes of new students, each with a teacher, written into Postgres past the API. */
export async function newSchool({ platformUrl, jwtKeys, classes, studentsAClass }: School): Promise<SchoolClass[]> {
  const tokens = accessTokens({
    ...(JSON.parse(jwtKeys) as Pick<Parameters<typeof accessTokens>[0], "keys">),
    issuer: "ascent",
    audience: "ascent-api",
    ttlSec: TOKEN_TTL_SEC,
  });
  const newPeople = async (role: "TEACHER" | "STUDENT", count: number): Promise<Person[]> => {
    const ids = Array.from({ length: count }, () => uuidv7());
    await sql(
      platformUrl,
      `insert into users (id, email, full_name, role, password_hash, grade_level)
       select id, id || '@example.com', 'Live ' || id, $2, 'none', case when $2 = 'STUDENT' then 5 end
       from unnest($1::uuid[]) as made(id)`,
      [ids, role],
    );
    return Promise.all(ids.map(async (id) => ({ id, token: await tokens.issue({ userId: id, role }, Date.now()) })));
  };
  const made: SchoolClass[] = [];
  for (let count = 0; count < classes; count += 1) {
    const [[teacher], students] = [await newPeople("TEACHER", 1), await newPeople("STUDENT", studentsAClass)];
    if (!teacher) continue;
    const id = uuidv7();
    await sql(platformUrl, "insert into classrooms (id, teacher_id, title, grade_id) values ($1, $2, 'Live', 7)", [
      id,
      teacher.id,
    ]);
    await sql(platformUrl, "insert into enrolments (classroom_id, student_id) select $1, unnest($2::uuid[])", [
      id,
      students.map((student) => student.id),
    ]);
    made.push({ id, teacher, students });
  }
  return made;
}

/** A teacher's page that watches a class, over Node's WebSocket; it connects again when the connection breaks off. */
export const watchClass = (
  baseUrl: string,
  { id, teacher }: Pick<SchoolClass, "id" | "teacher">,
): Promise<LiveClient> =>
  LiveClient.watch(async () => {
    const url = `${baseUrl.replace(/^http/, "ws")}/api/v1/teacher/classrooms/${id}/live`;
    return new WebSocket(url, ["ascent.v1", `token.${teacher.token}`]) satisfies LiveSocket;
  });
