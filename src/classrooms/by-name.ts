import { asc, type SQL, type SQLWrapper, sql } from "drizzle-orm";

type Person = { readonly id: SQLWrapper; readonly fullName: SQLWrapper };

/**
 * What a name or a title is sorted by: its letters without their accents, small and capital ones alike. So É comes beside e
 * also where a database compares by code points, as Neon does, and É would come after z.
 */
export const sortedAs = (name: SQLWrapper): SQL =>
  sql`lower(regexp_replace(normalize(${name}, NFD), '[\\u0300-\\u036f]', '', 'g'))`;

/** How people come in a list, by columns of theirs: by name. */
export const byName = ({ fullName, id }: Person): SQL[] => [asc(sortedAs(fullName)), asc(id)];

/** The same within an aggregate. */
export const inOrderOfName = (person: Person): SQL => sql.join(byName(person), sql`, `);
