import { asc, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { PLAIN_LETTERS } from "../plain-letters.ts";

type Person = { readonly id: SQLWrapper; readonly fullName: SQLWrapper };

/**
 * What a name or a title is sorted by: its letters without their accents and strokes, small and capital ones alike. So É
 * comes beside e, and Ł beside l, also where a database compares by code points, as Neon does, and they would come after z.
 */
export const sortedAs = (name: SQLWrapper): SQL =>
  PLAIN_LETTERS.reduce(
    (text, [letter, plain]) => sql`replace(${text}, ${quoted(letter)}, ${quoted(plain)})`,
    sql`lower(regexp_replace(normalize(${name}, NFD), '[\\u0300-\\u036f]', '', 'g'))`,
  );

/** In the statement itself and no parameter of it, so that the same expression is the same to Postgres. */
const quoted = (letters: string) => sql.raw(`'${letters}'`);

/** How people come in a list, by columns of theirs: by name. */
export const byName = ({ fullName, id }: Person): SQL[] => [asc(sortedAs(fullName)), asc(id)];

/** The same within an aggregate. */
export const inOrderOfName = (person: Person): SQL => sql.join(byName(person), sql`, `);
