import { type AuthoredSkill, level, mathSkill, mcq, multi, numeric, text } from "../kit.ts";
import { TOPIC } from "../topics.ts";

export const addAndSubtractFractions: AuthoredSkill = {
  skill: mathSkill({
    id: 8,
    grade: 5,
    topic_id: TOPIC.fractions,
    code: "B.1",
    title: "Add and subtract fractions",
    description: "Fractions and mixed numbers with like and unlike denominators.",
    tags: ["fractions", "mixed-numbers", "addition", "subtraction"],
    difficulty: 3,
    standards: ["CCSS.MATH.CONTENT.5.NF.A.1"],
    prerequisites: [6],
  }),
  questions: [
    ...level(
      1,
      mcq(
        "What is 2/7 + 3/7?",
        { right: "5/7", wrong: ["5/14", "6/7", "1/7"], check: "2/7 + 3/7" },
        "Both are sevenths, so add the top numbers and keep the sevenths: 2/7 + 3/7 = 5/7.",
      ),
      text(
        "What is 8/9 − 3/9? Write a fraction in simplest form.",
        { text: "5/9", check: "simplest(8/9 - 3/9)" },
        "Eight ninths less three ninths are five ninths: 8/9 − 3/9 = 5/9.",
      ),
      numeric(
        "What number is missing? 3/10 + ☐/10 = 7/10",
        { value: 4, check: "3/10 + answer/10 == 7/10" },
        "All are tenths, so look at the top numbers only. 3 + 4 = 7, so 4 is missing.",
      ),
      mcq(
        "Sara drinks 1/5 of a bottle of water and then another 2/5. How much of the bottle is left?",
        { right: "2/5", wrong: ["3/5", "3/10", "4/5"], check: "1 - (1/5 + 2/5)" },
        "She drinks 1/5 + 2/5 = 3/5. The whole bottle is 5/5, so 5/5 − 3/5 = 2/5 is left.",
      ),
    ),
    ...level(
      2,
      mcq(
        "What is 1/2 + 1/4?",
        { right: "3/4", wrong: ["2/6", "1/6", "2/4"], check: "1/2 + 1/4" },
        "Change the half into fourths: 1/2 = 2/4. Then 2/4 + 1/4 = 3/4.",
      ),
      text(
        "What is 5/6 − 1/3? Write it in simplest form.",
        { text: "1/2", check: "simplest(5/6 - 1/3)" },
        "Change the third into sixths: 1/3 = 2/6. Then 5/6 − 2/6 = 3/6, and 3/6 = 1/2.",
      ),
      multi(
        "Which sums are equal to 1? Choose all that are.",
        {
          choices: ["3/8 + 5/8", "1/2 + 1/3", "2/5 + 6/10", "3/4 + 2/4"],
          right: ["3/8 + 5/8", "2/5 + 6/10"],
          check: "1",
        },
        "3/8 + 5/8 = 8/8, a whole. 2/5 is the same as 4/10, and 4/10 + 6/10 = 10/10, also a whole. 1/2 + 1/3 = 5/6 and 3/4 + 2/4 = 5/4 are not.",
      ),
      numeric(
        "What number is missing? 2/3 + 1/6 = ☐/6",
        { value: 5, check: "2/3 + 1/6 == answer/6" },
        "2/3 is the same as 4/6, and 4/6 + 1/6 = 5/6. The missing number is 5.",
      ),
    ),
    ...level(
      3,
      mcq(
        "What is 2/3 + 1/4?",
        { right: "11/12", wrong: ["3/7", "3/12", "5/6"], check: "2/3 + 1/4" },
        "Twelfths work for both: 2/3 = 8/12 and 1/4 = 3/12. Then 8/12 + 3/12 = 11/12.",
      ),
      text(
        "What is 4/5 − 1/2? Write a fraction in simplest form.",
        { text: "3/10", check: "simplest(4/5 - 1/2)" },
        "Tenths work for both: 4/5 = 8/10 and 1/2 = 5/10. Then 8/10 − 5/10 = 3/10.",
      ),
      mcq(
        "A recipe needs 3/4 cup of milk and 2/3 cup of cream. How many cups of liquid is that?",
        { right: "1 5/12", wrong: ["5/7", "5/12", "1 1/4"], check: "3/4 + 2/3" },
        "In twelfths, 3/4 = 9/12 and 2/3 = 8/12. Together they are 17/12, which is 12/12 and 5/12 more: 1 5/12 cups.",
      ),
      numeric(
        "What number is missing? 1/4 + ☐/8 = 7/8",
        { value: 5, check: "1/4 + answer/8 == 7/8" },
        "1/4 is 2/8. From 2 eighths to 7 eighths there are 7 − 2 = 5 eighths.",
      ),
      text(
        "Write <, > or =: 1/2 + 1/3 ☐ 1",
        { text: "<", check: "relation(1/2 + 1/3, 1)" },
        "In sixths, 1/2 = 3/6 and 1/3 = 2/6. The sum is 5/6, and one sixth is missing to make 1, so the sign is <.",
      ),
    ),
    ...level(
      4,
      text(
        "What is 1 2/3 + 2 1/2? Write a mixed number like 3 1/4.",
        { text: "4 1/6", check: "mixed((1 + 2/3) + (2 + 1/2))" },
        "Add the wholes: 1 + 2 = 3. Add the parts in sixths: 4/6 + 3/6 = 7/6, which is 1 1/6. Together that is 4 1/6.",
      ),
      mcq(
        "What is 5 1/4 − 2 3/4?",
        { right: "2 1/2", wrong: ["3 1/2", "3 1/4", "2 3/4"], check: "(5 + 1/4) - (2 + 3/4)" },
        "Three fourths cannot be taken from one fourth, so trade a whole: 5 1/4 is 4 wholes and 5/4. 4 − 2 = 2 and 5/4 − 3/4 = 2/4, so it is 2 1/2.",
      ),
      mcq(
        "A board is 6 feet long. Dan cuts off 1 5/8 feet and then 2 1/4 feet. How many feet are left?",
        { right: "2 1/8", wrong: ["3 7/8", "2 7/8", "3 1/8"], check: "6 - (1 + 5/8) - (2 + 1/4)" },
        "He cuts off 1 5/8 + 2 2/8 = 3 7/8 feet. From 3 7/8 to 4 is 1/8, and from 4 to 6 is 2, so 2 1/8 feet are left.",
      ),
      multi(
        "Which differences are greater than 1/2? Choose all that are.",
        {
          choices: ["7/8 − 1/4", "5/6 − 1/2", "9/10 − 1/5", "2/3 − 1/4"],
          right: ["7/8 − 1/4", "9/10 − 1/5"],
          check: "answer > 1/2",
        },
        "7/8 − 1/4 = 5/8 and 9/10 − 1/5 = 7/10 are more than a half. 5/6 − 1/2 = 1/3 and 2/3 − 1/4 = 5/12 are less.",
      ),
    ),
    ...level(
      5,
      text(
        "What is 1/2 + 2/3 + 3/4? Write a mixed number like 3 1/4.",
        { text: "1 11/12", check: "mixed(1/2 + 2/3 + 3/4)" },
        "Use twelfths for all three: 6/12 + 8/12 + 9/12 = 23/12. Take out 12/12 for a whole, and 11/12 stay: 1 11/12.",
      ),
      mcq(
        "Rosa has read 2/5 of her book. Then she reads another 1/3 of the whole book. What fraction is still to read?",
        { right: "4/15", wrong: ["11/15", "5/8", "1/15"], check: "1 - (2/5 + 1/3)" },
        "In fifteenths, she has read 6/15 + 5/15 = 11/15. The whole is 15/15, so 15/15 − 11/15 = 4/15 is left.",
      ),
      numeric(
        "A fraction with the denominator 24 is added to 3/8, and the sum is 5/6. What is its numerator?",
        { value: 11, check: "3/8 + answer/24 == 5/6" },
        "In 24ths, 3/8 = 9/24 and 5/6 = 20/24. The fraction added is 20/24 − 9/24 = 11/24, so its numerator is 11.",
      ),
      mcq(
        "What is 7 1/6 − 3 5/9?",
        { right: "3 11/18", wrong: ["4 11/18", "4 7/18", "3 7/18"], check: "(7 + 1/6) - (3 + 5/9)" },
        "Use eighteenths: 7 3/18 and 3 10/18. Trade a whole, so that 7 3/18 is 6 21/18. Then 6 − 3 = 3 and 21/18 − 10/18 = 11/18.",
      ),
    ),
  ],
};
