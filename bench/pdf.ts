/**
 * `npm run bench:pdf [-- requests]`: what each PDF costs the served Worker on plain workerd, its statement and the reply
 * included: CPU of the first one of an isolate that has drawn none, CPU and latency of those after it, and the size.
 * Prints a table, and the same as JSON in .local/bench/pdf.json.
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runCommand, say, step } from "../dev/local/say.ts";
import { type Stack, startStack } from "../dev/stack.ts";
import { createDatabase } from "../src/db/client.ts";
import { cpuSeconds, quantile } from "./load/figures.ts";
import { addAssignment, addProgress, addSession, runOn } from "./pdf/records.ts";
import { dataOf, send } from "./prove/client.ts";
import { newPerson, signIn } from "./prove/people.ts";

const PARENT = join(".local", "bench");
const WARM_UP = 5;

type Document = { readonly what: string; readonly path: string; readonly token: string };

type Row = {
  readonly what: string;
  readonly kilobytes: number;
  readonly firstCpuMs: number;
  readonly cpuMs: number;
  readonly p50: number;
  readonly p99: number;
};

await runCommand(async () => {
  const [requests = 20] = process.argv.slice(2).map(Number);
  await mkdir(PARENT, { recursive: true });
  const dir = await mkdtemp(join(PARENT, "pdf-"));
  const { LOCAL_DATABASE_URL: databaseUrl, LOCAL_REDIS_URL: redisUrl } = process.env;
  const settings = { JWT_ACCESS_TTL_SEC: "7200", REPORT_RATE_LIMIT: "0", PDF_RATE_LIMIT: "0" };
  const stack = await startStack({ dir, demo: true, databaseUrl, redisUrl, settings, onLine: () => {}, step });
  try {
    const documents = await step("Sessions, a class, an assignment", () => documentsOf(stack));
    const rows: Row[] = [];
    for (const document of documents) {
      rows.push(await step(document.what, () => measured(stack, document, requests)));
    }
    print(rows);
    await writeFile(join(PARENT, "pdf.json"), JSON.stringify({ requests, rows }, null, 2));
  } finally {
    await stack.stop();
    await rm(dir, { recursive: true });
  }
});

/** One of each kind, small and large, and who may print it. */
async function documentsOf({ baseUrl, platformUrl }: Stack): Promise<Document[]> {
  const run = runOn(createDatabase("postgres://bench:bench@database.test/main", `${platformUrl}/sql`));
  const student = await newPerson(baseUrl);
  const admin = await signIn(baseUrl, "admin");
  const teacher = await signIn(baseUrl, "teacher");
  const own = (what: string, path: string): Document => ({ what, path: `/api/v1${path}`, token: student.access_token });
  const taught = (what: string, path: string) => ({ ...own(what, path), token: teacher.access_token });

  const session = async (answers: number) =>
    own(
      `session, ${answers} questions`,
      `/reports/practice-sessions/${await addSession(run, student.user.id, answers)}.pdf`,
    );
  const assignment = async (students: number) =>
    taught(
      `assignment, ${students} students`,
      `/reports/assignments/${await addAssignment(run, teacher.user.id, students)}.pdf`,
    );
  await addProgress(run, student.user.id, 100);
  const award = { student_id: student.user.id, skill_id: 1, type: "MASTERY" };
  const awarding = { method: "POST", path: "/api/v1/awards/certificates", token: admin.access_token, body: award };
  await dataOf(send(baseUrl, awarding), "a certificate");
  return [
    await session(0),
    await session(60),
    await session(2_000),
    await assignment(30),
    await assignment(1_000),
    own("summary, 100 skills", `/reports/students/${student.user.id}.pdf`),
    own("certificate", "/awards/certificates/MASTERY.pdf?skill_id=1"),
    taught(
      "login cards, 30 pupils",
      `/reports/classrooms/${await classWithPupils(baseUrl, teacher.access_token, 30)}/login-cards.pdf`,
    ),
  ];
}

async function classWithPupils(baseUrl: string, token: string, pupils: number): Promise<string> {
  const made = send(baseUrl, {
    method: "POST",
    path: "/api/v1/classrooms",
    token,
    body: { title: "Cards", grade_id: 7 },
  });
  const { id } = await dataOf<{ id: string }>(made, "a class");
  const students = Array.from({ length: pupils }, (_, index) => ({
    full_name: `Nguyễn Thị ${index + 1}`,
    grade_level: 5,
  }));
  const path = `/api/v1/classrooms/${id}/roster`;
  await dataOf(send(baseUrl, { method: "POST", path, token, body: { students } }), "a roster");
  return id;
}

/** The first request goes to a workerd that has just started and answered something else. */
async function measured(stack: Stack, document: Document, requests: number): Promise<Row> {
  await stack.killWorkerd();
  await stack.serving();
  await fetch(`${stack.baseUrl}/health`);
  const cpu = () => cpuSeconds(stack.pid ?? 0) * 1_000;
  const atStart = cpu();
  const bytes = await draw(stack, document);
  const firstCpuMs = cpu() - atStart;
  for (let drawn = 0; drawn < WARM_UP; drawn++) await draw(stack, document);
  const latencies: number[] = [];
  const before = cpu();
  for (let drawn = 0; drawn < requests; drawn++) {
    const startedAt = performance.now();
    await draw(stack, document);
    latencies.push(performance.now() - startedAt);
  }
  const cpuMs = (cpu() - before) / requests;
  const [p50, p99] = [quantile(latencies, 0.5), quantile(latencies, 0.99)];
  return { what: document.what, kilobytes: bytes / 1_000, firstCpuMs, cpuMs, p50, p99 };
}

async function draw({ baseUrl }: Stack, { path, token }: Document): Promise<number> {
  const response = await fetch(`${baseUrl}${path}`, { headers: { Authorization: `Bearer ${token}` } });
  const bytes = await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${new TextDecoder().decode(bytes)}`);
  return bytes.byteLength;
}

function print(rows: readonly Row[]): void {
  const line = (cells: readonly string[]) =>
    `${cells[0]?.padEnd(28)}${cells
      .slice(1)
      .map((cell) => cell.padStart(13))
      .join("")}`;
  say(`\n${line(["document", "kB", "first CPU ms", "CPU ms", "p50 ms", "p99 ms"])}`);
  for (const { what, kilobytes, firstCpuMs, cpuMs, p50, p99 } of rows) {
    say(line([what, ...[kilobytes, firstCpuMs, cpuMs, p50, p99].map((figure) => figure.toFixed(1))]));
  }
}
