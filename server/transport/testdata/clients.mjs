// The server as the reference implementations see it: the audits of
// GraphQL-over-HTTP (graphql-http), and subscriptions with the clients that
// browsers use (graphql-ws, graphql-sse). Run by clients_test.go, which gives
// the address and, at /tick, a way to make an event happen.
import assert from 'node:assert/strict';
import test from 'node:test';
import { serverAudits } from 'graphql-http';
import { createClient as createEvents } from 'graphql-sse';
import { createClient as createSocket } from 'graphql-ws';

const url = process.env.GRAPHQL_URL;
const auditedUrl = process.env.AUDITED_URL;
const query = 'subscription { ticks }';

test('GraphQL over HTTP: all 61 audits', async () => {
  const audits = serverAudits({ url: auditedUrl, fetchFn: fetch });
  assert.equal(audits.length, 61);
  const failed = [];
  for (const audit of audits) {
    const result = await audit.fn();
    if (result.status !== 'ok') failed.push(`${audit.id} ${audit.name}: ${result.reason}`);
  }
  assert.deepEqual(failed, []);
});

const tick = (event) => fetch(new URL(`/tick?event=${event}`, url), { method: 'POST' });

/** Receives two events, the second only asked for once the first is here, then leaves. */
async function receives(client) {
  const events = client.iterate({ query });
  const first = events.next();
  await fetch(new URL('/subscribed', url)); // answers once the subscription stands
  await tick('one');
  assert.deepEqual((await first).value.data, { ticks: 'one' });
  const second = events.next();
  await tick('two');
  assert.deepEqual((await second).value.data, { ticks: 'two' });
  await events.return();
  await fetch(new URL('/unsubscribed', url)); // answers once it is gone
}

const socket = (token) =>
  createSocket({
    url: url.replace('http', 'ws'),
    retryAttempts: 0,
    connectionParams: { authorization: `Bearer ${token}` },
  });

test('graphql-ws receives events and leaves', async () => {
  const client = socket('good');
  await receives(client);
  await client.dispose();
});

test('graphql-ws runs a query, and hears of errors', async () => {
  const client = socket('good');
  const answer = await client.iterate({ query: '{ name }' }).next();
  assert.equal(typeof answer.value.data.name, 'string');
  await assert.rejects(client.iterate({ query: '{ nope }' }).next(), (errors) => {
    assert.equal(errors[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED');
    return true;
  });
  await client.dispose();
});

test('graphql-ws is told 4403 for a token that does not hold', async () => {
  await assert.rejects(socket('bad').iterate({ query }).next(), (event) => {
    assert.equal(event.code, 4403);
    return true;
  });
});

test('graphql-sse receives events and leaves', async () => {
  const client = createEvents({ url, retryAttempts: 0, headers: { authorization: 'Bearer good' } });
  await receives(client);
  client.dispose();
});

test('graphql-sse runs a query to its end, and hears of errors', async () => {
  const client = createEvents({ url, retryAttempts: 0, headers: { authorization: 'Bearer good' } });
  const answers = [];
  for await (const answer of client.iterate({ query: '{ name }' })) answers.push(answer);
  assert.equal(answers.length, 1);
  const failed = await client.iterate({ query: '{ nope }' }).next();
  assert.equal(failed.value.errors[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED');
  client.dispose();
});
