// What the programs that drive Chromium have in common.
import { chromium } from 'playwright-core';
import axeCore from 'axe-core';

export const password = 'Correct-horse-7';

/** Runs with a browser, and closes it whatever happens. */
export async function withBrowser(work) {
  const browser = await chromium.launch({
    executablePath: process.env.USHER_CHROMIUM,
    args: ['--no-sandbox'],
  });
  try {
    await work(browser);
  } finally {
    await browser.close();
  }
}

/** The code of the newest mail to an address. */
export async function code(address) {
  const answer = await fetch(`${process.env.USHER_MAIL}?to=${encodeURIComponent(address)}`);
  return (await answer.json()).value[0].code;
}

/** An address that nobody has. */
export const fresh = (what) => `${what}-${Date.now()}-${Math.floor(Math.random() * 1e9)}@example.com`;

/** The application, in place of a network: everything below its origin is there. */
export async function answerForTheApplication(context) {
  const origin = new URL(process.env.USHER_REDIRECT).origin;
  await context.route(`${origin}/**`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Application</title>' }),
  );
}

/** What axe finds on the page, a line each. */
export async function violations(page, name) {
  await page.evaluate(axeCore.source);
  const report = await page.evaluate(() => globalThis.axe.run(document));
  return report.violations.map(
    (violation) => `${name}: ${violation.id} ${violation.nodes.map((node) => node.html)}`,
  );
}
