import { errorResponse } from "../http/documented-errors.ts";
import { responseHeaders } from "../http/documented-headers.ts";
import { newRouter, type Router } from "../http/route.ts";
import { z } from "../http/zod.ts";
import type { Services } from "../services.ts";

const PATH = "/.well-known/jwks.json";
const MEDIA_TYPE = "application/jwk-set+json";

/** A new key must be published at least this long before it signs. */
const LIFETIME_SEC = 300;

const keySet = z
  .object({ keys: z.array(z.object({ kty: z.string(), kid: z.string() }).catchall(z.string())) })
  .openapi("JsonWebKeySet", {
    example: {
      keys: [
        {
          kty: "OKP",
          crv: "Ed25519",
          x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
          kid: "2026-11",
          alg: "EdDSA",
          use: "sig",
        },
      ],
    },
  });

/** `/.well-known/jwks.json`, for the root: the public keys that verify access tokens (RFC 7517). */
export function jwksRoute({ tokens }: Services): Router {
  const router = newRouter();
  const body = JSON.stringify(tokens.publicKeys);
  const headers = { "Content-Type": MEDIA_TYPE, "Cache-Control": `public, max-age=${LIFETIME_SEC}` };
  router.get(PATH, (c) => c.body(body, 200, headers));
  router.openAPIRegistry.registerPath({
    method: "get",
    path: PATH,
    operationId: "getJsonWebKeySet",
    tags: ["Authentication"],
    summary: "The public keys that verify access tokens",
    description: "Two during a rotation. EdDSA, Ed25519; a token's `kid` names its key.",
    security: [],
    responses: {
      200: { description: "Success", headers: responseHeaders(), content: { [MEDIA_TYPE]: { schema: keySet } } },
      500: errorResponse(500, ["internal_error"]),
    },
  });
  return router;
}
