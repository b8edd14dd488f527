import { parseArgs } from "node:util";
import { v7 as uuidv7 } from "uuid";
import { hashPassword } from "../src/auth/password-hash.ts";
import { registerBody } from "../src/auth/schemas.ts";
import { createDatabase } from "../src/db/client.ts";
import { isUniqueViolation } from "../src/db/errors.ts";
import { users } from "../src/db/tables/users.ts";
import { hostOf } from "./local/connection-string.ts";
import { readPassword } from "./local/read-password.ts";
import { runCommand, say } from "./local/say.ts";
import { chosenVariables, platformVariables, readKeys, SERVE_DIR } from "./local/settings.ts";

const USAGE = 'Usage: npm run admin:create -- --email you@example.com --name "Your Name"';
/** The Worker's default; under other settings it makes the hash anew at the first sign-in. */
const ARGON2 = { memoryKib: 12_288, iterations: 3 };

/**
 * Makes an account with the role ADMIN in the database that the Worker uses, the way the Worker gets there: over HTTP, at
 * Neon by `DATABASE_URL`, or at a local platform by `NEON_HTTP_ENDPOINT`, with the key of `npm run serve`. The password
 * comes from `ADMIN_PASSWORD`, else it is asked for; it is never an argument, as every process can read those.
 */
await runCommand(async () => {
  const { values } = parseArgs({ options: { email: { type: "string" }, name: { type: "string" } } });
  if (values.email === undefined || values.name === undefined) throw new Error(USAGE);
  const chosen = await chosenVariables();
  const { NEON_HTTP_ENDPOINT: endpoint } = chosen;
  const { UPSTASH_REDIS_REST_TOKEN: key } = await readKeys(SERVE_DIR);
  const url =
    chosen.DATABASE_URL ?? (endpoint === undefined ? undefined : platformVariables(endpoint, key).DATABASE_URL);
  if (url === undefined) {
    throw new Error(
      "Which database? Set DATABASE_URL to Neon's connection string, or NEON_HTTP_ENDPOINT to what `npm run serve` says.",
    );
  }
  const host = hostOf(url);
  say(`Postgres at ${endpoint ?? host}`);
  const password = process.env.ADMIN_PASSWORD ?? (await readPassword(`Password of ${values.email}: `));
  const person = registerBody.safeParse({ email: values.email, full_name: values.name, password, role: "ADMIN" });
  if (!person.success) {
    throw new Error(person.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n"));
  }
  const { email, full_name: fullName } = person.data;
  const passwordHash = await hashPassword(person.data.password, ARGON2);
  try {
    const database = createDatabase(url, endpoint);
    await database.query.insert(users).values({ id: uuidv7(), email, fullName, passwordHash, role: "ADMIN" });
  } catch (error) {
    if (isUniqueViolation(error)) throw new Error(`There is an account with the address ${email} already.`);
    // Drizzle's own message holds the parameters, the hash among them.
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    throw new Error(`The account could not be made: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  say(`${email} is an ADMIN.`);
});
