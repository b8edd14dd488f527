import { createRequire } from "node:module";

/** A Lua state, opaque. */
export interface LuaState {
  readonly brand: "lua_State";
}

type LuaBytes = Uint8Array;
export type LuaFunction = (state: LuaState) => number;

interface Lua {
  readonly LUA_OK: number;
  readonly LUA_REGISTRYINDEX: number;
  readonly LUA_TNIL: number;
  readonly LUA_TBOOLEAN: number;
  readonly LUA_TNUMBER: number;
  readonly LUA_TSTRING: number;
  readonly LUA_TTABLE: number;
  lua_createtable(state: LuaState, items: number, fields: number): void;
  lua_error(state: LuaState): number;
  lua_gettop(state: LuaState): number;
  lua_pcall(state: LuaState, args: number, results: number, handler: number): number;
  lua_pop(state: LuaState, count: number): void;
  lua_pushboolean(state: LuaState, value: boolean): void;
  lua_pushjsfunction(state: LuaState, value: LuaFunction): void;
  lua_pushnil(state: LuaState): void;
  lua_pushnumber(state: LuaState, value: number): void;
  lua_pushlstring(state: LuaState, value: LuaBytes, length: number): void;
  lua_rawgeti(state: LuaState, table: number, index: number): number;
  lua_rawget(state: LuaState, table: number): number;
  lua_rawset(state: LuaState, table: number): void;
  lua_rawseti(state: LuaState, table: number, index: number): void;
  lua_pushglobaltable(state: LuaState): void;
  lua_settop(state: LuaState, top: number): void;
  lua_toboolean(state: LuaState, index: number): boolean;
  lua_tonumber(state: LuaState, index: number): number;
  lua_tostring(state: LuaState, index: number): LuaBytes | null;
  lua_type(state: LuaState, index: number): number;
}

interface Auxiliary {
  luaL_checkstack(state: LuaState, space: number, message: LuaBytes): void;
  luaL_loadbuffer(state: LuaState, code: LuaBytes, length: number, name: LuaBytes): number;
  luaL_newstate(): LuaState;
  luaL_ref(state: LuaState, table: number): number;
  luaL_requiref(state: LuaState, name: LuaBytes, open: LuaFunction, global: boolean): void;
  luaL_unref(state: LuaState, table: number, reference: number): void;
  luaL_where(state: LuaState, level: number): void;
}

interface Libraries {
  readonly luaopen_base: LuaFunction;
  readonly luaopen_math: LuaFunction;
  readonly luaopen_string: LuaFunction;
  readonly luaopen_table: LuaFunction;
}

interface Fengari {
  readonly lua: Lua;
  readonly lauxlib: Auxiliary;
  readonly lualib: Libraries;
}

interface NumberSlot {
  readonly value: number;
  ttisinteger(): boolean;
  setfltvalue(value: number): void;
}

const require = createRequire(import.meta.url);

/**
 * Fengari is Lua 5.3, whose integers are 32 bits wide here; Redis has Lua 5.1, where every number is a double. A time in
 * milliseconds must not wrap round, so every number that is read from a script or a string is made a double, and
 * doubles are printed as 5.1 prints them, which Fengari must be told before it is loaded.
 */
function load(): Fengari {
  // The configuration and the definitions need each other, and can only be entered from this side.
  require("fengari/src/defs.js");
  const configuration: { LUA_COMPAT_FLOATSTRING: boolean; lua_number2str: (value: number) => string } =
    require("fengari/src/luaconf.js");
  configuration.LUA_COMPAT_FLOATSTRING = true;
  configuration.lua_number2str = significant14;
  const fengari: Fengari = require("fengari");
  const objects: { luaO_str2num: (text: LuaBytes, slot: NumberSlot) => number } = require("fengari/src/lobject.js");
  const read = objects.luaO_str2num;
  objects.luaO_str2num = (text, slot) => {
    const length = read(text, slot);
    if (length !== 0 && slot.ttisinteger()) slot.setfltvalue(slot.value);
    return length;
  };
  return fengari;
}

/** C's `%.14g`. */
function significant14(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  const [mantissa = "", exponent = ""] = value.toExponential(13).split("e");
  const power = Number(exponent);
  if (power >= -4 && power < 14) return withoutTrailingZeros(value.toFixed(13 - power));
  return `${withoutTrailingZeros(mantissa)}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

function withoutTrailingZeros(digits: string): string {
  return digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits;
}

export const { lua, lauxlib, lualib }: Fengari = load();
