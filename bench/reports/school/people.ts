import type { Size } from "./size.ts";

export const ADMIN = "admin@school.example";

/** Where most of them live: their days are not those of UTC. */
const ZONE = "America/New_York";

const FIRST = `ARRAY['Ana', 'Ben', 'Chloë', 'Dmitri', 'Łucja', 'Femi', 'Grace', 'Hiro', 'Ines', 'João', 'Karim', 'Lena', 'Mei', 'Ngân',
  'Олена', 'Priya', 'Ruth', 'Sam', 'Tuğba', 'Wren', 'Ελένη', 'Zoë']`;
const LAST = `ARRAY['Abara', 'Brown', 'Costa', 'Đặng', 'Eriksen', 'Fischer', 'García', 'Haddad', 'Ito', 'Jones', 'Коваленко', 'Łuczak', 'Müller',
  'Nguyễn', 'O''Neill', 'Παπαδάκης', 'Rossi', 'Şahin', 'Tanaka', 'Weber', 'Žukauskas']`;

/**
 * Students, teachers with a class each, co-teachers, parents of every third student, groups, and an admin. Each class has
 * `classSize` students in a row, so that those at its ends are in two; `shelf` is where the skills of a grade begin.
 */
export const people = ({ students, teachers, skills, classSize }: Size, passwordHash: string): readonly string[] => [
  `CREATE TEMP TABLE numbered_students AS
   SELECT number, pg_temp.id_at(timestamptz '2026-01-01', 'student ' || number) AS id,
     pg_temp.chance('talent ' || number) AS talent, pg_temp.chance('keen ' || number) AS keen,
     number * ${teachers} / ${students} AS class,
     number * ${teachers} / ${students} * 3 % ${skills} AS shelf
   FROM generate_series(0, ${students - 1}) AS number`,

  `CREATE TEMP TABLE numbered_classes AS
   SELECT number, pg_temp.id_at(timestamptz '2026-01-02', 'class ' || number) AS id,
     pg_temp.id_at(timestamptz '2026-01-01', 'teacher ' || number) AS teacher_id, number * 3 % ${skills} AS shelf
   FROM generate_series(0, ${teachers - 1}) AS number`,

  `INSERT INTO users (id, email, username, password_hash, full_name, role, grade_level, time_zone, created_at)
   SELECT id, NULL, 'pupil' || number, '${passwordHash}',
     pg_temp.one_of(${FIRST}, 'first ' || number) || ' ' || pg_temp.one_of(${LAST}, 'last ' || number), 'STUDENT',
     3 + class % 6, '${ZONE}', timestamptz '2026-01-01' FROM numbered_students
   UNION ALL
   SELECT teacher_id, 'teacher' || number || '@school.example', NULL, '${passwordHash}',
     pg_temp.one_of(${FIRST}, 'teacher ' || number) || ' ' || pg_temp.one_of(${LAST}, 'name ' || number), 'TEACHER',
     NULL, '${ZONE}', timestamptz '2026-01-01' FROM numbered_classes
   UNION ALL
   SELECT pg_temp.id_at(timestamptz '2026-01-03', 'parent ' || number), 'parent' || number || '@home.example', NULL,
     '${passwordHash}', 'Parent ' || number, 'PARENT', NULL, '${ZONE}', timestamptz '2026-01-03'
   FROM numbered_students WHERE number % 3 = 0
   UNION ALL
   SELECT pg_temp.id_at(timestamptz '2026-01-01', 'admin'), '${ADMIN}', NULL, '${passwordHash}', 'Ada Admin',
     'ADMIN', NULL, NULL, timestamptz '2026-01-01'`,

  `INSERT INTO guardians (parent_id, student_id)
   SELECT pg_temp.id_at(timestamptz '2026-01-03', 'parent ' || number), id FROM numbered_students WHERE number % 3 = 0`,

  `INSERT INTO classrooms (id, teacher_id, title, grade_id, time_zone, created_at)
   SELECT numbered_classes.id, teacher_id, 'Class ' || numbered_classes.number + 1, grades.id, '${ZONE}',
     timestamptz '2026-01-02'
   FROM numbered_classes JOIN grades ON grades.number = 3 + numbered_classes.number % 6`,

  `INSERT INTO classroom_teachers (classroom_id, teacher_id)
   SELECT one.id, other.teacher_id FROM numbered_classes AS one
   JOIN numbered_classes AS other ON other.number = (one.number + 1) % ${teachers} AND other.number <> one.number`,

  `CREATE TEMP TABLE seats AS
   SELECT classes.id AS classroom_id, students.id AS student_id, students.number, place
   FROM numbered_classes AS classes CROSS JOIN generate_series(0, ${Math.min(classSize, students) - 1}) AS place
   JOIN numbered_students AS students ON students.number = (classes.number * ${students} / ${teachers} + place) % ${students}`,

  `INSERT INTO enrolments (classroom_id, student_id, enrolled_at)
   SELECT classroom_id, student_id, timestamptz '2026-01-04' FROM seats`,

  `INSERT INTO classroom_groups (id, classroom_id, title)
   SELECT pg_temp.id_at(timestamptz '2026-01-05', 'group ' || id || third), id, 'Group ' || third
   FROM numbered_classes CROSS JOIN generate_series(1, 3) AS third`,

  `INSERT INTO group_members (group_id, student_id)
   SELECT pg_temp.id_at(timestamptz '2026-01-05', 'group ' || classroom_id || (1 + place % 3)), student_id FROM seats`,
];
