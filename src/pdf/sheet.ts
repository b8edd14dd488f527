import type { Size } from "./paper.ts";
import { type DocumentFont, type Glyph, type Typeface, utf16 } from "./typeface.ts";

export type Color = `#${string}`;

export type TextStyle = {
  readonly face: Typeface;
  /** In points. */
  readonly size: number;
  readonly color: Color;
  /** Added after each sign, in points. */
  readonly spacing?: number;
};

export type Align = "left" | "center" | "right";

export type Paint = {
  readonly fill?: Color | undefined;
  readonly stroke?: Color | undefined;
  /** Of the stroke. */
  readonly lineWidth?: number;
  readonly dash?: readonly number[];
};

/** How a text is wide as it is drawn, in points. */
export const widthOf = (text: string, { face, size, spacing = 0 }: TextStyle): number => {
  const glyphs = face.glyphsOf(text);
  return glyphs.reduce((width, { advance }) => width + advance * size + spacing, glyphs.length === 0 ? 0 : -spacing);
};

/**
 * One page that is drawn on. Lengths are in points, and places count from the upper left corner, downwards. Everything
 * is a vector; text is positioned line by line.
 */
export class Sheet {
  readonly size: Size;
  readonly #content: string[] = [];

  constructor(size: Size) {
    this.size = size;
  }

  /** What is on it, in the language of PDF pages (ISO 32000-1, 8 and 9). */
  get content(): string {
    return this.#content.join("\n");
  }

  /** One line of text with its baseline at `y`; `x` is its left end, its middle or its right end. */
  text(line: string, x: number, y: number, style: TextStyle, align: Align = "left"): void {
    const glyphs = style.face.glyphsOf(line);
    if (glyphs.length === 0) return;
    const { size, spacing = 0 } = style;
    const shift = align === "left" ? 0 : widthOf(line, style) / (align === "center" ? 2 : 1);
    this.#put(
      `BT ${rgb(style.color)} rg ${spacing === 0 ? "" : `${number(spacing)} Tc `}` +
        `${number(x - shift)} ${number(this.size.height - y)} Td ${shownBy(glyphs, size)} ${spacing === 0 ? "" : "0 Tc "}ET`,
    );
  }

  line(fromX: number, fromY: number, toX: number, toY: number, paint: Paint): void {
    this.shape((pen) => pen.move(fromX, fromY).line(toX, toY), paint);
  }

  /** A rectangle by its upper left corner; with a radius its corners are round. */
  rect(x: number, y: number, { width, height }: Size, paint: Paint, radius = 0): void {
    this.shape((pen) => pen.rect(x, y, { width, height }, Math.min(radius, width / 2, height / 2)), paint);
  }

  circle(x: number, y: number, radius: number, paint: Paint): void {
    this.shape((pen) => pen.circle(x, y, radius), paint);
  }

  /** What the pen outlines, painted. */
  shape(outline: (pen: Pen) => Pen, { fill, stroke, lineWidth = 1, dash }: Paint): void {
    const how = [
      ...(fill === undefined ? [] : [`${rgb(fill)} rg`]),
      ...(stroke === undefined ? [] : [`${rgb(stroke)} RG ${number(lineWidth)} w`]),
      ...(dash === undefined ? [] : [`[${dash.map(number).join(" ")}] 0 d`]),
    ];
    const paint = fill === undefined ? "S" : stroke === undefined ? "f" : "B";
    const { path } = outline(new Pen(this.size.height));
    this.#put(`${how.join(" ")} ${path}${paint}${dash === undefined ? "" : " [] 0 d"}`);
  }

  #put(operators: string): void {
    this.#content.push(operators);
  }
}

/** The operators that show these glyphs from where the pen is on. A letter with marks is found with them. */
function shownBy(glyphs: readonly Glyph[], size: number): string {
  const operators: string[] = [];
  let codes = "";
  let font: DocumentFont | undefined;
  const add = (...next: readonly string[]) => {
    if (codes !== "") operators.push(`<${codes}>Tj`);
    codes = "";
    operators.push(...next);
  };
  for (const [place, glyph] of glyphs.entries()) {
    const hasMark = glyphs[place + 1]?.moved !== undefined;
    if (hasMark && !glyph.moved) add(spanOf(textFrom(glyphs, place)));
    if (glyph.font !== font) add(`/${glyph.font.resource} ${number(size)} Tf`);
    font = glyph.font;
    if (glyph.moved) add(spanOf(""), movedGlyph(glyph.code, glyph.moved, size), "EMC");
    else codes += glyph.code;
    if (hasMark && !glyph.moved) add("EMC");
  }
  add();
  return operators.join(" ");
}

/** What the letter at this place and its marks stand for. */
function textFrom(glyphs: readonly Glyph[], place: number): string {
  const end = glyphs.findIndex(({ moved }, at) => at > place && !moved);
  return glyphs
    .slice(place, end === -1 ? undefined : end)
    .map(({ text }) => text)
    .join("");
}

/** Says what is shown until EMC stands for, if anything: readers take a mark that is drawn apart for a word. (ISO 32000-1, 14.9.4) */
const spanOf = (text: string) => `/Span <</ActualText <feff${utf16(text)}>>> BDC`;

/** Draws a glyph apart from where the pen is, which stays there. (ISO 32000-1, 9.4.3: TJ moves it by thousandths, to the left.) */
function movedGlyph(code: string, { x, y, width }: { x: number; y: number; width: number }, size: number): string {
  const shown = `[${number(-x * 1000)} <${code}> ${number((x + width) * 1000)}]TJ`;
  return y === 0 ? shown : `${number(y * size)} Ts ${shown} 0 Ts`;
}

/** How far the handles of a quarter of a circle are from its ends, of its radius. */
const QUARTER = 0.5523;

/** Outlines shapes, downwards from the upper left corner of the page. */
export class Pen {
  readonly #height: number;
  #path = "";

  constructor(height: number) {
    this.#height = height;
  }

  get path(): string {
    return this.#path;
  }

  move(x: number, y: number): this {
    return this.#go(x, y, "m");
  }

  line(x: number, y: number): this {
    return this.#go(x, y, "l");
  }

  /** A Bézier curve by its two handles and its end. */
  curve(x1: number, y1: number, x2: number, y2: number, x: number, y: number): this {
    this.#path += `${this.#place(x1, y1)} ${this.#place(x2, y2)} `;
    return this.#go(x, y, "c");
  }

  close(): this {
    this.#path += "h ";
    return this;
  }

  rect(x: number, y: number, { width, height }: Size, radius: number): this {
    const [right, bottom, handle] = [x + width, y + height, radius * (1 - QUARTER)];
    if (radius === 0) return this.move(x, y).line(right, y).line(right, bottom).line(x, bottom).close();
    return this.move(x + radius, y)
      .line(right - radius, y)
      .curve(right - handle, y, right, y + handle, right, y + radius)
      .line(right, bottom - radius)
      .curve(right, bottom - handle, right - handle, bottom, right - radius, bottom)
      .line(x + radius, bottom)
      .curve(x + handle, bottom, x, bottom - handle, x, bottom - radius)
      .line(x, y + radius)
      .curve(x, y + handle, x + handle, y, x + radius, y)
      .close();
  }

  circle(x: number, y: number, radius: number): this {
    return this.rect(x - radius, y - radius, { width: radius * 2, height: radius * 2 }, radius);
  }

  #go(x: number, y: number, operator: string): this {
    this.#path += `${this.#place(x, y)} ${operator} `;
    return this;
  }

  #place(x: number, y: number): string {
    return `${number(x)} ${number(this.#height - y)}`;
  }
}

/** To a hundredth of a point: finer than any printer. */
const number = (value: number): string => String(Math.round(value * 100) / 100);

const colors = new Map<Color, string>();

function rgb(color: Color): string {
  const known = colors.get(color);
  if (known !== undefined) return known;
  const parts = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255);
  const text = parts.map((part) => String(Math.round(part * 1000) / 1000)).join(" ");
  colors.set(color, text);
  return text;
}
