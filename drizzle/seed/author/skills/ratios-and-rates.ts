import { type AuthoredSkill, level, mathSkill, mcq, multi, numeric, text } from "../kit.ts";
import { TOPIC } from "../topics.ts";

export const ratiosAndRates: AuthoredSkill = {
  skill: mathSkill({
    id: 10,
    grade: 6,
    topic_id: TOPIC.ratiosAndRates,
    code: "A.1",
    title: "Ratios and unit rates",
    description: "Write and simplify ratios, find equivalent ones, and solve problems with unit rates.",
    tags: ["ratios", "unit-rates", "proportions", "word-problems"],
    difficulty: 3,
    standards: ["CCSS.MATH.CONTENT.6.RP.A.1", "CCSS.MATH.CONTENT.6.RP.A.2"],
    prerequisites: [1, 2],
  }),
  questions: [
    ...level(
      1,
      mcq(
        "A bowl holds 4 apples and 7 pears. What is the ratio of apples to pears?",
        { right: "4:7", wrong: ["7:4", "4:11", "7:11"], check: "4 / 7" },
        "Name the numbers in the order of the words: apples first, then pears. That gives 4:7.",
      ),
      numeric(
        "6 bottles of water cost $12. How many dollars does one bottle cost?",
        { value: 2, unit: "dollars", check: "12 / 6" },
        "Share the cost equally among the bottles: 12 ÷ 6 = 2 dollars each.",
      ),
      multi(
        "Which ratios are equivalent to 1:3? Choose all that are.",
        { choices: ["2:6", "3:1", "4:12", "5:15"], right: ["2:6", "4:12", "5:15"], check: "1 / 3" },
        "In 1:3 the second number is 3 times the first. That holds for 2:6, 4:12 and 5:15. In 3:1 the numbers have changed places.",
      ),
      numeric(
        "A car drives 60 miles each hour. How many miles does it drive in 3 hours?",
        { value: 180, unit: "miles", check: "60 * 3" },
        "Every hour adds 60 miles, so multiply: 60 × 3 = 180 miles.",
      ),
    ),
    ...level(
      2,
      text(
        "Write the ratio 12:8 in simplest form.",
        { text: "3:2", accept: ["3 : 2", "3/2", "3 to 2"], placeholder: "like 5:4", check: "simplestRatio(12, 8)" },
        "Divide both numbers by 4, the greatest number that divides both. 12 ÷ 4 = 3 and 8 ÷ 4 = 2, so it is 3:2.",
      ),
      numeric(
        "Tara reads 45 pages in 3 hours. How many pages does she read each hour?",
        { value: 15, unit: "pages", check: "45 / 3" },
        "A unit rate is for one hour, so divide by the hours: 45 ÷ 3 = 15 pages.",
      ),
      mcq(
        "In a class the ratio of girls to boys is 3:2. There are 12 girls. How many boys are there?",
        { right: "8", wrong: ["18", "11", "6"], check: "12 / answer == 3 / 2" },
        "12 girls are 4 times 3, so there are 4 times 2 boys: 4 × 2 = 8.",
      ),
      numeric(
        "What number makes the ratios equivalent? 5:8 = ☐:40",
        { value: 25, check: "5 / 8 == answer / 40" },
        "40 is 5 times 8, so multiply the other number by 5 too: 5 × 5 = 25.",
      ),
    ),
    ...level(
      3,
      mcq(
        "Which is the best buy?",
        {
          right: "5 pens for $4.00",
          wrong: ["3 pens for $2.70", "4 pens for $3.40", "2 pens for $1.90"],
          check:
            'least("5 pens for $4.00", 4.00/5, "3 pens for $2.70", 2.70/3, "4 pens for $3.40", 3.40/4, "2 pens for $1.90", 1.90/2)',
        },
        "Find the price of one pen in each offer. 4.00 ÷ 5 = 0.80, 2.70 ÷ 3 = 0.90, 3.40 ÷ 4 = 0.85 and 1.90 ÷ 2 = 0.95. The lowest is 0.80 dollars.",
      ),
      numeric(
        "A recipe for 4 people needs 300 g of rice. How many grams are needed for 10 people?",
        { value: 750, unit: "g", check: "300 / 4 * 10" },
        "One person needs 300 ÷ 4 = 75 g. For 10 people that is 75 × 10 = 750 g.",
      ),
      text(
        "A farm has 18 cows, 24 sheep and 6 horses. What is the ratio of cows to sheep in simplest form?",
        { text: "3:4", accept: ["3 : 4", "3/4", "3 to 4"], placeholder: "like 5:4", check: "simplestRatio(18, 24)" },
        "Leave the horses out. Cows to sheep is 18:24, and dividing both by 6 gives 3:4.",
      ),
      mcq(
        "A printer prints 84 pages in 6 minutes. At that rate, how many pages does it print in 15 minutes?",
        { right: "210", wrong: ["93", "196", "224"], check: "84 / 6 * 15" },
        "In one minute it prints 84 ÷ 6 = 14 pages. In 15 minutes it prints 14 × 15 = 210.",
      ),
    ),
    ...level(
      4,
      numeric(
        "Two friends share $60 in the ratio 2:3. How many dollars does the one with the larger share get?",
        { value: 36, unit: "dollars", check: "60 * 3 / (2 + 3)" },
        "There are 2 + 3 = 5 equal parts, and each is 60 ÷ 5 = 12 dollars. The larger share has 3 parts: 3 × 12 = 36 dollars.",
      ),
      mcq(
        "Paint is mixed from blue and yellow in the ratio 5:3. How much blue is in 32 liters of the mix?",
        { right: "20 liters", wrong: ["12 liters", "16 liters", "24 liters"], check: "32 * 5 / (5 + 3)" },
        "The mix has 5 + 3 = 8 parts of 32 ÷ 8 = 4 liters each. Blue makes up 5 of them: 5 × 4 = 20 liters.",
      ),
      multi(
        "A bus goes 150 miles in 2.5 hours. Which cars are faster than the bus? Choose all that are.",
        {
          choices: ["130 miles in 2 hours", "110 miles in 2 hours", "248 miles in 4 hours", "174 miles in 3 hours"],
          right: ["130 miles in 2 hours", "248 miles in 4 hours"],
          check:
            'named(answer, "130 miles in 2 hours", 130/2, "110 miles in 2 hours", 110/2, "248 miles in 4 hours", 248/4, "174 miles in 3 hours", 174/3) > 150/2.5',
        },
        "The bus goes 150 ÷ 2.5 = 60 miles an hour. Divide for the cars too: 130 ÷ 2 = 65 and 248 ÷ 4 = 62 are more than 60, but 110 ÷ 2 = 55 and 174 ÷ 3 = 58 are less.",
      ),
      numeric(
        "On a map 2 cm stand for 5 km. Two towns are 14 cm apart on the map. How many kilometers apart are they?",
        { value: 35, unit: "km", check: "14 / 2 * 5" },
        "14 cm are 7 times 2 cm, because 14 ÷ 2 = 7. So the distance is 7 × 5 = 35 km.",
      ),
    ),
    ...level(
      5,
      numeric(
        "The ratio of adults to children at a show is 4:9. There are 65 more children than adults. How many people are at the show?",
        { value: 169, unit: "people", check: "65 / (9 - 4) * (4 + 9)" },
        "The difference is 9 − 4 = 5 parts, so one part is 65 ÷ 5 = 13 people. All together there are 13 parts: 13 × 13 = 169.",
      ),
      mcq(
        "A train travels 42 km in 35 minutes. What is its speed in km per hour?",
        { right: "72", wrong: ["50", "70", "84"], check: "42 / 35 * 60" },
        "In one minute it travels 42 ÷ 35 = 1.2 km. An hour has 60 minutes, so it travels 1.2 × 60 = 72 km.",
      ),
      text(
        "The ratio of red to blue beads is 2:3, and the ratio of blue to green beads is 6:5. What is the ratio of red to green in simplest form?",
        {
          text: "4:5",
          accept: ["4 : 5", "4/5", "4 to 5"],
          placeholder: "like 5:4",
          check: "simplestRatio(2 * 6, 3 * 5)",
        },
        "Give blue the same number in both: 2:3 is the same as 4:6. With 6 blue beads there are 4 red and 5 green ones, so it is 4:5.",
      ),
      numeric(
        "Tap A fills 12 liters in 3 minutes, and tap B fills 10 liters in 4 minutes. Both are open. How many minutes do they need for 52 liters?",
        { value: 8, unit: "minutes", check: "52 / (12 / 3 + 10 / 4)" },
        "Tap A gives 12 ÷ 3 = 4 liters a minute and tap B gives 10 ÷ 4 = 2.5. Together that is 6.5 liters, and 52 ÷ 6.5 = 8 minutes.",
      ),
    ),
  ],
};
