import { sandboxNamed } from '../../problem.ts'
import { issueAuthCode } from '../../sandboxes/actions.ts'
import { authCodeInput } from '../../sandboxes/inputs.ts'
import { defineControl } from '../control-route.ts'
import { issuedAuthCode } from '../shapes/sandboxes.ts'

export const authCodeRoutes = [
  defineControl({
    id: 'create-auth-code',
    method: 'POST',
    path: '/sandboxes/:id/auth-codes',
    summary:
      'Issues an authorization code for POST /koodrive/ose/v1/session, as the sign-in page does. It is good once, within five minutes of virtual time.',
    body: authCodeInput(),
    status: 201,
    answers: '`{code, expiresAt}`',
    response: issuedAuthCode,
    handle: ({ deps: { world }, params, body: { login } }) => issueAuthCode(sandboxNamed(world, params['id']), login),
  }),
]
