/** A number that cannot be: the message says why in an author's words. */
export class NumberFault extends Error {}

const DECIMAL = /^(-?)(\d{1,15})(?:\.(\d{1,15}))?$/;

/**
 * An exact number: a fraction in lowest terms of two safe integers. Whatever does not fit is refused, nothing is ever
 * rounded, so that 0.1 + 0.2 is 0.3 and a third times three is one.
 */
export class Rational {
  /** Carries the sign. */
  readonly n: number;
  /** Positive. */
  readonly d: number;

  private constructor(n: number, d: number) {
    this.n = n;
    this.d = d;
  }

  /** The fraction of two whole numbers; throws a {@link NumberFault} where the lower one is 0. */
  static of(n: number, d = 1): Rational {
    if (d === 1) return new Rational(safe(n), 1);
    if (d === 0) throw new NumberFault("division by zero");
    const divisor = greatestDivisor(Math.abs(safe(n)), Math.abs(safe(d))) * Math.sign(d);
    return new Rational(n / divisor + 0, d / divisor);
  }

  /** What a plain decimal says, exactly: `12`, `-0.25`; undefined for anything else. */
  static parse(text: string): Rational | undefined {
    const [, sign = "", whole = "", decimals = ""] = DECIMAL.exec(text) ?? [];
    if (whole === "" || whole.length + decimals.length > 15) return undefined;
    return Rational.of(Number(`${sign}${whole}${decimals}`), 10 ** decimals.length);
  }

  get isWhole(): boolean {
    return this.d === 1;
  }

  plus(other: Rational): Rational {
    if (this.d === other.d) return Rational.of(safe(this.n + other.n), this.d);
    const shared = greatestDivisor(this.d, other.d);
    const left = safe(this.n * (other.d / shared));
    return Rational.of(safe(left + safe(other.n * (this.d / shared))), safe(this.d * (other.d / shared)));
  }

  minus(other: Rational): Rational {
    return this.plus(other.negated());
  }

  times(other: Rational): Rational {
    if (this.d === 1 && other.d === 1) return new Rational(safe(this.n * other.n), 1);
    if (this.n === 0 || other.n === 0) return new Rational(0, 1);
    const left = greatestDivisor(Math.abs(this.n), other.d);
    const right = greatestDivisor(Math.abs(other.n), this.d);
    const n = safe((this.n / left) * (other.n / right));
    return new Rational(n, safe((this.d / right) * (other.d / left)));
  }

  over(other: Rational): Rational {
    return this.times(Rational.of(other.d, other.n));
  }

  /** What is left of this after the most whole times of `other`; of the sign of `other`: −7 leaves 2 by 3. */
  modulo(other: Rational): Rational {
    return this.minus(other.times(this.over(other).floor()));
  }

  negated(): Rational {
    return new Rational(0 - this.n, this.d);
  }

  floor(): Rational {
    if (this.d === 1) return this;
    const rest = this.n % this.d;
    return new Rational(safe(this.n - (rest < 0 ? rest + this.d : rest)) / this.d, 1);
  }

  /** Less than, equal to or greater than 0 as this is less than, equal to or greater than `other`; never throws. */
  compare(other: Rational): number {
    if (this.d === other.d) return this.n - other.n;
    const [left, right] = [this.n * other.d, other.n * this.d];
    if (Number.isSafeInteger(left) && Number.isSafeInteger(right)) return left - right;
    return Number(BigInt(this.n) * BigInt(other.d) - BigInt(other.n) * BigInt(this.d));
  }

  equals(other: Rational): boolean {
    return this.n === other.n && this.d === other.d;
  }

  toNumber(): number {
    return this.n / this.d;
  }

  toString(): string {
    return this.d === 1 ? String(this.n) : `${this.n}/${this.d}`;
  }
}

export function greatestDivisor(a: number, b: number): number {
  let [greater, less] = [a, b];
  while (less !== 0) [greater, less] = [less, greater % less];
  return greater === 0 ? 1 : greater;
}

/** The same number, without a negative zero. A product or sum beyond the safe integers never rounds into them. */
function safe(value: number): number {
  if (!Number.isSafeInteger(value)) throw new NumberFault("a number is too large to be exact");
  return value + 0;
}
