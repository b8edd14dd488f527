/** The text as LIKE finds it literally: its wildcards, and the backslash that escapes them, escaped. */
export const escapeLike = (text: string) => text.replace(/[\\%_]/g, (character) => `\\${character}`);
