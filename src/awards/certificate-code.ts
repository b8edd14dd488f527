import { type SQL, sql } from "drizzle-orm";
import { z } from "../http/zod.ts";

/**
 * A new code, for a statement that makes certificates: 80 random bits, another one in each row. The first eight digits of
 * a UUID of version 4 are all random (RFC 9562), which those in its middle are not.
 */
export const newCertificateCode: SQL = sql`upper(left(gen_random_uuid()::text, 8) || left(gen_random_uuid()::text, 8) || left(gen_random_uuid()::text, 4))`;

/** As it is printed and shown: `0F3A9-62C1D-8B47E-5D210`. */
export const printedCode = (code: string): string => code.match(/.{1,5}/g)?.join("-") ?? code;

/** As it is kept: from what somebody typed, in any case, with or without dashes and spaces; undefined where it can be no code. */
export function keptCode(typed: string): string | undefined {
  const code = typed.replace(/[\s\-‐-―]/g, "").toUpperCase();
  return /^[0-9A-F]{20}$/.test(code) ? code : undefined;
}

/** A code in a path. */
export const certificateCode = z
  .string()
  .max(100)
  .transform((typed, context): string => {
    const code = keptCode(typed);
    if (code !== undefined) return code;
    context.addIssue("must be the code of a certificate: 20 digits and letters A to F");
    return z.NEVER;
  })
  .openapi({
    type: "string",
    description: "As it is printed; case and dashes do not matter",
    example: "0F3A9-62C1D-8B47E-5D210",
  });
