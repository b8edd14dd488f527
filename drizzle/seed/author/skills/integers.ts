import { type AuthoredSkill, level, mathSkill, mcq, multi, numeric, text } from "../kit.ts";
import { TOPIC } from "../topics.ts";

export const integers: AuthoredSkill = {
  skill: mathSkill({
    id: 13,
    grade: 7,
    topic_id: TOPIC.integers,
    code: "A.1",
    title: "Calculate with integers",
    description: "Compare, add, subtract, multiply and divide positive and negative numbers.",
    tags: ["integers", "negative-numbers", "operations"],
    difficulty: 3,
    standards: ["CCSS.MATH.CONTENT.7.NS.A.1", "CCSS.MATH.CONTENT.7.NS.A.2"],
    prerequisites: [],
  }),
  questions: [
    ...level(
      1,
      text(
        "Write <, > or =: −7 ☐ −3",
        { text: "<", check: "relation(-7, -3)" },
        "On a number line −7 lies to the left of −3, so −7 is less. It is farther below zero.",
      ),
      numeric(
        "In the morning it was −4 °C. By noon it was 9 degrees warmer. What was the temperature at noon in °C?",
        { value: 5, unit: "°C", check: "-4 + 9" },
        "Go up 9 from −4. The first 4 degrees take you to 0, and 5 more take you to 5.",
      ),
      mcq(
        "What is −6 + 2?",
        { right: "−4", wrong: ["−8", "4", "8"], check: "-6 + 2" },
        "Start at −6 on the number line and go 2 to the right. You come to −4.",
      ),
      numeric(
        "What is the absolute value of −12?",
        { value: 12, check: "abs(-12)" },
        "The absolute value is the distance from zero. −12 is 12 away from zero, so it is 12.",
      ),
    ),
    ...level(
      2,
      numeric(
        "What is −5 − 8?",
        { value: -13, check: "-5 - 8" },
        "Start at −5 and go 8 farther to the left: −5 − 8 = −13.",
      ),
      mcq(
        "What is 3 − (−9)?",
        { right: "12", wrong: ["−6", "6", "−12"], check: "3 - (-9)" },
        "Taking away a negative number is the same as adding its opposite: 3 + 9 = 12.",
      ),
      multi(
        "Which are equal to −8? Choose all that are.",
        {
          choices: ["−3 + (−5)", "3 − 5", "2 − 10", "−2 + 10"],
          right: ["−3 + (−5)", "2 − 10"],
          check: "-8",
        },
        "−3 + (−5) = −8 and 2 − 10 = −8. The others are 3 − 5 = −2 and −2 + 10 = 8.",
      ),
      numeric(
        "What is −6 × 7?",
        { value: -42, check: "-6 * 7" },
        "6 × 7 = 42. The numbers have different signs, so the product is negative: −42.",
      ),
    ),
    ...level(
      3,
      mcq(
        "What is −9 × (−4)?",
        { right: "36", wrong: ["−36", "−13", "13"], check: "-9 * (-4)" },
        "9 × 4 = 36. Both numbers are negative, and the product of two negative numbers is positive.",
      ),
      numeric(
        "What is −56 ÷ 8?",
        { value: -7, check: "-56 / 8" },
        "56 ÷ 8 = 7. A negative number divided by a positive one is negative, so the answer is −7.",
      ),
      numeric(
        "A submarine is at −120 m. It rises 45 m and then dives 70 m. At how many meters is it now?",
        { value: -145, unit: "m", check: "-120 + 45 - 70" },
        "Rising adds: −120 + 45 = −75. Diving subtracts: −75 − 70 = −145.",
      ),
      text(
        "Write <, > or =: −3 × 6 ☐ −40 ÷ 2",
        { text: ">", check: "relation(-3 * 6, -40 / 2)" },
        "Left: −3 × 6 = −18. Right: −40 ÷ 2 = −20. −18 lies farther right on the number line, so the sign is >.",
      ),
    ),
    ...level(
      4,
      numeric(
        "What is −4 + 3 × (−5)?",
        { value: -19, check: "-4 + 3 * (-5)" },
        "Multiply before you add: 3 × (−5) = −15. Then −4 + (−15) = −19.",
      ),
      numeric(
        "What number is missing? ☐ − (−6) = −11",
        { value: -17, check: "answer - (-6) == -11" },
        "Subtracting −6 is adding 6, so the number plus 6 is −11. Go back: −11 − 6 = −17.",
      ),
      mcq(
        "What is (−2) × (−3) × (−5)?",
        { right: "−30", wrong: ["30", "−10", "−25"], check: "(-2) * (-3) * (-5)" },
        "The first two give 6, because both are negative. Then 6 × (−5) = −30. An odd number of negative factors gives a negative product.",
      ),
      multi(
        "Which are positive? Choose all that are.",
        {
          choices: ["−8 × (−2)", "−15 ÷ 3", "7 − 13", "−9 − (−2)"],
          right: ["−8 × (−2)"],
          check: "answer > 0",
        },
        "Two negative factors give a positive product: −8 × (−2) = 16. The others are negative: −15 ÷ 3 = −5, 7 − 13 = −6 and −9 − (−2) = −7.",
      ),
    ),
    ...level(
      5,
      numeric(
        "The low temperatures of five nights were −6, 2, −11, −1 and 1 °C. What was the mean in °C?",
        { value: -3, unit: "°C", check: "(-6 + 2 - 11 - 1 + 1) / 5" },
        "The negative ones add up to −18 and the positive ones to 3, so the sum is −15. Divide by 5 nights: −15 ÷ 5 = −3.",
      ),
      mcq(
        "What is 20 − 3 × (−2 − 4)?",
        { right: "38", wrong: ["2", "−102", "18"], check: "20 - 3 * (-2 - 4)" },
        "Do the parentheses first: −2 − 4 = −6. Then 3 × (−6) = −18, and 20 − (−18) = 38.",
      ),
      numeric(
        "A quiz gives 5 points for each right answer and takes 3 points for each wrong one. Mei had 7 right and 13 wrong. What was her score?",
        { value: -4, unit: "points", check: "7 * 5 - 13 * 3" },
        "The right answers give 7 × 5 = 35 points, and the wrong ones take 13 × 3 = 39. Her score is 35 − 39 = −4.",
      ),
      mcq(
        "The product of two integers is −24 and their sum is 5. What is the smaller one?",
        { right: "−3", wrong: ["−8", "3", "−4"], check: "answer * (5 - answer) == -24 and answer < 5 - answer" },
        "The product is negative, so one number is negative. Of the pairs with the product −24, −3 and 8 add up to 5, and −3 is the smaller one.",
      ),
    ),
  ],
};
