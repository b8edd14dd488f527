import type { UserDto } from "../../../auth/schemas.ts";
import type { SessionView } from "../../../practice/schemas.ts";
import { DEMO_ACCOUNTS } from "../../demo-accounts.ts";
import { type Account, guest, isUnauthorized, stillSignedIn } from "./account.ts";
import type { Reply } from "./api.ts";
import { assignedWork } from "./assigned-work.ts";
import { skillTitle } from "./catalog.ts";
import { dial } from "./dial.ts";
import { byId, el, fill, say } from "./dom.ts";
import { forget, keep, kept } from "./kept.ts";
import { type Practice, practise } from "./practice.ts";
import { forgetSubmission, unansweredSubmission } from "./sending.ts";
import { signInView } from "./sign-in-view.ts";
import { skillPicker } from "./skill-picker.ts";
import { summary } from "./summary.ts";
import { failureWords } from "./wording.ts";

export type StudentPaneOptions = {
  /** Whether one may practise without an account. */
  readonly guests: boolean;
  /** Who practises now; undefined is nobody. */
  onAccount(account: Account | undefined): void;
  /** An answer of this user's was acknowledged: so many are in the session now. */
  onAnswered(user: UserDto | undefined, session: SessionView): void;
};

/** What is kept of a session, to find it again after a reload. */
type KeptPractice = {
  readonly sessionId: string;
  readonly skillId: number;
  readonly title: string;
  readonly isGuest: boolean;
};

const SLOT = "student";
const PRACTICE_SLOT = "practice";
const [DEMO_STUDENT] = DEMO_ACCOUNTS;
const USUAL_GRADE = 5;

/** The left side: signs in or goes on as a guest, chooses a skill, practises it, and sees how it went. */
export function studentPane({ guests, onAccount, onAnswered }: StudentPaneOptions): void {
  const body = byId("student-body");
  const who = byId("student-who");
  const news = byId("student-news");
  let practice: Practice | undefined;
  /** Counts what was shown and asked for: a reply that lands after something newer changes nothing. */
  let turn = 0;

  function show(...nodes: readonly (Node | undefined)[]): void {
    turn++;
    practice?.stop();
    practice = undefined;
    fill(body, ...nodes);
  }

  function welcome(notice?: string): void {
    onAccount(undefined);
    fill(who);
    const asGuest = el("button", { type: "button", class: "button wide", click: () => enter(guest) }, "Try as a guest");
    show(
      signInView({
        slot: SLOT,
        title: "Practise as a student",
        text: "Answer a few questions and watch the SmartScore climb.",
        art: scoreArt(),
        demoEmail: DEMO_STUDENT.email,
        demoLabel: "Practise as Sam Student",
        also: guests ? asGuest : undefined,
        notice,
        onSignedIn: enter,
      }),
    );
  }

  function enter(account: Account): void {
    greet(account);
    choose(account);
    focusHeading();
  }

  function greet(account: Account): void {
    onAccount(account);
    const name = account.user?.full_name ?? "Guest";
    const leave = account.user === undefined ? "Sign in" : "Sign out";
    fill(
      who,
      el("span", { class: "who-name" }, name),
      el("button", { type: "button", class: "link", click: signOut }, leave),
    );

    function signOut(): void {
      account.leave();
      forget(PRACTICE_SLOT);
      forgetSubmission();
      welcome();
      body.querySelector("button")?.focus();
    }
  }

  function choose(account: Account, notice?: string): void {
    const found = kept<KeptPractice>(PRACTICE_SLOT);
    // A guest's session stays a guest's.
    const open = found?.isGuest === (account.user === undefined) ? found : undefined;
    const pick = ({ id, title }: { id: number; title: string }) => start(account, id, title);
    show(
      notice === undefined ? undefined : el("p", { class: "notice", role: "alert" }, notice),
      skillPicker({
        gradeNumber: account.user?.profile?.grade_level ?? USUAL_GRADE,
        first: [open && goOnCard(open, () => resume(account, open)), assignedWork(account, pick)],
        onPick: pick,
      }),
    );
  }

  async function start(account: Account, skillId: number, title: string): Promise<void> {
    const asked = ++turn;
    const request = { method: "POST", path: "/practice/sessions", body: { skill_id: skillId } } as const;
    const reply = await account.call<SessionView>(request);
    if (asked === turn) open(account, title, reply);
  }

  async function resume(account: Account, found: KeptPractice, focus = true): Promise<void> {
    const asked = ++turn;
    const title = found.title || (await skillTitle(found.skillId));
    const reply = await account.call<SessionView>({ method: "GET", path: `/practice/sessions/${found.sessionId}` });
    if (asked === turn) open(account, title, reply, focus);
  }

  function open(account: Account, title: string, reply: Reply<SessionView>, focus = true): void {
    if (!reply.ok) {
      if (reply.failure.kind === "refused" && reply.failure.status === 404) forget(PRACTICE_SLOT);
      if (isUnauthorized(reply)) welcome(failureWords(reply.failure));
      else choose(account, failureWords(reply.failure));
    } else if (reply.data.finished_at !== null) {
      end(account, title, reply.data);
    } else {
      work(account, title, reply.data, focus);
    }
  }

  function work(account: Account, title: string, session: SessionView, focus: boolean): void {
    keep(PRACTICE_SLOT, {
      sessionId: session.id,
      skillId: session.skill_id,
      title,
      isGuest: account.user === undefined,
    });
    show();
    const pending = unansweredSubmission();
    practice = practise({
      account,
      session,
      title,
      pending: pending?.sessionId === session.id ? pending : undefined,
      announce: (words) => say(news, words),
      onAnswered: (answered) => onAnswered(account.user, answered),
      onEnded: (ended) => end(account, title, ended),
      onLeave: () => {
        choose(account);
        focusHeading();
      },
      onSignedOut: welcome,
    });
    fill(body, practice.node);
    if (focus) practice.focus();
  }

  function end(account: Account, title: string, session: SessionView): void {
    forget(PRACTICE_SLOT);
    forgetSubmission();
    show(
      summary(session, title, {
        onAgain: () => start(account, session.skill_id, title),
        onOther: () => {
          choose(account);
          focusHeading();
        },
      }),
    );
    focusHeading();
  }

  function focusHeading(): void {
    const heading = body.querySelector<HTMLElement>(".picker > h3, .summary > h3");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus();
  }

  /** After a reload everything is where it was; the focus is left alone. */
  function goOn(): void {
    const open_ = kept<KeptPractice>(PRACTICE_SLOT);
    const account = stillSignedIn(SLOT) ?? (open_?.isGuest ? guest : undefined);
    if (account === undefined) {
      welcome();
      return;
    }
    greet(account);
    if (open_ === undefined) choose(account);
    else void resume(account, open_, false);
  }

  goOn();
}

/** The dial as it may look after a while. */
function scoreArt(): HTMLElement {
  const picture = dial();
  picture.show(78, "REFINING");
  return picture.node;
}

function goOnCard({ title }: KeptPractice, onGoOn: () => void): HTMLElement {
  return el(
    "div",
    { class: "go-on" },
    el("p", {}, el("span", { class: "soft" }, "You left off at "), el("strong", {}, title)),
    el("button", { type: "button", class: "button primary", click: onGoOn }, "Go on"),
  );
}
