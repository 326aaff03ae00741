// openid-client: strict discovery, code with PKCE, UserInfo, refresh, the end of the session.
import * as client from 'openid-client';
import { signIn } from './walk.mjs';

const { USHER_ISSUER, USHER_CLIENT, USHER_SECRET, USHER_EMAIL, USHER_PASSWORD } = process.env;
const redirectUri = 'http://localhost:3000/signed-in';
const config = await client.discovery(new URL(USHER_ISSUER), USHER_CLIENT, USHER_SECRET);
const verifier = client.randomPKCECodeVerifier();
const nonce = client.randomNonce();
const state = client.randomState();
const url = client.buildAuthorizationUrl(config, {
  redirect_uri: redirectUri,
  scope: 'openid offline_access',
  code_challenge: await client.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
  nonce,
  state,
  max_age: '600',
});
const back = await signIn(url.href, USHER_EMAIL, USHER_PASSWORD);
const tokens = await client.authorizationCodeGrant(config, new URL(back), {
  pkceCodeVerifier: verifier,
  expectedNonce: nonce,
  expectedState: state,
  maxAge: 600,
  idTokenExpected: true,
});
const sub = tokens.claims().sub;
const person = await client.fetchUserInfo(config, tokens.access_token, sub);
const renewed = await client.refreshTokenGrant(config, tokens.refresh_token);
let reuse = 'accepted';
try {
  await client.refreshTokenGrant(config, tokens.refresh_token);
} catch (refused) {
  reuse = refused.error;
}
const end = client.buildEndSessionUrl(config, {
  id_token_hint: renewed.id_token,
  post_logout_redirect_uri: redirectUri,
  state: 'bye',
});
const out = await signIn(end.href, USHER_EMAIL, USHER_PASSWORD);
console.log(
  JSON.stringify({
    issuer: config.serverMetadata().issuer,
    claims: tokens.claims(),
    person,
    renewed: renewed.claims(),
    reuse,
    out,
  }),
);
