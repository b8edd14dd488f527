import { ApiError } from "./errors.ts";

/** What reading a body gives; 400 where the body breaks off, which its sender or the way here did, and nothing of ours. */
export async function received<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw new ApiError("validation_error", "The body broke off before its end.", { status: 400 });
  }
}
