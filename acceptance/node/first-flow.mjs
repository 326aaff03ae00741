// The whole way once, as a new user of Usher would go it:
//
//   ./usher dev                          (in another terminal)
//   npm ci --prefix acceptance/node
//   node acceptance/node/first-flow.mjs  [data/dev.json]
//
// The request of Graph's documents makes a user flow; Microsoft's Graph client links an identity provider and two
// attributes; a person signs up in Chromium, with the code from the mailbox; an MSAL application gets their id token;
// and they are among the users. USHER_CHROMIUM names another Chromium, USHER_SHOW=1 lets people watch.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { CryptoProvider, PublicClientApplication } from '@azure/msal-node';
import { Client } from '@microsoft/microsoft-graph-client';
import { chromium } from 'playwright-core';

const dev = JSON.parse(readFileSync(process.argv[2] ?? 'data/dev.json', 'utf8'));
if (process.env.NODE_EXTRA_CA_CERTS !== dev.caFile) {
  // Node reads whom it trusts only when it starts.
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: dev.caFile };
  process.exit(spawnSync(process.execPath, process.argv.slice(1), { env, stdio: 'inherit' }).status ?? 1);
}
const say = (what, value) =>
  console.log(what.padEnd(12), typeof value === 'string' ? value : JSON.stringify(value));

async function need(answer, status) {
  if (answer.status !== status) {
    throw new Error(`${answer.url}: ${answer.status} ${await answer.text()}`);
  }
  return answer;
}

const { clientId, secret } = dev.clients.admin;
const granted = await need(
  await fetch(`${dev.httpsUrl}/${dev.tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: secret,
      scope: 'https://graph.microsoft.com/.default',
    }),
  }),
  200,
);
const token = (await granted.json()).access_token;

// 1. The request of the documents, as they print it.
const made = await need(
  await fetch(`${dev.httpsUrl}/beta/identity/b2xUserFlows/$ref`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: `{
    "@odata.type": "#Microsoft.Cpim.Api.DataModels.b2xIdentityUserFlow",
    "userFlowType": "String",
    "userFlowTypeVersion": "Single",
    "apiConnectorConfiguration": {
        "@odata.type": "microsoft.graph.userFlowApiConnectorConfiguration"
    }
}`,
  }),
  204,
);
const flow = made.headers.get('location').split('/').pop();
say('flow', flow);

// 2. Microsoft's Graph client: a provider, and two attributes of which one is our own.
const graph = Client.init({
  baseUrl: `${dev.httpsUrl}/`,
  defaultVersion: 'v1.0',
  customHosts: new Set([new URL(dev.httpsUrl).hostname]),
  authProvider: (done) => done(null, token),
});
const path = `/identity/b2xUserFlows/${flow}`;
await graph.api(`${path}/userFlowIdentityProviders/$ref`).post({
  '@odata.id': `${dev.httpsUrl}/v1.0/identity/identityProviders/EmailOtpSignup-OAUTH`,
});
const size = await graph.api('/identity/userFlowAttributes').post({
  displayName: `Size${Date.now()}`,
  dataType: 'string',
  description: 'Of the shirt that you get',
});
await graph.api(`${path}/userAttributeAssignments`).post({
  userAttribute: { id: 'city' },
  displayName: 'Where do you live?',
  isOptional: false,
  userInputType: 'textBox',
});
await graph.api(`${path}/userAttributeAssignments`).post({
  userAttribute: { id: size.id },
  displayName: 'Which size?',
  isOptional: false,
  userInputType: 'radioSingleSelect',
  userAttributeValues: ['Small', 'Medium', 'Large'].map((name) => ({ name, value: name[0] })),
});
const asked = await graph.api(`${path}/userAttributeAssignments`).expand('userAttribute').get();
say('asks for', asked.value.map((each) => each.displayName).join(', '));

// 3. An MSAL application, which waits on loopback, and a person who signs up in a browser.
const server = createServer((_, answer) =>
  answer.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><h1>Signed in</h1>'),
);
await new Promise((listening) => server.listen(0, 'localhost', listening));
const redirectUri = `http://localhost:${server.address().port}/`;
const application = new PublicClientApplication({
  auth: {
    clientId: dev.app.clientId,
    authority: `${dev.httpsUrl}/${dev.tenantId}/${flow}`,
    knownAuthorities: [new URL(dev.httpsUrl).host],
  },
});
const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
const start = await application.getAuthCodeUrl({
  scopes: [],
  redirectUri,
  nonce: 'first-flow',
  responseMode: 'query',
  codeChallenge: challenge,
  codeChallengeMethod: 'S256',
});
const email = `first-${Date.now()}@example.com`;
const browser = await chromium.launch({
  executablePath: process.env.USHER_CHROMIUM ?? '/usr/bin/chromium',
  headless: process.env.USHER_SHOW === undefined,
  slowMo: process.env.USHER_SHOW === undefined ? 0 : 500,
  args: ['--no-sandbox'],
});
let back;
try {
  const page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
  await page.goto(start);
  await page.fill('#email', email);
  await page.click('#email_ver_but_send');
  await page.waitForSelector('#email_ver_input');
  const mailbox = await fetch(`${dev.httpUrl}/dev/mail?to=${encodeURIComponent(email)}`);
  const { code, subject } = (await mailbox.json()).value[0];
  say('mail', subject);
  await page.fill('#email_ver_input', code);
  await page.click('#email_ver_but_verify');
  await page.getByLabel('Where do you live?').fill('Karlsruhe');
  await page.getByLabel('Medium').check();
  await page.click('#continue');
  await page.waitForURL((url) => url.href.startsWith(redirectUri));
  back = new URL(page.url()).searchParams;
} finally {
  await browser.close();
  server.close();
}

// 4. The application gets the id token, and the person is there.
const result = await application.acquireTokenByCode({
  code: back.get('code'),
  scopes: [],
  redirectUri,
  nonce: 'first-flow',
  codeVerifier: verifier,
});
say('id token', result.idTokenClaims);
const person = await graph
  .api(`/users/${result.idTokenClaims.oid}`)
  .select(['id', 'displayName', 'mail', 'userType', 'city', size.id])
  .get();
say('user', person);
