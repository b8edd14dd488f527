/**
 * The product as it is, but for one thing: every row that a student's object writes is counted, an alarm as one
 * (`rowsWritten` of SQLite's storage, which is what the platform counts and bills).
 */
import { StudentPractice as Product } from "../../src/index.ts";

export { LiveClassroom } from "../../src/index.ts";

import type { Bindings } from "../../src/bindings.ts";
import product from "../../src/index.ts";
import type { RowCounts } from "./counts.ts";

const counts: RowCounts = { answers: 0, byAnswers: 0, byOthers: 0 };
let isAnswering = false;

export class StudentPractice extends Product {
  constructor(state: DurableObjectState, bindings: Bindings) {
    countRows(state.storage);
    super(state, bindings);
  }

  /** Runs to its reply without a pause, so that what is written meanwhile is its own. */
  override submit(...command: Parameters<Product["submit"]>): ReturnType<Product["submit"]> {
    isAnswering = true;
    counts.answers += 1;
    const reply = super.submit(...command);
    isAnswering = false;
    return reply;
  }
}

function countRows(storage: DurableObjectStorage): void {
  const { sql } = storage;
  const exec = sql.exec.bind(sql);
  const setAlarm = storage.setAlarm.bind(storage);
  sql.exec = (...call: Parameters<typeof exec>) => {
    const cursor = exec(...call);
    count(cursor.rowsWritten);
    return cursor as never;
  };
  storage.setAlarm = (...call: Parameters<typeof setAlarm>) => {
    count(1);
    return setAlarm(...call);
  };
}

function count(rows: number): void {
  if (isAnswering) counts.byAnswers += rows;
  else counts.byOthers += rows;
}

export default {
  fetch: (request: Request): Response | Promise<Response> =>
    new URL(request.url).pathname === "/rows" ? Response.json(counts) : product.fetch(request),
};
