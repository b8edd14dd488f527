import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { HOST } from "../local/ports.ts";
import type { Bundle } from "./bundle.ts";

const ASSETS_WORKER = fileURLToPath(new URL("./assets-worker.js", import.meta.url));
const CACHE_WORKER = fileURLToPath(new URL("./cache-worker.js", import.meta.url));

export type WorkerdConfigOptions = {
  readonly bundle: Bundle;
  /** Where the config file will be: it embeds the modules by paths relative to itself. */
  readonly dir: string;
  /** Where the objects' storage is; it must exist. */
  readonly objectsDir: string;
  /** Where the Cache API keeps what it keeps; it must exist. */
  readonly cacheDir: string;
  /** Names of the settings, whose values workerd takes from its environment. */
  readonly settings: readonly string[];
};

/**
 * The config that runs the built Worker on workerd, in Cap'n Proto's text form: its socket is `http`, its objects keep
 * their SQLite on disk, and it may connect to anything, this machine included. It holds no secret.
 */
export function workerdConfig({ bundle, dir, objectsDir, cacheDir, settings }: WorkerdConfigOptions): string {
  const embed = (path: string) => `embed ${text(relative(dir, path))}`;
  const modules = bundle.modules.map(
    (name) => `(name = ${text(name)}, ${kindOf(name)} = ${embed(join(bundle.dir, name))})`,
  );
  const bindings = [
    ...settings.map((name) => `(name = ${text(name)}, fromEnvironment = ${text(name)})`),
    ...bundle.objects.map(
      ({ binding, className }) => `(name = ${text(binding)}, durableObjectNamespace = ${text(className)})`,
    ),
    ...(bundle.assetsBinding === undefined ? [] : [`(name = ${text(bundle.assetsBinding)}, service = "assets")`]),
    // A build's folder is named by the hash of its sources.
    ...(bundle.versionBinding === undefined
      ? []
      : [`(name = ${text(bundle.versionBinding)}, json = ${text(JSON.stringify({ id: basename(bundle.dir) }))})`]),
  ];
  const namespaces = bundle.objects.map(
    ({ className }) => `(className = ${text(className)}, uniqueKey = ${text(`ascent-${className}`)}, enableSql = true)`,
  );
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "ascent", worker = .ascent),
    (name = "internet", network = (allow = ["public", "private", "local"], tlsOptions = (trustBrowserCas = true))),
    (name = "objects", disk = (path = ${text(objectsDir)}, writable = true)),
    (name = "assets", worker = .assets),
    (name = "files", disk = (path = ${text(join(bundle.dir, "assets"))})),
    (name = "cache", worker = .cache),
    (name = "cached", disk = (path = ${text(cacheDir)}, writable = true)),
  ],
  sockets = [(name = "http", address = "${HOST}:0", http = (), service = "ascent")],
);

const ascent :Workerd.Worker = (
  modules = ${list(modules)},
  compatibilityDate = ${text(bundle.compatibilityDate)},
  compatibilityFlags = ${list(bundle.compatibilityFlags.map(text))},
  bindings = ${list(bindings)},
  durableObjectNamespaces = ${list(namespaces)},
  durableObjectStorage = (localDisk = "objects"),
  cacheApiOutbound = "cache",
);

const assets :Workerd.Worker = (
  modules = [(name = "assets-worker.js", esModule = ${embed(ASSETS_WORKER)})],
  compatibilityDate = ${text(bundle.compatibilityDate)},
  bindings = [(name = "FILES", service = "files")],
);

const cache :Workerd.Worker = (
  modules = [(name = "cache-worker.js", esModule = ${embed(CACHE_WORKER)})],
  compatibilityDate = ${text(bundle.compatibilityDate)},
  bindings = [(name = "FILES", service = "cached")],
);
`;
}

function kindOf(name: string): string {
  if (/\.m?js$/.test(name)) return "esModule";
  if (name.endsWith(".wasm")) return "wasm";
  return /\.(txt|sql|html)$/.test(name) ? "text" : "data";
}

function list(items: readonly string[]): string {
  return items.length === 0 ? "[]" : `[\n    ${items.join(",\n    ")},\n  ]`;
}

/** A string of Cap'n Proto's text form, which knows JSON's escapes of quotes and backslashes. */
function text(value: string): string {
  return JSON.stringify(value);
}
