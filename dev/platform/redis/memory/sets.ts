import type { Bytes } from "../engine.ts";
import { type CommandTable, command } from "./command.ts";
import type { Keyspace } from "./keyspace.ts";

/** Commands on sets. */
export const sets: CommandTable = {
  SADD: command(-3, (keys, [key = "", ...members]) => {
    const set = keys.ensure(key, "set", () => ({ type: "set", members: new Set() })).members;
    const before = set.size;
    for (const member of members) set.add(member);
    return set.size - before;
  }),
  SREM: command(-3, (keys, [key = "", ...members]) => {
    const set = read(keys, key);
    const removed = members.filter((member) => set.delete(member)).length;
    keys.dropIfEmpty(key);
    return removed;
  }),
  SMEMBERS: command(2, (keys, [key = ""]) => [...read(keys, key)]),
  SISMEMBER: command(3, (keys, [key = "", member = ""]) => (read(keys, key).has(member) ? 1 : 0)),
  SMISMEMBER: command(-3, (keys, [key = "", ...members]) => {
    const set = read(keys, key);
    return members.map((member) => (set.has(member) ? 1 : 0));
  }),
  SCARD: command(2, (keys, [key = ""]) => read(keys, key).size),
};

function read(keys: Keyspace, key: Bytes): Set<Bytes> {
  return keys.get(key, "set")?.members ?? new Set();
}
