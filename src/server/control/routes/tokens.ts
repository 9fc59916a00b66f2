import { issueToken, revokeToken } from '../../sandboxes/actions.ts'
import { tokenInput } from '../../sandboxes/inputs.ts'
import { defineControl } from '../control-route.ts'
import { sandboxNamed } from '../sandbox-of.ts'
import { issuedToken } from '../shapes/sandboxes.ts'

export const tokenRoutes = [
  defineControl({
    id: 'issue-token',
    method: 'POST',
    path: '/sandboxes/:id/tokens',
    summary: 'Issues an access token. It lives 20 minutes of virtual time unless told otherwise; each call extends it.',
    body: tokenInput(),
    status: 201,
    answers: '`{token, kind, expiresAt}`',
    response: issuedToken,
    handle: ({ deps: { world }, params, body: { kind, lifeSeconds } }) =>
      issueToken(world, sandboxNamed(world, params['id']), kind, lifeSeconds),
  }),
  defineControl({
    id: 'revoke-token',
    method: 'DELETE',
    path: '/sandboxes/:id/tokens/:token',
    summary: 'Takes an access token back.',
    answers: 'nothing',
    handle: ({ deps: { world }, params }) =>
      revokeToken(world, sandboxNamed(world, params['id']), params['token'] ?? ''),
  }),
]
