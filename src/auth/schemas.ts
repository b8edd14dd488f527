import { PLANS } from "../db/tables/users.ts";
import { dataOf } from "../http/envelope.ts";
import { line, lineOrNone } from "../http/fields.ts";
import { ROLES } from "../http/roles.ts";
import { z } from "../http/zod.ts";

/** An e-mail address. */
export const email = z
  .string()
  .trim()
  .max(254)
  .pipe(z.email("must be an e-mail address"))
  .openapi({ format: "email", example: "sam@example.com" });

/** The same as it is shown. */
export const emailOrNull = z.string().nullable().openapi({ description: "Null of who has none, as pupils may" });

/** A password that somebody chooses. */
export const newPassword = z
  .string()
  .refine((text) => between(8, [...text].length, 128), "must have 8 to 128 characters")
  .refine((text) => /\p{Lu}/u.test(text) && /\p{Ll}/u.test(text), "must have upper and lower case letters")
  .refine((text) => /\p{Nd}/u.test(text), "must have a digit")
  .openapi({ minLength: 8, maxLength: 128, format: "password", description: "Mixed case and a digit." });

const PASSWORD_BYTES = 1024;

/** A password that somebody proves to know: whatever it is, it is short enough to be hashed. */
const knownPassword = z
  .string()
  .min(1)
  .refine((text) => new TextEncoder().encode(text).length <= PASSWORD_BYTES, `may have ${PASSWORD_BYTES} bytes at most`)
  .openapi({ format: "password" });

/** A person's name, on one line. */
export const fullName = line(120);

export const school = lineOrNone(200).openapi({ description: "Empty or null is none" });

export const gradeLevel = z
  .int()
  .min(-1)
  .max(12)
  .nullable()
  .openapi({ description: "−1 is Pre-K, 0 is Kindergarten. For a STUDENT only." });

/** The same as it is shown. */
export const gradeLevelOrNull = z
  .int()
  .nullable()
  .openapi({ description: "−1 is Pre-K, 0 is Kindergarten; null where nobody has said" });

export const timeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, "must be an IANA time zone such as Europe/Paris")
  .transform(inItsCase)
  .nullable()
  .openapi({ description: "IANA name.", example: "America/New_York" });

const between = (least: number, n: number, most: number) => least <= n && n <= most;

/** Names only: the runtime also takes offsets such as +05:00, which know no summer time. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The name as it is written; one that another has replaced stays as it was sent. */
function inItsCase(name: string): string {
  const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
  return timeZone.toLowerCase() === name.toLowerCase() ? timeZone : name;
}

export const registerBody = z
  .object({
    email,
    password: newPassword,
    full_name: fullName,
    role: z.enum(ROLES).default("STUDENT").openapi({ description: "STUDENT or PARENT: an admin makes the others." }),
    grade_level: gradeLevel.optional(),
    school: school.optional(),
  })
  .refine(({ role, grade_level }) => role === "STUDENT" || (grade_level ?? null) === null, {
    path: ["grade_level"],
    message: "is for a STUDENT only",
  })
  .openapi("Register", {
    example: {
      email: "sam@example.com",
      password: "Password123!",
      full_name: "Sam Student",
      role: "STUDENT",
      grade_level: 5,
      school: "Hilltop School",
    },
  });

export const loginBody = z
  .object({
    email: email.optional(),
    username: z
      .string()
      .trim()
      .min(1)
      .max(100)
      .optional()
      .openapi({ description: "In place of `email`, of a pupil without one" }),
    password: knownPassword,
  })
  .refine(({ email, username }) => (email === undefined) !== (username === undefined), {
    path: ["email"],
    message: "send either email or username",
  })
  .openapi("Login", { example: { email: "student@example.com", password: "Password123!" } });

export const refreshBody = z
  .object({
    refresh_token: z.string().min(1).max(1024).openapi({ description: "From the last sign-in or refresh" }),
  })
  .openapi("RefreshToken", { example: { refresh_token: "9PFmP3yN1nCgBq0wVv4u2cW8Q6mX5kz7dJ1rT0sYhLE" } });

export const updateMeBody = z
  .object({
    full_name: fullName.optional(),
    school: school.optional(),
    grade_level: gradeLevel.optional(),
    time_zone: timeZone.optional(),
  })
  .openapi("UpdateMe", { example: { school: "Hilltop School", time_zone: "America/New_York" } });

export const changePasswordBody = z
  .object({ current_password: knownPassword, new_password: newPassword })
  .openapi("ChangePassword", { example: { current_password: "Password123!", new_password: "Better456!" } });

const exampleUser = {
  id: "0190a0de-0000-7000-8000-000000000003",
  email: "student@example.com",
  username: null,
  full_name: "Sam Student",
  role: "STUDENT" as const,
  is_active: true,
  time_zone: null,
  profile: { grade_level: 5, school: null },
  subscription: { plan: "FREE" as const, is_active: true },
};

const profile = z
  .object({
    grade_level: gradeLevelOrNull,
    school: z.string().nullable().openapi({ description: "Null where nobody has said" }),
  })
  .openapi("Profile", { example: exampleUser.profile });

const subscription = z
  .object({
    plan: z.enum(PLANS).openapi({ description: "FREE may have a daily limit of answers" }),
    is_active: z.boolean().openapi({ description: "Always true" }),
  })
  .openapi("Subscription", { example: exampleUser.subscription });

// Unions: some generators of clients drop the null of an object that may be null, and `nullable()` would say it of the names.
export const userSchema = z
  .object({
    id: z.uuid(),
    email: emailOrNull,
    username: z.string().nullable().openapi({ description: "Of a pupil without an e-mail address, else null" }),
    full_name: z.string(),
    role: z.enum(ROLES),
    is_active: z.boolean().openapi({ description: "False: may not sign in" }),
    time_zone: z.string().nullable().openapi({ description: "IANA name; null where nobody has chosen one" }),
    profile: z
      .union([profile, z.null()])
      .openapi({ description: "Null of who is no STUDENT and has set nothing of it" }),
    subscription: z.union([subscription, z.null()]).openapi({ description: "Never null: every account has one" }),
  })
  .openapi("User", { example: exampleUser });

const tokensSchema = z
  .object({
    access_token: z.string().openapi({ description: "Send it as `Authorization: Bearer <token>`." }),
    refresh_token: z.string().openapi({ description: "For `POST /auth/refresh`, when the other has run out." }),
    token_type: z.literal("bearer"),
    expires_in: z.int().openapi({ description: "Seconds until the access token runs out." }),
    user: userSchema,
  })
  .openapi("Tokens", {
    example: {
      access_token: "eyJhbGciOiJFZERTQSIsInR5cCI6ImF0K2p3dCJ9.eyJzdWIiOiIwMTkwYTBkZSJ9.c2lnbmF0dXJl",
      refresh_token: "9PFmP3yN1nCgBq0wVv4u2cW8Q6mX5kz7dJ1rT0sYhLE",
      token_type: "bearer",
      expires_in: 900,
      user: exampleUser,
    },
  });

export const userReply = dataOf(userSchema);
export const tokensReply = dataOf(tokensSchema);

export type UserDto = z.output<typeof userSchema>;
export type TokensDto = z.output<typeof tokensSchema>;
