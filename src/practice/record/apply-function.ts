import { APPLY, APPLY_WITH_SCORES, type ApplyValues, LOCK_MARK, type Written } from "./apply-statements.ts";

/** The function's arguments, in order; the last tells which form of the statement it is. */
const ARGUMENTS: readonly (keyof ApplyValues)[] = ["studentId", "afterSeq", "body"];

const body = `
#variable_conflict use_column
BEGIN
  ${numbered(LOCK_MARK)};
  IF $4 THEN
    RETURN QUERY ${numbered(APPLY_WITH_SCORES)};
  ELSE
    RETURN QUERY ${numbered(APPLY)};
  END IF;
END`;

/** Another one for another text, so that a Worker calls none but its own, and an older one's stays until it is gone. */
const name = `apply_events_${fingerprint(body)}`;

/**
 * The statements that apply events, kept in the database: Postgres then plans them once a connection and not with every
 * flush, which takes several times as long as running them. Each statement of such a function has a snapshot of its own
 * (PostgreSQL, "Function Volatility Categories"), as in a READ COMMITTED transaction. It is made with the migrations; a
 * Worker that does not find it sends the statements themselves.
 */
export const APPLY_FUNCTION = {
  name,
  definition: `CREATE OR REPLACE FUNCTION ${name} (uuid, bigint, jsonb, boolean)
RETURNS TABLE (mark bigint, is_ahead boolean, rejected jsonb, profile jsonb) LANGUAGE plpgsql AS $function$${body}
$function$`,
  call: `SELECT mark, is_ahead, rejected, profile FROM ${name} ($1, $2, $3, $4)`,
} as const;

/** The statement with the function's arguments in place of its placeholders. */
function numbered({ sql, params }: Written): string {
  return sql.replace(/\$(\d+)/g, (_, number) => {
    const { name } = params[Number(number) - 1] as { readonly name: keyof ApplyValues };
    return `$${ARGUMENTS.indexOf(name) + 1}`;
  });
}

/** 64 bits of a text in hexadecimal: FNV-1a in two halves. To tell texts apart, not to protect anything. */
function fingerprint(text: string): string {
  let [low, high] = [0x811c9dc5, 0x050c5d1f];
  for (let index = 0; index < text.length; index++) {
    low = Math.imul(low ^ text.charCodeAt(index), 0x01000193);
    high = Math.imul(high ^ text.charCodeAt(text.length - 1 - index), 0x01000193);
  }
  return [low, high].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
}
