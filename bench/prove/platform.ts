import type { Fault, FaultReport, Target } from "../../dev/platform/faults.ts";

/** Puts a fault before Postgres, Redis or both, in place of what was set there. */
export async function setFault(platformUrl: string, fault: Fault & { readonly target: Target | "all" }): Promise<void> {
  const response = await fetch(`${platformUrl}/faults`, { method: "POST", body: JSON.stringify(fault) });
  if (!response.ok) throw new Error(`The platform takes no fault: ${await response.text()}`);
}

export async function clearFaults(platformUrl: string): Promise<void> {
  await fetch(`${platformUrl}/faults`, { method: "DELETE" });
}

/** How many requests have met a fault so far. */
export async function faultsMet(platformUrl: string, target: Target): Promise<number> {
  const response = await fetch(`${platformUrl}/faults`);
  const report = (await response.json()) as Record<Target, FaultReport>;
  return report[target].applied;
}

/** Runs a statement on the Postgres behind the platform, as Neon's protocol has it. */
export async function sql<Row>(platformUrl: string, query: string, params: readonly unknown[]): Promise<Row[]> {
  const response = await fetch(`${platformUrl}/sql`, {
    method: "POST",
    headers: { "Neon-Connection-String": "postgres://anyone:secret@database.test/main" },
    body: JSON.stringify({ query, params }),
  });
  if (!response.ok) throw new Error(`Postgres answered ${response.status}: ${await response.text()}`);
  return ((await response.json()) as { rows: Row[] }).rows;
}
