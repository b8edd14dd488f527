import type { TokensDto, UserDto } from "../../../auth/schemas.ts";
import { type ApiRequest, type Failure, type Reply, send } from "./api.ts";
import { forget, keep, kept } from "./kept.ts";

/** Who makes the requests of one side of the page. */
export type Account = {
  /** Undefined for a guest. */
  readonly user: UserDto | undefined;
  /** The request as this caller; a token that has run out is renewed first, or after a 401, and the request sent again. */
  call<Data>(request: ApiRequest): Promise<Reply<Data>>;
  /** An access token that is good for a while; `renewed` asks for one that is new. */
  token(options: { renewed: boolean }): Promise<Reply<string>>;
  /** Ends the sign-in here and on the server. */
  leave(): void;
};

type Kept = { readonly tokens: TokensDto; readonly renewAtMs: number };

/** A token is renewed so long before it runs out. */
const MARGIN_MS = 30_000;

const UNAUTHORIZED: Failure = {
  kind: "refused",
  status: 401,
  code: "unauthorized",
  message: "Please sign in again.",
  retryAfterSec: undefined,
};
const signedOut: Reply<never> = { ok: false, failure: UNAUTHORIZED };

/** Whoever has no account: the session's id is the only key to it. */
export const guest: Account = {
  user: undefined,
  call: (request) => send(request),
  token: async () => signedOut,
  leave: () => undefined,
};

export type SignIn = {
  /** Keeps the sign-in over a reload under this name; without one it is gone with the page. */
  readonly slot?: string;
  /** An e-mail address or a user name, which has no @. */
  readonly name: string;
  readonly password: string;
};

export async function signIn({ slot, name, password }: SignIn): Promise<Reply<Account>> {
  const body = name.includes("@") ? { email: name, password } : { username: name, password };
  const reply = await send<TokensDto>({ method: "POST", path: "/auth/login", body });
  return reply.ok ? { ...reply, data: signedIn(slot, keepTokens(slot, reply.data)) } : reply;
}

/** Who signed in under `slot` before the page was loaded again. */
export function stillSignedIn(slot: string): Account | undefined {
  const found = kept<Kept>(slot);
  return found && signedIn(slot, found);
}

function keepTokens(slot: string | undefined, tokens: TokensDto): Kept {
  const current = { tokens, renewAtMs: Date.now() + tokens.expires_in * 1000 - MARGIN_MS };
  if (slot !== undefined) keep(slot, current);
  return current;
}

function signedIn(slot: string | undefined, found: Kept): Account {
  let current = found;
  let hasLeft = false;
  let renewing: Promise<Reply<string>> | undefined;

  /** One renewal at a time, whoever asks. */
  function renew(): Promise<Reply<string>> {
    renewing ??= askForTokens().finally(() => {
      renewing = undefined;
    });
    return renewing;
  }

  async function askForTokens(): Promise<Reply<string>> {
    const body = { refresh_token: current.tokens.refresh_token };
    const reply = await send<TokensDto>({ method: "POST", path: "/auth/refresh", body });
    if (hasLeft) return signedOut;
    if (!reply.ok) {
      if (isUnauthorized(reply)) forgetTokens();
      return reply;
    }
    current = keepTokens(slot, reply.data);
    return { ...reply, data: current.tokens.access_token };
  }

  const token: Account["token"] = async ({ renewed }) => {
    if (hasLeft) return signedOut;
    if (renewed || Date.now() >= current.renewAtMs) return renew();
    return { ok: true, data: current.tokens.access_token, total: undefined };
  };

  function forgetTokens(): void {
    if (slot !== undefined) forget(slot);
  }

  return {
    user: current.tokens.user,
    token,
    async call<Data>(request: ApiRequest): Promise<Reply<Data>> {
      const first = await token({ renewed: false });
      if (!first.ok) return first;
      const reply = await send<Data>(request, first.data);
      if (!isUnauthorized(reply)) return reply;
      const second = await token({ renewed: true });
      return second.ok ? send<Data>(request, second.data) : second;
    },
    leave() {
      hasLeft = true;
      forgetTokens();
      const body = { refresh_token: current.tokens.refresh_token };
      void send({ method: "POST", path: "/auth/logout", body, keepalive: true });
    },
  };
}

/** Whether the sign-in is over. */
export function isUnauthorized<Data>(reply: Reply<Data>): boolean {
  return !reply.ok && reply.failure.kind === "refused" && reply.failure.status === 401;
}
