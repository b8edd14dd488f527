import type { GradeDto, ListedSkillDto, SkillDto, SubjectDto } from "../../../catalog/schemas.ts";
import { type Reply, send } from "./api.ts";

export type SkillSearch = {
  readonly subjectSlug: string;
  readonly gradeNumber: string;
  readonly words: string;
  readonly count: number;
};

/** The published skills of a subject and grade, "" being any, with these words in their title, code or tags. */
export function findSkills({ subjectSlug, gradeNumber, words, count }: SkillSearch): Promise<Reply<ListedSkillDto[]>> {
  const query = new URLSearchParams({ page_size: String(count) });
  if (subjectSlug !== "") query.set("subject_slug", subjectSlug);
  if (gradeNumber !== "") query.set("grade_number", gradeNumber);
  if (words.trim() !== "") query.set("q", words.trim());
  return send({ method: "GET", path: `/skills?${query}` });
}

export const listSubjects = () => send<SubjectDto[]>({ method: "GET", path: "/subjects" });
export const listGrades = () => send<GradeDto[]>({ method: "GET", path: "/grades" });

const titles = new Map<number, Promise<string>>();

/** A skill's title, asked for once; its number where it is not to be had. */
export function skillTitle(id: number): Promise<string> {
  const known = titles.get(id);
  if (known !== undefined) return known;
  const asked = send<SkillDto>({ method: "GET", path: `/skills/${id}` }).then((reply) => {
    if (reply.ok) return reply.data.title;
    titles.delete(id);
    return `Skill ${id}`;
  });
  titles.set(id, asked);
  return asked;
}
