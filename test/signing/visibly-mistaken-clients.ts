import { authorization, compact, create, type MistakenClient, twice } from './mistaken-client-parts.ts'
import { right, sha256 } from './mistaken-signer.ts'

/** One client for each mistake that can be seen without a search. */
export const visiblyMistakenClients: Readonly<Record<string, MistakenClient>> = {
  'authorization-absent': { after: authorization(() => undefined) },
  'authorization-repeated': { after: twice('authorization') },
  'scheme-of-sdk': {
    after: authorization(() => `SDK-HMAC-SHA256 Access=ab, SignedHeaders=host;x-sdk-date, Signature=${sha256('')}`),
  },
  'scheme-bearer': {
    send: { method: 'GET', target: '/koodrive/ose/v1/user/batchRegister/get?taskId=1', body: '' },
    after: authorization(() => 'Bearer mock-admin-token'),
  },
  'scheme-basic': { send: create(compact), after: authorization(() => 'Basic YTpi') },
  'scheme-of-aws': {
    after: authorization(
      () => 'AWS4-HMAC-SHA256 Credential=a/20260416/r/s/aws4_request, SignedHeaders=host, Signature=ab',
    ),
  },
  'authorization-malformed': { after: authorization((before) => before.replace('SignedHeaders=', 'SignedHeader=')) },
  'secret-in-app-id': {
    steps: { authorization: (fields) => right.authorization({ ...fields, appId: fields.secret }) },
  },
  'app-id-and-secret-swapped': {
    steps: {
      key: (_, appId) => appId,
      authorization: (fields) => right.authorization({ ...fields, appId: fields.secret }),
    },
  },
  'app-id-case': {
    steps: { authorization: (fields) => right.authorization({ ...fields, appId: fields.appId.toUpperCase() }) },
  },
  'app-id-quoted': {
    steps: { authorization: (fields) => right.authorization({ ...fields, appId: `"${fields.appId}"` }) },
  },
  'app-id-unknown': { steps: { authorization: (fields) => right.authorization({ ...fields, appId: 'f'.repeat(64) }) } },
  'signed-headers-incomplete': { signed: ['host', 'x-date'] },
  'signed-header-absent': { signed: ['host', 'x-date', 'x-gone', 'x-user-id'] },
  'x-date-absent': { replace: { 'X-Date': undefined } },
  'x-date-repeated': { after: twice('x-date') },
  'x-date-malformed': { replace: { 'X-Date': '2026-04-16T08:00:00Z' } },
  'clock-moved': { replace: { 'X-Date': '20260601T000000Z' } },
  'x-date-pattern': { replace: { 'X-Date': '20260416T070400Z' } },
  'x-date-local-time': { replace: { 'X-Date': '20260416T160000Z' } },
  'x-date-too-old': { replace: { 'X-Date': '20260416T074459Z' } },
  'x-date-in-future': { replace: { 'X-Date': '20260416T080100Z' } },
  'x-user-id-absent': { replace: { 'X-User-Id': undefined } },
  'x-user-id-repeated': { after: twice('x-user-id') },
}
