/** zod as every schema of ours imports it: the OpenAPI methods are added by this import alone. */
export { z } from "@hono/zod-openapi";
