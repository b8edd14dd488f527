type Listener = (event: Event) => void;
type Attributes = Readonly<Record<string, string | number | boolean | undefined | Listener>>;
export type Child = Node | string | undefined;

/** An element: a function among its attributes listens to the event of that name; `false` and undefined leave one out. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  return dress(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function svg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Tag] {
  return dress(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function dress<E extends Element>(element: E, attributes: Attributes, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
  element.append(...present(children));
  return element;
}

/** Puts these in place of all that the element holds. */
export function fill(element: Element, ...children: readonly Child[]): void {
  element.replaceChildren(...present(children));
}

const present = (children: readonly Child[]) => children.filter((child) => child !== undefined);

/** Sets the text only where it differs, so that nothing is drawn or read out again. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Has a status read out by whoever listens rather than looks, also where it says the same as before. */
export function say(status: Element, words: string): void {
  fill(status, el("span", {}, words));
}

/** Notes what has the focus; what it returns gives it back, where the focus has been lost to nothing meanwhile. */
export function holdFocus(): () => void {
  const held = document.activeElement;
  return () => {
    const { activeElement, body } = document;
    if (held instanceof HTMLElement && (activeElement === null || activeElement === body)) held.focus();
  };
}

/** Does something while these buttons cannot be pressed; the focus comes back to the one that had it. */
export async function whileClosed<Result>(
  buttons: readonly HTMLButtonElement[],
  work: () => Promise<Result>,
): Promise<Result> {
  const giveBack = holdFocus();
  for (const button of buttons) button.disabled = true;
  const result = await work();
  for (const button of buttons) button.disabled = false;
  giveBack();
  return result;
}

/** The page's own element of that id; throws where the page has none. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no element #${id}.`);
  return element;
}

export const wantsLittleMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
