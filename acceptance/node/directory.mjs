// People, applications and grants by Microsoft's Graph client for JavaScript, one step a run; the
// test that runs it looks at the tokens between the steps. Prints one JSON object with what the
// client gave back.
//
// USHER_STEP names the step. USHER_URL (https), USHER_VERSION and USHER_TOKEN say where and as
// whom, USHER_DOMAIN is the tenant's, USHER_NAME is a name that is free, USHER_CERTIFICATE a
// certificate in base64, USHER_CROWD a filter for many people, USHER_MADE what the steps before
// printed; NODE_EXTRA_CA_CERTS names the CA.
import { Client, PageIterator } from '@microsoft/microsoft-graph-client';

const env = process.env;
const client = Client.init({
  baseUrl: `${env.USHER_URL}/`,
  defaultVersion: env.USHER_VERSION,
  customHosts: new Set([new URL(env.USHER_URL).hostname]),
  authProvider: (done) => done(null, env.USHER_TOKEN),
});
const made = JSON.parse(env.USHER_MADE || '{}');
const ids = async (request) => (await request.get()).value.map((item) => item.id);

const steps = {
  async people() {
    const mail = `${env.USHER_NAME}@example.com`.toLowerCase();
    const person = await client.api('/users').post({
      displayName: `${env.USHER_NAME} Node`,
      mail,
      identities: [
        { signInType: 'emailAddress', issuer: env.USHER_DOMAIN, issuerAssignedId: mail },
      ],
      passwordProfile: {
        password: `Correct-Horse-${env.USHER_NAME}`,
        forceChangePasswordNextSignIn: false,
      },
      passwordPolicies: 'DisablePasswordExpiration',
    });
    const users = () => client.api('/users');
    const identity = `c:c/issuerAssignedId eq '${mail}' and c/issuer eq '${env.USHER_DOMAIN}'`;
    const crowd = [];
    const first = await users().filter(env.USHER_CROWD).select('id').top(999).get();
    await new PageIterator(client, first, (item) => crowd.push(item.id)).iterate();
    return {
      person: person.id,
      byMail: await ids(users().filter(`mail eq '${mail}'`)),
      byIdentity: await ids(users().filter(`identities/any(${identity})`)),
      bySearch: await ids(
        users()
          .header('ConsistencyLevel', 'eventual')
          .search(`"displayName:${env.USHER_NAME}"`),
      ),
      crowd: { first: first.value.length, all: crowd.length, distinct: new Set(crowd).size },
    };
  },

  async grant() {
    const application = await client.api('/applications').post({
      displayName: env.USHER_NAME,
      keyCredentials: [
        { type: 'AsymmetricX509Cert', usage: 'Verify', key: env.USHER_CERTIFICATE },
      ],
    });
    const principal = await client.api('/servicePrincipals').post({ appId: application.appId });
    const secret = await client
      .api(`/applications/${application.id}/addPassword`)
      .post({ passwordCredential: { displayName: 'Node' } });
    const graph = await client
      .api("/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')")
      .get();
    const grant = await client
      .api(`/servicePrincipals/${principal.id}/appRoleAssignments`)
      .post({
        principalId: principal.id,
        resourceId: graph.id,
        appRoleId: graph.appRoles.find((role) => role.value === 'User.Read.All').id,
      });
    return {
      application: application.id,
      appId: application.appId,
      principal: principal.id,
      secretText: secret.secretText,
      grant: grant.id,
    };
  },

  async revoke() {
    await client
      .api(`/servicePrincipals/${made.principal}/appRoleAssignments/${made.grant}`)
      .delete();
    return { left: await ids(client.api(`/servicePrincipals/${made.principal}/appRoleAssignments`)) };
  },

  async remove() {
    await client.api(`/applications/${made.application}`).delete();
    await client.api(`/users/${made.person}`).delete();
    return client
      .api(`/users/${made.person}`)
      .get()
      .catch((error) => ({ status: error.statusCode, code: error.code }));
  },
};

console.log(JSON.stringify(await steps[env.USHER_STEP]()));
