// Whole journeys by keyboard alone: where the focus is on each page, in what order it moves, whether it can be seen,
// and where each journey ends.

import { code, fresh, password, withBrowser } from './chromium.mjs';

const found = { ends: {}, order: {}, first: {}, unseen: [], stuck: [] };

const focused = (page) =>
  page.evaluate(async () => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const element = document.activeElement;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    const inView = box.top >= 0 && box.bottom <= innerHeight && box.width > 0 && box.height > 0;
    return { id: element.id, seen: ring && inView && element !== document.body };
  });

/** Where the focus goes from where it is to the end of the page; each place must be visible. */
async function order(page, name) {
  const ids = [];
  for (let steps = 0; steps < 60; steps++) {
    const { id, seen } = await focused(page);
    if (id === '') {
      break;
    }
    ids.push(id);
    if (!seen) {
      found.unseen.push(`${name}: ${id}`);
    }
    await page.keyboard.press('Tab');
  }
  found.order[name] = ids;
}

/** Moves the focus forth to that element. */
async function to(page, id) {
  for (let steps = 0; steps < 60; steps++) {
    const { id: here, seen } = await focused(page);
    if (here === id) {
      if (!seen) {
        found.unseen.push(id);
      }
      return;
    }
    await page.keyboard.press('Tab');
  }
  found.stuck.push(id);
  throw new Error(`no way to ${id} by keyboard on ${page.url()}\n${await page.content()}`);
}

async function press(page, id) {
  await to(page, id);
  await page.keyboard.press('Enter');
}

/** Enter, and the page that follows. */
async function go(page, key = 'Enter') {
  await Promise.all([page.waitForNavigation(), page.keyboard.press(key)]);
}

async function journey({ browser, application }, name, start, work) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(start);
  await work(page);
  found.ends[name] = await application.answer(page);
  await context.close();
}

async function firstFocus(page, name) {
  found.first[name] = (await focused(page)).id;
}

/** From the page that asks for an address to the one that asks for the rest. */
async function prove(page, name) {
  const address = fresh('keys');
  await firstFocus(page, `${name} address`);
  await page.keyboard.type('no address');
  await go(page);
  await firstFocus(page, `${name} address refused`);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(address);
  await go(page);
  await firstFocus(page, `${name} code`);
  await page.keyboard.type('000');
  await go(page);
  await firstFocus(page, `${name} code refused`);
  await page.keyboard.type(await code(address));
  await go(page);
}

await withBrowser(async (browser, application) => {
  const [plain, asking] = application.starts;
  const both = { browser, application };
  await journey(both, 'sign-in', plain, async (page) => {
    await order(page, 'sign-in');
    await page.reload();
    await firstFocus(page, 'sign-in');
    await go(page);
    await firstFocus(page, 'sign-in without a name');
    await page.keyboard.type(process.env.USHER_EMAIL);
    await page.keyboard.press('Tab');
    await page.keyboard.type('wrong');
    await go(page);
    await firstFocus(page, 'sign-in refused');
    await page.keyboard.type(process.env.USHER_PASSWORD);
    await go(page);
  });
  await journey(both, 'cancel', plain, (page) => press(page, 'cancel'));
  await journey(both, 'forgot', plain, (page) => press(page, 'forgotPassword'));
  await journey(both, 'sign-up', plain, async (page) => {
    await to(page, 'createAccount');
    await go(page);
    await prove(page, 'sign-up');
    await firstFocus(page, 'sign-up');
    await page.keyboard.type('weak');
    await go(page);
    await firstFocus(page, 'sign-up refused');
    await page.keyboard.type(password);
    await page.keyboard.press('Tab');
    await page.keyboard.type(password);
    await to(page, 'displayName');
    await page.keyboard.type('Some Body');
    await page.keyboard.press('Enter');
  });
  await journey(both, 'attributes', asking, async (page) => {
    await prove(page, 'attributes');
    await order(page, 'attributes');
    await page.reload();
    await firstFocus(page, 'attributes');
    await press(page, 'continue');
    await page.waitForSelector('#alert');
    await firstFocus(page, 'attributes missing');
    for (let fields = 0; fields < 30; fields++) {
      const { id } = await focused(page);
      if (id === 'continue') {
        break;
      }
      const kind = await page.evaluate(() => document.activeElement.type);
      const numeric = await page.evaluate(() => document.activeElement.inputMode === 'numeric');
      if (kind === 'text') {
        await page.keyboard.type(numeric ? '12' : 'Some Thing');
      } else if (kind === 'email') {
        await page.keyboard.type('second@example.com');
      } else if (kind === 'select-one') {
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('ArrowDown');
      } else {
        await page.keyboard.press('Space');
      }
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
  });
});
console.log(JSON.stringify(found));
