/** JSON as it stands in the document. */
type Node = { readonly [name: string]: unknown };

/**
 * The document with an example for every body and parameter: the one that its schema gives, or one put together from
 * those of its parts. A schema's own example moves to `examples`, where JSON Schema 2020-12 has it.
 */
export function withExamples(document: object): Node {
  const whole = node(document);
  const schemas = node(node(whole.components).schemas);
  const exampleOf = (schema: unknown) => example(node(schema), schemas);
  const paths = mapValues(node(whole.paths), (path) =>
    mapValues(node(path), (operation) => operationWithExamples(node(operation), exampleOf)),
  );
  return node(modernised({ ...whole, paths }));
}

type ExampleOf = (schema: unknown) => unknown;

function operationWithExamples(operation: Node, exampleOf: ExampleOf): Node {
  const { parameters, requestBody } = operation;
  return {
    ...operation,
    ...(Array.isArray(parameters) ? { parameters: parameters.map((one) => withExample(node(one), exampleOf)) } : {}),
    ...(requestBody === undefined ? {} : { requestBody: contentWithExamples(node(requestBody), exampleOf) }),
    responses: mapValues(node(operation.responses), (response) => contentWithExamples(node(response), exampleOf)),
  };
}

function contentWithExamples(message: Node, exampleOf: ExampleOf): Node {
  if (message.content === undefined) return message;
  return { ...message, content: mapValues(node(message.content), (media) => withExample(node(media), exampleOf)) };
}

function withExample(holder: Node, exampleOf: ExampleOf): Node {
  if ("example" in holder || "examples" in holder) return holder;
  const value = exampleOf(holder.schema);
  return value === undefined ? holder : { ...holder, example: value };
}

/** Undefined where some part that must be there has none. */
function example(schema: Node, schemas: Node): unknown {
  const of = (part: unknown) => example(node(part), schemas);
  if ("example" in schema) return schema.example;
  if (typeof schema.$ref === "string") return of(schemas[schema.$ref.split("/").at(-1) ?? ""]);
  if (Array.isArray(schema.enum)) return schema.enum[0];
  const [either] = [schema.anyOf, schema.oneOf].flatMap((parts) => (Array.isArray(parts) ? parts : []));
  if (either !== undefined) return of(either);
  if (Array.isArray(schema.allOf)) return complete(Object.assign({}, ...schema.allOf.map(of)));
  if (schema.properties !== undefined) {
    const required = Array.isArray(schema.required) ? schema.required : [];
    const properties = Object.entries(node(schema.properties)).filter(([name]) => required.includes(name));
    return complete(Object.fromEntries(properties.map(([name, property]) => [name, of(property)])));
  }
  if (schema.items !== undefined) {
    const item = of(schema.items);
    return item === undefined ? undefined : [item];
  }
  return schema.default;
}

const complete = (value: object) => (Object.values(value).includes(undefined) ? undefined : value);

/** What has a `schema` beside its example is a parameter, a header or a media type, and keeps it. */
function modernised(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(modernised);
  if (typeof value !== "object" || value === null) return value;
  const { example: own, ...rest } = node(value);
  if (own === undefined || "schema" in rest) return mapValues(node(value), member);
  return { ...mapValues(rest, member), examples: [own] };
}

/** An example is data, whatever its members are called, and so are a schema's properties names of the data's. */
function member(value: unknown, name: string): unknown {
  if (name === "example" || name === "examples" || name === "default") return value;
  return name === "properties" ? mapValues(node(value), modernised) : modernised(value);
}

function mapValues(value: Node, change: (member: unknown, name: string) => unknown): Node {
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, change(member, name)]));
}

/** A part of the document that is an object; nothing where it is none. */
const node = (value: unknown): Node => (typeof value === "object" && value !== null ? (value as Node) : {});
