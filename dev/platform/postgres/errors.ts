import pg from "pg";

/** A request that Neon refuses before Postgres sees it, with the status it answers. */
export class RefusedRequest extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** What Neon answers to a failed request: 400 with all of Postgres's fields where Postgres refused, else the refusal's own status. */
export function errorResponse(error: unknown): Response {
  if (error instanceof pg.DatabaseError) return Response.json(databaseErrorBody(error), { status: 400 });
  if (error instanceof RefusedRequest) return Response.json({ message: error.message }, { status: error.status });
  const message = error instanceof Error ? error.message : String(error);
  return Response.json({ message: `Failed to reach the database: ${message}` }, { status: 502 });
}

function databaseErrorBody(error: pg.DatabaseError): Record<string, string | null> {
  return {
    message: error.message,
    code: error.code ?? null,
    detail: error.detail ?? null,
    hint: error.hint ?? null,
    position: error.position ?? null,
    internalPosition: error.internalPosition ?? null,
    internalQuery: error.internalQuery ?? null,
    severity: error.severity ?? null,
    where: error.where ?? null,
    table: error.table ?? null,
    column: error.column ?? null,
    schema: error.schema ?? null,
    dataType: error.dataType ?? null,
    constraint: error.constraint ?? null,
    file: error.file ?? null,
    line: error.line ?? null,
    routine: error.routine ?? null,
  };
}
