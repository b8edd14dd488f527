/** The response headers that the OpenAPI document names, each described once: `#/components/headers/<name>`. */
export const RESPONSE_HEADERS = {
  "X-Request-Id": {
    description: "Echoed from the request or made; quote it when you report something.",
    schema: { type: "string" },
    example: "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c001",
  },
  "Server-Timing": {
    description: "Where the time went, in milliseconds.",
    schema: { type: "string" },
    example: "total;dur=12.3, auth;dur=0.2, object;dur=9.1",
  },
  ETag: {
    description: "Names this state of the reply: send it back as `If-None-Match`.",
    schema: { type: "string" },
    example: '"L17iVLO9G_-BMErB4Tomdn"',
  },
  "Content-Disposition": {
    description: "The name of the file, in ASCII and in full (RFC 6266).",
    schema: { type: "string" },
    example: `attachment; filename="Zoe.pdf"; filename*=UTF-8''Zo%C3%AB.pdf`,
  },
  "Idempotent-Replayed": {
    description: "`true` on the first reply sent again.",
    schema: { type: "string", const: "true" },
    example: "true",
  },
  "Retry-After": {
    description: "Seconds after which to try again.",
    schema: { type: "integer", minimum: 1 },
    example: 30,
  },
  RateLimit: {
    description: "What is left of each limit, and in how many seconds it is whole again.",
    schema: { type: "string" },
    example: '"sign-in";r=0;t=30',
  },
  "RateLimit-Policy": {
    description: "Each limit: how many in how many seconds.",
    schema: { type: "string" },
    example: '"sign-in";q=10;w=60',
  },
  "WWW-Authenticate": {
    description: "How to authenticate (RFC 6750).",
    schema: { type: "string" },
    example: 'Bearer error="invalid_token"',
  },
} as const;

export type ResponseHeader = keyof typeof RESPONSE_HEADERS;

/** The `headers` of a documented response: those that every response has, and these. */
export function responseHeaders(names: readonly ResponseHeader[] = []) {
  const all: ResponseHeader[] = ["X-Request-Id", "Server-Timing", ...names];
  return Object.fromEntries(all.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

/** Request headers that change what a route does; what is wrong with one is answered by the route itself. */
export const REQUEST_HEADERS = {
  idempotencyKey: {
    name: "Idempotency-Key",
    in: "header",
    required: false,
    description:
      "1 to 255 visible ASCII characters, a fresh one with each answer. The same key with the same body gets the first " +
      "reply again; with another body it is refused.",
    schema: { type: "string", minLength: 1, maxLength: 255, pattern: "^[\\x21-\\x7e]+$" },
    example: "b1f6a3c0-5a53-4f0c-9a55-2f6a4f1f7a10",
  },
  createKey: {
    name: "Idempotency-Key",
    in: "header",
    required: false,
    description:
      "1 to 255 visible ASCII characters. For 24 hours the same key with the same body gets the first reply again, as " +
      "long as what it made is there; with another body it is another request.",
    schema: { type: "string", minLength: 1, maxLength: 255, pattern: "^[\\x21-\\x7e]+$" },
    example: "b1f6a3c0-5a53-4f0c-9a55-2f6a4f1f7a10",
  },
  ifNoneMatch: {
    name: "If-None-Match",
    in: "header",
    required: false,
    description: "The `ETag` of a reply that the caller has: 304 where it is still the same.",
    schema: { type: "string" },
    // Of no reply: who tries a call with it in the docs is to see one.
    example: '"etag-of-an-earlier-reply"',
  },
} as const;
