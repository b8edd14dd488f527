/** How large a school is made. */
export type Size = {
  readonly students: number;
  readonly teachers: number;
  readonly skills: number;
  readonly attempts: number;
  /** How many students each teacher's class has; neighbours share some. */
  readonly classSize: number;
  /** How many assignments each class has. */
  readonly assignments: number;
};

export const SCHOOL: Size = {
  students: 1000,
  teachers: 40,
  skills: 120,
  attempts: 1_000_000,
  classSize: 30,
  assignments: 20,
};

/** Enough for every plan to be that of the school, made in seconds. */
export const QUICK: Size = { ...SCHOOL, students: 300, teachers: 12, skills: 60, attempts: 60_000 };
