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

/** Ten people who are in nothing else, signed in. */
async function newPeople(): Promise<People> {
  const rows = CALLERS.map((caller) => {
    const id = crypto.randomUUID();
    return { id, caller, role: ROLE_OF[caller], name: `${caller} ${SECRET}`, email: `${id}@${SECRET}.example` };
  });
  await sql(
    `insert into users (id, email, full_name, role, password_hash)
     select id, email, name, role, '' from jsonb_to_recordset($1::jsonb) as person (id uuid, email text, name text, role text)`,
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

/**
 * A class of the owner's with a co-teacher, the child and a classmate in it, a group, an assignment, a session of the
 * child's, and the links of both parents. Where it is about the removed student, they have left the class.
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
  const { owner, coTeacher, child, classmate, removed, parent, otherParent } = people;
  await sql(
    `with given as (select $1::jsonb as it),
     class as (
       insert into classrooms (id, teacher_id, title, grade_id, join_code, archived_at)
       select (it ->> 'classroomId')::uuid, (it ->> 'owner')::uuid, it ->> 'title', 7, it ->> 'joinCode',
         case when it ->> 'setting' = 'archived' then now() end
       from given returning id),
     co as (insert into classroom_teachers (classroom_id, teacher_id) select id, (it ->> 'coTeacher')::uuid from class, given),
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
     session as (
       insert into practice_sessions (id, student_id, skill_id, started_at, finished_at, finished_reason, last_activity_at,
         active_ms, inactivity_threshold_sec, answered, correct, smartscore, best_smartscore, streak, max_streak, state)
       select (it ->> 'sessionId')::uuid, (it ->> 'student')::uuid, 1, now(), now(), 'FINISHED', now(), 1000, 60, 0, 0, 0,
         0, 0, 0, '{}' from given),
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
        coTeacher: coTeacher.id,
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
  return { ...scene, people, student, joinCode, parentCode };
}
