import { type AuthoredSkill, level, mathSkill, mcq, multi, numeric, text } from "../kit.ts";
import { TOPIC } from "../topics.ts";

export const linearEquations: AuthoredSkill = {
  skill: mathSkill({
    id: 16,
    grade: 8,
    topic_id: TOPIC.equations,
    code: "A.1",
    title: "Solve linear equations",
    description: "From one-step equations to variables on both sides, fractions, and equations for a story.",
    tags: ["algebra", "equations", "word-problems"],
    difficulty: 4,
    standards: ["CCSS.MATH.CONTENT.8.EE.C.7"],
    prerequisites: [14],
  }),
  questions: [
    ...level(
      1,
      numeric(
        "Solve x + 9 = 24. What is x?",
        { value: 15, check: "answer + 9 == 24" },
        "Undo the + 9 by subtracting 9 from both sides: 24 − 9 = 15.",
      ),
      mcq(
        "What is the solution of 6n = 42?",
        {
          right: "n = 7",
          wrong: ["n = 36", "n = 48", "n = 8"],
          check: 'named(answer, "n = 7", 7, "n = 36", 36, "n = 48", 48, "n = 8", 8) * 6 == 42',
        },
        "Divide both sides by 6: 42 ÷ 6 = 7. Check it: 6 × 7 = 42.",
      ),
      numeric(
        "Solve y − 13 = −5. What is y?",
        { value: 8, check: "answer - 13 == -5" },
        "Add 13 to both sides: −5 + 13 = 8.",
      ),
      numeric(
        "Solve m ÷ 4 = 11. What is m?",
        { value: 44, check: "answer / 4 == 11" },
        "Multiply both sides by 4 to undo the division: 11 × 4 = 44.",
      ),
    ),
    ...level(
      2,
      numeric(
        "Solve 3x + 4 = 19. What is x?",
        { value: 5, check: "3 * answer + 4 == 19" },
        "Subtract 4 from both sides: 19 − 4 = 15. Then divide by 3: 15 ÷ 3 = 5.",
      ),
      mcq(
        "Which equation fits? Five more than twice a number is 17.",
        {
          right: "2x + 5 = 17",
          wrong: ["5x + 2 = 17", "2(x + 5) = 17", "2x − 5 = 17"],
          check:
            'named(answer, "2x + 5 = 17", 2x + 5, "5x + 2 = 17", 5x + 2, "2(x + 5) = 17", 2 * (x + 5), "2x − 5 = 17", 2x - 5) == 2x + 5',
        },
        "Twice a number is 2x. Five more than that is 2x + 5, and this is 17.",
      ),
      numeric(
        "Solve 7x − 8 = 27. What is x?",
        { value: 5, check: "7 * answer - 8 == 27" },
        "Add 8 to both sides: 27 + 8 = 35. Then divide by 7: 35 ÷ 7 = 5.",
      ),
      multi(
        "Which equations have the solution x = 3? Choose all that do.",
        {
          choices: ["4x = 12", "x + 5 = 9", "2x + 1 = 7", "10 − x = 7"],
          right: ["4x = 12", "2x + 1 = 7", "10 − x = 7"],
          check:
            'named(answer, "4x = 12", 4 * 3 - 12, "x + 5 = 9", 3 + 5 - 9, "2x + 1 = 7", 2 * 3 + 1 - 7, "10 − x = 7", 10 - 3 - 7) == 0',
        },
        "Put 3 in the place of x. 4 × 3 = 12, 2 × 3 + 1 = 7 and 10 − 3 = 7 fit. But 3 + 5 = 8, not 9.",
      ),
    ),
    ...level(
      3,
      numeric(
        "Solve 5x + 6 = 2x + 27. What is x?",
        { value: 7, check: "5 * answer + 6 == 2 * answer + 27" },
        "Subtract 2x from both sides, which leaves 3x + 6 on the left and 27 on the right. Subtract 6: 27 − 6 = 21. Divide by 3: 21 ÷ 3 = 7.",
      ),
      mcq(
        "Solve 4(x − 2) = 28. What is x?",
        { right: "9", wrong: ["7.5", "5", "6.5"], check: "4 * (answer - 2) == 28" },
        "Divide both sides by 4: 28 ÷ 4 = 7, so x − 2 is 7. Then x is 7 + 2 = 9.",
      ),
      numeric(
        "A gym costs $30 to join and $15 a month. Eva has paid $165 in all. For how many months has she been a member?",
        { value: 9, unit: "months", check: "30 + 15 * answer == 165" },
        "The equation is 30 + 15m = 165. Subtract 30: 165 − 30 = 135. Divide by 15: 135 ÷ 15 = 9.",
      ),
      text(
        "Solve 6x = 4. Write x as a fraction in simplest form.",
        { text: "2/3", accept: ["x = 2/3", "x=2/3"], check: "simplest(4/6)" },
        "Divide both sides by 6, so x is 4/6. Divide the top and the bottom by 2: 4/6 = 2/3.",
      ),
    ),
    ...level(
      4,
      numeric(
        "Solve 3(2x − 1) = 4x + 11. What is x?",
        { value: 7, check: "3 * (2 * answer - 1) == 4 * answer + 11" },
        "Multiply out: 6x − 3 = 4x + 11. Subtract 4x and add 3, which gives 2x = 14. So x is 14 ÷ 2 = 7.",
      ),
      mcq(
        "Solve x/3 + 5 = 1. What is x?",
        { right: "−12", wrong: ["12", "18", "−4/3"], check: "answer / 3 + 5 == 1" },
        "Subtract 5 from both sides: 1 − 5 = −4. Then multiply by 3: −4 × 3 = −12.",
      ),
      numeric(
        "The sum of three consecutive whole numbers is 84. What is the greatest of them?",
        { value: 29, check: "answer + (answer - 1) + (answer - 2) == 84" },
        "Call the middle one n. The others are one less and one more, so 3n = 84 and n is 84 ÷ 3 = 28. The greatest is 28 + 1 = 29.",
      ),
      mcq(
        "How many solutions does 2(x + 3) = 2x + 6 have?",
        {
          right: "every number is a solution",
          wrong: ["no solution", "exactly one solution", "exactly two solutions"],
          check: '2 * (x + 3) == 2x + 6 ? "every number is a solution" : "no solution"',
        },
        "Multiply out the left side: it is 2x + 6, just like the right side. Both sides are equal whatever x is.",
      ),
      text(
        "Solve 5x + 2 = 2x + 3. Write x as a fraction in simplest form.",
        { text: "1/3", accept: ["x = 1/3", "x=1/3"], check: "simplest((3 - 2) / (5 - 2))" },
        "Subtract 2x from both sides, then subtract 2. That leaves 3x = 1, so x is 1/3.",
      ),
    ),
    ...level(
      5,
      numeric(
        "Solve (2x + 3)/5 = (x + 15)/7. What is x?",
        { value: 6, check: "(2 * answer + 3) / 5 == (answer + 15) / 7" },
        "Multiply both sides by 35: 7(2x + 3) = 5(x + 15), so 14x + 21 = 5x + 75. That gives 9x = 54, and x is 54 ÷ 9 = 6.",
      ),
      mcq(
        "A mother is 3 times as old as her son. In 12 years she will be twice as old as he is then. How old is the son now?",
        { right: "12", wrong: ["10", "15", "24"], check: "3 * answer + 12 == 2 * (answer + 12)" },
        "With s for the son's age now, 3s + 12 = 2(s + 12), which is 2s + 24. Subtract 2s and 12: s is 24 − 12 = 12.",
      ),
      numeric(
        "Plan A costs $20 a month plus $0.10 a minute. Plan B costs $35 a month plus $0.04 a minute. For how many minutes do they cost the same?",
        { value: 250, unit: "minutes", check: "20 + 0.10 * answer == 35 + 0.04 * answer" },
        "With m minutes, 20 + 0.10m = 35 + 0.04m. Plan B saves 0.06 dollars a minute and must make up 15 dollars: 15 ÷ 0.06 = 250.",
      ),
      mcq(
        "For which value of k is every number a solution of 3x + k = 3(x − 4)?",
        { right: "−12", wrong: ["12", "−4", "4"], check: "3x + answer == 3 * (x - 4)" },
        "Multiply out the right side: 3x − 12. Both sides are the same for every x only if k is −12.",
      ),
    ),
  ],
};
