import type { MyAssignmentDto } from "../../../classrooms/assignments/schemas.ts";
import type { Account } from "./account.ts";
import { skillTitle } from "./catalog.ts";
import { el, fill } from "./dom.ts";
import { icon } from "./icons.ts";

const MOST = 3;

/** What the student's teachers have assigned and is not done yet; nothing is seen of it where there is none. */
export function assignedWork(account: Account, onPick: (skill: { id: number; title: string }) => void): HTMLElement {
  const list = el("ul", { class: "skills" });
  const node = el("div", { class: "assigned", hidden: true }, el("h3", {}, "From your teacher"), list);

  async function load(): Promise<void> {
    const reply = await account.call<MyAssignmentDto[]>({ method: "GET", path: "/me/assignments" });
    if (!reply.ok) return;
    const open = reply.data.filter(({ status }) => status.status !== "COMPLETED").slice(0, MOST);
    fill(list, ...(await Promise.all(open.map(async (work) => el("li", {}, await workButton(work))))));
    node.hidden = open.length === 0;
  }

  async function workButton({ assignment, status }: MyAssignmentDto): Promise<HTMLElement> {
    const { skill_id: id, target_smartscore: target } = assignment;
    const title = await skillTitle(id);
    const best = status.status === "NOT_STARTED" ? "not started" : `best so far ${status.best_smartscore}`;
    return el(
      "button",
      { type: "button", class: "assigned-work", click: () => onPick({ id, title }) },
      icon("flag"),
      el(
        "span",
        { class: "skill-text" },
        el("span", { class: "skill-title" }, title),
        el("span", { class: "skill-topic" }, `Reach SmartScore ${target}, ${best}`),
      ),
      icon("next"),
    );
  }

  // Others than students have none, and are refused the question.
  if (account.user?.role === "STUDENT") void load();
  return node;
}
