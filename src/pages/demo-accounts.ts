/** The accounts that the demo seed makes, as the start page shows them where `DEMO_PAGE` is on, and the password of each. */
export const DEMO_ACCOUNTS = [
  { email: "student@example.com", role: "Student", can: "practises, and has an assignment" },
  { email: "teacher@example.com", role: "Teacher", can: "has the class “Demo Grade 5”" },
  { email: "admin@example.com", role: "Admin", can: "keeps the catalog" },
] as const;

export const DEMO_PASSWORD = "Password123!";
