import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { z } from "../../http/zod.ts";
import type { ImportKind, Json } from "../import/kinds.ts";

/** A page ends after so many rows, or after so much text: what Neon gives at once is 10 MB. */
const PAGE_ROWS = 1_000;
const PAGE_CHARACTERS = 2_000_000;

const SKILL_NAME = sql`subjects.slug || '/' || grades.number || '/' || skills.code`;

const NAMES_OF_PREREQUISITES = sql`(
  select coalesce(jsonb_agg(its_subject.slug || '/' || its_grade.number || '/' || needed.code
    order by its_subject.slug collate "C", its_grade.number, needed.code collate "C"), '[]')
  from skill_prerequisites
  join skills as needed on needed.id = prerequisite_id
  join subjects as its_subject on its_subject.id = needed.subject_id
  join grades as its_grade on its_grade.id = needed.grade_id
  where skill_id = skills.id)`;

type Export = {
  readonly from: SQL;
  /** The same order on every database, and by an index where there are many. */
  readonly order: SQL;
  /** What tells where a row is in that order, as a JSON list; and the rows that come after it. */
  readonly key: SQL;
  readonly after: (key: SQL) => SQL;
  readonly item: SQL;
};

const OF_SKILL = sql`join skills on skills.id = skill_id join subjects on subjects.id = subject_id join grades on grades.id = grade_id`;

const SKILL_ORDER = sql`subjects.slug collate "C", grades.number, skills.code collate "C"`;

const EXPORTS: Readonly<Record<ImportKind, Export>> = {
  skills: {
    from: sql`skills join subjects on subjects.id = subject_id join grades on grades.id = grade_id
      left join topics on topics.id = topic_id`,
    order: SKILL_ORDER,
    key: sql`jsonb_build_array(subjects.slug, grades.number, skills.code)`,
    after: (key) => sql`(${SKILL_ORDER}) > (${key} ->> 0, (${key} ->> 1)::smallint, ${key} ->> 2)`,
    item: sql`jsonb_build_object(
      'permacode', permacode, 'subject_slug', subjects.slug, 'grade_number', grades.number, 'topic_slug', topics.slug,
      'code', skills.code, 'title', skills.title, 'description', skills.description, 'tags', to_jsonb(tags),
      'difficulty', difficulty, 'example_url', example_url, 'video_url', video_url, 'is_published', skills.is_published,
      'standards', to_jsonb(standards), 'prerequisites', ${NAMES_OF_PREREQUISITES})`,
  },
  questions: {
    from: sql`questions ${OF_SKILL}`,
    order: sql`questions.id`,
    key: sql`jsonb_build_array(questions.id)`,
    after: (key) => sql`questions.id > (${key} ->> 0)::integer`,
    item: sql`jsonb_build_object(
      'id', questions.id, 'skill', ${SKILL_NAME}, 'type', type, 'level', level, 'prompt', prompt, 'data', data,
      'correct_answer', correct_answer, 'explanation', explanation)`,
  },
  templates: {
    from: sql`question_templates ${OF_SKILL}`,
    order: sql`question_templates.id`,
    key: sql`jsonb_build_array(question_templates.id)`,
    after: (key) => sql`question_templates.id > (${key} ->> 0)::uuid`,
    item: sql`jsonb_build_object('id', question_templates.id, 'skill', ${SKILL_NAME}, 'template', body)`,
  },
};

const page = z.array(z.object({ key: z.array(z.unknown()), item: z.record(z.string(), z.unknown()) }));

/** Every row of a kind as an import takes it, page by page; each page is as the catalog stands when it is read. */
export async function* exportRows({ query }: Database, kind: ImportKind): AsyncGenerator<Json[]> {
  const { from, order, key, after, item } = EXPORTS[kind];
  let last: readonly unknown[] | undefined;
  for (;;) {
    const { rows } = await query.execute(sql`
      select key, item from (
        select *, sum(length(item::text)) over (order by place) as characters from (
          select row_number() over (order by ${order}) as place, ${key} as key, ${item} as item
          from ${from} where ${last ? after(sql`${JSON.stringify(last)}::jsonb`) : sql`true`}
          order by ${order} limit ${PAGE_ROWS}
        ) as next
      ) as counted
      where place = 1 or characters <= ${PAGE_CHARACTERS}
      order by place`);
    const read = page.parse(rows);
    if (read.length > 0) yield read.map((row) => row.item);
    last = read.at(-1)?.key;
    if (!last) return;
  }
}
