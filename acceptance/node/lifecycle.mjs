// The life of a user flow by Microsoft's Graph client for JavaScript. Prints one JSON object with
// what the client gave back; whether that is right is judged by the test that started this.
//
// USHER_URL (https), USHER_VERSION and USHER_TOKEN say where and as whom, USHER_NAME is a name that
// is free; NODE_EXTRA_CA_CERTS names the CA.
import {
  BatchRequestContent,
  BatchResponseContent,
  Client,
  PageIterator,
} from '@microsoft/microsoft-graph-client';

const { USHER_URL, USHER_TOKEN, USHER_VERSION, USHER_NAME } = process.env;
const client = Client.init({
  baseUrl: `${USHER_URL}/`,
  defaultVersion: USHER_VERSION,
  customHosts: new Set([new URL(USHER_URL).hostname]),
  authProvider: (done) => done(null, USHER_TOKEN),
});
const result = {};

const connector = await client.api('/identity/apiConnectors').post({
  displayName: USHER_NAME,
  targetUrl: 'https://api.example.test/node',
  authenticationConfiguration: {
    '@odata.type': '#microsoft.graph.basicAuthentication',
    username: 'node',
    password: `${USHER_NAME} password`,
  },
});
result.connector = connector;
await client
  .api(`/identity/apiConnectors/${connector.id}`)
  .patch({ displayName: `${USHER_NAME} again` });
result.renamed = await client.api(`/identity/apiConnectors('${connector.id}')`).get();

const attribute = await client
  .api('/identity/userFlowAttributes')
  .post({ displayName: USHER_NAME, dataType: 'string', description: 'From Node' });
result.attribute = attribute;

const flow = await client
  .api('/identity/b2xUserFlows')
  .post({ id: USHER_NAME, userFlowType: 'signUpOrSignIn', userFlowTypeVersion: 1 });
result.flow = flow;
const path = `/identity/b2xUserFlows/${flow.id}`;

await client
  .api(`${path}/apiConnectorConfiguration/postAttributeCollection/$ref`)
  .put({ '@odata.id': `${USHER_URL}/${USHER_VERSION}/identity/apiConnectors/${connector.id}` });
await client.api(`${path}/userFlowIdentityProviders/$ref`).post({
  '@odata.id': `${USHER_URL}/${USHER_VERSION}/identity/identityProviders/EmailOtpSignup-OAUTH`,
});
result.assignment = await client.api(`${path}/userAttributeAssignments`).post({
  displayName: 'Asked by Node',
  userInputType: 'textBox',
  isOptional: true,
  requiresVerification: false,
  userAttribute: { id: attribute.id },
});

result.expanded = await client
  .api(path)
  .expand('userAttributeAssignments($expand=userAttribute),userFlowIdentityProviders')
  .get();
result.step = await client
  .api(`${path}/apiConnectorConfiguration/postAttributeCollection`)
  .select('id,displayName')
  .get();
result.order = await client.api(`${path}/userAttributeAssignments/getOrder`).get();
result.filtered = await client
  .api('/identity/b2xUserFlows')
  .filter(`startswith(id,'${flow.id}')`)
  .count(true)
  .top(5)
  .get();

const seen = [];
const first = await client.api('/identity/userFlowAttributes').top(4).get();
await new PageIterator(client, first, (item) => seen.push(item.id)).iterate();
result.pages = { first: first.value.length, all: seen.length, distinct: new Set(seen).size };

// the client strips scheme and host from a URL, and nothing else
const batch = new BatchRequestContent([
  { id: '1', request: new Request(`${USHER_URL}${path}`) },
  {
    id: '2',
    dependsOn: ['1'],
    request: new Request(`${USHER_URL}/identity/apiConnectors/${connector.id}`),
  },
]);
const answers = new BatchResponseContent(
  await client.api('/$batch').post(await batch.getContent()),
);
result.batch = ['1', '2'].map((id) => answers.getResponseById(id).status);

try {
  await client.api('/identity/b2xUserFlows/B2X_1_Missing').get();
} catch (error) {
  result.missing = { status: error.statusCode, code: error.code, requestId: error.requestId };
}

await client.api(`${path}/apiConnectorConfiguration/postAttributeCollection/$ref`).delete();
await client.api(`${path}/userAttributeAssignments/${attribute.id}`).delete();
await client.api(path).delete();
await client.api(`/identity/userFlowAttributes/${attribute.id}`).delete();
await client.api(`/identity/apiConnectors/${connector.id}`).delete();
result.gone = await client
  .api(path)
  .get()
  .catch((error) => error.statusCode);

console.log(JSON.stringify(result));
