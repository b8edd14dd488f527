import { type Bytes, Failure } from "../engine.ts";

const NOT_AN_INTEGER = "ERR value is not an integer or out of range";
const SMALLEST = -(2n ** 63n);
const LARGEST = 2n ** 63n - 1n;

/** A 64-bit integer as Redis reads one, without spaces, plus sign or leading zeros; throws `message` otherwise. */
export function bigIntegerOf(text: Bytes | undefined, message = NOT_AN_INTEGER): bigint {
  if (text === undefined || !/^(0|-?[1-9]\d{0,18})$/.test(text)) throw new Failure(message);
  const value = BigInt(text);
  if (value < SMALLEST || value > LARGEST) throw new Failure(message);
  return value;
}

/** As `bigIntegerOf`, for what is counted or timed and never comes near 2^53. */
export function integerOf(text: Bytes | undefined, message = NOT_AN_INTEGER): number {
  return Number(bigIntegerOf(text, message));
}

/** The sum of two 64-bit integers; throws where it is none. */
export function sumOf(left: bigint, right: bigint): bigint {
  const sum = left + right;
  if (sum < SMALLEST || sum > LARGEST) throw new Failure("ERR increment or decrement would overflow");
  return sum;
}

/** A finite or infinite number as Redis reads one; throws `message` otherwise. */
export function floatOf(text: Bytes | undefined, message = "ERR value is not a valid float"): number {
  if (text === undefined) throw new Failure(message);
  const infinity = /^([+-]?)inf(inity)?$/i.exec(text);
  if (infinity !== null) return infinity[1] === "-" ? -Infinity : Infinity;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) throw new Failure(message);
  return Number(text);
}

/** A number as Redis prints one. */
export function printed(value: number): Bytes {
  if (value === Infinity) return "inf";
  if (value === -Infinity) return "-inf";
  return Object.is(value, -0) ? "-0" : String(value);
}

/** Cuts a part out of a list by Redis's inclusive bounds, which count from its end where negative. */
export type Slice = <Item>(items: readonly Item[]) => Item[];

/** The cut from `start` to `stop`; throws where they are no integers. */
export function sliceOf(start: Bytes | undefined, stop: Bytes | undefined): Slice {
  const from = integerOf(start);
  const to = integerOf(stop);
  return (items) => {
    const fromEnd = (index: number) => Math.max(index < 0 ? index + items.length : index, -1);
    return items.slice(Math.max(fromEnd(from), 0), fromEnd(to) + 1);
  };
}
