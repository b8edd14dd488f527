import type { StudentPractice } from "./practice/student-practice.ts";

/** What wrangler.toml binds, beside the settings, which arrive as text. */
export type Bindings = {
  readonly STUDENT_PRACTICE: DurableObjectNamespace<StudentPractice>;
  readonly ASSETS: Fetcher;
};
