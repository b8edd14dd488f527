import { type AuthoredSkill, level, mathSkill, mcq, multi, numeric, text } from "../kit.ts";
import { TOPIC } from "../topics.ts";

export const meanMedianModeRange: AuthoredSkill = {
  skill: mathSkill({
    id: 12,
    grade: 6,
    topic_id: TOPIC.dataAndStatistics,
    code: "C.1",
    title: "Mean, median, mode and range",
    description: "Describe a list of numbers, find a missing one, and see what a single number changes.",
    tags: ["statistics", "mean", "median", "data"],
    difficulty: 3,
    standards: ["CCSS.MATH.CONTENT.6.SP.B.5"],
    prerequisites: [2],
  }),
  questions: [
    ...level(
      1,
      numeric(
        "What is the range of 3, 8, 5, 12 and 7?",
        { value: 9, check: "max(3, 8, 5, 12, 7) - min(3, 8, 5, 12, 7)" },
        "The range is the greatest number less the least: 12 − 3 = 9.",
      ),
      mcq(
        "What is the mode of 4, 6, 4, 9, 2 and 4?",
        { right: "4", wrong: ["6", "7", "5"], check: "mode(4, 6, 4, 9, 2, 4)" },
        "The mode is the number that comes most often. The 4 comes three times, the others only once.",
      ),
      numeric(
        "What is the median of 2, 5, 6, 9 and 11?",
        { value: 6, check: "median(2, 5, 6, 9, 11)" },
        "The numbers are in order already. The one in the middle, with two on each side, is 6.",
      ),
      numeric(
        "What is the mean of 4, 6 and 8?",
        { value: 6, check: "mean(4, 6, 8)" },
        "Add the numbers and divide by how many there are: 4 + 6 + 8 = 18 and 18 ÷ 3 = 6.",
      ),
    ),
    ...level(
      2,
      mcq(
        "What is the median of 9, 3, 7, 1 and 5?",
        { right: "5", wrong: ["7", "3", "6"], check: "median(9, 3, 7, 1, 5)" },
        "Put them in order first: 1, 3, 5, 7, 9. The middle one is 5. The 7 is only in the middle of the list as it was written.",
      ),
      numeric(
        "Lea's quiz scores are 7, 9, 10 and 6. What is her mean score?",
        { value: 8, check: "mean(7, 9, 10, 6)" },
        "The scores add up to 7 + 9 + 10 + 6 = 32. There are 4 of them, and 32 ÷ 4 = 8.",
      ),
      text(
        "For 2, 3, 3, 8, which is greater: the mean or the mode? Write mean or mode.",
        { text: "mean", accept: ["the mean"], check: 'most("mean", mean(2, 3, 3, 8), "mode", mode(2, 3, 3, 8))' },
        "The sum is 2 + 3 + 3 + 8 = 16, so the mean is 16 ÷ 4 = 4. The mode is 3, as it comes twice. The mean is greater.",
      ),
      multi(
        "Which lists have a range of 6? Choose all that do.",
        {
          choices: ["2, 5, 8", "1, 6, 9", "4, 4, 9", "0, 3, 5"],
          right: ["2, 5, 8"],
          check: 'named(answer, "2, 5, 8", 8 - 2, "1, 6, 9", 9 - 1, "4, 4, 9", 9 - 4, "0, 3, 5", 5 - 0) == 6',
        },
        "Take the least from the greatest in each list: 8 − 2 = 6, 9 − 1 = 8, 9 − 4 = 5 and 5 − 0 = 5.",
      ),
    ),
    ...level(
      3,
      numeric(
        "What is the median of 12, 4, 9, 15, 7 and 10?",
        { value: 9.5, check: "median(12, 4, 9, 15, 7, 10)" },
        "In order they are 4, 7, 9, 10, 12, 15. Two numbers are in the middle, 9 and 10, so take the number halfway between them: 9.5.",
      ),
      mcq(
        "The high temperatures of five days were 68, 71, 75, 70 and 76 degrees. What was the mean?",
        { right: "72 degrees", wrong: ["71 degrees", "75 degrees", "73 degrees"], check: "mean(68, 71, 75, 70, 76)" },
        "Add them: 68 + 71 + 75 + 70 + 76 = 360. Divide by the 5 days: 360 ÷ 5 = 72. The 71 is the median.",
      ),
      numeric(
        "The mean of four numbers is 15. What is their sum?",
        { value: 60, check: "4 * 15" },
        "The mean is the sum divided by how many numbers there are. So the sum is 4 × 15 = 60.",
      ),
      text(
        "Write <, > or =: the mean of 5, 9, 10 ☐ the median of 5, 9, 10",
        { text: "<", check: "relation(mean(5, 9, 10), median(5, 9, 10))" },
        "The sum is 5 + 9 + 10 = 24, so the mean is 24 ÷ 3 = 8. The median is the middle one, 9. 8 is less than 9, so the sign is <.",
      ),
    ),
    ...level(
      4,
      numeric(
        "The mean of 6, 9, 11 and one more number is 10. What is the other number?",
        { value: 14, check: "mean(6, 9, 11, answer) == 10" },
        "Four numbers with a mean of 10 add up to 4 × 10 = 40. The three known ones make 6 + 9 + 11 = 26, so the other is 40 − 26 = 14.",
      ),
      mcq(
        "Most houses on a street cost about $200,000, but one costs $3,000,000. Which number changes the most when that house is left out?",
        {
          right: "the mean",
          wrong: ["the median", "the mode"],
          check:
            'most("the mean", mean(200000, 200000, 200000, 200000, 3000000) - 200000, "the median", median(200000, 200000, 200000, 200000, 3000000) - 200000, "the mode", mode(200000, 200000, 200000, 200000, 3000000) - 200000)',
        },
        "The mean uses the size of every number, so one very large price pulls it up a lot. The median and the mode depend on the usual houses and hardly change.",
      ),
      numeric(
        "Nine players have a mean height of 150 cm. A player of 170 cm joins them. What is the new mean height?",
        { value: 152, unit: "cm", check: "(9 * 150 + 170) / (9 + 1)" },
        "Together the nine measure 9 × 150 = 1,350 cm, and with the new player 1,350 + 170 = 1,520 cm. For ten players the mean is 1,520 ÷ 10 = 152 cm.",
      ),
      multi(
        "Which are true for 3, 3, 5, 8, 11? Choose all that are.",
        {
          choices: ["The mean is 6.", "The median is 8.", "The mode is 3.", "The range is 11."],
          right: ["The mean is 6.", "The mode is 3."],
          check:
            'named(answer, "The mean is 6.", mean(3, 3, 5, 8, 11) - 6, "The median is 8.", median(3, 3, 5, 8, 11) - 8, "The mode is 3.", mode(3, 3, 5, 8, 11) - 3, "The range is 11.", max(3, 3, 5, 8, 11) - min(3, 3, 5, 8, 11) - 11) == 0',
        },
        "The sum is 30, so the mean is 30 ÷ 5 = 6. The mode is 3, as it comes twice. The median is the middle number, 5, and the range is 11 − 3 = 8.",
      ),
    ),
    ...level(
      5,
      numeric(
        "After four tests Ravi's mean is 82. What must he score on the fifth test to bring his mean up to 85?",
        { value: 97, check: "(4 * 82 + answer) / 5 == 85" },
        "He has 4 × 82 = 328 points and needs 5 × 85 = 425. That takes 425 − 328 = 97 points.",
      ),
      mcq(
        "A class of 10 has a mean of 78, and a class of 15 has a mean of 88. What is the mean of all 25 students?",
        { right: "84", wrong: ["83", "82", "85"], check: "(10 * 78 + 15 * 88) / 25" },
        "All the points are 10 × 78 = 780 and 15 × 88 = 1,320, together 2,100. 2,100 ÷ 25 = 84. Halfway, 83, would be right only for classes of equal size.",
      ),
      numeric(
        "Five whole numbers have a mean of 8, and the sum of four of them is 29. What is the fifth number?",
        { value: 11, check: "(29 + answer) / 5 == 8" },
        "Five numbers with a mean of 8 add up to 5 × 8 = 40. The fifth is 40 − 29 = 11.",
      ),
      mcq(
        "Every number in a list is raised by 5. What happens to the mean and the range?",
        {
          right: "The mean rises by 5 and the range stays.",
          wrong: ["Both rise by 5.", "Both stay.", "The mean stays and the range rises by 5."],
          check:
            'named(answer, "The mean rises by 5 and the range stays.", abs(mean(1+5, 2+5, 10+5) - mean(1, 2, 10) - 5) + abs((10+5) - (1+5) - (10 - 1)), "Both rise by 5.", 1, "Both stay.", 1, "The mean stays and the range rises by 5.", 1) == 0',
        },
        "The whole list moves up by 5, and its mean with it. The greatest and the least number both move, so the distance between them does not change.",
      ),
    ),
  ],
};
