import { email, fullName, gradeLevel, newPassword, school } from "../../auth/schemas.ts";
import { PLANS } from "../../db/tables.ts";
import { flag } from "../../http/fields.ts";
import { ROLES } from "../../http/roles.ts";
import { z } from "../../http/zod.ts";
import { listQuery } from "../fields.ts";

const plan = z.enum(PLANS).openapi({ description: "FREE may have a daily limit of answers" });

export const newUser = z
  .object({
    email,
    password: newPassword,
    full_name: fullName,
    role: z.enum(ROLES),
    grade_level: gradeLevel.optional(),
    school: school.optional(),
    plan: plan.optional(),
  })
  .refine(({ role, grade_level }) => role === "STUDENT" || (grade_level ?? null) === null, {
    path: ["grade_level"],
    message: "is for a STUDENT only",
  })
  .openapi("NewUser", {
    example: { email: "tess@example.com", password: "Password123!", full_name: "Tess Teacher", role: "TEACHER" },
  });

export const userChange = z
  .object({
    role: z.enum(ROLES),
    is_active: z.boolean().openapi({ description: "False ends every sign-in, and lets nobody sign in again" }),
    plan,
  })
  .partial()
  .openapi("UserChange", { example: { plan: "PREMIUM" } });

export const passwordReset = z
  .object({ new_password: newPassword })
  .openapi("PasswordReset", { example: { new_password: "Better456!" } });

export const userFilters = z.object({
  role: z.enum(ROLES).optional().openapi({ description: "In this role", example: "STUDENT" }),
  is_active: flag.optional().openapi({ description: "Only those that are, or are not" }),
  ...listQuery("a name, e-mail address or username", "sam"),
});

export type NewUser = z.output<typeof newUser>;
export type UserChange = z.infer<typeof userChange>;
export type UserFilters = z.infer<typeof userFilters>;
