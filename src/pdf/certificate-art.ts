import { ACCENT, GOLD, GOLD_LIGHT, PAPER } from "./palette.ts";
import type { Color, Pen, Sheet } from "./sheet.ts";

/** The colors of a kind of certificate. */
export type Livery = {
  readonly dark: Color;
  readonly main: Color;
  /** Of the disc that the star is on, and around it. */
  readonly disc: Color;
  readonly rim: Color;
};

export const LIVERIES: Readonly<Record<"EXCELLENCE" | "MASTERY", Livery>> = {
  MASTERY: { dark: "#0b4f4a", main: ACCENT, disc: GOLD, rim: GOLD_LIGHT },
  EXCELLENCE: { dark: "#1e3a6e", main: "#2d5ba8", disc: "#2d5ba8", rim: GOLD_LIGHT },
};

const OUTER = 20;
const BAND = { from: 27, to: 47 } as const;
/** How far the frame reaches into the page. */
export const FRAME = 56;

type Ends = { readonly x: number; readonly y: number };

/** The frame of the page: a band of interlaced waves between two lines, and a rosette in each corner. */
export function drawFrame(sheet: Sheet, { dark, main }: Livery): void {
  const { width, height } = sheet.size;
  const box = (inset: number) => ({ width: width - inset * 2, height: height - inset * 2 });
  sheet.rect(OUTER, OUTER, box(OUTER), { stroke: dark, lineWidth: 2.2 });
  sheet.rect(BAND.from, BAND.from, box(BAND.from), { stroke: GOLD, lineWidth: 0.6 });
  sheet.rect(BAND.to, BAND.to, box(BAND.to), { stroke: GOLD, lineWidth: 0.6 });
  sheet.rect(BAND.to + 4, BAND.to + 4, box(BAND.to + 4), { stroke: dark, lineWidth: 0.8 });

  const middle = (BAND.from + BAND.to) / 2;
  const corner = BAND.to + 2;
  for (const y of [middle, height - middle]) drawWaves(sheet, { x: corner, y }, { x: width - corner, y }, main);
  for (const x of [middle, width - middle]) drawWaves(sheet, { x, y: corner }, { x, y: height - corner }, main);
  for (const x of [middle, width - middle]) {
    for (const y of [middle, height - middle]) drawRosette(sheet, x, y, dark);
  }
}

/** The handles of a quarter of a sine wave, in its own units. */
const HANDLE = { first: 0.512287, second: 1.002313 / (Math.PI / 2) } as const;
const PERIOD = 26;
const SWING = 7.4;

function drawWaves(sheet: Sheet, from: Ends, to: Ends, color: Color): void {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const quarters = Math.round(length / PERIOD) * 4;
  const along = { x: (to.x - from.x) / quarters, y: (to.y - from.y) / quarters };
  const across = { x: -(along.y / (length / quarters)) * SWING, y: (along.x / (length / quarters)) * SWING };
  const strands = [
    { phase: 0, swing: 1, color },
    { phase: 2, swing: 1, color },
    { phase: 1, swing: 0.62, color: GOLD },
    { phase: 3, swing: 0.62, color: GOLD },
  ] as const;
  for (const { phase, swing, color: stroke } of strands) {
    const at = (quarter: number, height: number): [number, number] => [
      from.x + along.x * quarter + across.x * height * swing,
      from.y + along.y * quarter + across.y * height * swing,
    ];
    sheet.shape((pen) => waved(pen, quarters, phase, at), { stroke, lineWidth: 0.7 });
  }
}

/** A sine wave of so many quarters, as Bézier curves. */
function waved(
  pen: Pen,
  quarters: number,
  phase: number,
  at: (quarter: number, height: number) => [number, number],
): Pen {
  const heightOf = (quarter: number) => [0, 1, 0, -1][(quarter + phase) % 4] ?? 0;
  const early = HANDLE.first / (Math.PI / 2);
  pen.move(...at(0, heightOf(0)));
  for (let quarter = 0; quarter < quarters; quarter++) {
    const [start, end] = [heightOf(quarter), heightOf(quarter + 1)];
    // From the middle line it sets out slanted and arrives level; towards the middle line the other way round.
    const [first, second] =
      start === 0
        ? [at(quarter + early, end * HANDLE.first), at(quarter + HANDLE.second, end)]
        : [at(quarter + 1 - HANDLE.second, start), at(quarter + 1 - early, start * HANDLE.first)];
    pen.curve(...first, ...second, ...at(quarter + 1, end));
  }
  return pen;
}

function drawRosette(sheet: Sheet, x: number, y: number, color: Color): void {
  const petals = 12;
  sheet.circle(x, y, 13, { fill: PAPER, stroke: GOLD, lineWidth: 0.8 });
  for (let petal = 0; petal < petals; petal++) {
    const angle = (petal / petals) * Math.PI * 2;
    sheet.circle(x + Math.cos(angle) * 5.5, y + Math.sin(angle) * 5.5, 5.5, { stroke: color, lineWidth: 0.45 });
  }
  sheet.circle(x, y, 2.4, { fill: GOLD });
}

type Circle = { readonly x: number; readonly y: number; readonly radius: number };

/** A medal with two ribbons and a star. */
export function drawMedal(sheet: Sheet, { x, y, radius }: Circle, livery: Livery): void {
  for (const side of [-1, 1]) drawRibbon(sheet, { x, y, radius }, side, livery);
  sheet.shape((pen) => burst(pen, { x, y, radius }, 32), { fill: GOLD });
  sheet.circle(x, y, radius * 0.86, { fill: livery.rim, stroke: GOLD, lineWidth: 0.8 });
  sheet.circle(x, y, radius * 0.76, { fill: livery.disc, stroke: PAPER, lineWidth: 1 });
  sheet.circle(x, y, radius * 0.68, { stroke: livery.rim, lineWidth: 0.6 });
  sheet.shape((pen) => star(pen, { x, y: y + radius * 0.02, radius: radius * 0.5 }), { fill: PAPER });
}

/** A ribbon that hangs from the medal to one side, with a notched end. */
function drawRibbon(sheet: Sheet, { x, y, radius }: Circle, side: number, { main, dark }: Livery): void {
  const turned = (across: number, down: number): [number, number] => {
    const angle = side * 0.32;
    return [
      x + side * radius * 0.28 + across * Math.cos(angle) + down * Math.sin(angle),
      y + down * Math.cos(angle) - across * Math.sin(angle),
    ];
  };
  const [half, long] = [radius * 0.3, radius * 1.72];
  const outline = (pen: Pen) =>
    pen
      .move(...turned(-half, 0))
      .line(...turned(half, 0))
      .line(...turned(half, long))
      .line(...turned(0, long - half * 0.8))
      .line(...turned(-half, long))
      .close();
  sheet.shape(outline, { fill: main, stroke: dark, lineWidth: 0.8 });
  const stripe = (at: number) => (pen: Pen) => pen.move(...turned(at, 0)).line(...turned(at, long - half * 0.9));
  for (const at of [-half * 0.62, half * 0.62]) sheet.shape(stripe(at), { stroke: GOLD_LIGHT, lineWidth: 0.9 });
}

/** A disc with a wavy edge. */
function burst(pen: Pen, { x, y, radius }: Circle, lobes: number): Pen {
  const at = (step: number, reach: number): [number, number] => {
    const angle = (step / lobes) * Math.PI * 2;
    return [x + Math.cos(angle) * reach, y + Math.sin(angle) * reach];
  };
  const [valley, peak] = [radius * 0.93, radius * 1.06];
  pen.move(...at(0, valley));
  for (let lobe = 0; lobe < lobes; lobe++)
    pen.curve(...at(lobe + 0.2, peak), ...at(lobe + 0.8, peak), ...at(lobe + 1, valley));
  return pen.close();
}

function star(pen: Pen, { x, y, radius }: Circle): Pen {
  const corners = 10;
  for (let corner = 0; corner < corners; corner++) {
    const angle = (corner / corners) * Math.PI * 2 - Math.PI / 2;
    const reach = corner % 2 === 0 ? radius : radius * 0.42;
    const place: [number, number] = [x + Math.cos(angle) * reach, y + Math.sin(angle) * reach];
    if (corner === 0) pen.move(...place);
    else pen.line(...place);
  }
  return pen.close();
}

/** The product's mark: two peaks, `width` wide, its foot in the middle at `x` and `y`. */
export function drawPeaks(sheet: Sheet, x: number, y: number, width: number, { main, dark }: Livery): void {
  const unit = width / 10;
  const peak = (left: number, top: number, right: number) => (pen: Pen) =>
    pen
      .move(x + left * unit, y)
      .line(x + ((left + right) / 2) * unit, y - top * unit)
      .line(x + right * unit, y)
      .close();
  sheet.shape(peak(-5, 4.4, 2), { fill: main });
  sheet.shape(peak(-1.6, 6.2, 5), { fill: dark });
}

/** A line that thins out to both sides of a diamond. */
export function drawFlourish(sheet: Sheet, x: number, y: number, width: number): void {
  const half = width / 2;
  const side = (sign: number) => (pen: Pen) =>
    pen
      .move(x + sign * 10, y - 0.9)
      .line(x + sign * half, y)
      .line(x + sign * 10, y + 0.9)
      .close();
  for (const sign of [-1, 1]) sheet.shape(side(sign), { fill: GOLD });
  const diamond = (pen: Pen) =>
    pen
      .move(x, y - 4)
      .line(x + 4, y)
      .line(x, y + 4)
      .line(x - 4, y)
      .close();
  sheet.shape(diamond, { fill: GOLD });
}
