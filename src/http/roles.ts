export const ROLES = ["STUDENT", "TEACHER", "PARENT", "ADMIN"] as const;

export type Role = (typeof ROLES)[number];

/** Whether a claim names a role that there is. */
export const isRole = (value: unknown): value is Role => ROLES.some((role) => role === value);
