import type { LiveSnapshot, LiveStudent } from "../../../live/schemas.ts";

export type Status = LiveStudent["status"];

/** As the summary of a class lists them. */
export const STATUSES = ["ACTIVE", "NEEDS_HELP", "IDLE", "OFFLINE"] as const satisfies readonly Status[];

export type LiveMessage =
  | ({ readonly type: "snapshot" } & LiveSnapshot)
  | { readonly type: "update"; readonly at: string; readonly student: LiveStudent };

/** A student as the messages so far tell. */
export type Watched = LiveStudent & {
  /** The answers of this session that were seen to come, oldest first: true is a right one. */
  readonly trail: readonly boolean[];
  /** The SmartScores of this session that were seen, oldest first, the one of now last. */
  readonly scores: readonly number[];
  /** By how much the last message moved the SmartScore. */
  readonly moved: number;
};

/** The class by name; a student keeps their place, whatever they do. */
export type LiveClass = readonly Watched[];

const TRAIL_LENGTH = 14;
const SCORES_LENGTH = 60;

/** The message in a text from the server; undefined where it is none that this page knows. */
export function parseMessage(text: string): LiveMessage | undefined {
  try {
    // The form of what has one of these types is the server's contract.
    const message = JSON.parse(text) as LiveMessage | { readonly type: unknown } | null;
    return message?.type === "snapshot" || message?.type === "update" ? (message as LiveMessage) : undefined;
  } catch {
    return undefined;
  }
}

/** The class after a message: a snapshot says who is in it, an update is about one student, also one who is new. */
export function afterMessage(before: LiveClass, message: LiveMessage): LiveClass {
  const known = new Map(before.map((student) => [student.student_id, student]));
  switch (message.type) {
    case "snapshot":
      return message.students.map((student) => watched(known.get(student.student_id), student)).sort(byName);
    case "update": {
      const { student } = message;
      known.set(student.student_id, watched(known.get(student.student_id), student));
      return [...known.values()].sort(byName);
    }
  }
}

/** How many have each status. */
export function countByStatus(students: LiveClass): Readonly<Record<Status, number>> {
  const counts = { ACTIVE: 0, NEEDS_HELP: 0, IDLE: 0, OFFLINE: 0 };
  for (const { status } of students) counts[status]++;
  return counts;
}

/** An answer that was seen to come. */
export type SeenAnswer = {
  readonly name: string;
  readonly isRight: boolean;
  readonly from: number;
  readonly to: number;
};

/** The students' answers between two states of the class: of several by one student the last, with what all of them changed. */
export function answersBetween(before: LiveClass, after: LiveClass): SeenAnswer[] {
  const known = new Map(before.map((student) => [student.student_id, student]));
  return after.flatMap((student) => {
    const was = known.get(student.student_id);
    const isRight = student.trail.at(-1);
    if (was?.session_id !== student.session_id || was.questions_answered >= student.questions_answered) return [];
    if (isRight === undefined) return [];
    return [{ name: student.full_name, isRight, from: was.smartscore ?? 0, to: student.smartscore ?? 0 }];
  });
}

function watched(before: Watched | undefined, now: LiveStudent): Watched {
  if (before === undefined || before.session_id !== now.session_id) {
    return { ...now, trail: [], scores: now.smartscore === null ? [] : [now.smartscore], moved: 0 };
  }
  const right = Math.max(0, now.correct - before.correct);
  const wrong = Math.max(0, now.incorrect - before.incorrect);
  // Of several at once only the numbers are known: the score tells whether the last was right.
  const answers = [...Array<boolean>(right).fill(true), ...Array<boolean>(wrong).fill(false)];
  const moved = (now.smartscore ?? 0) - (before.smartscore ?? 0);
  if (moved > 0) answers.reverse();
  const isNew = now.questions_answered !== before.questions_answered && now.smartscore !== null;
  return {
    ...now,
    trail: [...before.trail, ...answers].slice(-TRAIL_LENGTH),
    scores: isNew ? [...before.scores, now.smartscore ?? 0].slice(-SCORES_LENGTH) : before.scores,
    moved,
  };
}

function byName(a: LiveStudent, b: LiveStudent): number {
  return a.full_name.localeCompare(b.full_name) || a.student_id.localeCompare(b.student_id);
}
