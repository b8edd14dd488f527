export * from "./tables/audit.ts";
export * from "./tables/awards.ts";
export * from "./tables/catalog.ts";
export * from "./tables/classrooms.ts";
export * from "./tables/practice.ts";
export * from "./tables/users.ts";
