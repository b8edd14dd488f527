import { type AuthoredSkill, level, mathSkill, mcq, multi, numeric, text } from "../kit.ts";
import { TOPIC } from "../topics.ts";

export const addAndSubtractDecimals: AuthoredSkill = {
  skill: mathSkill({
    id: 9,
    grade: 5,
    topic_id: TOPIC.decimals,
    code: "C.1",
    title: "Compare, add and subtract decimals",
    description: "Decimals to thousandths: place value, comparing, rounding, and sums with money and lengths.",
    tags: ["decimals", "money", "rounding", "addition", "subtraction"],
    difficulty: 3,
    standards: ["CCSS.MATH.CONTENT.5.NBT.B.7", "CCSS.MATH.CONTENT.5.NBT.A.3"],
    prerequisites: [],
  }),
  questions: [
    ...level(
      1,
      text(
        "In 3.62, which place is the 6 in? Write ones, tenths or hundredths.",
        { text: "tenths", accept: ["tenths place"], check: "placeName(3.62, 6)" },
        "The first place after the decimal point is the tenths. The 6 stands there, so it is worth 6 tenths.",
      ),
      numeric(
        "What is 0.4 + 0.5?",
        { value: 0.9, check: "0.4 + 0.5" },
        "Four tenths and five tenths are nine tenths: 0.4 + 0.5 = 0.9.",
      ),
      mcq(
        "Which decimal is equal to 7/10?",
        { right: "0.7", wrong: ["0.07", "7.1", "0.17"], check: "7/10" },
        "7/10 means seven tenths, and tenths stand right after the decimal point. So it is 0.7.",
      ),
      numeric(
        "What is 2.8 − 0.6?",
        { value: 2.2, check: "2.8 - 0.6" },
        "Take 6 tenths from 8 tenths and keep the 2 wholes: 2.8 − 0.6 = 2.2.",
      ),
    ),
    ...level(
      2,
      text(
        "Write <, > or =: 0.5 ☐ 0.45",
        { text: ">", check: "relation(0.5, 0.45)" },
        "Write 0.5 as 0.50, so both are in hundredths. 50 hundredths are more than 45, so the sign is >.",
      ),
      numeric(
        "A pencil costs $1.35 and an eraser costs $0.80. How many dollars do they cost together?",
        { value: 2.15, unit: "dollars", check: "1.35 + 0.80" },
        "Line up the decimal points. 1.35 + 0.80 = 2.15, because 3 tenths and 8 tenths make 11 tenths, which is one whole and 1 tenth.",
      ),
      mcq(
        "What is 6.2 + 0.35?",
        { right: "6.55", wrong: ["6.37", "9.7", "6.235"], check: "6.2 + 0.35" },
        "Write 6.2 as 6.20 so that the places line up. Then 6.20 + 0.35 = 6.55.",
      ),
      multi(
        "Which numbers are equal to 0.6? Choose all that are.",
        { choices: ["0.60", "0.06", "0.600", "6/10"], right: ["0.60", "0.600", "6/10"], check: "0.6" },
        "Zeros at the end of a decimal do not change it, so 0.60 and 0.600 are both 6 tenths, and so is 6/10. But 0.06 is only 6 hundredths.",
      ),
    ),
    ...level(
      3,
      numeric(
        "What is 5 − 1.68?",
        { value: 3.32, check: "5 - 1.68" },
        "Write 5 as 5.00 and subtract: 5.00 − 1.68 = 3.32. Check by adding: 3.32 + 1.68 = 5.",
      ),
      mcq(
        "What is 4.276 rounded to the nearest tenth?",
        { right: "4.3", wrong: ["4.2", "4.28", "4"], check: "roundTo(4.276, 1/10)" },
        "4.276 lies between 4.2 and 4.3. The hundredths digit is 7, which is 5 or more, so round up to 4.3.",
      ),
      mcq(
        "Which list goes from least to greatest?",
        {
          right: "0.08 < 0.3 < 0.35",
          wrong: ["0.3 < 0.08 < 0.35", "0.3 < 0.35 < 0.08", "0.08 < 0.35 < 0.3"],
          check: "answer",
        },
        "Write all in hundredths: 0.08, 0.30 and 0.35. That is 8, 30 and 35 hundredths, in this order.",
      ),
      numeric(
        "In the long jump Kim jumps 3.45 m and Ada jumps 2.9 m. How many meters farther does Kim jump?",
        { value: 0.55, unit: "m", check: "3.45 - 2.9" },
        "Line up the points by writing 2.9 as 2.90. Then 3.45 − 2.90 = 0.55 meters.",
      ),
      numeric(
        "What number is missing? 2.75 + ☐ = 4",
        { value: 1.25, check: "2.75 + answer == 4" },
        "Count up from 2.75: 0.25 makes 3, and 1 more makes 4. So the missing number is 1.25.",
      ),
    ),
    ...level(
      4,
      numeric(
        "Jay pays for a book that costs $7.65 and a card that costs $2.49 with a $20 bill. How many dollars of change does he get?",
        { value: 9.86, unit: "dollars", check: "20 - (7.65 + 2.49)" },
        "Both together cost 7.65 + 2.49 = 10.14 dollars. The change is 20 − 10.14 = 9.86 dollars.",
      ),
      text(
        "Write <, > or =: 1.2 − 0.45 ☐ 0.38 + 0.37",
        { text: "=", check: "relation(1.2 - 0.45, 0.38 + 0.37)" },
        "Left: 1.20 − 0.45 = 0.75. Right: 0.38 + 0.37 = 0.75. Both are the same, so the sign is =.",
      ),
      mcq(
        "What is 12.407 + 3.68?",
        { right: "16.087", wrong: ["15.087", "12.775", "16.475"], check: "12.407 + 3.68" },
        "Write 3.68 as 3.680 and add: 12.407 + 3.680 = 16.087. The tenths 4 and 6 make a whole, so carry 1.",
      ),
      multi(
        "Which numbers round to 2.5, to the nearest tenth? Choose all that do.",
        {
          choices: ["2.44", "2.46", "2.549", "2.55"],
          right: ["2.46", "2.549"],
          check: "roundTo(answer, 1/10) == 2.5",
        },
        "Numbers from 2.45 up to, but not including, 2.55 round to 2.5. That holds for 2.46 and 2.549.",
      ),
    ),
    ...level(
      5,
      numeric(
        "A trail is 8.4 km long. Lin walks 2.75 km, rests, and walks 3.085 km more. How many kilometers are still ahead?",
        { value: 2.565, unit: "km", check: "8.4 - 2.75 - 3.085" },
        "So far she has walked 2.750 + 3.085 = 5.835 km. What is left is 8.400 − 5.835 = 2.565 km.",
      ),
      mcq(
        "Which number is exactly halfway between 0.4 and 0.45?",
        { right: "0.425", wrong: ["0.42", "0.43", "0.405"], check: "(0.4 + 0.45) / 2" },
        "In thousandths the numbers are 400 and 450. Halfway between them is 425 thousandths, so 0.425.",
      ),
      numeric(
        "Three apples weigh 0.185 kg, 0.21 kg and 0.198 kg. How many kilograms are missing to make 1 kg?",
        { value: 0.407, unit: "kg", check: "1 - (0.185 + 0.21 + 0.198)" },
        "Add the weights: 0.185 + 0.210 + 0.198 = 0.593 kg. Then 1.000 − 0.593 = 0.407 kg is missing.",
      ),
      mcq(
        "The sum of two numbers is 6.5 and their difference is 1.3. What is the smaller number?",
        { right: "2.6", wrong: ["3.9", "5.2", "2.4"], check: "answer + (answer + 1.3) == 6.5" },
        "Take the difference away first: 6.5 − 1.3 = 5.2. That is twice the smaller number, so it is 5.2 ÷ 2 = 2.6.",
      ),
    ),
  ],
};
