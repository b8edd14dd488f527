import { type AuthoredSkill, fixed, level, mathSkill, mcq, multi, numeric, text } from "../kit.ts";
import { TOPIC } from "../topics.ts";

export const divideWholeNumbers: AuthoredSkill = {
  skill: mathSkill({
    id: 2,
    grade: 5,
    topic_id: TOPIC.multiplicationAndDivision,
    code: "A.2",
    title: "Divide whole numbers",
    description: "Share equally, find quotients and remainders, and decide what a remainder means.",
    tags: ["division", "whole-numbers", "remainders", "word-problems"],
    difficulty: 3,
    standards: ["CCSS.MATH.CONTENT.5.NBT.B.6"],
    prerequisites: [1],
  }),
  questions: [
    ...level(
      1,
      numeric(
        "What is 45 ÷ 5?",
        { value: 9, check: "45 / 5" },
        "Ask how many fives make 45. Since 9 × 5 = 45, the answer is 9.",
      ),
      mcq(
        "Nora shares 32 stickers equally among 4 friends. How many stickers does each friend get?",
        { right: "8", wrong: ["28", "7", "9"], check: "32 / 4" },
        "Sharing equally means dividing: 32 ÷ 4 = 8. You can check it, as 4 × 8 = 32.",
      ),
      numeric(
        "What number is missing? 6 × ☐ = 54",
        { value: 9, check: "6 * answer == 54" },
        "A missing factor is found by dividing: 54 ÷ 6 = 9.",
      ),
      multi(
        "Which of these have a quotient of 6? Choose all that do.",
        {
          choices: ["36 ÷ 6", "42 ÷ 6", "48 ÷ 8", "40 ÷ 8"],
          right: ["36 ÷ 6", "48 ÷ 8"],
          check: "6",
        },
        "Divide each: 36 ÷ 6 = 6, 42 ÷ 6 = 7, 48 ÷ 8 = 6 and 40 ÷ 8 = 5. So 36 ÷ 6 and 48 ÷ 8 have the quotient 6.",
      ),
    ),
    ...level(
      2,
      fixed(
        3,
        mcq(
          "What is 72 ÷ 9?",
          { right: "8", wrong: ["9", "7"], check: "72 / 9" },
          "Think of the nine times table: 8 × 9 = 72. So 72 ÷ 9 = 8.",
        ),
        0,
      ),
      numeric(
        "What is 96 ÷ 4?",
        { value: 24, check: "96 / 4" },
        "Split 96 into 80 and 16. 80 ÷ 4 = 20 and 16 ÷ 4 = 4, so the answer is 20 + 4 = 24.",
      ),
      text(
        "Work out 29 ÷ 6 with its remainder. Write it like 7 R 2.",
        { text: "4 R 5", accept: ["4R5", "4 R5", "4 r. 5"], check: "quotientRemainder(29, 6)" },
        "Four sixes are 24, and five sixes would be too many. 29 − 24 = 5 is left over, so it is 4 R 5.",
      ),
      mcq(
        "A ribbon of 84 cm is cut into 7 equal pieces. How long is each piece?",
        { right: "12 cm", wrong: ["11 cm", "14 cm", "77 cm"], check: "84 / 7" },
        "Divide the length by the number of pieces. 70 ÷ 7 = 10 and 14 ÷ 7 = 2, so each piece is 10 + 2 = 12 cm long.",
      ),
    ),
    ...level(
      3,
      numeric(
        "What is 738 ÷ 6?",
        { value: 123, check: "738 / 6" },
        "Divide in parts: 600 ÷ 6 = 100, 120 ÷ 6 = 20 and 18 ÷ 6 = 3. Together that makes 100 + 20 + 3 = 123.",
      ),
      numeric(
        "A minivan takes 7 people. How many minivans are needed for 60 people?",
        { value: 9, unit: "minivans", check: "ceil(60 / 7)" },
        "60 ÷ 7 is 8 with a remainder of 4. Eight minivans leave 4 people behind, so one more is needed: 8 + 1 = 9.",
      ),
      mcq(
        "What is the remainder when 157 is divided by 8?",
        { right: "5", wrong: ["3", "7", "6"], check: "mod(157, 8)" },
        "The greatest multiple of 8 that fits is 19 × 8 = 152. What is left is 157 − 152 = 5.",
      ),
      multi(
        "Which numbers can be divided by 4 without a remainder? Choose all that can.",
        {
          choices: ["116", "142", "208", "230"],
          right: ["116", "208"],
          check: "mod(answer, 4) == 0",
        },
        "Look at the last two digits only, because 100 is a multiple of 4. The 16 in 116 and the 08 in 208 can be divided by 4, but 42 and 30 cannot.",
      ),
      mcq(
        "Which is the best estimate for 358 ÷ 9?",
        { right: "40", wrong: ["30", "50", "400"], check: "roundTo(358, 10) / 9" },
        "360 is close to 358 and easy to divide by 9: 360 ÷ 9 = 40.",
      ),
    ),
    ...level(
      4,
      numeric(
        "What is 952 ÷ 28?",
        { value: 34, check: "952 / 28" },
        "30 groups of 28 are 30 × 28 = 840, which leaves 952 − 840 = 112. Four more groups use that up, as 4 × 28 = 112, so the answer is 34.",
      ),
      mcq(
        "A printer prints 15 pages a minute. How long does it take to print 630 pages?",
        { right: "42 minutes", wrong: ["40 minutes", "45 minutes", "62 minutes"], check: "630 / 15" },
        "Divide the pages by the pages per minute. 600 ÷ 15 = 40 and 30 ÷ 15 = 2, so it takes 40 + 2 = 42 minutes.",
      ),
      text(
        "Work out 500 ÷ 24 with its remainder. Write it like 7 R 2.",
        { text: "20 R 20", accept: ["20R20", "20 R20"], check: "quotientRemainder(500, 24)" },
        "20 × 24 = 480 fits into 500, and 500 − 480 = 20 is left. The remainder is less than 24, so the answer is 20 R 20.",
      ),
      numeric(
        "What number is missing? ☐ ÷ 16 = 45",
        { value: 720, check: "answer / 16 == 45" },
        "Undo the division by multiplying: 45 × 16 = 720. Check it: 720 ÷ 16 = 45.",
      ),
    ),
    ...level(
      5,
      numeric(
        "What is 8,316 ÷ 27?",
        { value: 308, check: "8316 / 27" },
        "300 × 27 = 8,100, which leaves 8,316 − 8,100 = 216. Then 216 ÷ 27 = 8, so the answer is 308. Mind the zero in the tens place.",
      ),
      mcq(
        "When a number is divided by 13, the quotient is 24 and the remainder is 7. What is the number?",
        { right: "319", wrong: ["312", "305", "181"], check: "13 * 24 + 7" },
        "Go backward: multiply the quotient by the divisor and add the remainder. 24 × 13 = 312 and 312 + 7 = 319.",
      ),
      numeric(
        "425 students and 31 teachers go on a trip. A bus seats 48 people. How many buses are needed?",
        { value: 10, unit: "buses", check: "ceil((425 + 31) / 48)" },
        "There are 425 + 31 = 456 people. Nine buses seat 9 × 48 = 432, which is too few, so 10 buses are needed.",
      ),
      mcq(
        "A shop packs 1,000 pencils in boxes of 36. After filling as many boxes as it can, how many pencils are left over?",
        { right: "28", wrong: ["27", "8", "36"], check: "mod(1000, 36)" },
        "The shop fills 27 boxes, because 27 × 36 = 972. That leaves 1,000 − 972 = 28 pencils.",
      ),
    ),
  ],
};
