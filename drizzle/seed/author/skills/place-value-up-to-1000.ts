import { type AuthoredSkill, level, mathSkill, mcq, multi, numeric, text } from "../kit.ts";
import { TOPIC } from "../topics.ts";

export const placeValueUpTo1000: AuthoredSkill = {
  skill: mathSkill({
    id: 4,
    grade: 2,
    topic_id: TOPIC.placeValue,
    code: "A.1",
    title: "Place value up to 1,000",
    description: "Hundreds, tens and ones: read, write, compare and build numbers up to 1,000.",
    tags: ["place-value", "comparing-numbers", "rounding"],
    difficulty: 2,
    standards: ["CCSS.MATH.CONTENT.2.NBT.A.1", "CCSS.MATH.CONTENT.2.NBT.A.4"],
    prerequisites: [],
  }),
  questions: [
    ...level(
      1,
      numeric(
        "What number is 4 tens and 7 ones?",
        { value: 47, check: "4 * 10 + 7" },
        "4 tens are 40, and 7 ones are 7. Together that is 40 + 7 = 47.",
      ),
      mcq(
        "How many tens are in 60?",
        { right: "6", wrong: ["60", "0", "16"], check: "60 / 10" },
        "Count by tens up to 60: 10, 20, 30, 40, 50, 60. That is 6 tens.",
      ),
      text(
        "Write <, > or =: 52 ☐ 25",
        { text: ">", check: "relation(52, 25)" },
        "Look at the tens first. 5 tens are more than 2 tens, so 52 is the greater number and the sign is >.",
      ),
      numeric(
        "What number comes right after 129?",
        { value: 130, check: "129 + 1" },
        "Add one to 129. The 9 ones become 10 ones, which is one more ten: 129 + 1 = 130.",
      ),
    ),
    ...level(
      2,
      mcq(
        "What is the value of the 5 in 253?",
        { right: "50", wrong: ["5", "500", "53"], check: "digit(253, 10) * 10" },
        "The 5 stands in the tens place. 5 tens are 50.",
      ),
      numeric(
        "What number is 300 + 60 + 8?",
        { value: 368, check: "300 + 60 + 8" },
        "3 hundreds, 6 tens and 8 ones are written next to each other: 368.",
      ),
      text(
        "In 472, which place is the 4 in? Write hundreds, tens or ones.",
        { text: "hundreds", accept: ["hundreds place"], check: "placeName(472, 4)" },
        "Count places from the right: 2 is in the ones, 7 in the tens and 4 in the hundreds.",
      ),
      multi(
        "Which numbers have a 6 in the tens place? Choose all that do.",
        {
          choices: ["164", "416", "68", "603"],
          right: ["164", "68"],
          check: "digit(answer, 10) == 6",
        },
        "The tens digit stands second from the right. It is 6 in 164 and in 68, but 1 in 416 and 0 in 603.",
      ),
      mcq(
        "Which number is the greatest?",
        { right: "431", wrong: ["341", "413", "314"], check: "answer == max(431, 341, 413, 314)" },
        "Two of the numbers have 4 hundreds: 431 and 413. Compare their tens: 3 tens are more than 1 ten, so it is 431.",
      ),
    ),
    ...level(
      3,
      numeric(
        "What number is 7 hundreds and 9 ones?",
        { value: 709, check: "7 * 100 + 9" },
        "There are no tens, so a 0 goes in the tens place. 700 + 9 = 709.",
      ),
      mcq(
        "Which words say 518?",
        {
          right: "five hundred eighteen",
          wrong: ["five hundred eighty", "fifty-one eight", "five hundred eighty-one"],
          check: "words(518)",
        },
        "The 5 is five hundred, and the 18 is eighteen. So 518 is five hundred eighteen.",
      ),
      numeric(
        "What is 10 more than 395?",
        { value: 405, check: "395 + 10" },
        "9 tens and one more ten make 10 tens, which is a new hundred. 395 + 10 = 405.",
      ),
      text(
        "Write <, > or =: 680 ☐ 608",
        { text: ">", check: "relation(680, 608)" },
        "Both have 6 hundreds, so look at the tens. 8 tens are more than 0 tens, so 680 is greater and the sign is >.",
      ),
      multi(
        "Which of these make 240? Choose all that do.",
        {
          choices: ["24 tens", "2 hundreds and 4 tens", "24 hundreds", "2 tens and 4 ones"],
          right: ["24 tens", "2 hundreds and 4 tens"],
          check: "240",
        },
        "10 tens make a hundred, so 24 tens are 240. Also, 2 hundreds and 4 tens are 200 + 40 = 240. But 24 hundreds are 2,400, and 2 tens and 4 ones are 24.",
      ),
    ),
    ...level(
      4,
      numeric(
        "A shop has 3 boxes of 100 pens, 12 packs of 10 pens and 5 single pens. How many pens does it have?",
        { value: 425, unit: "pens", check: "3 * 100 + 12 * 10 + 5" },
        "3 hundreds are 300, and 12 tens are 120. Then 300 + 120 + 5 = 425.",
      ),
      mcq(
        "What is 467 rounded to the nearest hundred?",
        { right: "500", wrong: ["400", "460", "470"], check: "roundTo(467, 100)" },
        "467 lies between 400 and 500. It is past the middle, 450, so the nearest hundred is 500.",
      ),
      numeric(
        "What number is missing? 836 = 800 + ☐ + 6",
        { value: 30, check: "836 == 800 + answer + 6" },
        "The 3 in 836 stands in the tens place, so it is worth 30.",
      ),
      mcq(
        "Which list goes from least to greatest?",
        {
          right: "298 < 829 < 892",
          wrong: ["298 < 892 < 829", "829 < 298 < 892", "892 < 829 < 298"],
          check: "answer",
        },
        "298 has the fewest hundreds, so it comes first. 829 and 892 both have 8 hundreds, and 2 tens are fewer than 9 tens.",
      ),
    ),
    ...level(
      5,
      numeric(
        "Use the digits 4, 0 and 9 once each. What is the greatest number you can make?",
        { value: 940, check: "9 * 100 + 4 * 10 + 0" },
        "Put the greatest digit where it is worth most. 9 goes in the hundreds, 4 in the tens and 0 in the ones: 940.",
      ),
      mcq(
        "I have 5 hundreds. My ones digit is 2 more than my tens digit. The digits add up to 13. What number am I?",
        {
          right: "535",
          wrong: ["553", "546", "526"],
          check:
            "digit(answer, 100) == 5 and digit(answer, 1) == digit(answer, 10) + 2 and digit(answer, 100) + digit(answer, 10) + digit(answer, 1) == 13",
        },
        "The other two digits add up to 13 − 5 = 8, and one is 2 more than the other. That makes them 3 and 5, with 5 in the ones: 535.",
      ),
      numeric(
        "How many tens must you add to 640 to get to 1,000?",
        { value: 36, unit: "tens", check: "(1000 - 640) / 10" },
        "From 640 to 1,000 is 1,000 − 640 = 360. That is 36 tens.",
      ),
      multi(
        "Which numbers round to 700, to the nearest hundred? Choose all that do.",
        {
          choices: ["649", "651", "685", "742"],
          right: ["651", "685", "742"],
          check: "roundTo(answer, 100) == 700",
        },
        "Numbers from 650 to 749 are nearest to 700. 651, 685 and 742 are among them, but 649 is nearer to 600.",
      ),
    ),
  ],
};
