import { z } from "../../http/zod.ts";

/** The first day that a report can be of: those before our era have no form that it could show. */
export const FIRST_DAY = "0001-01-01";

/** A local day that Postgres reads as it is written: of our era, in years of four digits. */
export const day = z.iso.date().refine((date) => date >= FIRST_DAY && date <= "9999-12-31", "must be a day of our era");
