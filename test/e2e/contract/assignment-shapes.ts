import { z } from "zod";

/** What API.md promises of assignments, written from it and from nothing in src; see shapes.ts. */

const time = z.iso.datetime().regex(/Z$/);
const uuid = z.uuid();
const score = z.int().min(0).max(100);
const count = z.int().min(0);

export const assignmentShape = z.strictObject({
  id: uuid,
  classroom_id: uuid,
  skill_id: z.int().positive(),
  due_at: time.nullable(),
  target_smartscore: z.literal([70, 80, 90, 100]),
  // Beyond the old service's.
  set_id: uuid.nullable(),
  assigned_at: time,
  audience: z.enum(["CLASS", "GROUP", "STUDENTS"]),
  group_id: uuid.nullable(),
});

const progress = {
  status: z.enum(["NOT_STARTED", "IN_PROGRESS", "COMPLETED"]),
  best_smartscore: score,
  last_smartscore: score,
  questions_answered: count,
  time_spent_seconds: count,
  completed_at: time.nullable(),
  last_activity_at: time.nullable(),
};

export const myAssignmentShape = z.strictObject({
  assignment: assignmentShape,
  status: z.strictObject({ assignment_id: uuid, student_id: uuid, ...progress }),
});

export const myAssignmentsShape = z.strictObject({
  data: z.array(myAssignmentShape),
  meta: z.strictObject({
    counts: z.strictObject({ to_do: count, in_progress: count, done: count, overdue: count }),
    truncated: z.literal(true).optional(),
  }),
});

export const assignmentsShape = z.strictObject({
  data: z.array(assignmentShape),
  meta: z.strictObject({ truncated: z.literal(true) }).optional(),
});

export const scoreGridShape = z.strictObject({
  assignment: assignmentShape,
  summary: z.strictObject({ completed: count, in_progress: count, not_started: count }),
  rows: z.array(z.strictObject({ student_id: uuid, full_name: z.string(), email: z.email().nullable(), ...progress })),
});

export const classAnalyticsShape = z.strictObject({
  classroom_id: uuid,
  title: z.string(),
  student_count: count,
  avg_best_smartscore: score,
  students: z.array(
    z.strictObject({
      student_id: uuid,
      email: z.email().nullable(),
      full_name: z.string(),
      avg_best_smartscore: score,
      assignments_total: count,
      assignments_completed: count,
    }),
  ),
});
