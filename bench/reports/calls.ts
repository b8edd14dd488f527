import type { Cast } from "./cast.ts";

type Parameter = { readonly name: string; readonly in: string; readonly required?: boolean };
type Operation = {
  readonly operationId?: string;
  readonly "x-access"?: string | readonly string[];
  readonly parameters?: readonly Parameter[];
};

type Query = Readonly<Record<string, string>>;

/** Another way to ask for a report: a period, a filter, CSV, or the page after a first one. */
export type Variant = { readonly name: string; readonly query: Query; readonly thenNext?: true };

/** A report as the document lists it. */
export type Report = {
  readonly name: string;
  /** Of a class, or of one student. */
  readonly isOfClass: boolean;
  /** One call of it for this cast: who calls, and what; as plain as it can be, or with this query too. */
  call(cast: Cast, query?: Query): { readonly token: string; readonly path: string };
  /** In which other ways it can be asked for. */
  variants(cast: Cast): readonly Variant[];
};

/** Where reports are; whatever else comes to be there is measured too. */
const REPORTS =
  /^\/api\/v1\/(analytics|teacher|reports|awards)\b|^\/api\/v1\/me\/assignments$|\/skills\/\{\w+\}\/stats$/;

/** Every report of the product's OpenAPI document that is read. */
export async function reportsOf(baseUrl: string): Promise<Report[]> {
  const response = await fetch(`${baseUrl}/api/v1/openapi.json`);
  const { paths } = (await response.json()) as { paths: Record<string, { get?: Operation }> };
  return Object.entries(paths).flatMap(([path, { get }]) => (get && REPORTS.test(path) ? [toReport(path, get)] : []));
}

function toReport(path: string, operation: Operation): Report {
  const { parameters = [] } = operation;
  const has = (name: string) => parameters.some((one) => one.in === "query" && one.name === name);
  return {
    name: path.slice("/api/v1".length),
    isOfClass: /classroom|assignments\/\{/.test(path) && !path.includes("/me/"),
    call: (cast, more = {}) => {
      const query = new URLSearchParams(more);
      const asTeacher = isFor(operation, "TEACHER") && !path.includes("/me/");
      if (has("student_id") && asTeacher) query.set("student_id", cast.studentId);
      for (const { name, required } of parameters.filter((one) => one.in === "query")) {
        if (required && !query.has(name)) query.set(name, String(parameterOf(path, name, cast)));
      }
      const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => String(parameterOf(path, name, cast)));
      const search = query.size > 0 ? `?${query}` : "";
      return { token: tokenOf(operation, path, cast), path: filled + search };
    },
    variants: (cast) => {
      const all: readonly Variant[] = [
        { name: "a period", query: { from: daysAgo(60), to: daysAgo(30) } },
        { name: "a subject", query: { subject_slug: "math" } },
        { name: "a skill", query: { skill_id: String(cast.skillId) } },
        { name: "CSV", query: { format: "csv" } },
        { name: "the next page", query: { limit: "2" }, thenNext: true },
      ];
      return all.filter(({ query }) => Object.keys(query).every(has));
    },
  };
}

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** A teacher asks, about their class or a student of it, where they may; a student about themselves; else an ADMIN. */
function tokenOf(operation: Operation, path: string, cast: Cast): string {
  const isOwn = path.includes("/me/") || path.endsWith("/stats");
  if (isFor(operation, "TEACHER") && !isOwn) return cast.teacherToken;
  return isFor(operation, "STUDENT") ? cast.studentToken : cast.adminToken;
}

const isFor = ({ "x-access": access }: Operation, role: string) =>
  access === "signed-in" || (Array.isArray(access) && access.includes(role));

/** What a parameter stands for, by the path that it is in. */
function parameterOf(path: string, name: string, cast: Cast): string | number {
  if (name === "skill_id" || /\/skills\/\{\w+\}\/stats$/.test(path)) return cast.skillId;
  if (path.endsWith("}.pdf")) return documentOf(path, cast);
  if (name === "aid") return cast.assignmentId;
  if (/\/classrooms?\/\{/.test(path)) return cast.classroomId;
  if (name === "student_id") return cast.studentId;
  throw new Error(`bench/reports/calls.ts must say what {${name}} is in ${path}`);
}

/** What a document is of, by the path that it is in. */
function documentOf(path: string, cast: Cast): string {
  const [, of = ""] = /\/([\w-]+)\/\{\w+\}\.pdf$/.exec(path) ?? [];
  const names: Record<string, string> = {
    certificates: "EXCELLENCE",
    "practice-sessions": cast.sessionId,
    assignments: cast.assignmentId,
    students: cast.studentId,
  };
  const name = names[of];
  if (name === undefined) throw new Error(`bench/reports/calls.ts must say what ${path} is of`);
  return name;
}
