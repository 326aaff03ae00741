// Whatever people do with windows and buttons, there is a way on, or back to the application: second window, back,
// reload, two submissions at once, an old page, another browser, a sign-in that took too long, one that is no more.

import { code, fresh, password, violations, withBrowser } from './chromium.mjs';

const { USHER_CLOCK, USHER_TENANT, USHER_EMAIL, USHER_PASSWORD } = process.env;
const found = { ends: {}, headings: {}, violations: [] };

async function clock(body) {
  const answer = await fetch(USHER_CLOCK, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) {
    throw new Error(await answer.text());
  }
}

async function fillIn(page) {
  await page.waitForSelector('#newPassword');
  await page.fill('#newPassword', password);
  await page.fill('#reenterPassword', password);
  await page.fill('#displayName', 'Some Body');
}

await withBrowser(async (browser, application) => {
  const [start] = application.starts;
  const home = `${application.origin}/`;

  async function signIn(page) {
    await page.fill('#email', USHER_EMAIL);
    await page.fill('#password', USHER_PASSWORD);
    await page.click('#next');
    await application.answer(page);
  }

  async function toCode(page) {
    const address = fresh('ways');
    await page.click('#createAccount');
    await page.fill('#email', address);
    await page.click('#email_ver_but_send');
    await page.waitForSelector('#email_ver_input');
    return address;
  }

  async function finish(page, address) {
    await page.fill('#email_ver_input', await code(address));
    await page.click('#email_ver_but_verify');
    await fillIn(page);
    await page.click('#continue');
    await application.answer(page);
  }

  async function look(page, name) {
    found.headings[name] = await page.textContent('h1');
    found.violations.push(...(await violations(page, name)));
  }

  async function way(name, work) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(start);
    await work(page, context);
    found.ends[name] = page.url().replace(application.origin, application.usual);
    await context.close();
  }

  await way('second window', async (page, context) => {
    const second = await context.newPage();
    await second.goto(start);
    const address = await toCode(page);
    await signIn(second);
    await finish(page, address);
  });
  await way('same page twice', async (page, context) => {
    const second = await context.newPage();
    await second.goto(page.url());
    const address = await toCode(page);
    await second.click('#next');
    await second.waitForSelector('#email_ver_input');
    await finish(second, address);
    await page.reload();
    await application.answer(page);
  });
  await way('back and on', async (page) => {
    const address = await toCode(page);
    await page.goBack();
    await page.waitForSelector('h1');
    await page.reload();
    await page.waitForSelector('#email_ver_input');
    await finish(page, address);
  });
  await way('back after the end', async (page) => {
    await signIn(page);
    await page.goBack();
    await application.answer(page);
  });
  await way('back after cancelling', async (page) => {
    await page.click('#cancel');
    await application.answer(page);
    await page.goBack();
    await page.waitForSelector('#next');
    await signIn(page);
  });
  await way('reload', async (page) => {
    await page.fill('#email', USHER_EMAIL);
    await page.fill('#password', 'wrong');
    await page.click('#next');
    await page.waitForSelector('#alert');
    await page.reload();
    await page.waitForSelector('#alert');
    await signIn(page);
  });
  await way('two submissions at once', async (page) => {
    const address = await toCode(page);
    await page.fill('#email_ver_input', await code(address));
    await page.click('#email_ver_but_verify');
    await fillIn(page);
    const body = await page.evaluate(() => {
      const form = document.getElementById('attributeVerification');
      const fields = new URLSearchParams(new FormData(form));
      fields.set('action', 'continue');
      return fields.toString();
    });
    const send = () =>
      page.context().request.post(page.url(), {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        data: body,
        maxRedirects: 0,
      });
    const both = await Promise.all([send(), send(), page.click('#continue')]);
    found.together = both.slice(0, 2).map((answer) => answer.status());
    await application.answer(page);
  });
  await way('another browser', async (page) => {
    const other = await browser.newContext();
    const there = await other.newPage();
    await there.goto(page.url());
    await look(there, 'another browser');
    await there.click('#continue');
    await there.waitForURL(home);
    await other.close();
    await signIn(page);
  });
  await way('cookies removed', async (page, context) => {
    await context.clearCookies();
    await page.click('#next');
    await look(page, 'cookies removed');
    await page.click('#continue');
    await page.waitForURL(home);
  });
  await way('damaged', async (page) => {
    await page.evaluate(() =>
      document.querySelectorAll('[name=csrf]').forEach((field) => (field.value = 'damaged')),
    );
    await page.click('#next');
    await look(page, 'damaged');
    await page.click('#continue');
    await page.waitForSelector('#next');
    await signIn(page);
  });
  await way('took too long', async (page) => {
    try {
      await clock({ tenant: USHER_TENANT, advance: 'PT2H' });
      await page.fill('#email', USHER_EMAIL);
      await page.click('#next');
      await look(page, 'took too long');
      await page.click('#continue');
      await application.answer(page);
    } finally {
      await clock({ tenant: USHER_TENANT, reset: true });
    }
  });
  await way('signed out', async (page) => {
    await signIn(page);
    await page.goto(start.replace(/authorize\?.*/, 'logout'));
    await look(page, 'signed out');
    await page.goto(start);
    await page.waitForSelector('#next');
    await signIn(page);
  });
});
console.log(JSON.stringify(found));
