import type { LiveClassroom } from "./live/live-classroom.ts";
import type { StudentPractice } from "./practice/student-practice.ts";

/** What wrangler.toml binds, beside the settings, which arrive as text. */
export type Bindings = {
  readonly STUDENT_PRACTICE: DurableObjectNamespace<StudentPractice>;
  readonly LIVE_CLASSROOMS: DurableObjectNamespace<LiveClassroom>;
  readonly ASSETS: Fetcher;
  /** What is deployed: another one with each deployment, and with each build where that runs without one. */
  readonly VERSION: Pick<WorkerVersionMetadata, "id">;
};
