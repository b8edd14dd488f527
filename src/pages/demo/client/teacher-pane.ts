import { DEMO_ACCOUNTS } from "../../demo-accounts.ts";
import { type Account, isUnauthorized, stillSignedIn } from "./account.ts";
import { byId, el, fill, setText, whileClosed } from "./dom.ts";
import { type LiveClassView, liveClassView } from "./live-class-view.ts";
import { signInView } from "./sign-in-view.ts";
import { type Classroom, simulateClass } from "./simulated-class.ts";
import { failureWords } from "./wording.ts";

/** A class in small: three of its tiles. */
function classArt(): HTMLElement {
  const looks = [
    ["ACTIVE", "CHALLENGE"],
    ["NEEDS_HELP", "LEARNING"],
    ["ACTIVE", "REFINING"],
  ] as const;
  return el(
    "div",
    { class: "class-art" },
    ...looks.map(([status, zone]) =>
      el("div", { "data-status": status, "data-zone": zone }, el("i"), el("b"), el("s")),
    ),
  );
}

export type TeacherPane = {
  /** Who practises on the other side, so that their tile can be pointed out; undefined is nobody. */
  studentIs(account: Account | undefined): void;
  /** An answer of theirs was just acknowledged, the `count`th of its session: their tile is to follow. */
  answered(studentId: string, sessionId: string, count: number): void;
};

const SLOT = "teacher";
const SIMULATE = "Simulate a class";
const [, DEMO_TEACHER] = DEMO_ACCOUNTS;

/** The right side: signs in as a teacher, chooses a class and follows it. */
export function teacherPane(): TeacherPane {
  const body = byId("teacher-body");
  const who = byId("teacher-who");
  let view: LiveClassView | undefined;
  let student: Account | undefined;
  let simulation: AbortController | undefined;
  /** Counts who came and went: a reply to somebody before changes nothing. */
  let turn = 0;

  function leaveClass(): void {
    view?.close();
    view = undefined;
  }

  function welcome(notice?: string): void {
    turn++;
    leaveClass();
    stopSimulation();
    fill(who);
    fill(
      body,
      signInView({
        slot: SLOT,
        title: "Look on as their teacher",
        text: "See who practises what right now, and who may need help.",
        art: classArt(),
        demoEmail: DEMO_TEACHER.email,
        demoLabel: "Look on as Tess Teacher",
        notice,
        refuse: ({ user }) => (user?.role === "TEACHER" ? undefined : "This side is for teachers: sign in as one."),
        onSignedIn: (account) => enter(account, true),
      }),
    );
  }

  async function enter(account: Account, focus: boolean): Promise<void> {
    const entered = ++turn;
    const leave = el("button", { type: "button", class: "link", click: () => signOut(account) }, "Sign out");
    fill(who, el("span", { class: "who-name" }, account.user?.full_name ?? ""), leave);
    const reply = await account.call<Classroom[]>({ method: "GET", path: "/classrooms" });
    if (entered !== turn) return;
    if (!reply.ok) {
      if (isUnauthorized(reply)) welcome(failureWords(reply.failure));
      else failed(account, failureWords(reply.failure));
      return;
    }
    const chosen = showClasses(account, reply.data);
    if (focus) chosen.focus();
  }

  /** The teacher's classes, the first one followed; and a way to have one that is full of life. */
  function showClasses(account: Account, classes: readonly Classroom[]): HTMLElement {
    const option = ({ id, title }: Classroom) => el("option", { value: id }, title);
    const chosen = el(
      "select",
      { id: "classroom", change: () => follow(account, chosen.value) },
      ...classes.map(option),
    );
    const simulate = el("button", { type: "button", class: "button" }, SIMULATE);
    const complaint = el("p", { class: "complaint", role: "alert" });
    const place = el("div", { class: "live-place" });
    simulate.addEventListener("click", async () => {
      if (simulation !== undefined) {
        stopSimulation();
        setText(simulate, SIMULATE);
        return;
      }
      fill(complaint);
      simulation = new AbortController();
      const { signal: over } = simulation;
      const email = student?.user?.email ?? null;
      const reply = await whileClosed([simulate], () => simulateClass(account, email, over));
      if (over.aborted) return;
      if (!reply.ok) {
        stopSimulation();
        fill(complaint, failureWords(reply.failure));
        return;
      }
      setText(simulate, "Stop the simulation");
      const classroom = reply.data;
      if ([...chosen.options].every(({ value }) => value !== classroom.id)) chosen.append(option(classroom));
      chosen.value = classroom.id;
      field.hidden = false;
      follow(account, classroom.id);
    });
    const [first] = classes;
    const label = el("label", { for: "classroom" }, "Class");
    const field = el("div", { class: "field class-field", hidden: first === undefined }, label, chosen);
    fill(body, el("div", { class: "class-row" }, field, simulate), complaint, place);
    if (first === undefined) {
      fill(place, el("p", { class: "hint" }, "You have no class yet. Simulate one to see how it looks."));
      return simulate;
    }
    follow(account, first.id);
    return chosen;
  }

  function follow(account: Account, classroomId: string): void {
    leaveClass();
    const onSignedOut = () => welcome("Your sign-in has run out. Sign in again to go on.");
    view = liveClassView(account, classroomId, { onSignedOut });
    view.studentIs(student);
    const place = body.querySelector(".live-place");
    if (place !== null) fill(place, view.node);
  }

  function stopSimulation(): void {
    simulation?.abort();
    simulation = undefined;
  }

  function failed(account: Account, words: string): void {
    const again = el("button", { type: "button", class: "button", click: () => enter(account, true) }, "Try again");
    fill(body, el("div", { class: "notice", role: "alert" }, el("p", {}, words), again));
  }

  function signOut(account: Account): void {
    account.leave();
    welcome();
    body.querySelector("button")?.focus();
  }

  const account = stillSignedIn(SLOT);
  if (account === undefined) welcome();
  else void enter(account, false);
  return {
    studentIs(who_) {
      student = who_;
      view?.studentIs(who_);
    },
    answered: (...answer) => view?.answered(...answer),
  };
}
