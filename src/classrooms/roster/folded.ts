/**
 * By what a pupil without a username is known in a class: the name, in whatever case and with whatever spaces, and the
 * grade. Two spellings of one accented letter (Unicode NFC, NFD, and their compatible forms) are the same letter.
 */
export const folded = ({ fullName, gradeLevel }: { fullName: string; gradeLevel: number | null }): string =>
  `${foldedName(fullName)} ${gradeLevel}`;

/** The name alone. */
export const foldedName = (fullName: string): string =>
  fullName.normalize("NFKC").toLowerCase().normalize("NFKC").trim().replace(/\s+/gu, " ");
