import { describe, expect, test } from "vitest";
import { hostOf, operatorUrl } from "../../dev/local/connection-string.ts";

const secret = "neondb_owner:npg_a%2Fb";

describe("the database of an operator's commands", () => {
  test("is reached past Neon's pooler, verified, and else as the connection string has it", () => {
    const copied = `postgresql://${secret}@ep-cool-mist-a1b2-pooler.c-2.us-east-2.aws.neon.tech/neondb?sslmode=require&channel_binding=require`;
    expect(operatorUrl(copied)).toBe(
      `postgresql://${secret}@ep-cool-mist-a1b2.c-2.us-east-2.aws.neon.tech/neondb?sslmode=verify-full&channel_binding=require`,
    );
  });

  test.each([
    [
      "without the pooler",
      `postgresql://${secret}@ep-cool-mist-a1b2.us-east-2.aws.neon.tech/neondb?sslmode=verify-full`,
    ],
    ["on this machine", "postgres://postgres@127.0.0.1:5432/ascent"],
    ["of somebody else's", "postgres://postgres@db-pooler.school.example:6432/ascent?sslmode=disable"],
  ])("is where the connection string says: one %s", (_, url) => {
    expect(operatorUrl(url)).toBe(url);
  });
});

test("what is no connection string is not repeated: it may hold a password", () => {
  expect(() => hostOf("ascent my secret")).toThrow(/^A connection string is to be as postgres:((?!secret).)*$/);
});
