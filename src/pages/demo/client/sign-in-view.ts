import { DEMO_PASSWORD } from "../../demo-accounts.ts";
import { type Account, signIn } from "./account.ts";
import { el, fill } from "./dom.ts";
import { signInWords } from "./wording.ts";

type SignInOptions = {
  /** Where the sign-in is kept. */
  readonly slot: string;
  readonly title: string;
  readonly text: string;
  /** What it looks like, in a picture that says nothing more. */
  readonly art: HTMLElement;
  readonly demoEmail: string;
  readonly demoLabel: string;
  /** What else there is to do, such as trying as a guest. */
  readonly also?: HTMLElement | undefined;
  /** Why somebody who was signed in meets this again. */
  readonly notice?: string | undefined;
  /** Who may go on from here; what to say to everybody else. */
  readonly refuse?: (account: Account) => string | undefined;
  onSignedIn(account: Account): void;
};

/** The card where one side of the page signs in: the demo account on a button, any other by e-mail and password. */
export function signInView(options: SignInOptions): HTMLElement {
  const { slot, title, text, art, demoEmail, demoLabel, also, notice, refuse, onSignedIn } = options;
  const complaint = el("p", { class: "complaint", role: "alert" }, notice);
  const demo = el(
    "button",
    { type: "button", class: "button primary wide", click: () => enter(demoEmail, DEMO_PASSWORD) },
    demoLabel,
  );
  const email = field(slot, "E-mail", { type: "email", autocomplete: "username", required: true });
  const password = field(slot, "Password", { type: "password", autocomplete: "current-password", required: true });
  const own = el("button", { type: "submit", class: "button" }, "Sign in");
  const form = el("form", { class: "own-account", submit: byForm }, email.node, password.node, own);

  async function enter(address: string, secret: string): Promise<void> {
    fill(complaint);
    for (const button of [demo, own]) button.disabled = true;
    const reply = await signIn(slot, address, secret);
    for (const button of [demo, own]) button.disabled = false;
    if (!reply.ok) return fill(complaint, signInWords(reply.failure));
    const refusal = refuse?.(reply.data);
    if (refusal === undefined) return onSignedIn(reply.data);
    reply.data.leave();
    fill(complaint, refusal);
  }

  function byForm(event: Event): void {
    event.preventDefault();
    void enter(email.input.value, password.input.value);
  }

  return el(
    "div",
    { class: "welcome" },
    el("div", { class: "art", "aria-hidden": "true" }, art),
    el("h3", {}, title),
    el("p", { class: "soft" }, text),
    el("div", { class: "ways" }, demo, also),
    complaint,
    el("details", { class: "other-account" }, el("summary", {}, "Use another account"), form),
  );
}

function field(slot: string, label: string, attributes: Record<string, string | boolean>) {
  const id = `${slot}-${label.toLowerCase()}`;
  const input = el("input", { id, ...attributes });
  return { input, node: el("div", { class: "field" }, el("label", { for: id }, label), input) };
}
