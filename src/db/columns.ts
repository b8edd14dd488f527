import { timestamp } from "drizzle-orm/pg-core";

/** A moment with its time zone, read and written as a Date, to the millisecond. */
export const moment = () => timestamp({ withTimezone: true, precision: 3, mode: "date" });

export const createdAt = () => moment().notNull().defaultNow();
