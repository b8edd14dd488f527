import { type Bytes, Failure, type Reply } from "../engine.ts";
import { shaOf, withoutShebang } from "../scripts.ts";
import { type LuaFunction, type LuaState, lauxlib, lua, lualib } from "./fengari.ts";
import { bytesAt, fieldOfTop, popReply, pushBytes, pushList, pushReply, pushTable } from "./values.ts";

/** Scripts, known by their hash. */
export interface Scripts {
  /** Compiles a script and keeps it; returns its hash. Throws what Redis says of one that does not compile. */
  load(script: Bytes): string;
  has(sha: string): boolean;
  /** Runs a script that has been loaded; throws NOSCRIPT where none has that hash. */
  run(sha: string, keys: readonly Bytes[], args: readonly Bytes[]): Reply;
  flush(): void;
}

/** What Lua 5.1 in Redis has and 5.3 calls otherwise, and what keeps scripts from leaving anything behind. */
const PRELUDE = `
  local floor, ceil = math.floor, math.ceil
  math.floor = function(x) return floor(x) + 0.0 end
  math.ceil = function(x) return ceil(x) + 0.0 end
  math.pow = function(x, y) return x ^ y end
  math.log10 = function(x) return math.log(x, 10) end
  table.getn = function(t) return #t end
  unpack, loadstring = table.unpack, load
  dofile, loadfile, print = nil, nil, nil
  setmetatable(_G, {
    __index = function(_, name)
      error("Script attempted to access nonexistent global variable '" .. tostring(name) .. "'", 2)
    end,
    __newindex = function() error("Attempt to modify a readonly table", 2) end,
  })
`;

/** Scripts that call commands through `call`, which returns errors as replies. */
export function createScripts(call: (command: readonly Bytes[]) => Reply): Scripts {
  const state = newState(call);
  const references = new Map<string, number>();
  return {
    load: (script) => {
      const sha = shaOf(script);
      if (!references.has(sha)) references.set(sha, compile(state, withoutShebang(script)));
      return sha;
    },
    has: (sha) => references.has(sha.toLowerCase()),
    run: (sha, keys, args) => {
      const reference = references.get(sha.toLowerCase());
      if (reference === undefined) throw new Failure("NOSCRIPT No matching script. Please use EVAL.");
      setGlobal(state, "KEYS", () => pushList(state, keys));
      setGlobal(state, "ARGV", () => pushList(state, args));
      return runReference(state, reference, sha.toLowerCase());
    },
    flush: () => {
      for (const reference of references.values()) lauxlib.luaL_unref(state, lua.LUA_REGISTRYINDEX, reference);
      references.clear();
    },
  };
}

function newState(call: (command: readonly Bytes[]) => Reply): LuaState {
  const state = lauxlib.luaL_newstate();
  const libraries: readonly (readonly [string, LuaFunction])[] = [
    ["_G", lualib.luaopen_base],
    ["table", lualib.luaopen_table],
    ["string", lualib.luaopen_string],
    ["math", lualib.luaopen_math],
  ];
  for (const [name, open] of libraries) {
    lauxlib.luaL_requiref(state, new Uint8Array(Buffer.from(name)), open, true);
    lua.lua_pop(state, 1);
  }
  setGlobal(state, "redis", () => pushRedisLibrary(state, call));
  const prelude = compile(state, PRELUDE, "prelude");
  runReference(state, prelude, "prelude");
  lauxlib.luaL_unref(state, lua.LUA_REGISTRYINDEX, prelude);
  return state;
}

function pushRedisLibrary(state: LuaState, call: (command: readonly Bytes[]) => Reply): void {
  const functions: Readonly<Record<string, LuaFunction>> = {
    call: (at) => {
      const reply = callFromScript(at, call, "call");
      pushReply(at, reply);
      return reply instanceof Failure ? lua.lua_error(at) : 1;
    },
    pcall: (at) => {
      pushReply(at, callFromScript(at, call, "pcall"));
      return 1;
    },
    error_reply: (at) => {
      const text = (bytesAt(at, 1) ?? "").replace(/^-/, "");
      pushTable(at, "err", text.includes(" ") ? text : `ERR ${text}`);
      return 1;
    },
    status_reply: (at) => {
      pushTable(at, "ok", bytesAt(at, 1) ?? "");
      return 1;
    },
    sha1hex: (at) => {
      pushBytes(at, shaOf(bytesAt(at, 1) ?? ""));
      return 1;
    },
    log: () => 0,
  };
  lua.lua_createtable(state, 0, 12);
  for (const [name, run] of Object.entries(functions)) {
    pushBytes(state, name);
    lua.lua_pushjsfunction(state, run);
    lua.lua_rawset(state, -3);
  }
  for (const [level, name] of ["LOG_DEBUG", "LOG_VERBOSE", "LOG_NOTICE", "LOG_WARNING"].entries()) {
    pushBytes(state, name);
    lua.lua_pushnumber(state, level);
    lua.lua_rawset(state, -3);
  }
}

function callFromScript(state: LuaState, call: (command: readonly Bytes[]) => Reply, name: string): Reply {
  const count = lua.lua_gettop(state);
  if (count === 0) return new Failure(`ERR Please specify at least one argument for this redis.${name}() call`);
  const command: Bytes[] = [];
  for (let index = 1; index <= count; index += 1) {
    const part = bytesAt(state, index);
    if (part === undefined) {
      return new Failure("ERR Lua redis lib command arguments must be strings or integers");
    }
    command.push(part);
  }
  return call(command);
}

function compile(state: LuaState, script: Bytes, name = "user_script"): number {
  const code = new Uint8Array(Buffer.from(script, "latin1"));
  if (lauxlib.luaL_loadbuffer(state, code, code.length, new Uint8Array(Buffer.from(`@${name}`))) !== lua.LUA_OK) {
    const reason = bytesAt(state, -1);
    lua.lua_settop(state, 0);
    throw new Failure(`ERR Error compiling script (new function): ${reason}`);
  }
  return lauxlib.luaL_ref(state, lua.LUA_REGISTRYINDEX);
}

function runReference(state: LuaState, reference: number, sha: string): Reply {
  let raised = "";
  lua.lua_settop(state, 0);
  lua.lua_pushjsfunction(state, (at) => {
    raised = `${messageOf(at)} script: ${sha}, on ${placeOf(at)}.`;
    return 0;
  });
  lua.lua_rawgeti(state, lua.LUA_REGISTRYINDEX, reference);
  const outcome = lua.lua_pcall(state, 0, 1, 1);
  const reply = outcome === lua.LUA_OK ? popReply(state) : new Failure(raised);
  lua.lua_settop(state, 0);
  if (reply instanceof Failure) throw reply;
  return reply;
}

/** What was raised: a command's error as it is, anything else as an ERR. */
function messageOf(state: LuaState): Bytes {
  if (lua.lua_type(state, 1) !== lua.LUA_TTABLE) return `ERR ${bytesAt(state, 1) ?? "(error object)"}`;
  lua.lua_settop(state, 1);
  return fieldOfTop(state, "err") ?? "ERR unknown error";
}

/** Where it was raised: in the function that failed or, where that is none of the script's, in the one of the script's that called it. */
function placeOf(state: LuaState): string {
  for (const level of [1, 2, 3]) {
    lauxlib.luaL_where(state, level);
    const where = /^user_script:\d+/.exec(bytesAt(state, -1) ?? "");
    if (where !== null) return `@${where[0]}`;
  }
  return "@user_script:0";
}

/** Sets a global past the guard that keeps scripts from making any. */
function setGlobal(state: LuaState, name: string, push: () => void): void {
  lua.lua_settop(state, 0);
  lua.lua_pushglobaltable(state);
  pushBytes(state, name);
  push();
  lua.lua_rawset(state, 1);
  lua.lua_settop(state, 0);
}
