import { readFileSync } from "node:fs";
import { OpenAPIHono } from "@hono/zod-openapi";
import { describe, expect, it } from "vitest";
import { parseTemplate } from "../../src/templates/parse-template.ts";
import { templateBodySchema, WORD_LIST_NAMES } from "../../src/templates/schemas.ts";
import { validateTemplate } from "../../src/templates/validate-template.ts";
import { WORD_LISTS } from "../../src/templates/word-lists.ts";
import { templateOf } from "./examples.ts";

describe("the schema of templates", () => {
  it("stands in an OpenAPI document, with an example that can be read", () => {
    const app = new OpenAPIHono();
    app.openAPIRegistry.register("QuestionTemplate", templateBodySchema);
    const document = app.getOpenAPI31Document({ openapi: "3.1.0", info: { title: "Ascent", version: "1" } });
    const schema = document.components?.schemas?.QuestionTemplate;
    if (!schema || "$ref" in schema) throw new Error("the schema is not there");
    expect(schema.oneOf).toHaveLength(4);
    expect(parseTemplate(schema.example)).toMatchObject({ ok: true });
  });

  it("takes the example of the guide to templates", () => {
    const guide = readFileSync(new URL("../../src/templates/README.md", import.meta.url), "utf8");
    const [, example = ""] = /```json\n([^`]*)```/.exec(guide) ?? [];
    expect(validateTemplate(templateOf(JSON.parse(example)))).toMatchObject({ ok: true });
  });

  it("names the word lists that there are", () => {
    expect(Object.keys(WORD_LISTS)).toEqual([...WORD_LIST_NAMES]);
    for (const list of Object.values(WORD_LISTS)) {
      expect(new Set(list.map((entry) => JSON.stringify(entry))).size).toBe(list.length);
    }
  });
});
