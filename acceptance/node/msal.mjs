// MSAL for Node: code with PKCE, silent renewal without a page, sign-out. MSAL forgets the account; the browser is
// signed out at the address that the flow's metadata names.
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
await application.getTokenCache().removeAccount(first.account);
const metadata = await (await fetch(`${USHER_AUTHORITY}/v2.0/.well-known/openid-configuration`)).json();
const end = new URL(metadata.end_session_endpoint);
end.searchParams.set('id_token_hint', renewed.idToken);
end.searchParams.set('post_logout_redirect_uri', redirectUri);
const out = await signIn(end.href);
const after = new URL(await signIn(`${url}&prompt=none`)).searchParams;
console.log(
  JSON.stringify({
    accounts: (await application.getTokenCache().getAllAccounts()).length,
    out,
    after: after.get('error'),
    state: back.get('state'),
    homeAccountId: first.account.homeAccountId,
    claims: first.idTokenClaims,
    renewed: renewed.idTokenClaims,
    fromCache: renewed.fromCache,
  }),
);
