import { emailOrNull } from "../../auth/schemas.ts";
import { AUDIENCES } from "../../db/tables.ts";
import { distinct, moment, rowId, uuid, uuidParam } from "../../http/fields.ts";
import { truncated, wholeListOf } from "../../http/paging.ts";
import { z } from "../../http/zod.ts";
import { formQuery } from "../../reports/kit/form-query.ts";
import { reportOf } from "../../reports/kit/report-meta.ts";
import { student } from "../../reports/kit/report-query.ts";
import { csvExample } from "../../reports/kit/sheet.ts";
import { sheetOfSchema } from "../../reports/kit/whole-report.ts";
import { STUDENTS_A_CLASSROOM } from "../bounds.ts";
import { EXAMPLE_CLASSROOM_ID, EXAMPLE_STUDENT_ID } from "../schemas.ts";

const ASSIGNMENT = "0190a0de-0000-7000-8000-000000000201";

const exampleAssignment = {
  id: ASSIGNMENT,
  classroom_id: EXAMPLE_CLASSROOM_ID,
  skill_id: 1,
  due_at: "2026-12-04T16:00:00.000Z",
  target_smartscore: 80,
  set_id: null,
  assigned_at: "2026-11-20T08:00:00.000Z",
  audience: "CLASS" as const,
  group_id: null,
};

export const assignment = z
  .object({
    id: z.uuid(),
    classroom_id: z.uuid(),
    skill_id: z.int(),
    due_at: z.iso.datetime().nullable().openapi({ description: "Null is no date" }),
    target_smartscore: z.int().openapi({ description: "An answer that leads to it completes the assignment" }),
    set_id: z.uuid().nullable().openapi({ description: "What assignments that were given at once have in common" }),
    assigned_at: z.iso.datetime().openapi({ description: "Answers count from then on" }),
    audience: z.enum(AUDIENCES).openapi({
      description: "For the class or a group, those who join later included, or for students chosen once",
    }),
    group_id: z.uuid().nullable().openapi({ description: "Null unless it is for a group" }),
  })
  .openapi("Assignment", { example: exampleAssignment });

export const STATUSES = ["NOT_STARTED", "IN_PROGRESS", "COMPLETED"] as const;

/** How far somebody is with an assignment. */
const progress = {
  status: z.enum(STATUSES).openapi({
    description: "COMPLETED from the answer on that first led to the target, and for good",
  }),
  best_smartscore: z.int().openapi({ description: "The best that an answer has led to since it was assigned, or 0" }),
  last_smartscore: z.int().openapi({ description: "What the last answer since then has led to, or 0" }),
  questions_answered: z.int().openapi({ description: "Since it was assigned" }),
  time_spent_seconds: z.int().openapi({ description: "Active time since it was assigned" }),
  completed_at: z.iso
    .datetime()
    .nullable()
    .openapi({ description: "Of the answer that led to the target; null before it" }),
  last_activity_at: z.iso
    .datetime()
    .nullable()
    .openapi({ description: "On this skill since it was assigned; null without any" }),
};

const exampleProgress = {
  status: "IN_PROGRESS" as const,
  best_smartscore: 64,
  last_smartscore: 61,
  questions_answered: 14,
  time_spent_seconds: 412,
  completed_at: null,
  last_activity_at: "2026-11-22T08:01:30.000Z",
};

const workStatus = z
  .object({ assignment_id: z.uuid(), student_id: z.uuid(), ...progress })
  .openapi("AssignmentStatus", {
    example: { assignment_id: ASSIGNMENT, student_id: EXAMPLE_STUDENT_ID, ...exampleProgress },
  });

export const myAssignment = z.object({ assignment, status: workStatus }).openapi("MyAssignment");

const workCounts = z
  .object({
    to_do: z.int().openapi({ description: "Not started" }),
    in_progress: z.int().openapi({ description: "Begun, and not completed" }),
    done: z.int().openapi({ description: "Completed" }),
    overdue: z.int().openapi({ description: "Of those to do and in progress: how many are past their date" }),
  })
  .openapi("WorkCounts", { example: { to_do: 1, in_progress: 2, done: 5, overdue: 1 } });

export const myAssignments = z.object({
  data: z.array(myAssignment),
  meta: z.object({ counts: workCounts, truncated: truncated.optional() }),
});

export const assignments = wholeListOf(assignment);

const exampleGridRow = {
  student_id: EXAMPLE_STUDENT_ID,
  full_name: "Sam Student",
  email: "student@example.com",
  ...exampleProgress,
};

const gridRow = z
  .object({ student_id: z.uuid(), full_name: z.string(), email: emailOrNull, ...progress })
  .openapi("ScoreGridRow", { example: exampleGridRow });

const exampleSummary = { completed: 12, in_progress: 9, not_started: 4 };

const gridSummary = z.object({ completed: z.int(), in_progress: z.int(), not_started: z.int() }).openapi({
  description: "Of all students, also where not all rows are sent",
  example: exampleSummary,
});

export const scoreGrid = reportOf(z.object({ assignment, summary: gridSummary, rows: z.array(gridRow) }));

/** The score grid of an assignment as CSV. */
export const scoreGridFiles = {
  name: "assignment-score-grid",
  sheets: {
    rows: sheetOfSchema(gridRow, ({ rows }: ScoreGridDto) => rows),
    summary: sheetOfSchema(gridSummary, ({ summary }: ScoreGridDto) => [summary]),
  },
};

export const scoreGridQuery = z.object(formQuery(Object.keys(scoreGridFiles.sheets)));

export const scoreGridCsv = csvExample(scoreGridFiles.sheets, {
  assignment: exampleAssignment,
  summary: exampleSummary,
  rows: [exampleGridRow],
});

const exampleClassStudent = {
  student_id: EXAMPLE_STUDENT_ID,
  email: "student@example.com",
  full_name: "Sam Student",
  avg_best_smartscore: 78,
  assignments_total: 8,
  assignments_completed: 5,
};

const classStudent = z
  .object({
    student_id: z.uuid(),
    email: emailOrNull,
    full_name: z.string(),
    avg_best_smartscore: z.int().openapi({
      description: "The mean of the best SmartScores of all skills that the student has practised, or 0",
    }),
    assignments_total: z.int().openapi({ description: "Those of this class that the student has" }),
    assignments_completed: z.int().openapi({ description: "Of these" }),
  })
  .openapi("ClassStudentFigures", { example: exampleClassStudent });

const classFigures = z.object({
  classroom_id: z.uuid().openapi({ example: EXAMPLE_CLASSROOM_ID }),
  title: z.string().openapi({ example: "Demo Grade 5" }),
  student_count: z.int().openapi({ example: 1 }),
  avg_best_smartscore: z.int().openapi({ description: "The mean over the students, or 0", example: 78 }),
});

export const classAnalytics = reportOf(z.object({ ...classFigures.shape, students: z.array(classStudent) }));

/** A class in figures as CSV. */
export const classAnalyticsFiles = {
  name: "classroom",
  sheets: {
    students: sheetOfSchema(classStudent, ({ students }: ClassAnalyticsDto) => students),
    classroom: sheetOfSchema(classFigures, (figures: ClassAnalyticsDto) => [figures]),
  },
};

export const classAnalyticsQuery = z.object(formQuery(Object.keys(classAnalyticsFiles.sheets)));

export const classAnalyticsCsv = csvExample(classAnalyticsFiles.sheets, {
  classroom_id: EXAMPLE_CLASSROOM_ID,
  title: "Demo Grade 5",
  student_count: 1,
  avg_best_smartscore: 78,
  students: [exampleClassStudent],
});

const TARGETS = [70, 80, 90, 100];

/** Any number, so that one which is no target is refused by the route, with 400. */
const target = z.number().openapi({
  type: "integer",
  enum: TARGETS,
  description: "The SmartScore that completes it: practised well, proficient, excellent or mastered",
});

export const isTarget = (score: number) => TARGETS.includes(score);

export const OTHER_TARGET = `must be one of ${TARGETS.join(", ")}`;

const dueAt = moment
  .refine((date) => date.getTime() >= 0, "must not be before 1970")
  .nullable()
  .openapi({ type: ["string", "null"], format: "date-time", description: "Null is no date" });

const SKILLS_AT_ONCE = 30;
const count = (...values: unknown[]) => values.filter((value) => value !== undefined).length;

export const newAssignment = z
  .object({
    classroom_id: uuid,
    skill_id: rowId.optional(),
    skill_ids: distinct(rowId, SKILLS_AT_ONCE)
      .min(1)
      .optional()
      .openapi({ description: "In place of `skill_id`: one assignment of each, which share a `set_id`" }),
    due_at: dueAt.optional(),
    target_smartscore: target.default(80).openapi({ default: 80 }),
    group_id: uuid.optional().openapi({ description: "For the members of this group, those who come later included" }),
    student_ids: distinct(uuid, STUDENTS_A_CLASSROOM)
      .min(1)
      .optional()
      .openapi({ description: "For these students of the class only" }),
  })
  .refine(({ skill_id, skill_ids }) => count(skill_id, skill_ids) === 1, {
    path: ["skill_id"],
    message: "name either skill_id or skill_ids",
  })
  .refine(({ group_id, student_ids }) => count(group_id, student_ids) < 2, {
    path: ["student_ids"],
    message: "name either group_id or student_ids, or neither for the whole class",
  })
  .openapi("NewAssignment", {
    example: { classroom_id: EXAMPLE_CLASSROOM_ID, skill_id: 1, due_at: "2026-12-04T16:00:00Z", target_smartscore: 80 },
  });

export const assignmentChange = z
  .object({ due_at: dueAt, target_smartscore: target })
  .partial()
  .openapi("AssignmentChange", { example: { due_at: "2026-12-11T16:00:00Z" } });

/** Whose work it is. */
export const workQuery = z.object(student);

export const assignmentParams = z.object({ id: uuidParam("id", "assignment", ASSIGNMENT) });

export const gridParams = z.object({
  cid: uuidParam("cid", "classroom", EXAMPLE_CLASSROOM_ID),
  aid: uuidParam("aid", "assignment", ASSIGNMENT),
});

export const assignmentFilters = z.object({
  classroom_id: uuid.optional().openapi({
    description: "Of this class, open or archived; of all open classes of the caller's where it is left out",
    example: EXAMPLE_CLASSROOM_ID,
  }),
});

export type AssignmentDto = z.infer<typeof assignment>;
export type MyAssignmentDto = z.infer<typeof myAssignment>;
export type WorkCounts = z.infer<typeof workCounts>;
export type ScoreGridDto = z.infer<typeof scoreGrid>["data"];
export type ClassAnalyticsDto = z.infer<typeof classAnalytics>["data"];
export type NewAssignment = z.output<typeof newAssignment>;
export type AssignmentChange = z.output<typeof assignmentChange>;
