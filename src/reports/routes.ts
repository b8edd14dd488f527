import { newRouter, type Router } from "../http/route.ts";
import type { Services } from "../services.ts";
import { effortReport } from "./classroom/effort.ts";
import { groupsReport } from "./classroom/groups.ts";
import { classItemAnalysisReport } from "./classroom/item-analysis.ts";
import { classProgressReport } from "./classroom/progress.ts";
import { classQuestionsLogReport } from "./classroom/questions-log.ts";
import { quickViewReport } from "./classroom/quick-view.ts";
import { scoreGridReport } from "./classroom/score-grid.ts";
import { skillScoreChartReport } from "./classroom/skill-score-chart.ts";
import { classTroubleSpotsReport } from "./classroom/trouble-spots.ts";
import { classUsageReport } from "./classroom/usage.ts";
import type { ReportRoute } from "./kit/report-route.ts";
import { itemAnalysisReport } from "./skill/item-analysis.ts";
import { allQuestionsReport } from "./student/all-questions.ts";
import { overviewReport } from "./student/overview.ts";
import { practisedSkillsReport } from "./student/practised-skills.ts";
import { progressReport } from "./student/progress.ts";
import { questionsLogReport } from "./student/questions-log.ts";
import { scoreChartReport } from "./student/score-chart.ts";
import { summaryReport } from "./student/summary.ts";
import { troubleSpotsReport } from "./student/trouble-spots.ts";
import { usageReport } from "./student/usage.ts";

/** Every report, in the order of the documentation. */
const REPORTS: readonly ReportRoute[] = [
  overviewReport,
  practisedSkillsReport,
  allQuestionsReport,
  questionsLogReport,
  summaryReport,
  usageReport,
  scoreChartReport,
  troubleSpotsReport,
  progressReport,
  quickViewReport,
  classUsageReport,
  scoreGridReport,
  skillScoreChartReport,
  classTroubleSpotsReport,
  classProgressReport,
  classQuestionsLogReport,
  classItemAnalysisReport,
  groupsReport,
  effortReport,
  itemAnalysisReport,
];

/** What was practised, how long and how well: one student's, and a class's. */
export function reportRoutes(services: Services): Router {
  const router = newRouter();
  for (const report of REPORTS) report.add(router, services);
  return router;
}
