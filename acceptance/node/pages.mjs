// Walks through sign-up in a real browser: wide and narrow, light and dark, and without scripts.
// Says what axe finds, what does not fit, and what was asked of others.

import { code, fresh, password, violations, withBrowser } from './chromium.mjs';

const { USHER_URL, USHER_MAIL, USHER_SHOTS } = process.env;
const found = { ends: [], violations: [], overflows: [], foreign: [], console: [] };

async function look(page, name, scripts) {
  if (USHER_SHOTS) {
    await page.screenshot({ path: `${USHER_SHOTS}/${name}.png`, fullPage: true });
  }
  if (!scripts) {
    return;
  }
  found.violations.push(...(await violations(page, name)));
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

async function walk(browser, application, name, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const scripts = options.javaScriptEnabled !== false;
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(USHER_URL) && !url.startsWith(application.origin) && !url.startsWith('data:')) {
      found.foreign.push(url);
    }
  });
  page.on('console', (message) => {
    if (message.type() === 'error') {
      found.console.push(`${name}: ${message.text()}`);
    }
  });
  for (const [at, start] of application.starts.entries()) {
    const shot = (what) => `${at}-${what}-${name}`;
    const address = fresh(name);
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
    await page.fill('#email', address);
    await page.keyboard.press('Enter');
    await page.waitForSelector('#email_ver_input');
    await look(page, shot('5-code'), scripts);
    await page.keyboard.type(await code(address));
    await page.keyboard.press('Enter');
    await page.waitForSelector('#continue');
    await look(page, shot('6-details'), scripts);
    await page.click('#continue');
    await page.waitForSelector('#alert');
    await look(page, shot('7-missing'), scripts);
    await answer(page);
    await page.click('#continue');
    found.ends.push(await application.answer(page));
  }
  await page.goto(USHER_MAIL);
  await page.click('summary >> nth=1');
  await look(page, `mailbox-${name}`, scripts);
  page.removeAllListeners('console'); // the error page is an error
  await page.goto(application.starts[0].replace(/client_id=[^&]*/, 'client_id=nobody'));
  await look(page, `error-${name}`, scripts);
  await context.close();
}

await withBrowser(async (browser, application) => {
  const sizes = { narrow: { width: 320, height: 640 }, wide: { width: 1280, height: 800 } };
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const colorScheme of ['light', 'dark']) {
      await walk(browser, application, `${size}-${colorScheme}`, { viewport, colorScheme });
    }
  }
  await walk(browser, application, 'no-scripts', { javaScriptEnabled: false });
});
console.log(JSON.stringify(found));
