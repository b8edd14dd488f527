import { EXAMPLE_STUDENT_ID } from "../../classrooms/schemas.ts";
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
  studentSpots,
} from "../figures/spots.ts";
import { reportFrom } from "../kit/report.ts";
import { period, skillFilters } from "../kit/report-query.ts";
import { scopeOf } from "../kit/scope.ts";
import { sheetOf } from "../kit/sheet.ts";
import { readStudentParts, studentReport } from "../kit/student-report.ts";
import { column, tableOf } from "../kit/table.ts";

const DAYS = 30;

export type StudentSpotRow = SpotRow & { smartscore: number };

export const studentSpotTable = tableOf<StudentSpotRow>()("TroubleSpot", {
  ...spotColumns,
  smartscore: column.score("The current SmartScore", 58, (row: StudentSpotRow) => row.smartscore),
});
const questions = tableOf<MissedRow>()("MissedQuestion", missedColumns);

const data = z
  .object({
    student_id: z.uuid(),
    skills: z.array(studentSpotTable.schema),
    missed_questions: z.array(questions.schema),
  })
  .openapi("TroubleSpots");

type TroubleSpotsDto = z.output<typeof data>;

/** Where one student is wrong most often, with the questions that they missed. */
export const troubleSpotsReport = studentReport({
  name: "trouble-spots",
  path: "/analytics/trouble-spots",
  operationId: "readTroubleSpots",
  summary: "A student's trouble spots: the skills with the most wrong answers, and the missed questions",
  description:
    "The last 30 days unless others are asked for. The 20 skills with the most wrong answers, the most first, and of each " +
    "the 5 questions that were missed last; with `skill_id` 100.",
  query: { ...period, ...skillFilters },
  days: DAYS,
  data,
  example: {
    student_id: EXAMPLE_STUDENT_ID,
    skills: [studentSpotTable.example],
    missed_questions: [questions.example],
  },
  sheets: {
    skills: sheetOf(studentSpotTable, ({ skills }: TroubleSpotsDto) => skills),
    missed_questions: sheetOf(questions, ({ missed_questions }: TroubleSpotsDto) => missed_questions),
  },
  read: async ({ db }, { who, asked }) => {
    const scope = scopeOf(asked, DAYS);
    const { head, rows } = await readStudentParts<{ skills: StudentSpotRow; missed: MissedRow }>(db, who, {
      asked,
      days: DAYS,
      ctes: spots("student", scope, MOST_SPOTS),
      parts: { skills: studentSpots, missed: missed(scope, MOST_SPOTS) },
    });
    const data = {
      student_id: who.studentId,
      skills: rows.skills.slice(0, MOST_SPOTS).map(studentSpotTable.row),
      missed_questions: rows.missed.map(questions.row),
    };
    return reportFrom(data, head, asked, restOfSpots(rows));
  },
});
