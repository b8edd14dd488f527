import type { z } from "../http/zod.ts";
import type { recordSchema } from "./schemas.ts";

type Record = z.infer<typeof recordSchema>;

const NAMES = (
  "Ada Amir Ana Ben Carla Chen Daniel Elena Emma Eva Finn Grace Hana Ibrahim Ines Jack Jonas Kai Kofi Lena Leo Liam Lina " +
  "Lucas Maya Mei Mia Milo Nia Noah Nora Omar Priya Ravi Rosa Sam Sofia Tara Theo Zoe"
).split(" ");

const SHE = "Ada Ana Carla Elena Emma Grace Hana Ines Lina Maya Mia Nia Nora Priya Rosa Sofia".split(" ");
const HE = "Amir Ben Daniel Finn Ibrahim Jack Jonas Kofi Leo Liam Lucas Milo Noah Omar Ravi Theo".split(" ");

const PEOPLE: readonly Record[] = [
  ...SHE.map((name) => ({ name, they: "she", them: "her", their: "her" })),
  ...HE.map((name) => ({ name, they: "he", them: "him", their: "his" })),
];

const nouns = (words: string): readonly Record[] =>
  words.split(" ").map((word) => {
    const [one = "", many = ""] = word.split("/");
    return { one, many };
  });

/**
 * The lists that every template may draw from. An instance is made anew from its number, so that a list never changes:
 * other words are another list.
 */
export const WORD_LISTS = {
  names: NAMES,
  people: PEOPLE,
  things: nouns(
    "apple/apples book/books button/buttons card/cards coin/coins cookie/cookies crayon/crayons flower/flowers " +
      "marble/marbles muffin/muffins orange/oranges pear/pears pencil/pencils photo/photos ribbon/ribbons shell/shells " +
      "stamp/stamps sticker/stickers stone/stones ticket/tickets",
  ),
  animals: nouns(
    "bird/birds cat/cats chicken/chickens cow/cows dog/dogs duck/ducks goat/goats horse/horses rabbit/rabbits turtle/turtles",
  ),
  colors: "red orange yellow green blue purple pink brown black white".split(" "),
  weekdays: "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(" "),
  months: "January February March April May June July August September October November December".split(" "),
} as const satisfies Readonly<{ [name: string]: readonly (string | Record)[] }>;
