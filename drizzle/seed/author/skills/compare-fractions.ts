import { type AuthoredSkill, level, mathSkill, mcq, multi, numeric, text } from "../kit.ts";
import { TOPIC } from "../topics.ts";

export const compareFractions: AuthoredSkill = {
  skill: mathSkill({
    id: 6,
    grade: 4,
    topic_id: TOPIC.fractions,
    code: "B.1",
    title: "Equivalent fractions and comparing fractions",
    description: "Find equal fractions, simplify them, and tell which of two fractions is greater.",
    tags: ["fractions", "equivalent-fractions", "comparing-fractions"],
    difficulty: 3,
    standards: ["CCSS.MATH.CONTENT.4.NF.A.1", "CCSS.MATH.CONTENT.4.NF.A.2"],
    prerequisites: [],
  }),
  questions: [
    ...level(
      1,
      mcq(
        "A pizza is cut into 8 equal slices. Jo eats 3 slices. What fraction of the pizza does Jo eat?",
        { right: "3/8", wrong: ["3/5", "5/8", "8/3"], check: "3 / 8" },
        "The bottom number counts all the slices, 8. The top number counts the slices eaten, 3. So it is 3/8.",
      ),
      text(
        "Write <, > or =: 2/6 ☐ 5/6",
        { text: "<", check: "relation(2/6, 5/6)" },
        "Both are counted in sixths, so compare the top numbers. 2 sixths are fewer than 5 sixths, so the sign is <.",
      ),
      mcq(
        "Which fraction is greater than 1/4?",
        { right: "1/3", wrong: ["1/5", "1/6", "1/8"], check: "answer > 1/4" },
        "When a whole is cut into fewer parts, each part is bigger. Thirds are bigger than fourths, so 1/3 > 1/4.",
      ),
      numeric(
        "How many fourths make one whole?",
        { value: 4, check: "1 / (1/4)", min: 0, max: 100 },
        "A fourth is one of 4 equal parts, so 4 of them make the whole.",
      ),
    ),
    ...level(
      2,
      numeric(
        "What number is missing? 1/2 = ☐/8",
        { value: 4, check: "1/2 == answer / 8" },
        "8 is 4 times the bottom number 2, so multiply the top number by 4 as well: 1 × 4 = 4.",
      ),
      multi(
        "Which fractions are equal to 1/2? Choose all that are.",
        { choices: ["3/6", "2/5", "5/10", "4/6"], right: ["3/6", "5/10"], check: "1/2" },
        "A fraction is a half when the top number is half of the bottom number. 3 is half of 6 and 5 is half of 10.",
      ),
      text(
        "Write <, > or =: 3/5 ☐ 3/8",
        { text: ">", check: "relation(3/5, 3/8)" },
        "Both have 3 parts. Fifths are bigger parts than eighths, so 3/5 > 3/8.",
      ),
      mcq(
        "Which fraction is equal to 2/3?",
        { right: "4/6", wrong: ["3/4", "4/5", "2/6"], check: "2/3" },
        "Multiply the top and the bottom by 2: 2 × 2 = 4 and 3 × 2 = 6. That gives 4/6.",
      ),
    ),
    ...level(
      3,
      text(
        "Write 6/8 in simplest form.",
        { text: "3/4", check: "simplest(6/8)" },
        "Both 6 and 8 can be divided by 2. 6 ÷ 2 = 3 and 8 ÷ 2 = 4, so it is 3/4.",
      ),
      mcq(
        "Mia ran 3/4 of a mile, Leo ran 5/8 of a mile and Sam ran 1/2 of a mile. Who ran the farthest?",
        { right: "Mia", wrong: ["Leo", "Sam"], check: 'most("Mia", 3/4, "Leo", 5/8, "Sam", 1/2)' },
        "Write all three in eighths: 3/4 = 6/8 for Mia, 5/8 for Leo and 1/2 = 4/8 for Sam. 6/8 is the most, so Mia ran the farthest.",
      ),
      numeric(
        "What number is missing? 4/5 = 12/☐",
        { value: 15, check: "4/5 == 12 / answer" },
        "The top number was multiplied by 3, because 4 × 3 = 12. Do the same at the bottom: 5 × 3 = 15.",
      ),
      multi(
        "Which fractions are less than 1/2? Choose all that are.",
        {
          choices: ["3/8", "4/9", "5/12", "7/10"],
          right: ["3/8", "4/9", "5/12"],
          check: "answer < 1/2",
        },
        "Compare each top number with half of the bottom number. 3 is less than half of 8, 4 is less than half of 9, and 5 is less than half of 12. But 7 is more than half of 10.",
      ),
      text(
        "Write <, > or =: 2/3 ☐ 3/4",
        { text: "<", check: "relation(2/3, 3/4)" },
        "Write both in twelfths: 2/3 = 8/12 and 3/4 = 9/12. 8 twelfths are fewer than 9 twelfths, so the sign is <.",
      ),
    ),
    ...level(
      4,
      mcq(
        "Which list goes from least to greatest?",
        {
          right: "1/3 < 2/5 < 1/2",
          wrong: ["1/2 < 2/5 < 1/3", "2/5 < 1/3 < 1/2", "1/3 < 1/2 < 2/5"],
          check: "answer",
        },
        "Write all of them in thirtieths: 1/3 = 10/30, 2/5 = 12/30 and 1/2 = 15/30. So 1/3 comes first, then 2/5, then 1/2.",
      ),
      text(
        "Write 18/24 in simplest form.",
        { text: "3/4", check: "simplest(18/24)" },
        "The greatest number that divides both is 6. 18 ÷ 6 = 3 and 24 ÷ 6 = 4, so it is 3/4.",
      ),
      numeric(
        "What number is missing? 9/12 = ☐/20",
        { value: 15, check: "9/12 == answer / 20" },
        "Simplify first: 9/12 = 3/4. Then multiply the top and the bottom by 5: 3 × 5 = 15 and 4 × 5 = 20.",
      ),
      mcq(
        "Which fraction is between 1/2 and 3/4?",
        { right: "5/8", wrong: ["3/8", "7/8", "2/5"], check: "1/2 < answer and answer < 3/4" },
        "In eighths, 1/2 = 4/8 and 3/4 = 6/8. Between 4/8 and 6/8 lies 5/8.",
      ),
    ),
    ...level(
      5,
      text(
        "Write <, > or =: 7/9 ☐ 11/14",
        { text: "<", check: "relation(7/9, 11/14)" },
        "Write both with the bottom number 126: 7/9 = 98/126 and 11/14 = 99/126. 98 is less than 99, so the sign is <.",
      ),
      mcq(
        "Three glasses of the same size hold juice. The red one is 5/6 full, the blue one 7/8 full and the green one 11/12 full. Which holds the least?",
        {
          right: "the red glass",
          wrong: ["the blue glass", "the green glass"],
          check: 'least("the red glass", 5/6, "the blue glass", 7/8, "the green glass", 11/12)',
        },
        "Each glass lacks just one part of being full: 1/6, 1/8 and 1/12. Of these 1/6 is the biggest gap, so the red glass holds the least.",
      ),
      numeric(
        "A fraction is equal to 3/5. Its top and bottom numbers add up to 40. What is its top number?",
        { value: 15, check: "answer / (40 - answer) == 3/5" },
        "In 3/5 the top and the bottom add up to 3 + 5 = 8. 40 is 5 times as much, so multiply both by 5: the fraction is 15/25 and its top number is 15.",
      ),
      multi(
        "Which fractions are greater than 2/3 but less than 9/10? Choose all that are.",
        {
          choices: ["5/8", "3/4", "7/8", "11/12"],
          right: ["3/4", "7/8"],
          check: "2/3 < answer and answer < 9/10",
        },
        "5/8 is less than 2/3, because 15/24 < 16/24. 11/12 is greater than 9/10, because 55/60 > 54/60. Only 3/4 and 7/8 lie between.",
      ),
    ),
  ],
};
