import type { ErrorCode } from "../http/errors.ts";

/** Why a command was refused: what becomes the error envelope. Nothing was changed. */
export type Refusal = {
  readonly code: ErrorCode;
  readonly message: string;
  readonly status?: 400;
  readonly details?: unknown;
  /** The limit that is used up, and when it has room again. */
  readonly limit?: {
    readonly name: string;
    readonly quota: number;
    readonly windowSec: number;
    readonly resetSec: number;
  };
};

export type Refused = { readonly ok: false; readonly refusal: Refusal };

/** A refusal as commands return it: it travels between objects, where a thrown error would lose its class. */
export const refuse = (code: ErrorCode, message: string, more: Omit<Refusal, "code" | "message"> = {}): Refused => ({
  ok: false,
  refusal: { code, message, ...more },
});

export const noSuchSession = () => refuse("not_found", "You have no such practice session.");

export const sessionFinished = () => refuse("session_finished", "This session is finished. Start a new one to go on.");
