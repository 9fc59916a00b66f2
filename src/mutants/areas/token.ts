import { tokenOf } from '../../server/authentication/access-token.ts'
import { authenticate } from '../../server/authentication/authenticate.ts'
import { headerOf } from '../../server/http/wire.ts'
import { documented, type Provenance } from '../../spec/evidence.ts'
import type { Operation } from '../../spec/operation.ts'
import type { OperationId } from '../../spec/wire-types.ts'
import { admits, refuses } from '../admission.ts'
import { defineMutants } from '../mutant.ts'

const header: Provenance = documented('listUsers', 'Table 2')
const spaces: Provenance = documented('listSpaces', 'Table 2')
const preverify: Provenance = documented('preverify', 'Table 1')

const UNKNOWN = 'token.unknown'
const ABSENT = 'token.absent'

const isOf =
  (operationId: OperationId) =>
  ({ operation }: { readonly operation: Operation }): boolean =>
    operation.operationId === operationId

/** Access tokens: who is let in that must not be, and the other way round. */
export const tokenMutants = defineMutants('token', [
  ['unknown-accepted', 'an unknown token is let in', header, admits(UNKNOWN)],
  ['absent-accepted', 'a call without a token is let in', header, admits(ABSENT)],
  [
    'answers-cached',
    'what was answered once is answered to whoever asks for the same address',
    header,
    () => {
      const asked = new Set<string>()
      return {
        async authenticate(world, sandbox, operation, wire) {
          const key = `${wire.method} ${wire.target}`
          if (asked.has(key)) return admits(/./).authenticate(world, sandbox, operation, wire)
          const authenticated = await authenticate(world, sandbox, operation, wire)
          if (wire.method === 'GET' && authenticated.caller.kind === 'user') asked.add(key)
          return authenticated
        },
      }
    },
  ],
  ['form-unchecked', 'Authorization may have any form', header, admits('token.form')],
  [
    'beginning-compared',
    'a token with something after it is let in',
    header,
    admits(UNKNOWN, ({ sandbox, wire }) => {
      const sent = tokenOf(headerOf(wire, 'authorization') ?? '') ?? ''
      return Object.values(sandbox.config.credentials.tokens).some((token) => sent.startsWith(token))
    }),
  ],
  [
    'unknown-accepted-by-spaces',
    'listUserSpaces lets an unknown token in',
    spaces,
    admits(UNKNOWN, isOf('listUserSpaces')),
  ],
  [
    'absent-accepted-by-spaces',
    'listUserSpaces lets a call without a token in',
    spaces,
    admits(ABSENT, isOf('listUserSpaces')),
  ],
  [
    'unknown-accepted-by-preverify',
    'preverifyBatchImport lets an unknown token in',
    preverify,
    admits(UNKNOWN, isOf('preverifyBatchImport')),
  ],
  [
    'absent-accepted-by-preverify',
    'preverifyBatchImport lets a call without a token in',
    preverify,
    admits(ABSENT, isOf('preverifyBatchImport')),
  ],
  [
    'application-refused-by-spaces',
    'listUserSpaces refuses application tokens',
    spaces,
    refuses(
      'Send an access token.',
      ({ sandbox, operation, wire }) =>
        operation.operationId === 'listUserSpaces' &&
        tokenOf(headerOf(wire, 'authorization') ?? '') === sandbox.config.credentials.tokens.app,
    ),
  ],
  [
    'bearer-refused',
    'only the bare token is let in, without Bearer before it',
    header,
    refuses('Send the bare token.', ({ wire }) => /^bearer/i.test(headerOf(wire, 'authorization') ?? '')),
  ],
])
