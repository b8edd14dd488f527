import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

/** Chromium, as `npm run test:browser` found it. */
export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
  });

export type WatchedPage = {
  readonly page: Page;
  /** What the page did that it must not: errors in the console, policy violations, failed or foreign requests. */
  readonly faults: string[];
};

/** A page of its own, with nothing kept from another. */
export async function newWatchedPage(
  browser: Browser,
  baseUrl: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const page = await browser.newPage(options);
  const faults: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`thrown: ${error.message}`));
  page.on("requestfailed", (request) => faults.push(`failed: ${request.url()}`));
  page.on("response", (response) => {
    if (response.status() >= 400) faults.push(`${response.status()}: ${response.url()}`);
  });
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== baseUrl && protocol !== "data:") faults.push(`foreign: ${request.url()}`);
  });
  page.on("websocket", (socket) => {
    if (new URL(socket.url()).host !== new URL(baseUrl).host) faults.push(`foreign: ${socket.url()}`);
  });
  return { page, faults };
}
