import { say } from "./say.ts";

/** What a run of checks came to. */
export type Tally = {
  readonly passed: number;
  /** The name of each check that failed. */
  readonly failures: readonly string[];
};

export function sum(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((total, { passed }) => total + passed, 0),
    failures: tallies.flatMap(({ failures }) => failures),
  };
}

/** Says which checks failed and, as the last line, `N passed, M failed`; ends the process, with 1 where one failed. */
export function conclude({ passed, failures }: Tally): never {
  say();
  for (const failure of failures) say(`  ✗ ${failure}`);
  say(`${passed} passed, ${failures.length} failed`);
  process.exit(failures.length === 0 ? 0 : 1);
}
