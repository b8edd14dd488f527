import { z } from "../../http/zod.ts";

/** What a cell holds: in JSON as it is, in CSV the same value as text. */
export type CellValue = string | number | boolean | null;

/** One column: its type, an example, and how it is read from what the statement gave. */
export type Column<Source, Value extends CellValue = CellValue> = {
  readonly schema: z.ZodType;
  readonly example: Value;
  readonly read: (source: Source) => Value;
};

type Columns<Source> = Readonly<Record<string, Column<Source>>>;

type RowOf<C> = { -readonly [Name in keyof C]: C[Name] extends Column<never, infer Value> ? Value : never };

/** A table of a report: the one definition of its rows, in JSON and in CSV. */
export type Table<Source, Row> = {
  /** The names of its columns, in their order. */
  readonly names: readonly string[];
  /** The schema of a row, with an example. */
  readonly schema: z.ZodType<Row>;
  readonly example: Row;
  /** A row as it is sent. */
  readonly row: (source: Source) => Row;
  /** The cells of a row that is sent. */
  readonly cells: (row: Row) => readonly CellValue[];
};

/** Defines a table; its row is in the OpenAPI document under `name`. */
export const tableOf =
  <Source>() =>
  <C extends Columns<Source>>(name: string, columns: C): Table<Source, RowOf<C>> => {
    const names = Object.keys(columns);
    const each = <Value>(of: (column: Column<Source>) => Value) =>
      Object.fromEntries(Object.entries(columns).map(([column, definition]) => [column, of(definition)]));
    const example = as<RowOf<C>>(each((column) => column.example));
    return {
      names,
      schema: z.object(each((column) => column.schema)).openapi(name, { example }) as unknown as z.ZodType<RowOf<C>>,
      example,
      row: (source) => as<RowOf<C>>(each((column) => column.read(source))),
      cells: (row) => names.map((column) => (row as Record<string, CellValue>)[column] ?? null),
    };
  };

/** An object made column by column has the columns' types, which the compiler cannot follow through a loop. */
const as = <Row>(row: object): Row => row as Row;

const SCORE = z.int().min(0).max(100);

/** The kinds of columns, each with its schema. */
export const column = {
  text: <S>(description: string, example: string, read: (source: S) => string) =>
    made(z.string(), description, example, read),
  textOrNull: <S>(description: string, example: string | null, read: (source: S) => string | null) =>
    made(z.string().nullable(), description, example, read),
  oneOf: <S, const Names extends readonly [string, ...string[]]>(
    names: Names,
    description: string,
    example: Names[number],
    read: (source: S) => Names[number],
  ) => made(z.enum(names), description, example, read),
  oneOfOrNull: <S, const Names extends readonly [string, ...string[]]>(
    names: Names,
    description: string,
    example: Names[number] | null,
    read: (source: S) => Names[number] | null,
  ) => made(z.enum(names).nullable(), description, example, read),
  uuid: <S>(description: string, example: string, read: (source: S) => string) =>
    made(z.uuid(), description, example, read),
  uuidOrNull: <S>(description: string, example: string | null, read: (source: S) => string | null) =>
    made(z.uuid().nullable(), description, example, read),
  id: <S>(description: string, example: number, read: (source: S) => number) =>
    made(z.int(), description, example, read),
  idOrNull: <S>(description: string, example: number | null, read: (source: S) => number | null) =>
    made(z.int().nullable(), description, example, read),
  count: <S>(description: string, example: number, read: (source: S) => number) =>
    made(z.int().min(0), description, example, read),
  score: <S>(description: string, example: number, read: (source: S) => number) =>
    made(SCORE, description, example, read),
  scoreOrNull: <S>(description: string, example: number | null, read: (source: S) => number | null) =>
    made(SCORE.nullable(), description, example, read),
  change: <S>(description: string, example: number | null, read: (source: S) => number | null) =>
    made(z.int().min(-100).max(100).nullable(), description, example, read),
  numberOrNull: <S>(description: string, example: number | null, read: (source: S) => number | null) =>
    made(z.number().nullable(), description, example, read),
  percent: <S>(description: string, example: number, read: (source: S) => number) =>
    made(z.number().min(0).max(100), description, example, read),
  flag: <S>(description: string, example: boolean, read: (source: S) => boolean) =>
    made(z.boolean(), description, example, read),
  day: <S>(description: string, example: string, read: (source: S) => string) =>
    made(z.iso.date(), description, example, read),
  dayOrNull: <S>(description: string, example: string | null, read: (source: S) => string | null) =>
    made(z.iso.date().nullable(), description, example, read),
  moment: <S>(description: string, example: string, read: (source: S) => string) =>
    made(z.iso.datetime(), description, example, read),
  momentOrNull: <S>(description: string, example: string | null, read: (source: S) => string | null) =>
    made(z.iso.datetime().nullable(), description, example, read),
};

function made<Source, Value extends CellValue>(
  schema: z.ZodType,
  description: string,
  example: Value,
  read: (source: Source) => Value,
): Column<Source, Value> {
  return { schema: schema.openapi({ description }), example, read };
}
