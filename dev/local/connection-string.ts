/** Neon's names of the two ways to a database: with this at the end of its first label, a host is the pooler. */
const POOLER = /^([^.]+)-pooler(\..+\.neon\.tech)$/;
/** Each of these `pg` takes for `verify-full`, and warns that it will not for ever. */
const VERIFIED = ["prefer", "require", "verify-ca"];

/**
 * Where an operator's commands find the database of a connection string as Neon shows it. Not through its pooler, which
 * gives each transaction another session: the one that migrations are locked by would keep their lock. And always with the
 * server's certificate verified.
 */
export function operatorUrl(text: string): string {
  const url = new URL(text);
  url.hostname = url.hostname.replace(POOLER, "$1$2");
  if (VERIFIED.includes(url.searchParams.get("sslmode") ?? "")) url.searchParams.set("sslmode", "verify-full");
  return url.href;
}

/** Host and path of a connection string, without its password; throws, and does not repeat it, where the text is none. */
export function hostOf(text: string): string {
  const url = URL.parse(text);
  if (url === null) {
    throw new Error(
      "A connection string is to be as postgres://… or redis://…: one of DATABASE_URL, LOCAL_DATABASE_URL and LOCAL_REDIS_URL is not.",
    );
  }
  return `${url.host}${url.pathname}`;
}
