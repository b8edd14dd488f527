import { type Bytes, Failure, type Reply, Status } from "../engine.ts";
import { type LuaState, lauxlib, lua } from "./fengari.ts";

/** Pushes a string, byte by byte. */
export function pushBytes(state: LuaState, bytes: Bytes): void {
  const copy = new Uint8Array(Buffer.from(bytes, "latin1"));
  lua.lua_pushlstring(state, copy, copy.length);
}

/** The string at `index`, or `undefined` where there is no string and no number. */
export function bytesAt(state: LuaState, index: number): Bytes | undefined {
  const type = lua.lua_type(state, index);
  if (type === lua.LUA_TNUMBER) return String(lua.lua_tonumber(state, index));
  if (type !== lua.LUA_TSTRING) return undefined;
  return Buffer.from(lua.lua_tostring(state, index) ?? []).toString("latin1");
}

/** Pushes what a command answered, as Redis turns replies into Lua: no value is false, a status or an error a table. */
export function pushReply(state: LuaState, reply: Reply): void {
  lauxlib.luaL_checkstack(state, 4, new Uint8Array());
  if (reply === null) lua.lua_pushboolean(state, false);
  else if (typeof reply === "number") lua.lua_pushnumber(state, reply);
  else if (typeof reply === "string") pushBytes(state, reply);
  else if (reply instanceof Status) pushTable(state, "ok", reply.text);
  else if (reply instanceof Failure) pushTable(state, "err", reply.message);
  else pushList(state, reply);
}

/** Pushes a table of one field. */
export function pushTable(state: LuaState, field: string, text: Bytes): void {
  lua.lua_createtable(state, 0, 1);
  pushBytes(state, field);
  pushBytes(state, text);
  lua.lua_rawset(state, -3);
}

/** Pushes a table that counts from one. */
export function pushList(state: LuaState, replies: readonly Reply[]): void {
  lua.lua_createtable(state, replies.length, 0);
  for (const [index, reply] of replies.entries()) {
    pushReply(state, reply);
    lua.lua_rawseti(state, -2, index + 1);
  }
}

/** Takes the value on top away and turns it into a reply: numbers lose their fraction, a list ends at its first nil. */
export function popReply(state: LuaState): Reply {
  const reply = topReply(state);
  lua.lua_pop(state, 1);
  return reply;
}

function topReply(state: LuaState): Reply {
  switch (lua.lua_type(state, -1)) {
    case lua.LUA_TSTRING:
      return bytesAt(state, -1) ?? null;
    case lua.LUA_TNUMBER:
      return Math.trunc(lua.lua_tonumber(state, -1)) + 0;
    case lua.LUA_TBOOLEAN:
      return lua.lua_toboolean(state, -1) ? 1 : null;
    case lua.LUA_TTABLE:
      return tableReply(state);
    default:
      return null;
  }
}

function tableReply(state: LuaState): Reply {
  const error = fieldOfTop(state, "err");
  if (error !== undefined) return new Failure(error);
  const status = fieldOfTop(state, "ok");
  if (status !== undefined) return new Status(status);
  lauxlib.luaL_checkstack(state, 4, new Uint8Array());
  const items: Reply[] = [];
  for (let index = 1; lua.lua_rawgeti(state, -1, index) !== lua.LUA_TNIL; index += 1) items.push(popReply(state));
  lua.lua_pop(state, 1);
  return items;
}

/** The text in a field of the table on top. */
export function fieldOfTop(state: LuaState, field: string): Bytes | undefined {
  pushBytes(state, field);
  lua.lua_rawget(state, -2);
  const text = lua.lua_type(state, -1) === lua.LUA_TSTRING ? bytesAt(state, -1) : undefined;
  lua.lua_pop(state, 1);
  return text;
}
