import { z } from 'zod'
import { addFault, faultNamed, issueToken, revokeToken } from '../../sandboxes/actions.ts'
import { faultInput, tokenInput } from '../../sandboxes/inputs.ts'
import { toFaultView } from '../../sandboxes/views.ts'
import { defineControl } from '../control-route.ts'
import { faultView, issuedToken } from '../shapes/sandboxes.ts'

export const faultRoutes = [
  defineControl({
    id: 'list-faults',
    method: 'GET',
    path: '/sandboxes/:id/faults',
    summary: 'The faults of a sandbox, with the calls they have seen and were injected into.',
    answers: '`{faults: [{faultId, kind, since, inForce, calls, injected, …}]}`',
    response: z.object({ faults: z.array(faultView) }),
    handle: ({ sandbox }) => {
      return {
        faults: sandbox
          .read()
          .faults.all()
          .map((active) => toFaultView(sandbox, active)),
      }
    },
  }),
  defineControl({
    id: 'get-fault',
    method: 'GET',
    path: '/sandboxes/:id/faults/:faultId',
    summary: 'One fault, with the calls it has seen and was injected into.',
    answers: 'the fault',
    response: faultView,
    handle: ({ sandbox, params }) => toFaultView(sandbox, faultNamed(sandbox, params['faultId'] ?? '')),
  }),
  defineControl({
    id: 'add-fault',
    method: 'POST',
    path: '/sandboxes/:id/faults',
    summary:
      'Injects a fault: latency, error, throttle, reset, truncate, malformed, drip; by operation, nth call, times, probability, time.',
    body: faultInput(),
    status: 201,
    answers: 'the fault, with its faultId',
    response: faultView,
    handle: ({ sandbox, body }) => toFaultView(sandbox, addFault(sandbox, body)),
  }),
  defineControl({
    id: 'rearm-fault',
    method: 'POST',
    path: '/sandboxes/:id/faults/:faultId/rearm',
    summary: 'Starts a fault again, from now: its calls, its times and its schedule.',
    status: 201,
    answers: 'the fault, with a faultId of its own; the one before is gone',
    response: faultView,
    handle: ({ sandbox, params }) => {
      const { faultId, fault } = faultNamed(sandbox, params['faultId'] ?? '')
      sandbox.execute('remove-fault', { faultId })
      return toFaultView(sandbox, addFault(sandbox, fault))
    },
  }),
  defineControl({
    id: 'clear-faults',
    method: 'DELETE',
    path: '/sandboxes/:id/faults',
    summary: 'Removes every fault of a sandbox, those of its scenario included.',
    answers: 'nothing',
    handle: ({ sandbox }) => sandbox.execute('clear-faults', {}),
  }),
  defineControl({
    id: 'remove-fault',
    method: 'DELETE',
    path: '/sandboxes/:id/faults/:faultId',
    summary: 'Removes a fault.',
    answers: 'nothing',
    handle: ({ sandbox, params }) => {
      const { faultId } = faultNamed(sandbox, params['faultId'] ?? '')
      sandbox.execute('remove-fault', { faultId })
    },
  }),
]

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
    handle: ({ sandbox, deps: { world }, body: { kind, lifeSeconds } }) =>
      issueToken(world, sandbox, kind, lifeSeconds),
  }),
  defineControl({
    id: 'revoke-token',
    method: 'DELETE',
    path: '/sandboxes/:id/tokens/:token',
    summary: 'Takes an access token back.',
    answers: 'nothing',
    handle: ({ sandbox, deps: { world }, params }) => revokeToken(world, sandbox, params['token'] ?? ''),
  }),
]
