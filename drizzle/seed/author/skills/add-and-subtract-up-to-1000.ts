import { type AuthoredSkill, level, mathSkill, mcq, multi, numeric, text } from "../kit.ts";
import { TOPIC } from "../topics.ts";

export const addAndSubtractUpTo1000: AuthoredSkill = {
  skill: mathSkill({
    id: 5,
    grade: 3,
    topic_id: TOPIC.additionAndSubtraction,
    code: "A.1",
    title: "Add and subtract up to 1,000",
    description: "Sums and differences of three-digit numbers, estimates, missing numbers and two-step stories.",
    tags: ["addition", "subtraction", "estimation", "word-problems"],
    difficulty: 2,
    standards: ["CCSS.MATH.CONTENT.3.NBT.A.2"],
    prerequisites: [4],
  }),
  questions: [
    ...level(
      1,
      numeric(
        "What is 230 + 50?",
        { value: 280, check: "230 + 50" },
        "Add the tens: 3 tens and 5 tens are 8 tens. The hundreds stay, so 230 + 50 = 280.",
      ),
      mcq(
        "What is 468 − 100?",
        { right: "368", wrong: ["458", "568", "467"], check: "468 - 100" },
        "Taking away 100 changes only the hundreds digit: 468 − 100 = 368.",
      ),
      numeric(
        "A library has 312 story books and 45 comic books. How many books is that?",
        { value: 357, unit: "books", check: "312 + 45" },
        "Add tens to tens and ones to ones. 312 + 40 = 352 and 352 + 5 = 357.",
      ),
      text(
        "Write <, > or =: 150 + 30 ☐ 200 − 10",
        { text: "<", check: "relation(150 + 30, 200 - 10)" },
        "Work out both sides: 150 + 30 = 180 and 200 − 10 = 190. Since 180 is less than 190, the sign is <.",
      ),
    ),
    ...level(
      2,
      numeric(
        "What is 347 + 128?",
        { value: 475, check: "347 + 128" },
        "Add the ones first: 7 + 8 = 15, so write 5 and carry 1 ten. Then 340 + 120 + 15 = 475.",
      ),
      mcq(
        "What is 582 − 237?",
        { right: "345", wrong: ["355", "335", "819"], check: "582 - 237" },
        "You cannot take 7 ones from 2 ones, so trade a ten: 12 − 7 = 5. Then 70 − 30 = 40 and 500 − 200 = 300, which makes 345.",
      ),
      multi(
        "Which sums are equal to 500? Choose all that are.",
        {
          choices: ["250 + 250", "325 + 185", "410 + 90", "275 + 245"],
          right: ["250 + 250", "410 + 90"],
          check: "500",
        },
        "250 + 250 = 500 and 410 + 90 = 500. But 325 + 185 = 510 and 275 + 245 = 520.",
      ),
      numeric(
        "Ella reads a book of 264 pages. She has read 148 pages. How many pages are left?",
        { value: 116, unit: "pages", check: "264 - 148" },
        "Take away what she has read: 264 − 148 = 116. Check it by adding: 116 + 148 = 264.",
      ),
    ),
    ...level(
      3,
      numeric(
        "What is 600 − 254?",
        { value: 346, check: "600 - 254" },
        "Count up from 254. 254 + 46 = 300 and 300 + 300 = 600, so the difference is 46 + 300 = 346.",
      ),
      mcq(
        "Which is the best estimate for 389 + 214?",
        { right: "600", wrong: ["500", "700", "800"], check: "roundTo(389, 100) + roundTo(214, 100)" },
        "389 is about 400 and 214 is about 200. 400 + 200 = 600.",
      ),
      numeric(
        "What number is missing? ☐ + 175 = 420",
        { value: 245, check: "answer + 175 == 420" },
        "Find a missing part by taking away the part you know: 420 − 175 = 245.",
      ),
      text(
        "Write <, > or =: 318 + 246 ☐ 700 − 136",
        { text: "=", check: "relation(318 + 246, 700 - 136)" },
        "Work out both sides: 318 + 246 = 564 and 700 − 136 = 564. They are the same, so the sign is =.",
      ),
      mcq(
        "A baker made 275 muffins in the morning and 168 in the afternoon. How many muffins did he make that day?",
        { right: "443", wrong: ["333", "433", "107"], check: "275 + 168" },
        "Put both together. 275 + 100 = 375, then 375 + 60 = 435 and 435 + 8 = 443.",
      ),
    ),
    ...level(
      4,
      numeric(
        "A school has 805 students. 327 are in the lower grades and 289 in the middle grades. How many are in the upper grades?",
        { value: 189, unit: "students", check: "805 - 327 - 289" },
        "The lower and the middle grades have 327 + 289 = 616 students. The rest is 805 − 616 = 189.",
      ),
      mcq(
        "Tom works out 503 − 278 and gets 335. What is the right answer?",
        { right: "225", wrong: ["325", "235", "275"], check: "503 - 278" },
        "Count up from 278: 278 + 22 = 300 and 300 + 203 = 503. So the difference is 22 + 203 = 225.",
      ),
      multi(
        "Which differences are less than 150? Choose all that are.",
        {
          choices: ["412 − 255", "530 − 379", "701 − 558", "624 − 470"],
          right: ["701 − 558"],
          check: "answer < 150",
        },
        "Work out each: 412 − 255 = 157, 530 − 379 = 151, 701 − 558 = 143 and 624 − 470 = 154. Only 701 − 558 is less than 150.",
      ),
      numeric(
        "What number is missing? 900 − ☐ = 463",
        { value: 437, check: "900 - answer == 463" },
        "The missing number is the distance from 463 to 900: 900 − 463 = 437.",
      ),
    ),
    ...level(
      5,
      numeric(
        "A train leaves with 418 people. At the first stop 126 get off and 95 get on. At the second stop 208 get off. How many people are on the train now?",
        { value: 179, unit: "people", check: "418 - 126 + 95 - 208" },
        "Go step by step. 418 − 126 = 292, then 292 + 95 = 387, and at last 387 − 208 = 179.",
      ),
      mcq(
        "The sum of two numbers is 640. One of them is 120 more than the other. What is the greater number?",
        { right: "380", wrong: ["260", "520", "320"], check: "answer + (answer - 120) == 640" },
        "Without the extra 120 both would be equal: 640 − 120 = 520, and half of that is 260. The greater number is 260 + 120 = 380.",
      ),
      numeric(
        "What number is missing? 745 − 268 = 318 + ☐",
        { value: 159, check: "745 - 268 == 318 + answer" },
        "First the left side: 745 − 268 = 477. Then find what is missing from 318 up to 477: 477 − 318 = 159.",
      ),
      mcq(
        "Ana has saved $365. Ben has saved $148 less than Ana. How much have they saved together?",
        { right: "$582", wrong: ["$217", "$513", "$878"], check: "365 + (365 - 148)" },
        "Ben has 365 − 148 = 217 dollars. Together they have 365 + 217 = 582 dollars.",
      ),
    ),
  ],
};
