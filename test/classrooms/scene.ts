import { newJoinCode, newParentCode } from "../../src/classrooms/codes.ts";
import { codeHash } from "../../src/classrooms/parents/invite-parent.ts";
import type { Role } from "../../src/http/roles.ts";
import { servicesWith } from "../worker/apps.ts";
import { sql } from "../worker/client.ts";
import type { Person } from "./school.ts";

/** Everybody that a route can be called by, by what they have to do with the class and the child of a scene. */
export const CALLERS = [
  "owner",
  "coTeacher",
  "deactivated",
  "removedTeacher",
  "otherTeacher",
  "child",
  "classmate",
  "removed",
  "otherStudent",
  "parent",
  "otherParent",
  "admin",
] as const;

export type Caller = (typeof CALLERS)[number];

export type People = Readonly<Record<Caller, Person>>;

/** Part of every name, address and title of a scene: what nobody may read who has nothing to do with it. */
export const SECRET = "einzigartig";

const ROLE_OF: Readonly<Record<Caller, Role>> = {
  owner: "TEACHER",
  coTeacher: "TEACHER",
  deactivated: "TEACHER",
  removedTeacher: "TEACHER",
  otherTeacher: "TEACHER",
  child: "STUDENT",
  classmate: "STUDENT",
  removed: "STUDENT",
  otherStudent: "STUDENT",
  parent: "PARENT",
  otherParent: "PARENT",
  admin: "ADMIN",
};

const { tokens } = servicesWith({});

/** All of these, who are in nothing else, signed in; the account of one was deactivated since. */
async function newPeople(): Promise<People> {
  const rows = CALLERS.map((caller) => {
    const id = crypto.randomUUID();
    return { id, caller, role: ROLE_OF[caller], name: `${caller} ${SECRET}`, email: `${id}@${SECRET}.example` };
  });
  await sql(
    `insert into users (id, email, full_name, role, password_hash, is_active)
     select id, email, name, role, '', caller <> 'deactivated'
     from jsonb_to_recordset($1::jsonb) as person (id uuid, email text, name text, role text, caller text)`,
    [JSON.stringify(rows)],
  );
  const signedIn = rows.map(async ({ caller, id, role, name, email }) => {
    return [caller, { id, name, email, token: await tokens.issue({ userId: id, role }, Date.now()) }] as const;
  });
  return Object.fromEntries(await Promise.all(signedIn)) as Record<Caller, Person>;
}

/** What a route can be about: a class with all that belongs to it, and one student. */
export type Scene = {
  readonly people: People;
  /** The student that the scene is about. */
  readonly student: Person;
  readonly classroomId: string;
  readonly title: string;
  readonly joinCode: string;
  readonly groupId: string;
  readonly assignmentId: string;
  /** Of the student: a finished session on record, and a certificate. */
  readonly sessionId: string;
  readonly certificate: string;
  /** Invites a parent of the student, whoever they are. */
  readonly parentCode: string;
};

export type Setting = "open" | "archived" | "removed";

/** What a co-teacher leaves behind who was taken out of a class. */
async function teachAndBeTakenOut(classroomId: string, { id }: Person): Promise<void> {
  await sql("insert into classroom_teachers (classroom_id, teacher_id) values ($1, $2)", [classroomId, id]);
  await sql("delete from classroom_teachers where classroom_id = $1 and teacher_id = $2", [classroomId, id]);
}

/**
 * A class of the owner's with two co-teachers, the child and a classmate in it, a group, an assignment, and the links of
 * both parents; a third co-teacher was taken out. Another teacher's class has the other student in it. The child, the
 * student who has left and the other student have answered a question each.
 */
export async function newScene(setting: Setting): Promise<Scene> {
  const people = await newPeople();
  const id = () => crypto.randomUUID();
  const joinCode = newJoinCode();
  const parentCode = newParentCode();
  const student = setting === "removed" ? people.removed : people.child;
  const scene = {
    classroomId: id(),
    groupId: id(),
    assignmentId: id(),
    sessionId: id(),
    certificate: id().replaceAll("-", "").slice(0, 20).toUpperCase(),
    title: `Klasse ${SECRET}`,
  };
  const { owner, coTeacher, deactivated, otherTeacher, child, classmate, removed, otherStudent, parent, otherParent } =
    people;
  const practised = [child, removed, otherStudent].map((each) => ({
    student: each.id,
    session: each === student ? scene.sessionId : id(),
  }));
  await sql(
    `with given as (select $1::jsonb as it),
     class as (
       insert into classrooms (id, teacher_id, title, grade_id, join_code, archived_at)
       select (it ->> 'classroomId')::uuid, (it ->> 'owner')::uuid, it ->> 'title', 7, it ->> 'joinCode',
         case when it ->> 'setting' = 'archived' then now() end
       from given returning id),
     co as (
       insert into classroom_teachers (classroom_id, teacher_id)
       select id, value::uuid from class, given, jsonb_array_elements_text(it -> 'coTeachers')),
     elsewhere as (
       insert into classrooms (id, teacher_id, title, grade_id)
       select gen_random_uuid(), (it ->> 'otherTeacher')::uuid, 'Another', 7 from given returning id),
     others as (
       insert into enrolments (classroom_id, student_id)
       select id, (it ->> 'otherStudent')::uuid from elsewhere, given),
     pupils as (
       insert into enrolments (classroom_id, student_id)
       select id, value::uuid from class, given, jsonb_array_elements_text(it -> 'pupils') returning student_id),
     class_group as (
       insert into classroom_groups (id, classroom_id, title)
       select (it ->> 'groupId')::uuid, id, 'Gruppe' from class, given returning id),
     members as (
       insert into group_members (group_id, student_id) select class_group.id, pupils.student_id from class_group, pupils),
     assignment as (
       insert into assignments (id, classroom_id, skill_id)
       select (it ->> 'assignmentId')::uuid, id, 1 from class, given returning id),
     work as (
       insert into assigned_work (assignment_id, student_id, skill_id)
       select assignment.id, value::uuid, 1 from assignment, given,
         jsonb_array_elements_text((it -> 'pupils') || jsonb_build_array(it ->> 'removed'))),
     links as (
       insert into guardians (parent_id, student_id)
       select (it ->> 'parent')::uuid, (it ->> 'child')::uuid from given
       union all select (it ->> 'otherParent')::uuid, (it ->> 'classmate')::uuid from given
       on conflict do nothing),
     practised as (
       select student, session from given, jsonb_to_recordset(it -> 'practised') as each (student uuid, session uuid)),
     session as (
       insert into practice_sessions (id, student_id, skill_id, started_at, finished_at, finished_reason, last_activity_at,
         active_ms, inactivity_threshold_sec, answered, correct, smartscore, best_smartscore, streak, max_streak, state)
       select session, student, 1, now(), now(), 'FINISHED', now(), 1000, 60, 1, 0, 0, 0, 0, 0, '{}' from practised),
     answer as (
       insert into attempts (id, session_id, student_id, skill_id, question_id, level, question, correct_answer,
         submitted_answer, is_correct, answered_at, day, time_spent_sec, active_ms, smartscore_before, smartscore_after,
         change_reason)
       select gen_random_uuid(), session, student, 1, 1, 2,
         '{"type":"MCQ","prompt":"?","data":{"choices":[{"id":"A","text":"1"},{"id":"B","text":"2"}]}}', '{"choice":"B"}',
         '{"choice":"A"}', false, now(), now()::date, 1, 1000, 0, 0, 'zone' from practised),
     progress as (
       insert into skill_progress (student_id, skill_id, best_smartscore, last_smartscore, questions, correct, active_ms,
         last_practiced_at)
       select student, 1, 0, 0, 1, 0, 1000, now() from practised),
     days as (
       insert into practice_days (student_id, day, skill_id, questions, correct, active_ms, first_smartscore,
         last_smartscore, best_smartscore, last_practiced_at)
       select student, now()::date, 1, 1, 0, 1000, 0, 0, 0, now() from practised),
     certificate as (
       insert into certificates (code, student_id, skill_id, type, student_name, earned_at, day)
       select it ->> 'certificate', (it ->> 'student')::uuid, 1, 'EXCELLENCE', it ->> 'title', now(), now()::date from given
       on conflict on constraint certificates_once do update set code = excluded.code, revoked_at = null)
     insert into parent_codes (code_hash, student_id, created_by, expires_at)
     select it ->> 'codeHash', (it ->> 'student')::uuid, (it ->> 'owner')::uuid, now() + interval '1 day' from given`,
    [
      JSON.stringify({
        ...scene,
        setting,
        joinCode,
        codeHash: await codeHash(parentCode),
        owner: owner.id,
        coTeachers: [coTeacher.id, deactivated.id],
        otherTeacher: otherTeacher.id,
        otherStudent: otherStudent.id,
        practised,
        pupils: [child.id, classmate.id],
        student: student.id,
        child: child.id,
        classmate: classmate.id,
        removed: removed.id,
        parent: parent.id,
        otherParent: otherParent.id,
      }),
    ],
  );
  await teachAndBeTakenOut(scene.classroomId, people.removedTeacher);
  return { ...scene, people, student, joinCode, parentCode };
}
