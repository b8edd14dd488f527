import type { PracticeEvent } from "./events.ts";
import type { KeyedQuestion } from "./question.ts";
import type { Session } from "./session.ts";
import type { Pace } from "./student.ts";

/**
 * How an event is kept: what queries look for in columns, the rest as JSON lists without names. With names a row is more
 * than twice as long, and every answer writes one.
 */
export type EventColumns = {
  readonly session_id: string;
  readonly kind: PracticeEvent["kind"];
  readonly question_id: number | null;
  readonly generator: string | null;
  /** An {@link EventList}. */
  readonly event: string;
};

/** What of a session changes with an event. */
export type Progress = Omit<Session, "id" | "skillId" | "poolVersion" | "seed" | "startedAtMs" | "capMs" | "asked">;

type Answered = Extract<PracticeEvent, { kind: "answered" }>;

type Moment = [atMs: number, day: string, creditMs: number, isResent: true | null];

type EventList =
  | Moment
  | [
      ...Moment,
      attemptId: string,
      made: KeyedQuestion | null,
      submitted: Answered["submitted"],
      correct: boolean,
      mistakeType: Answered["mistakeType"],
      timeSpentSec: number,
      scoreBefore: number,
      scoreAfter: number,
      reason: Answered["reason"],
      message: string,
    ];

type Current = NonNullable<Session["current"]>;
type Finished = NonNullable<Session["finished"]>;
type WindowList = [startedAtMs: number, used: number];

/** How things stood after an event. */
type AfterList = [
  lastActivityMs: number,
  activeMs: number,
  score: number,
  streak: number,
  recentAccuracy: number,
  bestScore: number,
  answered: number,
  correct: number,
  maxStreak: number,
  wrongInARow: number,
  lastQuestionId: number | null,
  current: [number, string | null, KeyedQuestion | null, shownAtMs: number] | null,
  finished: [atMs: number, Finished["reason"]] | null,
  clockMs: number,
  today: [day: string, answered: number],
  submits: WindowList,
  beats: WindowList,
  starts: WindowList,
];

/** Where {@link EventList} says that an event was numbered anew, as a JSON path of SQLite. */
export const IS_RESENT_PATH = "$[3]";

export function eventColumns(event: PracticeEvent): EventColumns {
  const moment: Moment = [event.atMs, event.day, event.creditMs, event.isResent ?? null];
  return {
    session_id: event.sessionId,
    kind: event.kind,
    question_id: "questionId" in event ? event.questionId : null,
    generator: "generator" in event ? event.generator : null,
    event: JSON.stringify(event.kind === "answered" ? answerList(moment, event) : moment),
  };
}

function answerList(moment: Moment, answer: Answered): EventList {
  return [
    ...moment,
    answer.attemptId,
    answer.made,
    answer.submitted,
    answer.correct,
    answer.mistakeType,
    answer.timeSpentSec,
    answer.scoreBefore,
    answer.scoreAfter,
    answer.reason,
    answer.message,
  ];
}

export function toEvent({ session_id: sessionId, kind, question_id, generator, event }: EventColumns): PracticeEvent {
  const [atMs, day, creditMs, isResent, ...answer] = JSON.parse(event) as EventList;
  const base = { sessionId, atMs, day, creditMs, ...(isResent ? { isResent } : {}) };
  const questionId = question_id ?? 0;
  if (kind === "skipped") return { kind, ...base, questionId, generator };
  if (kind !== "answered") return { kind, ...base };
  if (answer.length === 0) throw new Error("an answer's row lacks the answer");
  const [attemptId, made, submitted, correct, mistakeType, timeSpentSec, scoreBefore, scoreAfter, reason, message] =
    answer;
  return {
    kind,
    ...base,
    questionId,
    generator,
    attemptId,
    made,
    submitted,
    correct,
    mistakeType,
    timeSpentSec,
    scoreBefore,
    scoreAfter,
    reason,
    message,
  };
}

/** How a session and the student's pace stand, as text. */
export function afterText(session: Progress, pace: Pace): string {
  const { score, current, finished } = session;
  const { today, submits, beats, starts } = pace;
  const list: AfterList = [
    session.lastActivityMs,
    session.activeMs,
    score.score,
    score.streak,
    score.recentAccuracy,
    session.bestScore,
    session.answered,
    session.correct,
    session.maxStreak,
    session.wrongInARow,
    session.lastQuestionId,
    current && [current.questionId, current.generator, current.made, current.shownAtMs],
    finished && [finished.atMs, finished.reason],
    pace.clockMs,
    [today.day, today.answered],
    [submits.startedAtMs, submits.used],
    [beats.startedAtMs, beats.used],
    [starts.startedAtMs, starts.used],
  ];
  return JSON.stringify(list);
}

export function toAfter(text: string): { readonly progress: Progress; readonly pace: Pace } {
  const [
    lastActivityMs,
    activeMs,
    score,
    streak,
    recentAccuracy,
    bestScore,
    answered,
    correct,
    maxStreak,
    wrongInARow,
    lastQuestionId,
    current,
    finished,
    clockMs,
    [day, answeredToday],
    submits,
    beats,
    starts,
  ] = JSON.parse(text) as AfterList;
  return {
    progress: {
      lastActivityMs,
      activeMs,
      score: { score, streak, recentAccuracy },
      bestScore,
      answered,
      correct,
      maxStreak,
      wrongInARow,
      lastQuestionId,
      current: current && toCurrent(current),
      finished: finished && { atMs: finished[0], reason: finished[1] },
    },
    pace: {
      clockMs,
      today: { day, answered: answeredToday },
      submits: toWindow(submits),
      beats: toWindow(beats),
      starts: toWindow(starts),
    },
  };
}

const toCurrent = ([questionId, generator, made, shownAtMs]: NonNullable<AfterList[11]>): Current => ({
  questionId,
  generator,
  made,
  shownAtMs,
});

const toWindow = ([startedAtMs, used]: WindowList) => ({ startedAtMs, used });
