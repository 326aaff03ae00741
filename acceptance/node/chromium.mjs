// What the programs that drive Chromium have in common.
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';
import axeCore from 'axe-core';

export const password = 'Correct-horse-7';

/**
 * The application, which does nothing but be there, at a free port. What was asked for its usual address is asked for
 * this one, and told as if it had been the usual one.
 */
class Application {
  constructor(server) {
    this.server = server;
    this.usual = new URL(process.env.USHER_REDIRECT).origin;
    this.origin = `http://localhost:${server.address().port}`;
    this.redirect = process.env.USHER_REDIRECT.replace(this.usual, this.origin);
    this.starts = process.env.USHER_START.split(' ').map((start) => {
      const url = new URL(start);
      url.searchParams.set('redirect_uri', this.redirect);
      return url.href;
    });
  }

  /** Waits until the application got the person back; gives the address, as told. */
  async answer(page) {
    await page.waitForURL((url) => url.href.startsWith(this.redirect));
    return page.url().replace(this.origin, this.usual);
  }

  static async start() {
    const server = createServer((_, response) =>
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<!doctype html><html lang="en"><title>Application</title><h1>Application</h1>'),
    );
    await new Promise((listening) => server.listen(0, 'localhost', listening));
    return new Application(server);
  }
}

/** Runs with a browser and an application, and closes them whatever happens. */
export async function withBrowser(work) {
  const application = await Application.start();
  const browser = await chromium.launch({
    executablePath: process.env.USHER_CHROMIUM,
    args: ['--no-sandbox'],
  });
  try {
    await work(browser, application);
  } finally {
    await browser.close();
    application.server.close();
  }
}

/** The code of the newest mail to an address. */
export async function code(address) {
  const url = new URL(process.env.USHER_MAIL);
  url.searchParams.set('to', address);
  const answer = await fetch(url);
  return (await answer.json()).value[0].code;
}

/** An address that nobody has. */
export const fresh = (what) => `${what}-${Date.now()}-${Math.floor(Math.random() * 1e9)}@example.com`;

/** What axe finds on the page, a line each. */
export async function violations(page, name) {
  await page.evaluate(axeCore.source);
  const report = await page.evaluate(() => globalThis.axe.run(document));
  return report.violations.map(
    (violation) => `${name}: ${violation.id} ${violation.nodes.map((node) => node.html)}`,
  );
}
