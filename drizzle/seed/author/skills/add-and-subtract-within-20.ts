import { type AuthoredSkill, level, mathSkill, mcq, multi, numeric, text } from "../kit.ts";
import { TOPIC } from "../topics.ts";

export const addAndSubtractWithin20: AuthoredSkill = {
  skill: mathSkill({
    id: 3,
    grade: 1,
    topic_id: TOPIC.additionAndSubtraction,
    code: "A.1",
    title: "Add and subtract within 20",
    description: "Add, take away and find missing numbers up to 20.",
    tags: ["addition", "subtraction", "word-problems"],
    difficulty: 1,
    standards: ["CCSS.MATH.CONTENT.1.OA.C.6"],
    prerequisites: [],
  }),
  questions: [
    ...level(
      1,
      numeric("What is 4 + 3?", { value: 7, check: "4 + 3" }, "Start at 4 and count on three more: 5, 6, 7."),
      mcq(
        "There are 6 ducks on a pond. 2 more come. How many ducks are there now?",
        { right: "8", wrong: ["4", "7", "9"], check: "6 + 2" },
        "More ducks come, so add. 6 + 2 = 8.",
      ),
      numeric(
        "What is 9 − 5?",
        { value: 4, check: "9 - 5" },
        "Start at 9 and count back five: 8, 7, 6, 5, 4. You end at 4.",
      ),
      multi(
        "Which of these make 10? Choose all that do.",
        { choices: ["7 + 3", "5 + 4", "8 + 2", "6 + 5"], right: ["7 + 3", "8 + 2"], check: "10" },
        "Add each pair: 7 + 3 = 10, 5 + 4 = 9, 8 + 2 = 10 and 6 + 5 = 11. Only 7 + 3 and 8 + 2 make 10.",
      ),
    ),
    ...level(
      2,
      numeric(
        "What is 8 + 5?",
        { value: 13, check: "8 + 5" },
        "Make ten first. Take 2 from the 5 to fill up the 8: 8 + 2 = 10. Then 10 + 3 = 13.",
      ),
      mcq(
        "Ben has 12 grapes. He eats 4 of them. How many are left?",
        { right: "8", wrong: ["16", "7", "9"], check: "12 - 4" },
        "He eats some, so take away. 12 − 2 = 10, and taking 2 more gives 10 − 2 = 8.",
      ),
      numeric(
        "What number is missing? 6 + ☐ = 11",
        { value: 5, check: "6 + answer == 11" },
        "Count on from 6 to 11: 7, 8, 9, 10, 11. That is 5 steps.",
      ),
      text(
        "Write <, > or =: 5 + 4 ☐ 10",
        { text: "<", check: "relation(5 + 4, 10)" },
        "Add the left side: 5 + 4 = 9. As 9 is less than 10, the sign is <.",
      ),
      mcq(
        "Which is the same as 7 + 6?",
        { right: "6 + 7", wrong: ["7 − 6", "7 + 7", "6 + 6"], check: "7 + 6" },
        "You may add two numbers in any order. So 7 + 6 = 6 + 7, and both make 13.",
      ),
    ),
    ...level(
      3,
      numeric(
        "What is 15 − 7?",
        { value: 8, check: "15 - 7" },
        "Go down to ten first: 15 − 5 = 10. Then take 2 more: 10 − 2 = 8.",
      ),
      mcq(
        "Zoe has 9 red beads and 8 blue beads. How many beads does she have in all?",
        { right: "17", wrong: ["1", "16", "18"], check: "9 + 8" },
        "Put the beads together. 8 + 8 = 16 and one more makes 17.",
      ),
      numeric(
        "What number is missing? ☐ − 6 = 7",
        { value: 13, check: "answer - 6 == 7" },
        "Put the 6 back to find the number at the start: 7 + 6 = 13.",
      ),
      multi(
        "Which of these are equal to 9? Choose all that are.",
        { choices: ["16 − 7", "14 − 6", "18 − 9", "17 − 6"], right: ["16 − 7", "18 − 9"], check: "9" },
        "Take away in each: 16 − 7 = 9, 14 − 6 = 8, 18 − 9 = 9 and 17 − 6 = 11. So 16 − 7 and 18 − 9 are equal to 9.",
      ),
    ),
    ...level(
      4,
      mcq(
        "Ava picks 14 apples. Her brother picks 6. How many more apples does Ava pick?",
        { right: "8", wrong: ["20", "9", "10"], check: "14 - 6" },
        "To find how many more, take away the smaller number. 14 − 4 = 10 and 10 − 2 = 8.",
      ),
      numeric(
        "What is 5 + 6 + 5?",
        { value: 16, check: "5 + 6 + 5" },
        "Look for numbers that make ten. 5 + 5 = 10, and then 10 + 6 = 16.",
      ),
      text(
        "Write <, > or =: 8 + 6 ☐ 9 + 5",
        { text: "=", check: "relation(8 + 6, 9 + 5)" },
        "Add both sides: 8 + 6 = 14 and 9 + 5 = 14. They are the same, so the sign is =.",
      ),
      numeric(
        "Omar had some marbles. He got 7 more. Now he has 16 marbles. How many did he have at first?",
        { value: 9, unit: "marbles", check: "answer + 7 == 16" },
        "Take away the 7 new marbles to see what he had before: 16 − 7 = 9.",
      ),
    ),
    ...level(
      5,
      mcq(
        "18 birds sit in a tree. 5 fly away, and then 4 more fly away. How many birds are left?",
        { right: "9", wrong: ["13", "17", "14"], check: "18 - 5 - 4" },
        "Take away twice. 18 − 5 = 13 and 13 − 4 = 9.",
      ),
      numeric(
        "What number is missing? 7 + 8 = 20 − ☐",
        { value: 5, check: "7 + 8 == 20 - answer" },
        "Both sides must be the same. 7 + 8 = 15, and 20 − 5 = 15, so the missing number is 5.",
      ),
      multi(
        "Which of these are true? Choose all that are.",
        {
          choices: ["6 + 7 = 13", "15 − 8 = 6", "4 + 9 = 5 + 8", "12 − 3 = 8"],
          right: ["6 + 7 = 13", "4 + 9 = 5 + 8"],
          check: "answer",
        },
        "6 + 7 = 13 is true. 15 − 8 = 7, not 6, and 12 − 3 = 9, not 8. Both 4 + 9 and 5 + 8 make 13, so that one is true too.",
      ),
      mcq(
        "Kai is 6 years old. Lily is 5 years older than Kai. How old are they together?",
        { right: "17 years", wrong: ["11 years", "16 years", "12 years"], check: "6 + (6 + 5)" },
        "First find Lily's age: 6 + 5 = 11. Then add both ages: 6 + 11 = 17.",
      ),
    ),
  ],
};
