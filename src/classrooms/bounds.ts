/** How much there may be of what belongs to a class; one more is a `conflict`. */

/** Classes that one teacher owns, archived ones included. */
export const CLASSROOMS_A_TEACHER = 500;

export const STUDENTS_A_CLASSROOM = 1_000;

/** Open ones that a student is in. */
export const CLASSROOMS_A_STUDENT = 50;

/** Beside the owner. */
export const CO_TEACHERS_A_CLASSROOM = 20;

export const GROUPS_A_CLASSROOM = 100;

export const ASSIGNMENTS_A_CLASSROOM = 1_000;

/** Whose children somebody may see: enough for any family, and for who looks after a few. */
export const CHILDREN_A_PARENT = 20;

export const PARENTS_A_STUDENT = 10;

/** Invitations of one student that are good at the same time: a further one takes the place of the oldest. */
export const OPEN_PARENT_CODES = 10;

/** Students whose rows a reply about a class holds at most: a class that had more before there was a bound is cut. */
export const CLASS_ROWS = 2_000;
