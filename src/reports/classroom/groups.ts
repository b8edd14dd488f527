import { sql } from "drizzle-orm";
import { z } from "../../http/zod.ts";
import { FALLING_SAID, isFalling, isStruggling, STRUGGLING_SAID } from "../figures/help.ts";
import { classMembers, classOf, exampleClass, requireSkill } from "../kit/class-data.ts";
import { classReport, readClassParts } from "../kit/class-report.ts";
import {
  countColumns,
  PROFICIENT,
  type SkillRow,
  type StudentRow,
  skillColumns,
  skillName,
  studentColumns,
} from "../kit/columns.ts";
import { ofDays, skillNames, skillTables, untilClosed } from "../kit/figures.ts";
import { reportFrom } from "../kit/report.ts";
import { period, score, shownScore, skillFilters } from "../kit/report-query.ts";
import { classScopeOf, ofSkills } from "../kit/scope.ts";
import { sheetOf } from "../kit/sheet.ts";
import { column, tableOf } from "../kit/table.ts";

const DAYS = 30;

/** So many skills come where none is named. */
const MOST_SKILLS = 10;

const GROUPS = ["READY", "NEEDS_HELP", "PRACTISING", "NOT_PRACTISED"] as const;

type MemberRow = StudentRow & {
  skill_id: number;
  skill_name: string;
  group: (typeof GROUPS)[number];
  smartscore: number | null;
  questions: number;
  correct: number;
};
type OfBoth = { student_id: string; skill_id: number };
type PractisedRow = OfBoth & { questions: number; correct: number; needs_help: boolean };
type ScoreRow = OfBoth & { smartscore: number };
type Grouped = SkillRow & { members: readonly MemberRow[] };
type NextRow = { skill_id: number; skill_name: string; next_skill_id: number; next_skill_name: string };

const members = tableOf<MemberRow>()("GroupMember", {
  ...skillName,
  group: column.oneOf(GROUPS, "Which group", "NEEDS_HELP", (row) => row.group),
  ...studentColumns,
  smartscore: column.scoreOrNull("The current or the best one; null without an answer", 58, (row) => row.smartscore),
  ...countColumns,
});

const inGroup = (group: MemberRow["group"]) => (row: Grouped) =>
  row.members.filter((member) => member.group === group).length;

const skills = tableOf<Grouped>()("GroupedSkill", {
  ...skillColumns,
  ready: column.count(`READY for the next skill: a SmartScore of ${PROFICIENT} or more`, 9, inGroup("READY")),
  needs_help: column.count(
    `NEEDS_HELP with this one: below that, and ${STRUGGLING_SAID}, or ${FALLING_SAID}`,
    4,
    inGroup("NEEDS_HELP"),
  ),
  practising: column.count("PRACTISING: below that, and neither", 6, inGroup("PRACTISING")),
  not_practised: column.count("NOT_PRACTISED: below that, and no answer in the period", 5, inGroup("NOT_PRACTISED")),
});

const next = tableOf<NextRow>()("GroupNextSkill", {
  ...skillName,
  next_skill_id: column.id("A skill that builds on it", 2, (row) => row.next_skill_id),
  next_skill_name: column.text("Its title", "Divide whole numbers", (row) => row.next_skill_name),
});

const data = z
  .object({
    ...classMembers,
    skills: z.array(skills.schema),
    students: z.array(members.schema),
    next_skills: z.array(next.schema),
  })
  .openapi("ClassGroups");

type ClassGroupsDto = z.output<typeof data>;

/** Whom to give the next skill, whom to help with this one, whom to get going. */
export const groupsReport = classReport({
  name: "groups",
  path: "/teacher/classrooms/{id}/groups",
  operationId: "readClassGroups",
  summary: "Groups to act on: ready for the next skill, needs help with this one, has not practised",
  description:
    "Each student of the class is in one group for each skill: with `skill_id` of that one, else of 10 skills, those " +
    "assigned last and then those that most students practised in the period, the last 30 days unless others are asked " +
    "for. Scores are of all time, `questions` and `correct` of the period.",
  query: { ...period, ...skillFilters, ...score },
  days: DAYS,
  data,
  example: { ...exampleClass, skills: [skills.example], students: [members.example], next_skills: [next.example] },
  sheets: {
    students: sheetOf(members, ({ students }: ClassGroupsDto) => students),
    skills: sheetOf(skills, ({ skills }: ClassGroupsDto) => skills),
    next_skills: sheetOf(next, ({ next_skills }: ClassGroupsDto) => next_skills),
  },
  read: async ({ db }, { who, asked }) => {
    const scope = classScopeOf(asked, DAYS);
    const { classroom, head, rows, students } = await readClassParts<{
      skills: SkillRow;
      practised: PractisedRow;
      progress: ScoreRow;
      next: NextRow;
    }>(db, who, {
      asked,
      days: DAYS,
      ctes: {
        practised: ofDays("class", scope),
        chosen: sql`
            SELECT skill_id, row_number() OVER (
              ORDER BY max(assigned_at) DESC NULLS LAST, max(students) DESC, skill_id) AS place
            FROM (
              SELECT skill_id, assigned_at, 0 AS students FROM assignments
              WHERE classroom_id = (SELECT id FROM head) AND ${ofSkills(sql`skill_id`, scope)}
              UNION ALL
              SELECT skill_id, NULL, count(*) FROM practised WHERE questions > 0 GROUP BY skill_id
              ${asked.skill_id === undefined ? sql`` : sql`UNION ALL SELECT id, NULL, 0 FROM skills WHERE id = ${asked.skill_id}::integer`}
            ) AS candidate GROUP BY skill_id ORDER BY place LIMIT ${MOST_SKILLS}`,
      },
      parts: {
        skills: sql`
            SELECT ${skillNames} FROM chosen ${skillTables(sql`chosen.skill_id`)} ORDER BY chosen.place`,
        practised: sql`
            SELECT student_id, skill_id, questions, correct,
              coalesce(${isStruggling(sql`practised`)} OR ${isFalling(sql`practised`)}, false) AS needs_help
            FROM practised WHERE skill_id IN (SELECT skill_id FROM chosen)`,
        progress: sql`
            SELECT student_id, skill_id, ${shownScore(asked.score)} AS smartscore
            FROM (${untilClosed("class", scope)}) AS standing
            WHERE skill_id = ANY(ARRAY(SELECT skill_id FROM chosen)) AND questions > 0`,
        next: sql`
            SELECT chosen.skill_id, skills.title AS skill_name, following.id AS next_skill_id,
              following.title AS next_skill_name
            FROM chosen JOIN skills ON skills.id = chosen.skill_id
            JOIN skill_prerequisites AS needing ON needing.prerequisite_id = chosen.skill_id
            JOIN skills AS following ON following.id = needing.skill_id AND following.is_published
            ORDER BY chosen.place, following.id`,
      },
    });
    if (asked.skill_id !== undefined) requireSkill(rows.skills);
    const practised = new Map(rows.practised.map((row) => [keyOf(row), row]));
    const scores = new Map(rows.progress.map((row) => [keyOf(row), row.smartscore]));
    const grouped = rows.skills.map((skill): Grouped => {
      const memberOf = (student: StudentRow): MemberRow => {
        const key = keyOf({ ...student, ...skill });
        const inPeriod = practised.get(key);
        const smartscore = scores.get(key) ?? null;
        return {
          skill_id: skill.skill_id,
          skill_name: skill.skill_name,
          ...student,
          smartscore,
          questions: inPeriod?.questions ?? 0,
          correct: inPeriod?.correct ?? 0,
          group: groupOf(smartscore, inPeriod),
        };
      };
      return { ...skill, members: students.all.map(memberOf) };
    });
    const data = {
      ...classOf(classroom),
      skills: grouped.map(skills.row),
      students: grouped.flatMap((skill) => skill.members.map(members.row)),
      next_skills: rows.next.map(next.row),
    };
    return reportFrom(data, head, asked);
  },
});

const keyOf = ({ student_id, skill_id }: OfBoth) => `${student_id} ${skill_id}`;

function groupOf(smartscore: number | null, inPeriod: PractisedRow | undefined): MemberRow["group"] {
  if (smartscore !== null && smartscore >= PROFICIENT) return "READY";
  if (inPeriod?.needs_help) return "NEEDS_HELP";
  return inPeriod && inPeriod.questions > 0 ? "PRACTISING" : "NOT_PRACTISED";
}
