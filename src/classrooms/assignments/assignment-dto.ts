import { type SQL, sql } from "drizzle-orm";
import { assignedWork, assignments } from "../../db/tables.ts";
import { ApiError } from "../../http/errors.ts";
import { wholeSeconds } from "../../practice/active-time.ts";
import type { AssignmentDto, STATUSES } from "./schemas.ts";

/** What a statement reads of an assignment. */
export const assignmentColumns = {
  id: assignments.id,
  classroomId: assignments.classroomId,
  skillId: assignments.skillId,
  dueAt: assignments.dueAt,
  targetSmartscore: assignments.targetSmartscore,
  setId: assignments.setId,
  assignedAt: assignments.assignedAt,
  audience: assignments.audience,
  groupId: assignments.groupId,
};

type AssignmentRow = Pick<typeof assignments.$inferSelect, keyof typeof assignmentColumns>;

export const toAssignment = (row: AssignmentRow): AssignmentDto => ({
  id: row.id,
  classroom_id: row.classroomId,
  skill_id: row.skillId,
  due_at: row.dueAt?.toISOString() ?? null,
  target_smartscore: row.targetSmartscore,
  set_id: row.setId,
  assigned_at: row.assignedAt.toISOString(),
  audience: row.audience,
  group_id: row.groupId,
});

/** What a statement reads of a student's work on an assignment. */
export const workColumns = {
  bestSmartscore: assignedWork.bestSmartscore,
  lastSmartscore: assignedWork.lastSmartscore,
  questions: assignedWork.questions,
  activeMs: assignedWork.activeMs,
  completedAt: assignedWork.completedAt,
  lastActivityAt: assignedWork.lastActivityAt,
};

type WorkRow = Pick<typeof assignedWork.$inferSelect, keyof typeof workColumns>;

/** How far a student is, as the student and the class's teachers see it. */
export const toProgress = (row: WorkRow) => ({
  status: statusOf(row),
  best_smartscore: row.bestSmartscore,
  last_smartscore: row.lastSmartscore,
  questions_answered: row.questions,
  time_spent_seconds: wholeSeconds(row.activeMs),
  completed_at: row.completedAt?.toISOString() ?? null,
  last_activity_at: row.lastActivityAt?.toISOString() ?? null,
});

type Status = (typeof STATUSES)[number];

function statusOf({ completedAt, lastActivityAt }: WorkRow): Status {
  if (completedAt) return "COMPLETED";
  return lastActivityAt ? "IN_PROGRESS" : "NOT_STARTED";
}

/** The same as conditions on a row of work. */
export const hasStatus: Readonly<Record<Status, SQL>> = {
  COMPLETED: sql`${assignedWork.completedAt} is not null`,
  IN_PROGRESS: sql`${assignedWork.completedAt} is null and ${assignedWork.lastActivityAt} is not null`,
  NOT_STARTED: sql`${assignedWork.completedAt} is null and ${assignedWork.lastActivityAt} is null`,
};

export const noSuchAssignment = () => new ApiError("not_found", "There is no such assignment.");
