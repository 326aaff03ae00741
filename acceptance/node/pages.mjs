// Walks through sign-up in a real browser: wide and narrow, light and dark, without scripts, and by
// keyboard alone. Says what axe finds, what does not fit, and what was asked of others.

import { chromium } from 'playwright-core';
import axeCore from 'axe-core';

const { USHER_URL, USHER_MAIL, USHER_START, USHER_REDIRECT, USHER_SHOTS } = process.env;
const password = 'Correct-horse-7';
const found = { ends: [], violations: [], overflows: [], foreign: [], console: [] };

async function code(address) {
  const answer = await fetch(`${USHER_MAIL}?to=${encodeURIComponent(address)}`);
  return (await answer.json()).value[0].code;
}

async function look(page, name, scripts) {
  if (USHER_SHOTS) {
    await page.screenshot({ path: `${USHER_SHOTS}/${name}.png`, fullPage: true });
  }
  if (!scripts) {
    return;
  }
  await page.evaluate(axeCore.source);
  const report = await page.evaluate(() => globalThis.axe.run(document));
  for (const violation of report.violations) {
    found.violations.push(`${name}: ${violation.id} ${violation.nodes.map((node) => node.html)}`);
  }
  if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) {
    found.overflows.push(name);
  }
}

/** Fills in whatever the page asks for. */
async function answer(page) {
  for (const input of await page.locator('input[type=text], input[type=email]').all()) {
    if ((await input.getAttribute('inputmode')) === 'numeric') {
      await input.fill('12');
    } else {
      const mail = (await input.getAttribute('type')) === 'email';
      await input.fill(mail ? 'second@example.com' : 'Some Body');
    }
  }
  for (const input of await page.locator('input[type=password]').all()) {
    await input.fill(password);
  }
  for (const select of await page.locator('select').all()) {
    await select.selectOption({ index: 2 });
  }
  for (const group of await page.locator('fieldset').all()) {
    const choice = group.locator('input[type=radio], input[type=checkbox]').first();
    if (await choice.count()) {
      await choice.check();
    }
  }
}

async function walk(browser, name, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const scripts = options.javaScriptEnabled !== false;
  await context.route('**/*', (route) => {
    const url = route.request().url();
    if (url.startsWith(USHER_REDIRECT)) {
      return route.fulfill({ body: 'the application' });
    }
    if (!url.startsWith(USHER_URL)) {
      found.foreign.push(url);
    }
    return route.continue();
  });
  page.on('console', (message) => {
    if (message.type() === 'error') {
      found.console.push(`${name}: ${message.text()}`);
    }
  });
  const address = `${name}-${Date.now()}@example.com`;
  for (const start of USHER_START.split(' ')) {
    const shot = (what) => `${USHER_START.split(' ').indexOf(start)}-${what}-${name}`;
    await context.clearCookies();
    await page.goto(start);
    if (await page.locator('#createAccount').count()) {
      await look(page, shot('1-signin'), scripts);
      await page.fill('#email', address);
      await page.fill('#password', 'wrong');
      await page.click('#next');
      await page.waitForSelector('#alert');
      await look(page, shot('2-wrong'), scripts);
      await page.click('#createAccount');
    }
    await page.waitForSelector('#email_ver_but_send');
    await look(page, shot('3-address'), scripts);
    await page.fill('#email', 'no address');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#email_error');
    await look(page, shot('4-no-address'), scripts);
    const own = `${start.length}-${address}`;
    await page.fill('#email', own);
    await page.keyboard.press('Enter');
    await page.waitForSelector('#email_ver_input');
    await look(page, shot('5-code'), scripts);
    await page.keyboard.type(await code(own));
    await page.keyboard.press('Enter');
    await page.waitForSelector('#continue');
    await look(page, shot('6-details'), scripts);
    await page.click('#continue');
    await page.waitForSelector('#alert');
    await look(page, shot('7-missing'), scripts);
    await answer(page);
    await page.click('#continue');
    await page.waitForURL((url) => url.href.startsWith(USHER_REDIRECT));
    found.ends.push(page.url());
  }
  await context.close();
}

/** Tab and enter alone: what is needed comes in the order of the page. */
async function keyboard(browser) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(USHER_START.split(' ')[0]);
  const seen = [];
  for (let i = 0; i < 12 && !seen.includes('cancel'); i++) {
    seen.push(await page.evaluate(() => document.activeElement.id));
    await page.keyboard.press('Tab');
  }
  found.keyboard = seen;
  await context.close();
}

const browser = await chromium.launch({
  executablePath: process.env.USHER_CHROMIUM,
  args: ['--no-sandbox'],
});
try {
  const sizes = { narrow: { width: 320, height: 640 }, wide: { width: 1280, height: 800 } };
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const colorScheme of ['light', 'dark']) {
      await walk(browser, `${size}-${colorScheme}`, { viewport, colorScheme });
    }
  }
  await walk(browser, 'no-scripts', { javaScriptEnabled: false });
  await keyboard(browser);
} finally {
  await browser.close();
}
console.log(JSON.stringify(found));
