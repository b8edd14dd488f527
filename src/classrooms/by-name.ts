import { asc, type SQL, type SQLWrapper, sql } from "drizzle-orm";

type Person = { readonly id: SQLWrapper; readonly fullName: SQLWrapper };

/** How people come in a list, by columns of theirs: by name, small and capital letters alike. */
export const byName = ({ fullName, id }: Person): SQL[] => [asc(sql`lower(${fullName})`), asc(fullName), asc(id)];

/** The same within an aggregate. */
export const inOrderOfName = (person: Person): SQL => sql.join(byName(person), sql`, `);
