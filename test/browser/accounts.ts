/** Accounts of a test's own, so that it finds no traces of another's. */

const PASSWORD = "Password123!";
let count = 0;

export type Teacher = { readonly email: string; readonly password: string; readonly token: string };
export type Pupil = { readonly username: string; readonly password: string };

export async function newTeacher(baseUrl: string): Promise<Teacher> {
  const admin = await signedIn(baseUrl, { email: "admin@example.com", password: PASSWORD });
  const email = `teacher-${process.pid}-${Date.now()}-${++count}@example.com`;
  await post(baseUrl, "/admin/users", admin, { email, password: PASSWORD, full_name: "Tom Teacher", role: "TEACHER" });
  return { email, password: PASSWORD, token: await signedIn(baseUrl, { email, password: PASSWORD }) };
}

/** The new class's id. */
export async function newClass(baseUrl: string, { token }: Teacher, title: string): Promise<string> {
  const { id } = await post<{ id: string }>(baseUrl, "/classrooms", token, { title, grade_id: 7 });
  return id;
}

/** A pupil without e-mail in that class. */
export async function newPupil(baseUrl: string, { token }: Teacher, classId: string, name: string): Promise<Pupil> {
  const body = { students: [{ full_name: name, grade_level: 5 }] };
  const { students } = await post<{ students: Pupil[] }>(baseUrl, `/classrooms/${classId}/roster`, token, body);
  const [pupil] = students;
  if (pupil === undefined) throw new Error("The roster made nobody.");
  return pupil;
}

async function signedIn(baseUrl: string, body: object): Promise<string> {
  return (await post<{ access_token: string }>(baseUrl, "/auth/login", "", body)).access_token;
}

async function post<Data>(baseUrl: string, path: string, token: string, body: object): Promise<Data> {
  const headers = { "Content-Type": "application/json", ...(token === "" ? {} : { Authorization: `Bearer ${token}` }) };
  const reply = await fetch(`${baseUrl}/api/v1${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  if (!reply.ok) throw new Error(`${path} answered ${reply.status}: ${await reply.text()}`);
  return ((await reply.json()) as { data: Data }).data;
}
