import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseNumeral } from "../../src/practice/numeral.ts";
import { attempt } from "../../src/templates/faults.ts";
import { fixedText, moneyText, numberText } from "../../src/templates/number-text.ts";
import { Rational } from "../../src/templates/rational.ts";
import { Scope } from "../../src/templates/scope.ts";
import { noValues, valueText } from "../../src/templates/values.ts";

const scope = new Scope();
scope.declare("a", "number");
scope.declare("b", "number");
scope.declare("data", "list<number>");
scope.declare("words", "list<string>");
const makeThing = scope.declareItem("thing", { one: "string", price: "number" });

const values = noValues();
values.a = Rational.of(3);
values.b = Rational.of(-4);
values.data = [4, 1, 4, 7].map((one) => Rational.of(one));
values.words = ["red", "blue", "green"];
values.thing = makeThing?.({ one: "apple", price: Rational.of(1, 2) }) ?? "";

/** What an expression gives, as text; or its fault and the characters that are at fault. */
function result(source: string): string {
  const made = attempt(() => scope.compile(source, { path: "here" }).evaluate(values));
  if (made.ok) return valueText(made.value);
  const { message, position } = made.fault;
  return `! ${message} @ ${position ? source.slice(position.start, position.end) || "end" : "nowhere"}`;
}

const table = (rows: Readonly<Record<string, string>>) =>
  it.each(Object.entries(rows))("%s is %s", (source, expected) => expect(result(source)).toBe(expected));

describe("numbers are exact", () => {
  table({
    "0.1 + 0.2 == 0.3": "true",
    "1 / 3 + 1 / 6": "0.5",
    "1 / 3": "1/3",
    "7 / 2 * 2": "7",
    "-7 % 3": "2",
    "5.5 % 2": "1.5",
    "a - b": "7",
    "a / b": "−0.75",
    "999999999 * 999999999 - 1": "! a number is too large to be exact @ 999999999 * 999999999",
    "pow(2, 40)": "1,099,511,627,776",
    "pow(2, -3)": "0.125",
    "pow(0.5, 2)": "0.25",
    "sqrt(2.25)": "1.5",
    "is_square(90000000 * 90000000 + 1)": "false",
    "sqrt(2)": "! the square root of 2 is no fraction @ sqrt(2)",
    "fraction(3, b + 4)": "! division by zero @ fraction(3, b + 4)",
    "round(2.345, 2)": "2.35",
    "round(-2.5)": "−3",
    "round(1250, -2)": "1,300",
    "round_to(17, 5)": "15",
    "gcd(12, 18) + lcm(4, 6)": "18",
    "digit(4725, 100)": "7",
    "digit(3.62, 0.1)": "6",
    "quotient(17, 5)": "3",
    "floor(-1.5) + ceil(1.2)": "0",
    "min(a, b) + max([a, b, 9])": "5",
    "numerator(6/8) * 10 + denominator(6/8)": "34",
  });
});

describe("lists and conditions", () => {
  table({
    "mean(data)": "4",
    "median(data)": "4",
    "mode(data)": "4",
    "range(data)": "6",
    "sorted(data)": "1, 4, 4, 7",
    "sum(data.filter(x, x > 1).map(x, x * 2))": "30",
    "data.exists(x, x == 7) && data.all(x, x > 0)": "true",
    "count(words)": "3",
    "at(words, 1)": "blue",
    "7 in data": "true",
    "factors(12)": "1, 2, 3, 4, 6, 12",
    "is_prime(97) && !is_prime(91)": "true",
    "all_different(data)": "false",
    "sequence(2, 5)": "2, 3, 4, 5",
    "thing.price * 4": "2",
    "a > b ? thing.one : 'none'": "apple",
    "b == 0 || a / b < 0": "true",
  });
});

describe("texts", () => {
  table({
    "text(1234567.5)": "1,234,567.5",
    "plain(2024)": "2024",
    "fixed(3, 2)": "3.00",
    "fixed(2 / 3, 2)": "0.67",
    "money(-1234.5)": "−$1,234.50",
    "fraction(6 / 8)": "3/4",
    "fraction(6, 8)": "6/8",
    "mixed(7 / 4)": "1 3/4",
    "mixed(-7 / 4)": "−1 3/4",
    "mixed(3 / 4)": "3/4",
    "signed(4) + signed(-4) + signed(0)": "+4−40",
    "'x ' + plus(-3)": "x − 3",
    "coefficient(1) + coefficient(-1) + coefficient(5)": "−5",
    "brackets(-3) + brackets(3)": "(−3)3",
    "ordinal(1) + ordinal(12) + ordinal(22) + ordinal(113)": "1st12th22nd113th",
    "words(1000412)": "one million four hundred twelve",
    "clock(5) + clock(785)": "12:051:05",
    "place_name(10) + place_name(0.1)": "tenstenths",
    "relation(a, b)": ">",
    "plural(1, 'cat', 'cats') + plural(0, 'cat', 'cats')": "catcats",
    "capital('she')": "She",
    "listed(data)": "4, 1, 4 and 7",
    "join(words, ' < ')": "red < blue < green",
    "contains('three', 'ee')": "true",
  });

  it("are read again as the number that they show", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 6 }), (n, places) => {
        const value = Rational.of(n, 10 ** places);
        expect(parseNumeral(numberText(value))).toBe(value.toNumber());
        expect(parseNumeral(fixedText(value, 6))).toBe(value.toNumber());
        expect(moneyText(Rational.of(n)).replace("$", "")).toBe(fixedText(Rational.of(n), 2));
      }),
    );
  });
});

describe("a fault names the characters that are at fault", () => {
  table({
    "1 +": "! Unexpected token: EOF @ end",
    "2a": "! Unexpected character: 'a' @ a",
    "max(1, 2": "! Expected RPAREN, got EOF @ end",
    "a + apples": "! there is no variable apples @ apples",
    "1 + a / (4 + b) * 2": "! division by zero @ a / (4 + b",
    "1 + mean([a].filter(x, x > 5))": "! division by zero @ mean([a].filter(x, x > 5))",
    "a + 'x'": "! no such overload: number + string @ a + 'x'",
    "1 + gcd(a)": "! found no matching overload for 'gcd(number)' @ gcd(a)",
    "1 + gcd(a, 1/2)": "! 1/2 is no whole number @ gcd(a, 1/2)",
    "a ? 1 : 2": "! Ternary condition must be bool, got 'number' @ a",
    "thing.many": "! No such key: many @ many",
    "at(data, 9)": "! a list of 4 has no entry 9 @ at(data, 9)",
    "data[0]": "! an entry of a list is at(list, index) @ data[0]",
    "1e3 + 1": "! a number is written as 12 or 0.25, with at most 15 digits @ 1e3",
  });
});

describe("what the language has not", () => {
  table({
    "'a'.matches('(a+)+')": "! there is no function .matches() @ 'a'.matches('(a+)+')",
    "timestamp('2024-01-01T00:00:00Z')": "! there is no function timestamp() @ timestamp('2024-01-01T00:00:00Z')",
    "cel.bind(x, 1, x)": "! there is no function .bind() @ cel.bind(x, 1, x)",
    "{'a': 1}": "! Exceeded maxMapEntries (0) @ end",
    constructor: "! there is no variable constructor @ constructor",
    __proto__: "! Reserved identifier: __proto__ @ __proto__",
    "thing.constructor": "! No such key: constructor @ constructor",
    int: "! there is no variable int @ int",
    null: "! a number is written as 12 or 0.25, with at most 15 digits @ null",
    "data.all(x, data.all(y, x < y))": "! .all() cannot stand within another @ data.all(y, x < y)",
    "sorted(data.map(x, x + 1)).map(y, y + 1)": "! .map() cannot stand on another @ data.map(x, x + 1)",
  });

  it("is anything without a bound", () => {
    expect(result("a".repeat(401))).toContain("longer than 400 characters");
    expect(result("(".repeat(100))).toContain("Exceeded maxDepth");
    expect(result(Array.from({ length: 99 }, () => "a").join("+"))).toContain("Exceeded maxAstNodes");
    expect(result("pow(10, 61)")).toContain("an exponent is beyond 60");
    expect(result("sequence(1, 1000000)")).toContain("longer than 100");
    expect(result("sequence(1, 90)")).toContain("more than 50 entries");
    expect(result("is_prime(99999)")).toContain("up to 10000");
    expect(result("data.all(x, is_prime(x) || is_prime(x + 1))")).toContain("takes too many steps");
    const joined = Array.from({ length: 30 }, () => "data").join(" + ");
    expect(result(`count(${joined})`)).toContain("takes too many steps");
    expect(result(`(${joined}).all(x, x > 0)`)).toContain("takes too many steps");
    expect(result("data.all(x, a in data + data + data + data)")).toContain("takes too many steps");
    expect(result("data.all(x, data != data + data && data != data + data)")).toContain("takes too many steps");
    expect(result("join(sequence(1, 99).map(x, words(777777)), '')")).toContain("more than 500 characters");
    expect(result("[join(sequence(1, 99).map(x, words(777777)), '')]")).toContain("more than 500 characters");
    expect(result("contains(join(sequence(1, 99).map(x, words(777777)), ''), 'b')")).toContain(
      "more than 500 characters",
    );
    expect(result("count([[1, 2], [3]])")).toContain("a list within a list");
    expect(result("data.map(x, [x, 1]) == data.map(x, [x, 1])")).toContain("a list within a list");
  });
});
