// MSAL for Node: code with PKCE, silent renewal, a request without a page.
import { ConfidentialClientApplication, CryptoProvider, PublicClientApplication } from '@azure/msal-node';
import { signIn } from './walk.mjs';

const { USHER_AUTHORITY, USHER_CLIENT, USHER_SECRET, USHER_EMAIL, USHER_PASSWORD } = process.env;
const redirectUri = 'http://localhost:3000/signed-in';
const auth = {
  clientId: USHER_CLIENT,
  authority: USHER_AUTHORITY,
  knownAuthorities: [new URL(USHER_AUTHORITY).host],
};
const application = USHER_SECRET
  ? new ConfidentialClientApplication({ auth: { ...auth, clientSecret: USHER_SECRET } })
  : new PublicClientApplication({ auth });

const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
const nonce = 'nonce of this sign-in';
const url = await application.getAuthCodeUrl({
  scopes: [],
  redirectUri,
  nonce,
  state: 'a state with / + = &',
  codeChallenge: challenge,
  codeChallengeMethod: 'S256',
});
const back = new URL(await signIn(url, USHER_EMAIL, USHER_PASSWORD)).searchParams;
const first = await application.acquireTokenByCode({
  code: back.get('code'),
  scopes: [],
  redirectUri,
  nonce,
  codeVerifier: verifier,
  clientInfo: back.get('client_info') ?? undefined,
});
const renewed = await application.acquireTokenSilent({
  account: first.account,
  scopes: [],
  forceRefresh: true,
});
console.log(
  JSON.stringify({
    state: back.get('state'),
    homeAccountId: first.account.homeAccountId,
    claims: first.idTokenClaims,
    renewed: renewed.idTokenClaims,
    fromCache: renewed.fromCache,
  }),
);
