import { Picture, type Seat } from "./picture.ts";
import type { Plan } from "./plan.ts";

/** What a class's object keeps while somebody looks, so that it survives being put out of memory. */
export type Watch = Plan & { readonly classroomId: string; readonly picture: Picture };

/**
 * - `watch`: one row. Which class, who teaches it (a JSON array of ids), when its roll is read again, and when its students
 *   are asked again; who has not answered (JSON).
 * - `seats`: a row a student, as JSON, in the order of the roll (`place`).
 *
 * All of it is made when the first teacher comes and dropped when the last one goes. A deploy ends every connection, so
 * that no version ever reads what another one wrote.
 */
const SCHEMA = `
  CREATE TABLE watch (classroom_id TEXT NOT NULL, teacher_ids TEXT NOT NULL, next_roll INTEGER NOT NULL, next_ask INTEGER NOT NULL,
    unheard TEXT NOT NULL);
  CREATE TABLE seats (student_id TEXT PRIMARY KEY, place INTEGER NOT NULL, seat TEXT NOT NULL) WITHOUT ROWID;`;

/** Stores a watch that begins, where nothing is stored. */
export function createWatch({ sql }: DurableObjectStorage, watch: Watch): void {
  const { classroomId, teacherIds, nextRollMs, nextAskMs, unheard } = watch;
  sql.exec(SCHEMA);
  sql.exec(
    "INSERT INTO watch (classroom_id, teacher_ids, next_roll, next_ask, unheard) VALUES (?, ?, ?, ?, ?)",
    classroomId,
    JSON.stringify(teacherIds),
    nextRollMs,
    nextAskMs,
    JSON.stringify(unheard),
  );
  insertSeats(sql, watch.picture);
}

/** The watch that is stored; null where there is none. */
export function loadWatch({ sql }: DurableObjectStorage): Watch | null {
  if (sql.exec("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'watch'").toArray().length === 0)
    return null;
  const row = sql
    .exec<{ classroom_id: string; teacher_ids: string; next_roll: number; next_ask: number; unheard: string }>(
      "SELECT classroom_id, teacher_ids, next_roll, next_ask, unheard FROM watch",
    )
    .one();
  const seats = sql.exec<{ seat: string }>("SELECT seat FROM seats ORDER BY place").toArray();
  const picture = new Picture(seats.map(({ seat }) => JSON.parse(seat) as Seat));
  return {
    classroomId: row.classroom_id,
    picture,
    teacherIds: JSON.parse(row.teacher_ids) as string[],
    nextRollMs: row.next_roll,
    nextAskMs: row.next_ask,
    unheard: JSON.parse(row.unheard) as Plan["unheard"],
  };
}

/** Stores the seats of these students as they are now. */
export function saveSeats({ sql }: DurableObjectStorage, picture: Picture, studentIds: readonly string[]): void {
  for (const id of studentIds) {
    sql.exec("UPDATE seats SET seat = ? WHERE student_id = ?", JSON.stringify(picture.seatOf(id)), id);
  }
}

/** Stores all seats anew: students came, went or changed their names. */
export function saveRoll({ sql }: DurableObjectStorage, picture: Picture): void {
  sql.exec("DELETE FROM seats");
  insertSeats(sql, picture);
}

/** Stores a watch's plan as it is now. */
export function savePlan({ sql }: DurableObjectStorage, { teacherIds, nextRollMs, nextAskMs, unheard }: Plan): void {
  sql.exec(
    "UPDATE watch SET teacher_ids = ?, next_roll = ?, next_ask = ?, unheard = ?",
    JSON.stringify(teacherIds),
    nextRollMs,
    nextAskMs,
    JSON.stringify(unheard),
  );
}

function insertSeats(sql: SqlStorage, picture: Picture): void {
  for (const [place, seat] of picture.seats.entries()) {
    sql.exec("INSERT INTO seats (student_id, place, seat) VALUES (?, ?, ?)", seat.id, place, JSON.stringify(seat));
  }
}
