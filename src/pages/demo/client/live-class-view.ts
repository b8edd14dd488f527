import type { Account } from "./account.ts";
import { answerFeed } from "./answer-feed.ts";
import { skillTitle } from "./catalog.ts";
import { el, fill, say, setText } from "./dom.ts";
import { icon } from "./icons.ts";
import {
  afterMessage,
  answersBetween,
  countByStatus,
  type LiveClass,
  type LiveMessage,
  STATUSES,
} from "./live-class.ts";
import { type ConnectionState, followClass } from "./live-connection.ts";
import { STATUS_LOOK, type Tile, tile } from "./tile.ts";

export type LiveClassView = {
  readonly node: HTMLElement;
  studentIs(account: Account | undefined): void;
  answered(studentId: string, sessionId: string, count: number): void;
  close(): void;
};

const STATE_WORDS: Readonly<Record<ConnectionState["is"], string>> = {
  connecting: "Connecting …",
  live: "Live",
  waiting: "Connection lost. Connecting again …",
  ended: "This is not your class, or no longer.",
};

/** A class as it happens: how many do what, and a tile a student. */
export function liveClassView(
  account: Account,
  classroomId: string,
  { onSignedOut }: { onSignedOut(): void },
): LiveClassView {
  const light = el("span", { class: "live-light" }, "Connecting …");
  const retry = el(
    "button",
    { type: "button", class: "link", hidden: true, click: () => connection.retry() },
    "Try now",
  );
  const counts = new Map(STATUSES.map((status) => [status, el("dd", {}, "0")]));
  const tiles = el("ul", { class: "tiles", "aria-label": "Students" });
  const hint = el("p", { class: "hint", hidden: true });
  const feed = answerFeed();
  const speed = el("p", { class: "speed" });
  const news = el("p", { class: "sr-only", role: "status" });
  const node = el(
    "div",
    { class: "live" },
    el("div", { class: "live-head" }, el("p", { class: "live-state", role: "status" }, light), retry, speed),
    el(
      "dl",
      { class: "live-counts" },
      ...STATUSES.map((status) =>
        el(
          "div",
          { "data-status": status },
          el("dt", {}, icon(STATUS_LOOK[status].icon), STATUS_LOOK[status].name),
          counts.get(status),
        ),
      ),
    ),
    hint,
    tiles,
    feed.node,
    news,
  );
  const shown = new Map<string, Tile>();
  let students: LiveClass | undefined;
  /** By how much this device's clock is behind the server's. */
  let behindMs = 0;
  let awaited: { studentId: string; sessionId: string; count: number; atMs: number } | undefined;
  let practising: Account | undefined;

  const connection = followClass(account, classroomId, { onState, onMessage });
  const ticking = setInterval(tick, 1000);

  function onState(state: ConnectionState): void {
    node.dataset.connection = state.is;
    retry.hidden = state.is !== "waiting";
    setText(light, STATE_WORDS[state.is]);
    if (state.is === "ended" && state.why === "signed-out") onSignedOut();
  }

  function onMessage(message: LiveMessage): void {
    behindMs = Date.parse(message.at) - Date.now();
    const before = students ?? [];
    students = afterMessage(before, message);
    feed.add(answersBetween(before, students), Date.parse(message.at));
    draw(students);
    tellOfHelp(before, students);
    measure(students);
    showHint();
  }

  function draw(now: LiveClass): void {
    for (const student of now) {
      const known = shown.get(student.student_id) ?? tile(skillTitle);
      shown.set(student.student_id, known);
      known.show(student);
    }
    const here = new Set(now.map(({ student_id: id }) => id));
    for (const id of shown.keys()) if (!here.has(id)) shown.delete(id);
    const nodes = now.flatMap(({ student_id: id }) => shown.get(id)?.node ?? []);
    // What is in its place stays there, so that motion under way goes on.
    if (nodes.length !== tiles.children.length || nodes.some((one, at) => tiles.children[at] !== one))
      fill(tiles, ...nodes);
    const byStatus = countByStatus(now);
    for (const [status, count] of counts) {
      setText(count, String(byStatus[status]));
      count.parentElement?.toggleAttribute("data-none", byStatus[status] === 0);
    }
    tick();
  }

  function tick(): void {
    const nowMs = Date.now() + behindMs;
    for (const one of shown.values()) one.tick(nowMs);
    feed.tick(nowMs);
  }

  /** The one change that is worth saying aloud. */
  function tellOfHelp(before: LiveClass, now: LiveClass): void {
    const had = new Set(before.filter(({ status }) => status === "NEEDS_HELP").map(({ student_id: id }) => id));
    const names = now
      .filter(({ status, student_id: id }) => status === "NEEDS_HELP" && !had.has(id))
      .map(({ full_name: name }) => name);
    if (names.length > 0) say(news, `${names.join(", ")} may need help.`);
  }

  /** How long after an answer's reply, in this very page, its tile had it. */
  function measure(now: LiveClass): void {
    const found = now.find(({ student_id: id }) => id === awaited?.studentId);
    if (awaited === undefined || found?.session_id !== awaited.sessionId || found.questions_answered < awaited.count)
      return;
    showSpeed(performance.now() - awaited.atMs);
    awaited = undefined;
  }

  function showSpeed(ms: number): void {
    setText(speed, ms < 50 ? "Last answer seen at once" : `Last answer seen after ${(ms / 1000).toFixed(1)} s`);
  }

  function showHint(): void {
    const words = hintWords(students ?? [], practising);
    setText(hint, words);
    hint.hidden = words === "";
  }

  return {
    node,
    studentIs(who) {
      practising = who;
      if (students !== undefined) showHint();
    },
    answered(studentId, sessionId, count) {
      awaited = { studentId, sessionId, count, atMs: performance.now() };
      const seen = students?.find(({ student_id: id }) => id === studentId);
      if (seen?.session_id === sessionId && seen.questions_answered >= count) {
        awaited = undefined;
        showSpeed(0);
      }
    },
    close() {
      clearInterval(ticking);
      connection.close();
    },
  };
}

/** What keeps the class from moving while somebody practises on the student's side, or nobody; "" where nothing does. */
function hintWords(students: LiveClass, practising: Account | undefined): string {
  if (students.length === 0) return "Nobody is in this class yet.";
  if (practising === undefined) {
    const isAsleep = students.every(({ status }) => status === "OFFLINE");
    return isAsleep ? "Nobody is here just now. Practise as Sam Student, and the class comes alive." : "";
  }
  const { user } = practising;
  if (user === undefined) return "A guest is in no class. Practise as Sam Student to see a tile move.";
  const isHere = students.some(({ student_id: id }) => id === user.id);
  return isHere ? "" : `${user.full_name}, on the student’s side, is not in this class.`;
}
