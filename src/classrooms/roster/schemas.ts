import { fullName, gradeLevel } from "../../auth/schemas.ts";
import { username } from "../../auth/usernames.ts";
import { dataOf } from "../../http/envelope.ts";
import { flag } from "../../http/fields.ts";
import { z } from "../../http/zod.ts";

/** Of a pupil whom a roster made, in examples: the student of the others has an e-mail address. */
const EXAMPLE_PUPIL_ID = "0190a0de-0000-7000-8000-000000000011";

/** Rows that one roster may have. */
export const ROSTER_ROWS = 500;

/** One row, as it must be; a roster's are read one by one, so that each fault names its row. */
export const rosterRow = z
  .object({
    full_name: fullName.openapi({ example: "Ana López" }),
    grade_level: z
      .int("must be a whole number from −1 (Pre-K) and 0 (Kindergarten) to 12")
      .min(-1)
      .max(12)
      .openapi({ description: "−1 is Pre-K, 0 is Kindergarten.", example: 5 }),
    username: username.nullish().openapi({
      description: "Without one it is made from the name. Two pupils of one name and grade need one each.",
    }),
  })
  .openapi("RosterRow", { example: { full_name: "Ana López", grade_level: 5, username: "ana.lopez" } });

export const rosterBody = z
  .object({
    students: z
      .array(z.unknown())
      .min(1)
      .max(ROSTER_ROWS)
      .openapi({
        type: "array",
        minItems: 1,
        maxItems: ROSTER_ROWS,
        items: { $ref: "#/components/schemas/RosterRow" },
      }),
  })
  .openapi("Roster", {
    example: {
      students: [
        { full_name: "Ana López", grade_level: 5 },
        { full_name: "Ben Okafor", grade_level: 5, username: "ben.o" },
      ],
    },
  });

export const ROSTER_CSV_EXAMPLE = ["full_name,grade_level,username", "Ana López,5,", "Ben Okafor,5,ben.o", ""].join(
  "\r\n",
);

export const rosterQuery = z.object({
  dry_run: flag.optional().openapi({ description: "True: say what would happen, and make nobody" }),
});

const count = z.int().min(0);
const row = z.int().min(0).openapi({ description: "Counted from 1; the header of a CSV is row 0" });

/** What is wrong with a row. */
const rosterFault = z.object({
  row,
  column: z.string().openapi({ description: "Empty where it is the row as a whole" }),
  path: z.string().openapi({ description: "The path within the whole" }),
  message: z.string(),
});

const ROSTER_ACTIONS = ["create", "enrol", "none"] as const;

const rosterStudent = z.object({
  row,
  action: z.enum(ROSTER_ACTIONS).openapi({
    description: "A new account; one of another class of yours that comes into this one; nothing: is in it already",
  }),
  student_id: z.uuid().nullable().openapi({ description: "Null where there will be an account, in a dry run" }),
  full_name: z.string(),
  grade_level: gradeLevel,
  username: z.string().nullable().openapi({ description: "Null of a student who signs in by e-mail" }),
  password: z
    .string()
    .nullable()
    .openapi({ description: "The first password; null where it is another by now, and in a dry run" }),
});

export const rosterReport = z
  .object({
    dry_run: z.boolean().openapi({ description: "True: this is what would happen" }),
    created: count.openapi({ description: "New accounts" }),
    enrolled: count.openapi({ description: "Had an account and came into the class" }),
    unchanged: count.openapi({ description: "Were in the class already" }),
    students: z.array(rosterStudent).openapi({ description: "In the order of the rows" }),
    faults: z
      .array(rosterFault)
      .optional()
      .openapi({ description: "Of a dry run: what keeps the roster from being taken. Without one it can be" }),
  })
  .openapi("RosterReport", {
    example: {
      dry_run: false,
      created: 1,
      enrolled: 0,
      unchanged: 1,
      students: [
        {
          row: 1,
          action: "create",
          student_id: EXAMPLE_PUPIL_ID,
          full_name: "Ana López",
          grade_level: 5,
          username: "ana.lopez",
          password: "tiger-moon-427",
        },
        {
          row: 2,
          action: "none",
          student_id: "0190a0de-0000-7000-8000-000000000012",
          full_name: "Ben Okafor",
          grade_level: 5,
          username: "ben.o",
          password: null,
        },
      ],
    },
  });

const pupilPassword = z
  .object({
    student_id: z.uuid(),
    full_name: z.string(),
    username: z.string(),
    password: z.string().openapi({ description: "The new one; login cards show it until the pupil chooses another" }),
  })
  .openapi("PupilPassword", {
    example: {
      student_id: EXAMPLE_PUPIL_ID,
      full_name: "Ana López",
      username: "ana.lopez",
      password: "tiger-moon-427",
    },
  });

export const rosterReply = dataOf(rosterReport);
export const pupilPasswordReply = dataOf(pupilPassword);

export type RosterFault = z.output<typeof rosterFault>;
export type RosterReport = z.output<typeof rosterReport>;
export type PupilPassword = z.output<typeof pupilPassword>;
