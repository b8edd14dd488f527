import { dataOf, send } from "./client.ts";
import { newEmail, PASSWORD, signIn } from "./people.ts";
import type { Recipe } from "./recipe.ts";

const TEMPLATE = {
  type: "NUMERIC",
  level: 5,
  variables: { a: { type: "integer", from: 12, to: 99 }, b: { type: "integer", from: 12, to: 99 } },
  prompt: "What is {{a}} × {{b}}?",
  explanation: "{{a}} × {{b}} = {{answer}}",
  answer: { value: "a * b" },
};

const QUESTIONS_CSV = [
  "skill,type,level,prompt,data,correct_answer,explanation",
  'math/5/A.1,NUMERIC,2,What is 12 × 11?,{},"{""value"":132}","12 × 11 = 120 + 12."',
].join("\r\n");

/** Of each thing that an admin keeps, by its path and its name in operation ids: one that can be made any number of times. */
const THINGS: readonly { readonly path: string; readonly name: string; readonly make: () => object }[] = [
  { path: "subjects", name: "Subject", make: () => ({ slug: word(), title: "Proof" }) },
  { path: "topics", name: "Topic", make: () => ({ slug: word(), title: "Proof" }) },
  { path: "skills", name: "Skill", make: () => ({ subject_id: 1, grade_id: 7, code: word(), title: "Proof" }) },
  {
    path: "questions",
    name: "Question",
    make: () => ({
      skill_id: 16,
      type: "NUMERIC",
      prompt: "What is 7 × 8?",
      data: {},
      correct_answer: { value: 56 },
      level: 5,
    }),
  },
  { path: "questions/templates", name: "Template", make: () => ({ skill_id: 16, template: TEMPLATE }) },
  {
    path: "users",
    name: "User",
    make: () => ({ email: newEmail(), password: PASSWORD, full_name: "Pat Proof", role: "TEACHER" }),
  },
];

const word = () => `prove-${crypto.randomUUID().slice(0, 13)}`;

/** The routes of one thing: made anew, with a key and without, and read, changed and deleted where one was just made. */
const recipesOf = ({ path, name, make }: (typeof THINGS)[number]): [string, readonly Recipe[]][] => {
  const create = async (token: string, baseUrl: string) => {
    const sent = { method: "POST", path: `/api/v1/admin/${path}`, token, body: make() };
    const { id } = await dataOf<{ id: number | string }>(send(baseUrl, sent), `a new ${name}`);
    return String(id);
  };
  const ofOne: Recipe = {
    prepare: async (baseUrl) => {
      const { access_token: token } = await signIn(baseUrl, "admin");
      return { token, id: await create(token, baseUrl) };
    },
  };
  return [
    [
      `adminCreate${name}`,
      [
        { prepare: async () => ({ body: make() }) },
        {
          name: `adminCreate${name}, with a key`,
          prepare: async () => ({ body: make(), headers: { "Idempotency-Key": crypto.randomUUID() } }),
        },
      ],
    ],
    ...["Read", "Change", "Delete"].map((verb): [string, readonly Recipe[]] => [`admin${verb}${name}`, [ofOne]]),
  ];
};

/** All grades that there can be are there: one is deleted to be made, and another made, where it is gone, to be deleted. */
function withGrade(number: number, shouldBeThere: boolean): NonNullable<Recipe["prepare"]> {
  const path = "/api/v1/admin/grades";
  const body = { number, title: `Grade ${number}` };
  type Grade = { readonly id: number; readonly number: number };
  return async (baseUrl) => {
    const { access_token: token } = await signIn(baseUrl, "admin");
    const grades = await dataOf<Grade[]>(send(baseUrl, { method: "GET", path, token }), "grades");
    const there = grades.find((grade) => grade.number === number);
    if (shouldBeThere) {
      const { id } = there ?? (await dataOf<Grade>(send(baseUrl, { method: "POST", path, token, body }), "a grade"));
      return { token, id: String(id) };
    }
    if (there) await dataOf(send(baseUrl, { method: "DELETE", path: `${path}/${there.id}`, token }), "no grade");
    return { token, body };
  };
}

export const ADMIN_RECIPES: Readonly<Record<string, readonly Recipe[]>> = {
  ...Object.fromEntries(THINGS.flatMap(recipesOf)),
  adminResetPassword: [
    {
      prepare: async (baseUrl) => {
        const { access_token: token } = await signIn(baseUrl, "admin");
        const body = { email: newEmail(), password: PASSWORD, full_name: "Pat Proof", role: "TEACHER" };
        const sent = { method: "POST", path: "/api/v1/admin/users", token, body };
        return { token, id: (await dataOf<{ id: string }>(send(baseUrl, sent), "a new user")).id };
      },
    },
  ],
  // One that is sent needs nothing else.
  adminPreviewTemplate: [
    {
      withoutPostgres: "served",
      withoutPostgresCold: "served",
      prepare: async () => ({ body: { template: TEMPLATE, seed: 1 } }),
    },
  ],
  adminExport: [{ prepare: async () => ({ path: "/api/v1/admin/export?kind=questions" }) }],
  adminImport: [
    {
      prepare: async () => ({
        path: "/api/v1/admin/import?kind=questions&dry_run=true",
        body: QUESTIONS_CSV,
        headers: { "Content-Type": "text/csv" },
      }),
    },
  ],
  adminCreateGrade: [{ prepare: withGrade(12, false) }],
  adminDeleteGrade: [{ prepare: withGrade(11, true) }],
};
