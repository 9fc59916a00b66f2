import { headerOf, type Wire } from '../../server/http/wire.ts'
import { parseAuthorization, parseXDate, sign } from '../../signing/index.ts'
import { documented, inferred } from '../../spec/evidence.ts'
import { admits, admitsSigned, isSigned, refuses } from '../admission.ts'
import { defineMutants } from '../mutant.ts'

const page = (number: string) => documented('signing', `koodrive_05_${number}`)
const headers = documented('queryBatch', 'Table 2')
const silent = (rule: string) => inferred(`${rule}; no page says what becomes of another request`)
const form = silent('koodrive_05_0031 gives the form of the header')
const MISMATCH = 'signature.signature-mismatch'
/** Half the hex digits of a signature. */
const HALF = 32

const hasQuery = ({ target }: Wire): boolean => target.includes('?')

/** The request with another value of a header. */
const replaced = ({ headers: sent }: Wire, name: string, value: string): Wire['headers'] =>
  sent.map(([key, text]) => [key, key.toLowerCase() === name ? value : text])

/** The app signature: who is let in that must not be, and the other way round. */
export const signatureMutants = defineMutants('signature', [
  ['absent-accepted', 'a call without Authorization is let in', headers, admits('signature.absent')],
  [
    'right-refused',
    'a rightly signed call is refused',
    page('0034'),
    refuses('Sign otherwise.', ({ wire }) => /^HMAC/.test(headerOf(wire, 'authorization') ?? '')),
  ],
  ['form-unchecked', 'an Authorization header of another form is let in', form, admits('signature.form')],
  [
    'token-accepted',
    'an operation that takes a signature takes a bearer token as well',
    silent('Querying Batch Provisioning, Table 2 asks for a signature'),
    admits('signature.form', ({ wire }) => /^bearer/i.test(headerOf(wire, 'authorization') ?? '')),
  ],
  [
    'sdk-scheme-accepted',
    'SDK-HMAC-SHA256 in front of the right fields is let in',
    form,
    admits('signature.form', ({ wire }) => /^SDK-HMAC-SHA256/.test(headerOf(wire, 'authorization') ?? '')),
  ],
  ['app-id-unchecked', 'an unknown AppId is let in', page('0034'), admits('signature.app-id')],
  ['mismatch-accepted', 'a wrong signature is let in', page('0034'), admits(MISMATCH)],
  [
    'body-unbound',
    'a signature of another body is let in',
    page('0035'),
    admits(MISMATCH, ({ wire }) => wire.method === 'POST'),
  ],
  [
    'query-unbound',
    'a signature of another query is let in',
    page('0035'),
    admits(MISMATCH, ({ wire }) => hasQuery(wire)),
  ],
  [
    'user-id-unbound',
    'X-User-Id may be exchanged after signing',
    page('0035'),
    admits(MISMATCH, ({ sandbox, wire }) =>
      isSigned(sandbox, wire, replaced(wire, 'x-user-id', sandbox.config.credentials.userId)),
    ),
  ],
  [
    'half-compared',
    'only the first half of a signature is compared',
    page('0034'),
    admits(MISMATCH, async ({ sandbox, wire }) => {
      const parsed = parseAuthorization(headerOf(wire, 'authorization') ?? '')
      if (!parsed.ok) return false
      const { method, target: url, headers: sent } = wire
      const { signature } = sign(
        { method, url, headers: sent, body: await wire.body() },
        { ...sandbox.config.credentials, signedHeaders: parsed.signedHeaders },
      )
      return signature.slice(0, HALF) === parsed.signature.slice(0, HALF)
    }),
  ],
  ['date-stale-accepted', 'X-Date may be as old as it likes', headers, admitsSigned('signature.date-expired')],
  ['date-future-accepted', 'X-Date may lie in the future', headers, admitsSigned('signature.date-future')],
  [
    'date-window-narrow',
    'X-Date may be at most five minutes old',
    headers,
    refuses('X-Date is older than 300 s.', (call) => ageSeconds(call) > 300),
  ],
  [
    'date-window-wide',
    'X-Date may be an hour old',
    headers,
    admits(
      'signature.date-expired',
      async (call) => ageSeconds(call) <= 3600 && (await isSigned(call.sandbox, call.wire)),
    ),
  ],
  ['date-form-unchecked', 'X-Date may have any form', headers, admitsSigned('signature.date-form')],
  ['date-absent-accepted', 'X-Date may be absent', headers, admits('signature.date-absent')],
  [
    'user-id-absent-accepted',
    'X-User-Id may be absent',
    headers,
    admits(/^signature\./, ({ wire }) => headerOf(wire, 'x-user-id') === undefined),
  ],
  [
    'user-id-unchecked',
    'X-User-Id may name nobody',
    silent('Querying Batch Provisioning, Table 2: X-User-Id is a user of KooDrive'),
    admits('signature.user-id'),
  ],
  [
    'unsigned-headers-accepted',
    'SignedHeaders may leave out x-date and x-user-id',
    page('0035'),
    admits('signature.signed-headers-incomplete'),
  ],
  [
    'listed-header-absent-accepted',
    'SignedHeaders may list a header that was not sent',
    silent('koodrive_05_0035 builds the signature from headers that are there'),
    admits('signature.signed-header-absent'),
  ],
  [
    'host-must-be-signed',
    'a signature without host among its headers is refused',
    page('0035'),
    refuses(
      'host is not signed.',
      ({ wire }) => !/SignedHeaders=[^,]*\bhost\b/.test(headerOf(wire, 'authorization') ?? 'SignedHeaders=host'),
    ),
  ],
])

/** How old X-Date is by the clock of the sandbox; 0 when there is none. */
function ageSeconds({ sandbox, wire }: Parameters<Parameters<typeof refuses>[1]>[0]): number {
  const date = parseXDate(headerOf(wire, 'x-date')?.trim() ?? '')
  return date === undefined ? 0 : (sandbox.clock.now() - date) / 1000
}
