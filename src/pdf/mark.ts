/** Where an outline is, from the pen on at a size of 1. */
export type Ink = { readonly left: number; readonly bottom: number; readonly right: number; readonly top: number };

/** What is between a letter and a mark over or below it, at least. */
const GAP = 0.05;
/** So far are marks moved up or down, at most: however many somebody piles up, they stay on their line. */
const FARTHEST = 0.5;

/**
 * Where a mark goes that has no letter of its own in the font, as the acute of ọ́: into the middle of its letter, over or
 * below all that this has already. `x` and `y` move it from after its letter, and `ink` is that of both.
 */
export function placeMark(
  { ink: letter, advance }: { readonly ink: Ink; readonly advance: number },
  mark: Ink,
): { x: number; y: number; ink: Ink } {
  const x = (letter.left + letter.right - mark.left - mark.right) / 2 - advance;
  const y =
    mark.bottom > 0
      ? Math.min(FARTHEST, Math.max(0, letter.top + GAP - mark.bottom))
      : mark.top < 0
        ? Math.max(-FARTHEST, Math.min(0, letter.bottom - GAP - mark.top))
        : 0;
  const top = Math.max(letter.top, mark.top + y);
  return { x, y, ink: { ...letter, top, bottom: Math.min(letter.bottom, mark.bottom + y) } };
}
