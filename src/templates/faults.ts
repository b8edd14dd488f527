/** Where in an expression or text: offsets of its characters, the end not included. */
export type Position = { start: number; end: number };

/** What is wrong with a template: the path into its JSON, and within an expression or text the characters. */
export type TemplateFault = { path: string; message: string; position?: Position };

/** Carries a fault out of the depth of an evaluation; never leaves this folder. */
export class TemplateFailure extends Error {
  readonly fault: TemplateFault;

  constructor(path: string, message: string, position?: Position) {
    super(message);
    this.fault = position ? { path, message, position } : { path, message };
  }
}

/** The result of `make`, or the fault that it ended in. */
export function attempt<T>(make: () => T): { ok: true; value: T } | { ok: false; fault: TemplateFault } {
  try {
    return { ok: true, value: make() };
  } catch (error) {
    if (error instanceof TemplateFailure) return { ok: false, fault: error.fault };
    throw error;
  }
}
