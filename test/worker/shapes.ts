import { z } from "zod";

/** What API.md promises, to the letter: a missing field fails, and so does one too many. */
export const userShape = z.strictObject({
  id: z.uuid({ version: "v7" }),
  email: z.string().nullable(),
  username: z.string().nullable(),
  full_name: z.string(),
  role: z.enum(["STUDENT", "TEACHER", "PARENT", "ADMIN"]),
  is_active: z.boolean(),
  time_zone: z.string().nullable(),
  profile: z.strictObject({ grade_level: z.int().nullable(), school: z.string().nullable() }).nullable(),
  subscription: z.strictObject({ plan: z.enum(["FREE", "PREMIUM"]), is_active: z.boolean() }).nullable(),
});

const tokensShape = z.strictObject({
  access_token: z.string().regex(/^[\w-]+\.[\w-]+\.[\w-]+$/),
  refresh_token: z.string().regex(/^[\w-]{43}$/),
  token_type: z.literal("bearer"),
  expires_in: z.literal(900),
  user: userShape,
});

export type Tokens = z.output<typeof tokensShape>;

const dataOf = <T extends z.ZodType>(data: T) => z.strictObject({ data });

export const userReply = dataOf(userShape);
export const tokensReply = dataOf(tokensShape);
export const okReply = dataOf(z.strictObject({ ok: z.literal(true) }));
export const errorReply = z.strictObject({
  error: z.strictObject({ code: z.string(), message: z.string(), details: z.unknown().optional() }),
  request_id: z.string(),
});
