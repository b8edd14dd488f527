/** The first teacher to come waits so long for what students are at; whoever answers later comes as an update. */
export const FIRST_SNAPSHOT_MS = 1_000;

/** A page hears of a student at most once in this time. */
export const TELL_EVERY_MS = 1_000;

/** While anybody looks, who is in the class is read anew so often … */
export const ROLL_EVERY_MS = 120_000;
/** … and so soon after a reading that failed. */
export const ROLL_RETRY_MS = 30_000;

/** So often all students are asked anew, so that what got lost on the way is put right. */
export const ASK_EVERY_MS = 600_000;
/** … and so soon those again who have not answered. */
export const ASK_RETRY_MS = 20_000;
/** A student's object tells a class of changes for so long after it was asked … */
export const WATCHED_MS = 1_800_000;
/** … and notes a later end only when the one that it has is so near: most asking writes nothing. */
export const RENEWED_WITHIN_MS = 900_000;
