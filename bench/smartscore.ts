/**
 * `npm run bench:smartscore [-- seed]`: what the SmartScore makes of simulated students. Exits 1 where a requirement does not
 * hold.
 */

import {
  answersTo,
  checkRequirements,
  describeRequirement,
  percent,
  type Run,
  simulate,
} from "./simulated-students.ts";

const STUDENTS = 3_000;
const seed = Number(process.argv[2] ?? 1);

console.log(`SmartScore, ${STUDENTS} simulated students a row, 100 answers each, seed ${seed}\n`);
console.log(`${"p".padEnd(6)}${"must".padEnd(34)}${"got".padStart(8)}  holds`);

const findings = checkRequirements(STUDENTS, seed);
for (const { requirement, share, holds } of findings) {
  const p = requirement.p.toFixed(2).padEnd(6);
  console.log(`${p}${describeRequirement(requirement).padEnd(34)}${percent(share).padStart(8)}  ${holds ? "✓" : "✗"}`);
}

console.log("\nHow sharp it is: share reaching 90 and 100 within 100 answers; median answers to 80, 90 and 100\n");
console.log(`${"p".padEnd(6)}${"90".padStart(8)}${"100".padStart(9)}   median to 80, 90, 100`);
for (const p of [0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1]) {
  const runs = simulate({ p, students: STUDENTS, seed });
  const shares = [90, 100].map((score) =>
    percent(runs.filter((run) => answersTo(score, run) <= 100).length / STUDENTS),
  );
  const medians = [80, 90, 100].map((score) => medianAnswers(score, runs).padStart(5));
  console.log(`${p.toFixed(2).padEnd(6)}${shares.map((share) => share.padStart(8)).join(" ")}   ${medians.join(" ")}`);
}

if (findings.some(({ holds }) => !holds)) process.exitCode = 1;

function medianAnswers(score: number, runs: readonly Run[]): string {
  const answers = runs.map((run) => answersTo(score, run)).sort((a, b) => a - b);
  const median = answers[Math.floor(answers.length / 2)] ?? Number.POSITIVE_INFINITY;
  return Number.isFinite(median) ? String(median) : "-";
}
