import type { PgColumn } from "drizzle-orm/pg-core";
import { changingCatalog } from "../catalog/version.ts";
import { dataOf, done, doneReply, ok, pageOf } from "../http/envelope.ts";
import { idempotent } from "../http/idempotency.ts";
import { defineRoute, type Router } from "../http/route.ts";
import type { z } from "../http/zod.ts";
import type { Services } from "../services.ts";
import { noSuch } from "./faults.ts";
import { fittingPage, type Page } from "./rows.ts";
import { type Work, workOf } from "./work.ts";

/** Everything about the five routes by which an admin keeps one kind of thing. */
export type Crud<Id, Dto, New, Change, Filters> = {
  readonly path: `/admin/${string}`;
  /** As sentences have it, `skill` and `skills`; operations are called by it too. */
  readonly one: string;
  readonly many: string;
  readonly about?: {
    readonly list?: string;
    readonly create?: string;
    readonly change?: string;
    readonly remove?: string;
  };
  readonly params: z.ZodObject & z.ZodType<{ id: Id }>;
  readonly filters: z.ZodObject & z.ZodType<Filters>;
  readonly item: z.ZodType<Dto>;
  readonly newBody: z.ZodType<New>;
  readonly changeBody: z.ZodType<Change>;
  /** The column that holds the id of the request that made a row. */
  readonly row: PgColumn;
  readonly list: (services: Services, filters: Filters) => Promise<Page<Dto>>;
  readonly read: (services: Services, id: Id) => Promise<Dto | undefined>;
  readonly create: (work: Work, createId: string, body: New) => Promise<Dto>;
  readonly change: (work: Work, id: Id, body: Change) => Promise<Dto | undefined>;
  readonly remove: (work: Work, id: Id) => Promise<void>;
};

/** Adds the five routes, for an ADMIN only: list, create, read, change, delete. */
export function addCrud<Id, Dto, New, Change, Filters extends { page: number; page_size: number }>(
  router: Router,
  services: Services,
  crud: Crud<Id, Dto, New, Change, Filters>,
): void {
  const { tokens } = services;
  const { path, one, many, about, params } = crud;
  const create = idempotent(services);
  const common = { tags: ["Admin"], access: ["ADMIN"] } as const;
  const response = dataOf(crud.item);
  const changing = <T>(change: () => Promise<T>) => changingCatalog(services, change);

  router.openapi(
    defineRoute(tokens, {
      ...common,
      method: "get",
      path,
      operationId: `adminList${capital(many)}`,
      summary: `List the ${many}`,
      ...(about?.list ? { description: about.list } : {}),
      query: crud.filters,
      response: pageOf(crud.item),
      errors: ["service_unavailable"],
    }),
    async (c) => {
      const filters: Filters = c.req.valid("query");
      const { data, total } = await fittingPage(() => crud.list(services, filters));
      return ok(c, data, { page: filters.page, page_size: filters.page_size, total });
    },
  );

  router.openapi(
    defineRoute(tokens, {
      ...common,
      method: "post",
      path,
      operationId: `adminCreate${capital(one)}`,
      summary: `Make a ${one}`,
      ...(about?.create ? { description: about.create } : {}),
      body: crud.newBody,
      creates: true,
      response,
      errors: ["conflict", "service_unavailable"],
    }),
    (c) => {
      const body: New = c.req.valid("json");
      return create(c, { row: crud.row }, async ({ id }) =>
        ok(c, await changing(() => crud.create(workOf(c, services), id, body))),
      );
    },
  );

  router.openapi(
    defineRoute(tokens, {
      ...common,
      method: "get",
      path: `${path}/{id}`,
      operationId: `adminRead${capital(one)}`,
      summary: `Read a ${one}`,
      params,
      response,
      errors: ["not_found", "service_unavailable"],
    }),
    async (c) => {
      const { id }: { id: Id } = c.req.valid("param");
      return ok(c, found(await crud.read(services, id), one));
    },
  );

  router.openapi(
    defineRoute(tokens, {
      ...common,
      method: "patch",
      path: `${path}/{id}`,
      operationId: `adminChange${capital(one)}`,
      summary: `Change a ${one}`,
      description: about?.change ?? "Changes what is named and nothing else.",
      params,
      body: crud.changeBody,
      response,
      errors: ["not_found", "conflict", "service_unavailable"],
    }),
    async (c) => {
      const { id }: { id: Id } = c.req.valid("param");
      const body: Change = c.req.valid("json");
      return ok(c, found(await changing(() => crud.change(workOf(c, services), id, body)), one));
    },
  );

  router.openapi(
    defineRoute(tokens, {
      ...common,
      method: "delete",
      path: `${path}/{id}`,
      operationId: `adminDelete${capital(one)}`,
      summary: `Delete a ${one}`,
      description: about?.remove ?? `Refused, with what refers to it by table, where anything does.`,
      params,
      response: doneReply,
      errors: ["not_found", "conflict", "service_unavailable"],
    }),
    async (c) => {
      const { id }: { id: Id } = c.req.valid("param");
      await changing(() => crud.remove(workOf(c, services), id));
      return done(c);
    },
  );
}

function found<Dto>(dto: Dto | undefined, one: string): Dto {
  if (dto === undefined) throw noSuch(one);
  return dto;
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
