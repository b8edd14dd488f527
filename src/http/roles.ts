export const ROLES = ["STUDENT", "TEACHER", "PARENT", "ADMIN"] as const;

export type Role = (typeof ROLES)[number];

export const isRole = (value: unknown): value is Role => ROLES.some((role) => role === value);
