import { expect, it } from "vitest";
import { readOffer } from "../../src/live/protocol.ts";

it.each([
  ["ascent.v1, token.abc.def.ghi", { speaksOurs: true, token: "abc.def.ghi" }],
  ["token.abc,ascent.v1", { speaksOurs: true, token: "abc" }],
  ["ascent.v1", { speaksOurs: true, token: undefined }],
  ["token.abc", { speaksOurs: false, token: "abc" }],
  ["graphql-ws", { speaksOurs: false, token: undefined }],
  [undefined, { speaksOurs: false, token: undefined }],
])("the offer %s is read as %o", (header, offer) => {
  expect(readOffer(header)).toEqual(offer);
});
