import { type AuthoredSkill, level, mathSkill, mcq, multi, numeric, text } from "../kit.ts";
import { TOPIC } from "../topics.ts";

export const angles: AuthoredSkill = {
  skill: mathSkill({
    id: 15,
    grade: 7,
    topic_id: TOPIC.geometry,
    code: "C.1",
    title: "Angles and triangles",
    description: "Kinds of angles, complementary and supplementary angles, and the angles of triangles and polygons.",
    tags: ["geometry", "angles", "triangles", "polygons"],
    difficulty: 3,
    standards: ["CCSS.MATH.CONTENT.7.G.B.5"],
    prerequisites: [],
  }),
  questions: [
    ...level(
      1,
      text(
        "What kind of angle is an angle of 35°? Write acute, right or obtuse.",
        { text: "acute", accept: ["acute angle"], check: "angleKind(35)" },
        "Angles smaller than 90° are called acute. 35° is smaller than 90°, so it is acute.",
      ),
      mcq(
        "Which angle is obtuse?",
        { right: "120°", wrong: ["45°", "90°", "180°"], check: "answer > 90 and answer < 180" },
        "An obtuse angle is greater than 90° and smaller than 180°. Only 120° lies between them.",
      ),
      numeric(
        "How many degrees are in a right angle?",
        { value: 90, unit: "degrees", check: "180 / 2" },
        "A straight line makes an angle of 180 degrees, and a right angle is half of it: 180 ÷ 2 = 90.",
      ),
      numeric(
        "Two angles of a triangle measure 60° and 50°. How many degrees is the third angle?",
        { value: 70, unit: "degrees", check: "60 + 50 + answer == 180" },
        "The angles of a triangle add up to 180°. 60 + 50 = 110 and 180 − 110 = 70.",
      ),
    ),
    ...level(
      2,
      numeric(
        "Two angles are complementary. One is 28°. How many degrees is the other?",
        { value: 62, unit: "degrees", check: "28 + answer == 90" },
        "Complementary angles add up to 90°, so the other one is 90 − 28 = 62 degrees.",
      ),
      mcq(
        "Two angles are supplementary. One is 115°. What is the other?",
        { right: "65°", wrong: ["75°", "115°", "245°"], check: "115 + answer == 180" },
        "Supplementary angles add up to 180°, so the other one is 180 − 115 = 65 degrees.",
      ),
      text(
        "A triangle has sides of 5 cm, 5 cm and 8 cm. Is it equilateral, isosceles or scalene?",
        { text: "isosceles", accept: ["isosceles triangle"], check: "triangleBySides(5, 5, 8)" },
        "Two of its sides are equal and the third is not. A triangle with two equal sides is isosceles.",
      ),
      multi(
        "Which pairs of angles are supplementary? Choose all that are.",
        {
          choices: ["110° and 70°", "45° and 45°", "92° and 88°", "135° and 45°"],
          right: ["110° and 70°", "92° and 88°", "135° and 45°"],
          check:
            'named(answer, "110° and 70°", 110 + 70, "45° and 45°", 45 + 45, "92° and 88°", 92 + 88, "135° and 45°", 135 + 45) == 180',
        },
        "Supplementary angles add up to 180°. 110 + 70 = 180, 92 + 88 = 180 and 135 + 45 = 180 do. 45 + 45 = 90 is the sum of complementary angles.",
      ),
    ),
    ...level(
      3,
      numeric(
        "Two lines cross. One of the four angles is 48°. How many degrees is the angle next to it?",
        { value: 132, unit: "degrees", check: "48 + answer == 180" },
        "Angles next to each other on a straight line add up to 180°. 180 − 48 = 132 degrees.",
      ),
      mcq(
        "A right triangle has an angle of 37°. What is its third angle?",
        { right: "53°", wrong: ["43°", "63°", "143°"], check: "90 + 37 + answer == 180" },
        "One angle is 90°, so the other two share the remaining 90°. The third angle is 90 − 37 = 53 degrees.",
      ),
      numeric(
        "An isosceles triangle has an angle of 40° between its two equal sides. How many degrees is each of the other angles?",
        { value: 70, unit: "degrees", check: "40 + 2 * answer == 180" },
        "The other two angles are equal and add up to 180 − 40 = 140. Each of them is 140 ÷ 2 = 70 degrees.",
      ),
      text(
        "A triangle has angles of 25°, 40° and 115°. Is it acute, right or obtuse?",
        { text: "obtuse", accept: ["obtuse triangle"], check: "triangleByAngles(25, 40, 115)" },
        "Look at the greatest angle. 115° is more than 90°, so the triangle is obtuse.",
      ),
    ),
    ...level(
      4,
      numeric(
        "The angles of a quadrilateral are 95°, 80°, 110° and x°. What is x?",
        { value: 75, check: "95 + 80 + 110 + answer == 360" },
        "The angles of a quadrilateral add up to 360°. 95 + 80 + 110 = 285 and 360 − 285 = 75.",
      ),
      mcq(
        "The angles of a triangle are x, 2x and 3x. What is the greatest angle?",
        { right: "90°", wrong: ["30°", "60°", "120°"], check: "3 * 180 / (1 + 2 + 3)" },
        "Together they are 6x, and that is 180°, so x is 180 ÷ 6 = 30. The greatest angle is 3 × 30 = 90 degrees.",
      ),
      numeric(
        "Two angles are supplementary. One is 4 times as large as the other. How many degrees is the larger one?",
        { value: 144, unit: "degrees", check: "answer + answer / 4 == 180" },
        "Together they are 5 equal parts of 180 ÷ 5 = 36 degrees. The larger one has 4 parts: 4 × 36 = 144 degrees.",
      ),
      multi(
        "Which could be the three angles of a triangle? Choose all that could.",
        {
          choices: ["30°, 60°, 90°", "50°, 60°, 80°", "45°, 45°, 90°", "100°, 45°, 40°"],
          right: ["30°, 60°, 90°", "45°, 45°, 90°"],
          check:
            'named(answer, "30°, 60°, 90°", 30 + 60 + 90, "50°, 60°, 80°", 50 + 60 + 80, "45°, 45°, 90°", 45 + 45 + 90, "100°, 45°, 40°", 100 + 45 + 40) == 180',
        },
        "They must add up to 180°. 30 + 60 + 90 = 180 and 45 + 45 + 90 = 180 do. 50 + 60 + 80 = 190 and 100 + 45 + 40 = 185 do not.",
      ),
    ),
    ...level(
      5,
      numeric(
        "How many degrees is each angle of a regular octagon?",
        { value: 135, unit: "degrees", check: "(8 - 2) * 180 / 8" },
        "An octagon can be cut into 6 triangles, so its angles add up to 6 × 180 = 1,080. Each of the 8 equal angles is 1,080 ÷ 8 = 135 degrees.",
      ),
      mcq(
        "Two angles of a triangle are (x + 10)° and (2x + 20)°. The third is 60°. What is x?",
        { right: "30", wrong: ["40", "50", "20"], check: "(answer + 10) + (2 * answer + 20) + 60 == 180" },
        "All three add up to 180°, so 3x + 90 is 180 and 3x is 90. Then x is 90 ÷ 3 = 30.",
      ),
      numeric(
        "One side of a triangle is extended. The angle outside is 118°, and one of the two far angles inside is 47°. How many degrees is the other far angle?",
        { value: 71, unit: "degrees", check: "47 + answer == 118" },
        "An outside angle is as large as the two far inside angles together. So the other one is 118 − 47 = 71 degrees.",
      ),
      mcq(
        "Each angle of a regular polygon is 150°. How many sides does it have?",
        { right: "12", wrong: ["10", "15", "8"], check: "(answer - 2) * 180 / answer == 150" },
        "At each corner you turn by 180 − 150 = 30 degrees. All the way around the turns add up to 360°, and 360 ÷ 30 = 12.",
      ),
    ),
  ],
};
