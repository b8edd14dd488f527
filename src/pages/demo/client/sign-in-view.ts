import { DEMO_PASSWORD } from "../../demo-accounts.ts";
import { type Account, signIn } from "./account.ts";
import { el, fill, whileClosed } from "./dom.ts";
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

/** The card where one side of the page signs in: the demo account on a button, any other by name and password. */
export function signInView(options: SignInOptions): HTMLElement {
  const { slot, title, text, art, demoEmail, demoLabel, also, notice, refuse, onSignedIn } = options;
  const complaint = el("p", { class: "complaint", role: "alert" }, notice);
  const demo = el(
    "button",
    { type: "button", class: "button primary wide", click: () => enter(demoEmail, DEMO_PASSWORD) },
    demoLabel,
  );
  const name = field(`${slot}-name`, "E-mail or user name", {
    type: "text",
    autocomplete: "username",
    autocapitalize: "off",
    spellcheck: "false",
    required: true,
  });
  const password = field(`${slot}-password`, "Password", {
    type: "password",
    autocomplete: "current-password",
    required: true,
  });
  const own = el("button", { type: "submit", class: "button" }, "Sign in");
  const form = el("form", { class: "own-account", submit: byForm }, name.node, password.node, own);

  async function enter(who: string, secret: string): Promise<void> {
    fill(complaint);
    const reply = await whileClosed([demo, own], () => signIn({ slot, name: who, password: secret }));
    // Somebody went on another way meanwhile, such as a guest.
    if (!node.isConnected) {
      if (reply.ok) reply.data.leave();
      return;
    }
    if (!reply.ok) return fill(complaint, signInWords(reply.failure));
    const refusal = refuse?.(reply.data);
    if (refusal === undefined) return onSignedIn(reply.data);
    reply.data.leave();
    fill(complaint, refusal);
  }

  function byForm(event: Event): void {
    event.preventDefault();
    void enter(name.input.value.trim(), password.input.value);
  }

  const node = el(
    "div",
    { class: "welcome" },
    el("div", { class: "art", "aria-hidden": "true" }, art),
    el("h3", {}, title),
    el("p", { class: "soft" }, text),
    el("div", { class: "ways" }, demo, also),
    complaint,
    el("details", { class: "other-account" }, el("summary", {}, "Use another account"), form),
  );
  return node;
}

function field(id: string, label: string, attributes: Record<string, string | boolean>) {
  const input = el("input", { id, ...attributes });
  return { input, node: el("div", { class: "field" }, el("label", { for: id }, label), input) };
}
