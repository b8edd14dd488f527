/** What this tab keeps over a reload, and no longer. A browser that forbids it forgets; nothing else changes. */
export function keep(name: string, value: object): void {
  try {
    sessionStorage.setItem(`demo.${name}`, JSON.stringify(value));
  } catch {
    // Storage is off or full.
  }
}

/** What was kept under that name, in the form in which the same page kept it; undefined where there is nothing. */
export function kept<Value extends object>(name: string): Value | undefined {
  try {
    const text = sessionStorage.getItem(`demo.${name}`);
    return text === null ? undefined : (JSON.parse(text) as Value);
  } catch {
    return undefined;
  }
}

export function forget(name: string): void {
  try {
    sessionStorage.removeItem(`demo.${name}`);
  } catch {
    // Storage is off.
  }
}
