import { sql } from "drizzle-orm";
import { z } from "../../http/zod.ts";
import {
  type MissedRow,
  MOST_SPOTS,
  missed,
  missedColumns,
  restOfSpots,
  type SpotRow,
  spotColumns,
  spots,
} from "../figures/spots.ts";
import { classMembers, classOf, exampleClass } from "../kit/class-data.ts";
import { classReport, readClassParts } from "../kit/class-report.ts";
import { countColumns, type StudentRow, skillName, studentColumns } from "../kit/columns.ts";
import { skillNames, skillTables, untilClosed } from "../kit/figures.ts";
import { reportFrom } from "../kit/report.ts";
import { period, skillFilters } from "../kit/report-query.ts";
import { classScopeOf } from "../kit/scope.ts";
import { sheetOf } from "../kit/sheet.ts";
import { column, tableOf } from "../kit/table.ts";

const DAYS = 30;

type ClassSpotRow = SpotRow & { students: number };
type InTrouble = {
  student_id: string;
  skill_id: number;
  questions: number;
  correct: number;
  wrong: number;
};
type ScoreRow = { student_id: string; skill_id: number; smartscore: number };
type InTroubleRow = InTrouble & ScoreRow & StudentRow & { skill_name: string };

const skills = tableOf<ClassSpotRow>()("ClassTroubleSpot", {
  ...spotColumns,
  students: column.count("Students with a wrong answer", 7, (row) => row.students),
});
const students = tableOf<InTroubleRow>()("ClassTroubleSpotStudent", {
  ...skillName,
  ...studentColumns,
  wrong: column.count("Their wrong answers", 4, (row) => row.wrong),
  ...countColumns,
  smartscore: column.score("Their current SmartScore", 58, (row) => row.smartscore),
});
const questions = tableOf<MissedRow>()("ClassMissedQuestion", { ...studentColumns, ...missedColumns });

const data = z
  .object({
    ...classMembers,
    skills: z.array(skills.schema),
    students: z.array(students.schema),
    missed_questions: z.array(questions.schema),
  })
  .openapi("ClassTroubleSpots");

type ClassTroubleSpotsDto = z.output<typeof data>;

/** Where a class is wrong most often: who, with which score, and the questions that they missed. */
export const classTroubleSpotsReport = classReport({
  name: "trouble-spots",
  path: "/teacher/classrooms/{id}/trouble-spots",
  operationId: "readClassTroubleSpots",
  summary: "A class's trouble spots: the skills with the most wrong answers, whose, and the missed questions",
  description:
    "The last 30 days unless others are asked for. The 20 skills with the most wrong answers, the most first, with each " +
    "student who gave one, and of each skill the 5 questions that were missed last; with `skill_id` 100.",
  query: { ...period, ...skillFilters },
  days: DAYS,
  data,
  example: {
    ...exampleClass,
    skills: [skills.example],
    students: [students.example],
    missed_questions: [questions.example],
  },
  sheets: {
    skills: sheetOf(skills, ({ skills }: ClassTroubleSpotsDto) => skills),
    students: sheetOf(students, ({ students }: ClassTroubleSpotsDto) => students),
    missed_questions: sheetOf(questions, ({ missed_questions }: ClassTroubleSpotsDto) => missed_questions),
  },
  read: async ({ db }, { who, asked }) => {
    const scope = classScopeOf(asked, DAYS);
    const shown = sql`ARRAY(SELECT skill_id FROM spots ORDER BY wrong DESC, skill_id LIMIT ${MOST_SPOTS})`;
    const {
      classroom,
      head,
      rows,
      students: roster,
    } = await readClassParts<{
      skills: ClassSpotRow;
      students: InTrouble;
      progress: ScoreRow;
      missed: MissedRow;
    }>(db, who, {
      asked,
      days: DAYS,
      ctes: spots("class", scope, MOST_SPOTS),
      parts: {
        skills: sql`
          SELECT ${skillNames}, spots.questions, spots.correct, spots.wrong, spots.students
          FROM spots ${skillTables(sql`spots.skill_id`)} ORDER BY spots.wrong DESC, spots.skill_id`,
        students: sql`
          SELECT skill_id, student_id, questions, correct, questions - correct AS wrong FROM practised
          WHERE questions > correct AND skill_id = ANY(${shown})`,
        progress: sql`
          SELECT skill_id, student_id, last_smartscore AS smartscore
          FROM (${untilClosed("class", classScopeOf({}))}) AS standing
          WHERE skill_id = ANY(${shown}) AND questions > correct`,
        missed: missed(scope, MOST_SPOTS),
      },
    });
    const spotsShown = rows.skills.slice(0, MOST_SPOTS);
    const scores = new Map(rows.progress.map((row) => [keyOf(row), row.smartscore]));
    const inTrouble = Map.groupBy(rows.students, ({ skill_id }) => skill_id);
    const data = {
      ...classOf(classroom),
      skills: spotsShown.map(skills.row),
      students: spotsShown.flatMap(({ skill_id, skill_name }) =>
        (inTrouble.get(skill_id) ?? [])
          .toSorted((a, b) => b.wrong - a.wrong || roster.compare(a, b))
          .flatMap((row) => roster.named({ ...row, skill_name, smartscore: scores.get(keyOf(row)) ?? 0 }) ?? [])
          .map(students.row),
      ),
      missed_questions: rows.missed.map(questions.row),
    };
    return reportFrom(data, head, asked, restOfSpots(rows));
  },
});

const keyOf = ({ student_id, skill_id }: Pick<ScoreRow, "student_id" | "skill_id">) => `${student_id} ${skill_id}`;
