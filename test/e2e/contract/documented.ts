import { inject } from "vitest";

type Document = { readonly paths: Record<string, Record<string, { readonly responses: Record<string, unknown> }>> };

type Operation = { readonly name: string; readonly at: RegExp; readonly method: string; readonly statuses: string[] };

let operations: Promise<readonly Operation[]> | undefined;

/** What the OpenAPI document lacks to foretell this status, in words; of what it does not list at all, nothing. */
export async function undocumented(method: string, url: string, status: number): Promise<string | undefined> {
  operations ??= readOperations();
  const { pathname } = new URL(url);
  const its = (await operations).filter((one) => one.method === method.toLowerCase() && one.at.test(pathname));
  // Of two that match, the one with the fewer parameters is meant: /me/assignments, not /{a}/{b}.
  const [meant] = its.sort((a, b) => a.name.split("{").length - b.name.split("{").length);
  if (!meant || meant.statuses.includes(String(status))) return undefined;
  return `${meant.name} answers ${status}, and documents ${meant.statuses.join(", ")}`;
}

async function readOperations(): Promise<Operation[]> {
  const { paths } = (await (await fetch(`${inject("baseUrl")}/api/v1/openapi.json`)).json()) as Document;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { responses }]) => ({
      name: `${method.toUpperCase()} ${path}`,
      at: new RegExp(`^${path.replaceAll(".", "\\.").replace(/\{\w+\}/g, "[^/]+")}$`),
      method,
      statuses: Object.keys(responses),
    })),
  );
}
