// MSAL for browsers, unmodified, in a page of its own: sign-in by redirect, renewal by refresh token and in a
// hidden frame, sign-out. The page comes from a small server of this program on loopback, over TLS with the
// certificate of development mode, so that page and frame are of one site and the frame is sent its cookies.
import { chromium } from 'playwright-core';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:https';

const { USHER_AUTHORITY, USHER_CLIENT, USHER_EMAIL, USHER_PASSWORD } = process.env;
const { USHER_ORIGIN, USHER_CERTIFICATE, USHER_KEY, USHER_CHROMIUM } = process.env;
const library = new URL('node_modules/@azure/msal-browser/lib/', import.meta.url);
const html = (...scripts) =>
  `<!doctype html><html lang="en"><title>Application</title><body>${scripts.join('\n')}`;

const tls = { cert: await readFile(USHER_CERTIFICATE), key: await readFile(USHER_KEY) };
const server = createServer(tls, async (request, response) => {
  const { pathname } = new URL(request.url, USHER_ORIGIN);
  const send = (type, body) => response.writeHead(200, { 'content-type': type }).end(body);
  switch (pathname) {
    case '/':
      return send('text/html', html('<script src="/msal.js"></script>', '<script src="/app.js"></script>'));
    case '/redirect':
      return send('text/html', html('<script src="/bridge.js"></script>', '<script src="/back.js"></script>'));
    case '/msal.js':
      return send('text/javascript', await readFile(new URL('msal-browser.min.js', library)));
    case '/bridge.js':
      return send(
        'text/javascript',
        await readFile(new URL('redirect-bridge/msal-redirect-bridge.min.js', library)),
      );
    case '/back.js':
      return send('text/javascript', 'msalRedirectBridge.broadcastResponseToMainFrame();');
    case '/app.js':
      return send('text/javascript', application);
    default:
      return response.writeHead(404).end();
  }
});
const origin = USHER_ORIGIN;
await new Promise((listening) => server.listen(new URL(origin).port, 'localhost', listening));
const scopes = [USHER_CLIENT];

const application = `
globalThis.ready = (async () => {
  const app = await msal.createStandardPublicClientApplication(${JSON.stringify({
    auth: {
      clientId: USHER_CLIENT,
      authority: USHER_AUTHORITY,
      knownAuthorities: [new URL(USHER_AUTHORITY).host],
      redirectUri: `${origin}/redirect`,
      postLogoutRedirectUri: `${origin}/`,
    },
  })});
  globalThis.app = app;
  return app.handleRedirectPromise();
})();`;

const asked = [];
const browser = await chromium.launch({ executablePath: USHER_CHROMIUM, args: ['--no-sandbox'] });
const found = {};
try {
  // The certificate of development mode is signed by an authority that Chromium does not know.
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const page = await context.newPage();
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.pathname.endsWith('/token')) {
      asked.push(new URLSearchParams(request.postData()).get('grant_type'));
    } else if (url.searchParams.get('prompt') === 'none') {
      asked.push('frame');
    }
  });
  const open = async () => {
    await page.waitForFunction(() => globalThis.ready);
    return page.evaluate(() => globalThis.ready);
  };
  await page.goto(`${origin}/`);
  await open();
  await page.evaluate((scopes) => void globalThis.app.loginRedirect({ scopes }), scopes);
  await page.waitForSelector('#next');
  await page.fill('#email', USHER_EMAIL);
  await page.fill('#password', USHER_PASSWORD);
  await page.click('#next');
  await page.waitForURL(`${origin}/`);
  const first = await open();
  found.claims = first.idTokenClaims;
  found.homeAccountId = first.account.homeAccountId;
  found.signIn = asked.splice(0);

  const silent = (more) =>
    page.evaluate(
      async ([scopes, more]) => {
        const account = globalThis.app.getAllAccounts()[0];
        const result = await globalThis.app.acquireTokenSilent({ scopes, account, ...more });
        return { claims: result.idTokenClaims, fromCache: result.fromCache };
      },
      [scopes, more],
    );
  found.cached = await silent({});
  found.refreshed = await silent({ forceRefresh: true });
  found.refreshing = asked.splice(0);
  const skip = await page.evaluate(() => globalThis.msal.CacheLookupPolicy.Skip);
  found.framed = await silent({ cacheLookupPolicy: skip });
  found.framing = asked.splice(0);

  await page.evaluate(() => void globalThis.app.logoutRedirect({ account: globalThis.app.getAllAccounts()[0] }));
  await page.waitForURL(`${origin}/`);
  await open();
  found.accounts = await page.evaluate(() => globalThis.app.getAllAccounts().length);
  found.after = await page.evaluate(
    ([scopes, loginHint]) =>
      globalThis.app.ssoSilent({ scopes, loginHint }).then(
        () => 'still signed in',
        (refused) => `${refused.errorCode} ${refused.errorMessage}`,
      ),
    [scopes, USHER_EMAIL],
  );
} finally {
  await browser.close();
  server.close();
}
console.log(JSON.stringify(found));
