/**
 * Pseudo-random numbers that depend on their seed and number alone: the same on every engine, at every place in a
 * sequence at once. The mix is mulberry32's: a counter in steps of an odd constant, then two rounds of multiply and shift.
 */

/** 32 bits, each as likely set as not. */
export function mix(seed: number, number: number): number {
  let mixed = (seed + Math.imul(number, 0x6d2b79f5)) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return (mixed ^ (mixed >>> 14)) >>> 0;
}

/** A whole number from 0 to `bound` − 1; `bound` is small beside 2³². */
export function draw(seed: number, number: number, bound: number): number {
  return mix(seed, number) % bound;
}
