import { type AuthoredSkill, fixed, level, mathSkill, mcq, multi, numeric, text } from "../kit.ts";
import { TOPIC } from "../topics.ts";

export const multiplyWholeNumbers: AuthoredSkill = {
  skill: mathSkill({
    id: 1,
    grade: 5,
    topic_id: TOPIC.multiplicationAndDivision,
    code: "A.1",
    title: "Multiply whole numbers",
    description: "From the times tables to products of numbers with several digits, in sums and in stories.",
    tags: ["multiplication", "whole-numbers", "word-problems"],
    difficulty: 2,
    standards: ["CCSS.MATH.CONTENT.5.NBT.B.5"],
    prerequisites: [],
  }),
  questions: [
    ...level(
      1,
      mcq(
        "A spider has 8 legs. How many legs do 6 spiders have?",
        { right: "48", wrong: ["14", "42", "54"], check: "6 * 8" },
        "Each of the 6 spiders has 8 legs, so multiply: 6 × 8 = 48. Adding 6 + 8 would count only one spider's legs.",
      ),
      numeric(
        "What is 9 × 4?",
        { value: 36, check: "9 * 4" },
        "Ten fours are 40. Nine fours are one four less: 40 − 4 = 36.",
      ),
      numeric(
        "A carton holds 10 eggs. How many eggs are in 7 cartons?",
        { value: 70, unit: "eggs", check: "10 * 7" },
        "Seven groups of ten are 7 tens, and 7 × 10 = 70.",
      ),
      multi(
        "Which products are equal to 24? Choose all that are.",
        {
          choices: ["3 × 8", "5 × 5", "4 × 6", "2 × 12"],
          right: ["3 × 8", "4 × 6", "2 × 12"],
          check: "24",
        },
        "Work out each one: 3 × 8 = 24, 5 × 5 = 25, 4 × 6 = 24 and 2 × 12 = 24. All but 5 × 5 give 24.",
      ),
    ),
    ...level(
      2,
      fixed(
        1,
        mcq(
          "What is 7 × 8?",
          { right: "56", wrong: ["54", "64"], check: "7 * 8" },
          "Start from a fact you know: 7 × 7 = 49. One more seven makes 49 + 7 = 56.",
        ),
        1,
      ),
      fixed(
        2,
        numeric(
          "What is 12 × 9?",
          { value: 108, check: "12 * 9" },
          "Split 12 into 10 and 2. Then 10 × 9 = 90 and 2 × 9 = 18, and together 90 + 18 = 108.",
        ),
      ),
      numeric(
        "Mia has 3 boxes with 24 crayons each. How many crayons does she have?",
        { value: 72, unit: "crayons", check: "3 * 24" },
        "Multiply the boxes by the crayons in each. 3 × 20 = 60 and 3 × 4 = 12, so she has 60 + 12 = 72 crayons.",
      ),
      mcq(
        "Which sum gives the same answer as 6 × 15?",
        { right: "60 + 30", wrong: ["60 + 15", "6 + 90", "36 + 30"], check: "6 * 15" },
        "Split 15 into 10 and 5. 6 × 10 = 60 and 6 × 5 = 30, so 6 × 15 is the same as 60 + 30.",
      ),
      text(
        "Compare the products. Write <, > or =: 7 × 6 ☐ 5 × 9",
        { text: "<", check: "relation(7 * 6, 5 * 9)" },
        "Work out both sides: 7 × 6 = 42 and 5 × 9 = 45. Since 42 is less than 45, the sign is <.",
      ),
    ),
    ...level(
      3,
      numeric(
        "What is 46 × 7?",
        { value: 322, check: "46 * 7" },
        "Multiply the tens and the ones. 40 × 7 = 280 and 6 × 7 = 42, so the product is 280 + 42 = 322.",
      ),
      mcq(
        "A theater has 18 rows with 25 seats in each row. How many seats are there?",
        { right: "450", wrong: ["43", "400", "360"], check: "18 * 25" },
        "Find 18 × 25 in two parts: 10 × 25 = 250 and 8 × 25 = 200. Together that is 250 + 200 = 450 seats.",
      ),
      numeric(
        "What number is missing? ☐ × 30 = 2,400",
        { value: 80, check: "answer * 30 == 2400" },
        "Think of tens: 3 × 8 = 24, so 30 × 80 = 2,400. The missing number is 80.",
      ),
      mcq(
        "Which is the best estimate for 61 × 38?",
        { right: "2,400", wrong: ["1,800", "240", "24,000"], check: "roundTo(61, 10) * roundTo(38, 10)" },
        "Round both numbers to the nearest ten: 61 is about 60 and 38 is about 40. Then 60 × 40 = 2,400.",
      ),
      multi(
        "Which products are greater than 200? Choose all that are.",
        {
          choices: ["4 × 48", "9 × 23", "7 × 29", "5 × 42"],
          right: ["9 × 23", "7 × 29", "5 × 42"],
          check: "answer > 200",
        },
        "Work out each one: 4 × 48 = 192, 9 × 23 = 207, 7 × 29 = 203 and 5 × 42 = 210. Only 192 is not more than 200.",
      ),
    ),
    ...level(
      4,
      numeric(
        "What is 64 × 35?",
        { value: 2240, check: "64 * 35" },
        "Multiply by the 5 and by the 30. 64 × 5 = 320 and 64 × 30 = 1,920, so the product is 320 + 1,920 = 2,240.",
      ),
      mcq(
        "A bakery makes 144 rolls every day. How many rolls does it make in 12 days?",
        { right: "1,728", wrong: ["432", "1,628", "1,440"], check: "144 * 12" },
        "Ten days make 144 × 10 = 1,440 rolls and two more days make 144 × 2 = 288. In all, 1,440 + 288 = 1,728.",
      ),
      mcq(
        "Leo works out 52 × 46. He writes 52 × 6 = 312 and 52 × 4 = 208, and adds them to get 520. What is the right product?",
        { right: "2,392", wrong: ["2,080", "2,292", "3,328"], check: "52 * 46" },
        "The 4 in 46 stands for 40, so he needs 52 × 40 = 2,080 in place of 208. Then 312 + 2,080 = 2,392.",
      ),
      numeric(
        "A box holds 24 juice cartons. A school orders 35 boxes and 17 single cartons. How many cartons is that in all?",
        { value: 857, unit: "cartons", check: "24 * 35 + 17" },
        "The boxes hold 24 × 35 = 840 cartons. With the single ones there are 840 + 17 = 857.",
      ),
    ),
    ...level(
      5,
      numeric(
        "What is 307 × 58?",
        { value: 17806, check: "307 * 58" },
        "Take 60 instead of 58 and correct it afterwards. 307 × 60 = 18,420 and 307 × 2 = 614, so the product is 18,420 − 614 = 17,806.",
      ),
      mcq(
        "The product of two numbers is 4,050. One of them is 54. What is the other?",
        { right: "75", wrong: ["65", "81", "85"], check: "54 * answer == 4050" },
        "Try a number of tens first: 54 × 70 = 3,780, which leaves 4,050 − 3,780 = 270. Since 54 × 5 = 270, the other number is 75.",
      ),
      numeric(
        "A farmer plants 28 rows of 36 apple trees and 15 rows of 42 pear trees. How many more apple trees than pear trees are there?",
        { value: 378, unit: "trees", check: "28 * 36 - 15 * 42" },
        "There are 28 × 36 = 1,008 apple trees and 15 × 42 = 630 pear trees. The difference is 1,008 − 630 = 378.",
      ),
      text(
        "Without working out the products, compare them. Write <, > or =: 48 × 125 ☐ 24 × 250",
        { text: "=", check: "relation(48 * 125, 24 * 250)" },
        "The 24 is half of 48, and 250 is double 125. Halving one factor and doubling the other leaves the product as it was, so both sides are equal and the sign is =.",
      ),
    ),
  ],
};
