import { type AuthoredSkill, level, mathSkill, mcq, multi, numeric, text } from "../kit.ts";
import { TOPIC } from "../topics.ts";

export const percents: AuthoredSkill = {
  skill: mathSkill({
    id: 11,
    grade: 6,
    topic_id: TOPIC.percents,
    code: "B.1",
    title: "Percents",
    description:
      "Percents as fractions and decimals, the percent of a number, and finding the part, the whole or the percent.",
    tags: ["percents", "fractions", "decimals", "word-problems"],
    difficulty: 3,
    standards: ["CCSS.MATH.CONTENT.6.RP.A.3"],
    prerequisites: [10],
  }),
  questions: [
    ...level(
      1,
      mcq(
        "Which percent is equal to 1/2?",
        { right: "50%", wrong: ["2%", "12%", "20%"], check: "1/2" },
        "Percent means out of 100. Half of 100 is 50, so 1/2 = 50%.",
      ),
      numeric(
        "37 of 100 students walk to school. What percent do not walk?",
        { value: 63, unit: "%", check: "(100 - 37) / 100 * 100" },
        "Of the 100 students 100 − 37 = 63 do not walk. Percent means out of 100, so that is 63%.",
      ),
      text(
        "Write 25% as a fraction in simplest form.",
        { text: "1/4", check: "simplest(25/100)" },
        "25% means 25 out of 100. Dividing both numbers by 25 gives 1/4.",
      ),
      numeric(
        "What is 10% of 80?",
        { value: 8, check: "10/100 * 80" },
        "10% is one tenth. Divide by ten: 80 ÷ 10 = 8.",
      ),
    ),
    ...level(
      2,
      mcq(
        "Which decimal is equal to 8%?",
        { right: "0.08", wrong: ["0.8", "8.0", "0.008"], check: "8/100" },
        "8% is 8 hundredths, so the 8 stands in the second place after the point: 8 ÷ 100 = 0.08.",
      ),
      numeric(
        "A class has 20 students, and 25% of them wear glasses. How many students wear glasses?",
        { value: 5, unit: "students", check: "25/100 * 20" },
        "25% is one fourth. One fourth of 20 is 20 ÷ 4 = 5 students.",
      ),
      text(
        "Write <, > or =: 30% ☐ 1/3",
        { text: "<", check: "relation(30/100, 1/3)" },
        "One third of 100 is a little more than 33, so 1/3 is a little more than 33%. 30% is less, and the sign is <.",
      ),
      multi(
        "Which are equal to 40%? Choose all that are.",
        { choices: ["0.4", "4/100", "2/5", "4.0"], right: ["0.4", "2/5"], check: "40/100" },
        "40% is 40/100, and 40/100 = 2/5. As a decimal it is 0.40, the same as 0.4. But 4/100 is only 4%, and 4.0 is 400%.",
      ),
    ),
    ...level(
      3,
      numeric(
        "What is 35% of 60?",
        { value: 21, check: "35/100 * 60" },
        "10% of 60 is 6, so 30% is 3 × 6 = 18, and 5% is half of 6, which is 3. Together 18 + 3 = 21.",
      ),
      mcq(
        "Sam got 18 of 24 questions right. What percent is that?",
        { right: "75%", wrong: ["72%", "18%", "80%"], check: "18/24" },
        "Simplify the fraction: 18/24 = 3/4. Three fourths of 100 is 75, so it is 75%.",
      ),
      numeric(
        "A jacket costs $50. Today it is 20% off. How many dollars does it cost today?",
        { value: 40, unit: "dollars", check: "50 - 20/100 * 50" },
        "20% of 50 is one fifth, 50 ÷ 5 = 10 dollars. Take that off: 50 − 10 = 40 dollars.",
      ),
      mcq(
        "Which is the greatest?",
        { right: "5/8", wrong: ["60%", "0.58", "59%"], check: "answer == max(5/8, 60/100, 0.58, 59/100)" },
        "Write all as percents: 5/8 = 62.5% and 0.58 = 58%, next to 60% and 59%. The greatest is 5/8.",
      ),
    ),
    ...level(
      4,
      numeric(
        "15 is 30% of a number. What is the number?",
        { value: 50, check: "30/100 * answer == 15" },
        "If 30% is 15, then 10% is 15 ÷ 3 = 5. The whole is ten times that: 10 × 5 = 50.",
      ),
      mcq(
        "A phone costs $240 before 5% tax is added. What does it cost with tax?",
        { right: "$252", wrong: ["$245", "$228", "$264"], check: "240 + 5/100 * 240" },
        "10% of 240 is 24, so 5% is half of that, 12. With the tax it costs 240 + 12 = 252 dollars.",
      ),
      numeric(
        "A library had 400 members last year and has 460 now. By what percent did the number grow?",
        { value: 15, unit: "%", check: "(460 - 400) / 400 * 100" },
        "It grew by 460 − 400 = 60 members. Compare that with last year: 60/400 = 15/100, which is 15%.",
      ),
      multi(
        "Which are equal to 18? Choose all that are.",
        {
          choices: ["45% of 40", "20% of 80", "15% of 120", "60% of 32"],
          right: ["45% of 40", "15% of 120"],
          check:
            'named(answer, "45% of 40", 45/100 * 40, "20% of 80", 20/100 * 80, "15% of 120", 15/100 * 120, "60% of 32", 60/100 * 32) == 18',
        },
        "Work out each one: 45% of 40 is 18, 20% of 80 is 16, 15% of 120 is 18 and 60% of 32 is 19.2.",
      ),
    ),
    ...level(
      5,
      mcq(
        "A game costs $80. It is marked down by 25%, and later by another 10% of the new price. What does it cost in the end?",
        { right: "$54", wrong: ["$52", "$60", "$45"], check: "80 * (1 - 25/100) * (1 - 10/100)" },
        "After the first markdown it costs 80 − 20 = 60 dollars. 10% of 60 is 6, so in the end it costs 60 − 6 = 54 dollars.",
      ),
      numeric(
        "After a raise of 20% Dana earns $18 an hour. How many dollars an hour did she earn before?",
        { value: 15, unit: "dollars", check: "answer * (1 + 20/100) == 18" },
        "18 dollars are 120% of the old pay. So 20% is 18 ÷ 6 = 3 dollars, and 100% is 5 × 3 = 15 dollars.",
      ),
      numeric(
        "In a school 60% of the students ride the bus. 25% of the bus riders are in grade 6. What percent of all students are grade 6 bus riders?",
        { value: 15, unit: "%", check: "25/100 * 60/100 * 100" },
        "Take 25% of the 60%, which is one fourth of it. 60 ÷ 4 = 15, so it is 15% of all students.",
      ),
      mcq(
        "A number is raised by 50%, and the result is lowered by 50%. How does it compare with the number at the start?",
        {
          right: "It is 25% less.",
          wrong: ["It is the same.", "It is 50% less.", "It is 25% more."],
          check:
            'named(answer, "It is 25% less.", 1 - 25/100, "It is the same.", 1, "It is 50% less.", 1 - 50/100, "It is 25% more.", 1 + 25/100) == (1 + 50/100) * (1 - 50/100)',
        },
        "Try it with 100. Raised by 50% it is 150, and half of 150 is 75. 75 is 25 less than 100, so it is 25% less.",
      ),
    ),
  ],
};
