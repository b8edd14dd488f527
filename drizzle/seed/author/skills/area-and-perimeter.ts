import { type AuthoredSkill, level, mathSkill, mcq, multi, numeric, text } from "../kit.ts";
import { TOPIC } from "../topics.ts";

export const areaAndPerimeter: AuthoredSkill = {
  skill: mathSkill({
    id: 7,
    grade: 4,
    topic_id: TOPIC.measurement,
    code: "C.1",
    title: "Area and perimeter of rectangles",
    description:
      "Find the area and the perimeter of rectangles and of shapes made of them, and sides that are missing.",
    tags: ["area", "perimeter", "rectangles", "measurement"],
    difficulty: 3,
    standards: ["CCSS.MATH.CONTENT.4.MD.A.3"],
    prerequisites: [],
  }),
  questions: [
    ...level(
      1,
      numeric(
        "A rectangle is 5 cm long and 3 cm wide. What is its area?",
        { value: 15, unit: "cm²", check: "5 * 3" },
        "The area counts the squares inside: 3 rows of 5 squares. 5 × 3 = 15 square centimeters.",
      ),
      mcq(
        "A rectangle is 6 cm long and 2 cm wide. What is its perimeter?",
        { right: "16 cm", wrong: ["12 cm", "8 cm", "14 cm"], check: "6 + 2 + 6 + 2" },
        "The perimeter is the way all around: 6 + 2 + 6 + 2 = 16 cm.",
      ),
      numeric(
        "Each side of a square is 7 m long. What is its perimeter?",
        { value: 28, unit: "m", check: "4 * 7" },
        "A square has 4 equal sides, so the way around is 4 × 7 = 28 meters.",
      ),
      text(
        "You want to know how much fence goes around a garden. Do you need the area or the perimeter?",
        { text: "perimeter", accept: ["the perimeter"], check: '"perimeter"' },
        "A fence runs around the edge of the garden. The length all around is called the perimeter.",
      ),
    ),
    ...level(
      2,
      mcq(
        "A square has sides of 9 inches. What is its area?",
        {
          right: "81 square inches",
          wrong: ["36 square inches", "18 square inches", "72 square inches"],
          check: "9 * 9",
        },
        "The area of a square is side times side: 9 × 9 = 81. The 36 would be its perimeter.",
      ),
      numeric(
        "A soccer field is 90 m long and 60 m wide. Ivy runs around it once. How far does she run?",
        { value: 300, unit: "m", check: "2 * (90 + 60)" },
        "One long and one short side are 90 + 60 = 150 meters. All around is twice that: 2 × 150 = 300 meters.",
      ),
      numeric(
        "A rug is 8 feet long and 6 feet wide. How many square feet does it cover?",
        { value: 48, unit: "square feet", check: "8 * 6" },
        "What a rug covers is its area. Multiply length by width: 8 × 6 = 48 square feet.",
      ),
      multi(
        "Which rectangles have an area of 24 square units? Choose all that do. The choices show length × width.",
        { choices: ["6 × 4", "7 × 5", "12 × 2", "9 × 3"], right: ["6 × 4", "12 × 2"], check: "24" },
        "Multiply each pair: 6 × 4 = 24, 7 × 5 = 35, 12 × 2 = 24 and 9 × 3 = 27. So 6 × 4 and 12 × 2 have an area of 24.",
      ),
    ),
    ...level(
      3,
      numeric(
        "A rectangle has an area of 56 cm². It is 8 cm long. How wide is it?",
        { value: 7, unit: "cm", check: "8 * answer == 56" },
        "Length times width gives the area, so divide to find the width: 56 ÷ 8 = 7 cm.",
      ),
      mcq(
        "A square has a perimeter of 36 m. How long is each side?",
        { right: "9 m", wrong: ["6 m", "12 m", "18 m"], check: "4 * answer == 36" },
        "All 4 sides are equal, so divide the perimeter by 4: 36 ÷ 4 = 9 m.",
      ),
      numeric(
        "The perimeter of a rectangle is 30 cm. It is 9 cm long. How wide is it?",
        { value: 6, unit: "cm", check: "2 * (9 + answer) == 30" },
        "Half the perimeter is one length and one width: 30 ÷ 2 = 15. So the width is 15 − 9 = 6 cm.",
      ),
      mcq(
        "Which rectangle has the greatest area?",
        {
          right: "7 cm by 7 cm",
          wrong: ["8 cm by 6 cm", "9 cm by 5 cm", "12 cm by 3 cm"],
          check: 'most("7 cm by 7 cm", 7 * 7, "8 cm by 6 cm", 8 * 6, "9 cm by 5 cm", 9 * 5, "12 cm by 3 cm", 12 * 3)',
        },
        "Multiply each: 7 × 7 = 49, 8 × 6 = 48, 9 × 5 = 45 and 12 × 3 = 36. The greatest is 49 square centimeters.",
      ),
      text(
        "Rectangle A is 10 m by 4 m. Rectangle B is 8 m by 5 m. Which has the longer perimeter? Write A or B.",
        { text: "A", accept: ["Rectangle A"], check: 'most("A", 2 * (10 + 10), "B", 2 * (8 + 5))' },
        "The perimeter of A is 2 × 14 = 28 m and that of B is 2 × 13 = 26 m. A is longer, although both have the same area.",
      ),
    ),
    ...level(
      4,
      numeric(
        "A wall is 12 feet long and 9 feet high. It has one door that is 3 feet wide and 7 feet high. How many square feet of wall are there to paint?",
        { value: 87, unit: "square feet", check: "12 * 9 - 3 * 7" },
        "The whole wall is 12 × 9 = 108 square feet, and the door is 3 × 7 = 21. Take the door away: 108 − 21 = 87.",
      ),
      mcq(
        "An L-shaped room is made of a rectangle 6 m by 4 m and another 3 m by 2 m beside it. What is its area?",
        { right: "30 m²", wrong: ["24 m²", "144 m²", "54 m²"], check: "6 * 4 + 3 * 2" },
        "Find each part and add. 6 × 4 = 24 and 3 × 2 = 6, so the room has 24 + 6 = 30 square meters.",
      ),
      numeric(
        "Fence costs $9 a meter. How many dollars does it cost to fence a garden 14 m long and 11 m wide?",
        { value: 450, unit: "dollars", check: "2 * (14 + 11) * 9" },
        "Add the sides and double the sum: 14 + 11 = 25 and 2 × 25 = 50 meters. At 9 dollars a meter that is 50 × 9 = 450 dollars.",
      ),
      multi(
        "Which rectangles have a perimeter of 40 cm? Choose all that do.",
        {
          choices: ["15 cm by 5 cm", "10 cm by 10 cm", "12 cm by 8 cm", "20 cm by 20 cm"],
          right: ["15 cm by 5 cm", "10 cm by 10 cm", "12 cm by 8 cm"],
          check:
            'named(answer, "15 cm by 5 cm", 15 + 5, "10 cm by 10 cm", 10 + 10, "12 cm by 8 cm", 12 + 8, "20 cm by 20 cm", 20 + 20) * 2 == 40',
        },
        "Half of 40 is 20, so the length and the width must add up to 20. 15 + 5 = 20, 10 + 10 = 20 and 12 + 8 = 20 do, but 20 + 20 = 40 is too much.",
      ),
    ),
    ...level(
      5,
      numeric(
        "A rectangle is twice as long as it is wide. Its perimeter is 48 cm. What is its area?",
        { value: 128, unit: "cm²", check: "(48 / (2 * (1 + 2))) * (2 * 48 / (2 * (1 + 2)))" },
        "Around the rectangle there are 6 widths, so one width is 48 ÷ 6 = 8 cm. The length is 2 × 8 = 16 cm, and the area is 16 × 8 = 128.",
      ),
      mcq(
        "A rectangle is 10 cm by 6 cm. Both sides are doubled. How many times as large is the new area?",
        { right: "4 times", wrong: ["2 times", "3 times", "8 times"], check: "(2 * 10) * (2 * 6) / (10 * 6)" },
        "The old area is 10 × 6 = 60, and the new one is 20 × 12 = 240. 240 ÷ 60 = 4, because both sides were doubled.",
      ),
      numeric(
        "A pool is 20 m long and 10 m wide. A path 1 m wide goes all around it. What is the area of the path?",
        { value: 64, unit: "m²", check: "(20 + 2 * 1) * (10 + 2 * 1) - 20 * 10" },
        "With the path the rectangle is 22 m by 12 m: 22 × 12 = 264. Without it, it is 20 × 10 = 200. The path is 264 − 200 = 64 square meters.",
      ),
      mcq(
        "You have 36 m of fence for a rectangular rabbit pen. What is the greatest area it can have, using whole meters?",
        { right: "81 m²", wrong: ["72 m²", "80 m²", "77 m²"], check: "(36 / 2 / 2) ^ 2" },
        "The length and the width add up to 18 m. Compare 10 × 8 = 80 and 9 × 9 = 81: the square gives the most.",
      ),
    ),
  ],
};
