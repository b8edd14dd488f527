import type { ListedSkillDto } from "../../../catalog/schemas.ts";
import { findSkills, listGrades, listSubjects } from "./catalog.ts";
import { el, fill, setText } from "./dom.ts";
import { icon } from "./icons.ts";
import { failureWords } from "./wording.ts";

type PickerOptions = {
  /** The grade to begin with, as its number. */
  readonly gradeNumber: number;
  /** What stands above the search, such as a session to go on with. */
  readonly first: readonly (HTMLElement | undefined)[];
  onPick(skill: Pick<ListedSkillDto, "id" | "title">): void;
};

/** The subject to begin with: the one with the most skills. */
const SUBJECT_SLUG = "math";
const PAGE = 8;
const MOST = 500;
const TYPING_MS = 250;

/** Where a skill is chosen: by subject, grade and words. */
export function skillPicker({ gradeNumber, first, onPick }: PickerOptions): HTMLElement {
  const subjects = el("select", { id: "subject", change: restart }, el("option", { value: SUBJECT_SLUG }, "Math"));
  const grades = el(
    "select",
    { id: "grade", change: restart },
    el("option", { value: gradeNumber }, `Grade ${gradeNumber}`),
  );
  const words = el("input", {
    id: "words",
    type: "search",
    placeholder: "fractions, area, …",
    autocomplete: "off",
    input: typed,
  });
  const found = el("p", { class: "found soft", role: "status" });
  const list = el("ul", { class: "skills" });
  const more = el("button", { type: "button", class: "button quiet", hidden: true, click: showMore }, "Show more");
  let count = PAGE;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let newest = 0;

  function typed(): void {
    clearTimeout(timer);
    timer = setTimeout(restart, TYPING_MS);
  }

  function restart(): void {
    clearTimeout(timer);
    count = PAGE;
    void search();
  }

  async function showMore(): Promise<void> {
    const shown = list.children.length;
    count = MOST;
    await search();
    list.children[shown]?.querySelector("button")?.focus();
  }

  async function search(): Promise<void> {
    const asked = ++newest;
    const reply = await findSkills({
      subjectSlug: subjects.value,
      gradeNumber: grades.value,
      words: words.value,
      count,
    });
    // What was typed since has an answer of its own on its way.
    if (asked !== newest) return;
    if (!reply.ok) {
      fill(list);
      more.hidden = true;
      return setText(found, failureWords(reply.failure));
    }
    const total = reply.total ?? reply.data.length;
    setText(
      found,
      total === 0 ? "No skill like this. Try another word or grade." : total === 1 ? "1 skill" : `${total} skills`,
    );
    fill(list, ...reply.data.map((skill) => el("li", {}, skillButton(skill, onPick))));
    more.hidden = reply.data.length >= total;
  }

  async function fillChoices(): Promise<void> {
    const [allSubjects, allGrades] = await Promise.all([listSubjects(), listGrades()]);
    if (allSubjects.ok) {
      fill(
        subjects,
        ...options(
          [["", "All subjects"], ...allSubjects.data.map(({ slug, title }) => [slug, title] as const)],
          SUBJECT_SLUG,
        ),
      );
    }
    if (allGrades.ok) {
      const rows = allGrades.data.map(({ number, title }) => [String(number), title] as const);
      fill(grades, ...options([["", "All grades"], ...rows], String(gradeNumber)));
    }
  }

  void fillChoices();
  void search();
  return el(
    "div",
    { class: "picker" },
    ...first,
    el("h3", {}, "What would you like to practise?"),
    el(
      "form",
      { class: "filters", role: "search", submit: (event) => event.preventDefault() },
      el("div", { class: "field" }, el("label", { for: "subject" }, "Subject"), subjects),
      el("div", { class: "field" }, el("label", { for: "grade" }, "Grade"), grades),
      el("div", { class: "field words" }, el("label", { for: "words" }, "Search"), words),
    ),
    found,
    list,
    more,
  );
}

function options(rows: readonly (readonly [string, string])[], chosen: string): HTMLElement[] {
  return rows.map(([value, text]) => el("option", { value, selected: value === chosen }, text));
}

function skillButton(skill: ListedSkillDto, onPick: PickerOptions["onPick"]): HTMLElement {
  return el(
    "button",
    { type: "button", class: "skill", click: () => onPick(skill) },
    el("span", { class: "skill-code" }, skill.code),
    el(
      "span",
      { class: "skill-text" },
      el("span", { class: "skill-title" }, skill.title),
      el("span", { class: "skill-topic" }, skill.topic_title ?? ""),
    ),
    icon("next"),
  );
}
