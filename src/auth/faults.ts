import { unauthorized } from "../http/errors.ts";

/** The one answer to a sign-in that failed, whether the name, the password or the account is at fault. */
export const wrongCredentials = () => unauthorized("The name or the password is wrong.");

/** The one answer to a refresh token that is not good: unknown, expired, ended, or replaced by its successor's use. */
export const badRefreshToken = () => unauthorized("The refresh token is not valid any more. Sign in again.");

/** The caller's token is good, but the account is gone or deactivated. */
export const accountGone = () => unauthorized("This account does not exist any more or is not active.");
