import { type AuthoredSkill, level, mathSkill, mcq, multi, numeric, text } from "../kit.ts";
import { TOPIC } from "../topics.ts";

export const equivalentExpressions: AuthoredSkill = {
  skill: mathSkill({
    id: 14,
    grade: 7,
    topic_id: TOPIC.expressions,
    code: "B.1",
    title: "Write and simplify expressions",
    description: "Evaluate expressions, write them for a story, combine like terms, multiply out and factor.",
    tags: ["algebra", "expressions", "like-terms", "distributive-property"],
    difficulty: 4,
    standards: ["CCSS.MATH.CONTENT.7.EE.A.1"],
    prerequisites: [13],
  }),
  questions: [
    ...level(
      1,
      numeric(
        "What is the value of x + 8 when x = 5?",
        { value: 13, check: "5 + 8" },
        "Put 5 in the place of x: 5 + 8 = 13.",
      ),
      mcq(
        "Which expression means 6 more than n?",
        { right: "n + 6", wrong: ["6n", "n − 6", "6 − n"], check: "n + 6" },
        "More than means adding to the number, so write n + 6. The expression 6n would mean 6 times n.",
      ),
      numeric(
        "What is the value of 4y when y = 9?",
        { value: 36, check: "4 * 9" },
        "A number next to a letter means to multiply: 4 × 9 = 36.",
      ),
      mcq(
        "A movie ticket costs t dollars. What do 3 tickets cost?",
        { right: "3t", wrong: ["t + 3", "t − 3", "3 − t"], check: "t + t + t" },
        "Each ticket costs t, and t + t + t is 3 times t. It is written 3t.",
      ),
    ),
    ...level(
      2,
      numeric(
        "What is the value of 3x − 7 when x = 6?",
        { value: 11, check: "3 * 6 - 7" },
        "Multiply first: 3 × 6 = 18. Then subtract: 18 − 7 = 11.",
      ),
      text(
        "Simplify 5x + 3x.",
        { text: "8x", accept: ["8 x", "8*x", "8 × x"], check: "5x + 3x" },
        "5 of something and 3 more of it are 8 of it. So 5x + 3x is 8x.",
      ),
      mcq(
        "Which expression means half of the sum of a and 4?",
        { right: "(a + 4) ÷ 2", wrong: ["a + 4 ÷ 2", "a ÷ 2 + 4", "2(a + 4)"], check: "(a + 4) / 2" },
        "The sum a + 4 comes first, so it goes in parentheses. Half of it is the sum divided by 2.",
      ),
      mcq(
        "Which is equivalent to 4(x + 2)?",
        { right: "4x + 8", wrong: ["4x + 2", "x + 8", "4x + 6"], check: "4 * (x + 2)" },
        "Multiply both parts in the parentheses by 4: 4 times x is 4x, and 4 × 2 = 8.",
      ),
    ),
    ...level(
      3,
      text(
        "Simplify 7a + 4 − 2a.",
        { text: "5a + 4", accept: ["5a+4", "4 + 5a", "4+5a"], check: "7a + 4 - 2a" },
        "Put the like terms together: 7a less 2a is 5a. The 4 stays, so it is 5a + 4.",
      ),
      multi(
        "Which are equivalent to 6x + 12? Choose all that are.",
        {
          choices: ["6(x + 2)", "6(x + 12)", "3(2x + 4)", "18x"],
          right: ["6(x + 2)", "3(2x + 4)"],
          check: "6x + 12",
        },
        "6(x + 2) gives 6x and 12, and so does 3(2x + 4). 6(x + 12) gives 6x + 72, and a number cannot be added to a term with x to make 18x.",
      ),
      numeric(
        "What is the value of 2a + 5b when a = 4 and b = 3?",
        { value: 23, check: "2 * 4 + 5 * 3" },
        "Put in the numbers: 2 × 4 = 8 and 5 × 3 = 15. Then 8 + 15 = 23.",
      ),
      mcq(
        "A plumber charges $40 to come and $25 for each hour. What does h hours of work cost?",
        { right: "40 + 25h", wrong: ["65h", "40h + 25", "25 + h"], check: "40 + 25h" },
        "The 40 dollars are paid once. The 25 dollars are paid for every hour, so they are multiplied by h.",
      ),
    ),
    ...level(
      4,
      text(
        "Simplify 3(2x + 5) − 4x.",
        { text: "2x + 15", accept: ["2x+15", "15 + 2x", "15+2x"], check: "3 * (2x + 5) - 4x" },
        "Multiply out first: 3(2x + 5) is 6x + 15. Then 6x less 4x is 2x, so it is 2x + 15.",
      ),
      mcq(
        "Which is equivalent to 5 − 2(x − 3)?",
        { right: "11 − 2x", wrong: ["3x − 9", "−1 − 2x", "2 − 2x"], check: "5 - 2 * (x - 3)" },
        "Multiply out with the −2: −2 times x is −2x, and −2 times −3 is +6. Then 5 + 6 = 11, which leaves 11 − 2x.",
      ),
      mcq(
        "Which shows 12y + 18 factored completely?",
        { right: "6(2y + 3)", wrong: ["6(2y + 18)", "12(y + 6)", "3(4y + 9)"], check: "12y + 18" },
        "The greatest common factor of 12 and 18 is 6. 12 ÷ 6 = 2 and 18 ÷ 6 = 3, so it is 6(2y + 3).",
      ),
      numeric(
        "What is the value of x² − 3x when x = −2?",
        { value: 10, check: "(-2)^2 - 3 * (-2)" },
        "A negative number squared is positive: (−2) × (−2) = 4. And 3 × (−2) = −6, so it is 4 − (−6) = 10.",
      ),
    ),
    ...level(
      5,
      mcq(
        "A rectangle is x + 4 units wide and twice as long as it is wide. What is its perimeter?",
        { right: "6x + 24", wrong: ["3x + 12", "6x + 8", "2x + 8"], check: "2 * ((x + 4) + 2 * (x + 4))" },
        "The length is 2(x + 4), so length and width together are 3(x + 4). The perimeter is twice that, 6(x + 4), which is 6x + 24.",
      ),
      text(
        "Simplify 4(x − 3) − 2(x − 5).",
        {
          text: "2x − 2",
          accept: ["2x - 2", "2x-2", "2x−2", "2(x - 1)", "2(x-1)"],
          check: "4 * (x - 3) - 2 * (x - 5)",
        },
        "Multiply out: 4x − 12 and −2x + 10. Together 4x less 2x is 2x, and −12 + 10 = −2, so it is 2x − 2.",
      ),
      numeric(
        "3(x + k) is equivalent to 3x + 21. What is k?",
        { value: 7, check: "3 * answer == 21" },
        "3(x + k) is 3x + 3k, so 3k must be 21. 21 ÷ 3 = 7.",
      ),
      multi(
        "Which are equivalent to 2(3x − 1) + 4? Choose all that are.",
        {
          choices: ["6x + 2", "6x + 3", "2(3x + 1)", "10x − 2"],
          right: ["6x + 2", "2(3x + 1)"],
          check: "2 * (3x - 1) + 4",
        },
        "Multiply out: 6x − 2 + 4, and −2 + 4 = 2, so it is 6x + 2. Taking out the factor 2 gives 2(3x + 1), the same thing.",
      ),
    ),
  ],
};
