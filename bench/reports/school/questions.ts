import type { Size } from "./size.ts";

/** Choices for questions of templates, which are not run here: what a record keeps of them is of the same form and length. */
const CHOICES = `'[{"id":"A","text":"as it should be"},{"id":"B","text":"a little too much"},{"id":"C","text":"the other way round"},{"id":"D","text":"nothing of the kind"}]'::jsonb`;

/** Every question that may be asked: the catalog's stored ones and, as one each, its templates; with typical wrong answers. */
export const questions = ({ skills }: Size): readonly string[] => [
  `CREATE TEMP TABLE numbered_skills AS
   SELECT id, row_number() OVER (ORDER BY id) - 1 AS number FROM skills WHERE is_published ORDER BY id LIMIT ${skills}`,

  `CREATE TEMP TABLE items AS
   WITH asked AS (
     SELECT skill_id, id::bigint AS question_id, NULL::uuid AS template_id, level, type, prompt, data, correct_answer,
       explanation
     FROM questions
     UNION ALL
     SELECT skill_id, NULL, id, level, body ->> 'type', body ->> 'prompt',
       CASE WHEN body ->> 'type' IN ('MCQ', 'MULTI_SELECT') THEN jsonb_build_object('choices', ${CHOICES}) ELSE '{}' END,
       CASE body ->> 'type' WHEN 'MCQ' THEN '{"choice":"A"}' WHEN 'MULTI_SELECT' THEN '{"choices":["A","C"]}'
         WHEN 'NUMERIC' THEN '{"value":42}' ELSE '{"text":"forty-two"}' END::jsonb,
       coalesce(body ->> 'explanation', '')
     FROM question_templates
   )
   SELECT numbered_skills.number AS skill, asked.*,
     row_number() OVER (PARTITION BY skill_id ORDER BY question_id, template_id) - 1 AS number,
     count(*) OVER (PARTITION BY skill_id) AS items,
     CASE type
       WHEN 'MCQ' THEN ARRAY(SELECT jsonb_build_object('choice', choice ->> 'id')
         FROM jsonb_array_elements(data -> 'choices') AS choice WHERE choice ->> 'id' <> correct_answer ->> 'choice')
       WHEN 'MULTI_SELECT' THEN ARRAY(SELECT jsonb_build_object('choices', jsonb_build_array(choice ->> 'id'))
         FROM jsonb_array_elements(data -> 'choices') AS choice)
       WHEN 'NUMERIC' THEN ARRAY['{"value":7}', '{"value":41.5}', '{"value":420}', '{"value":-3}']::jsonb[]
       ELSE ARRAY['{"text":"no idea"}', '{"text":"fourty two"}', '{"text":"?"}']::jsonb[] END AS wrong
   FROM asked JOIN numbered_skills ON numbered_skills.id = asked.skill_id`,

  `CREATE INDEX ON items (skill, number)`,
];
