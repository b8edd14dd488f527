import type { Page, WebSocketRoute } from "playwright-core";
import type { LiveStudent } from "../../src/live/schemas.ts";

/** A class that the test plays to the page in the server's place. */
export type PlayedClass = {
  /** How often the page has connected. */
  connections(): number;
  /** Says what a student does now. */
  tell(student: LiveStudent): void;
  cut(code: number): Promise<void>;
  /** From here on no ping is answered. */
  fallSilent(): void;
};

export async function playClass(page: Page, students: readonly LiveStudent[]): Promise<PlayedClass> {
  let count = 0;
  let socket: WebSocketRoute | undefined;
  let isSilent = false;
  const at = () => new Date().toISOString();
  await page.routeWebSocket(/\/live$/, (opened) => {
    count++;
    socket = opened;
    opened.onMessage(() => {
      if (!isSilent) opened.send("pong");
    });
    opened.send(JSON.stringify({ type: "snapshot", at: at(), students }));
  });
  return {
    connections: () => count,
    tell: (student) => socket?.send(JSON.stringify({ type: "update", at: at(), student })),
    cut: async (code) => socket?.close({ code, reason: "cut by the test" }),
    fallSilent: () => {
      isSilent = true;
    },
  };
}

/** A student of such a class. */
export function playedStudent(name: string, more: Partial<LiveStudent> = {}): LiveStudent {
  return {
    student_id: `id of ${name}`,
    full_name: name,
    status: "ACTIVE",
    session_id: `session of ${name}`,
    skill_id: 1,
    questions_answered: 0,
    correct: 0,
    incorrect: 0,
    smartscore: 0,
    zone: "LEARNING",
    last_activity_at: new Date().toISOString(),
    ...more,
  };
}
