import type { Fault } from '../../scenarios/scenario.ts'

/** A fault of each kind, in the form in which it is sent. */
export const faultExamples: Readonly<Record<Fault['kind'], Fault>> = {
  latency: { kind: 'latency', delay: { minMs: 50, maxMs: 200 }, operation: 'listUsers', probability: 0.5 },
  error: { kind: 'error', error: 'resourceNotFound', operation: 'queryBatchProvisioning', nth: 2 },
  throttle: { kind: 'throttle', quota: 10, windowSeconds: 60, retryAfterSeconds: 5 },
  reset: { kind: 'reset', strikes: 'after', operation: 'createBatchProvisioningTask', times: 1 },
  truncate: { kind: 'truncate', fraction: 0.5, every: 10 },
  malformed: { kind: 'malformed', afterSeconds: 60, forSeconds: 30, everySeconds: 600 },
  drip: { kind: 'drip', chunkBytes: 64, everyMs: 20 },
}

/** Bodies that are files which another route answers. */
export const fileBodies: Readonly<Record<string, string>> = {
  'replay-log': 'GET /sandboxes/{id}/log',
  'restore-snapshot': 'GET /snapshot',
  'restore-sandbox': 'GET /sandboxes/{id}/snapshot',
}

/** A body for each other route that takes one, by the id of the route. */
export const bodyExamples: Readonly<Record<string, unknown>> = {
  'create-sandbox': {
    users: 50,
    scenario: 'happy-path',
    readings: { 'code-type': 'string' },
    now: '2026-04-16T08:00:00Z',
  },
  'set-clock': { now: '2026-04-16T08:00:00Z', frozen: true },
  'advance-clock': { by: 'PT16M' },
  'set-scenario': { scenario: 'happy-path' },
  'set-readings': { 'code-type': 'string' },
  'add-fault': { kind: 'error', status: 503, operation: 'listUsers', nth: 2 },
  'set-routes': {
    routes: [{ method: 'GET', path: '/koodrive/ose/v1/groups/{id}', answer: { body: { id: '{{request.path.id}}' } } }],
  },
  'issue-token': { kind: 'admin', lifeSeconds: 60 },
  'create-auth-code': { login: 'admin' },
  'verify-requests': { operation: 'listUsers', where: { query: { limit: '10' } }, count: { min: 0 } },
  'replay-request': { target: '/koodrive/ose/v1/userList?offset=0&limit=1', as: 'admin' },
  'compare-own-text': { text: 'GET\n/koodrive/ose/v1/user/batchRegister/get/\n' },
  'diagnose-signature': {
    method: 'GET',
    url: 'http://127.0.0.1:4010/koodrive/ose/v1/user/batchRegister/get?taskId=1882735962480556672',
    headers: { Host: '127.0.0.1:4010', 'X-Date': '20260416T080000Z' },
  },
  'sign-request': { method: 'GET', url: '/koodrive/ose/v1/user/batchRegister/get?taskId=1882735962480556672' },
  mcp: { jsonrpc: '2.0', id: 1, method: 'tools/list' },
}
