import { provisioning } from './sample.ts'

const CONTROL = '/__admin/sandboxes'

/** A step by the control plane of the mock. Values may hold variables that earlier steps have learnt. */
export interface ControlStep {
  readonly title: string
  readonly method: string
  readonly path: string
  readonly body?: string
  readonly status: number
  /** Variables that the answer gives, by the field that holds the value. */
  readonly learns?: Readonly<Record<string, string>>
}

/**
 * A sandbox that a run makes for itself, so that runs beside each other share nothing. Its X-Date is judged by the real
 * time, because API clients sign by that; its tasks go by a clock that the run moves.
 */
export const ownSandbox = {
  title: 'A sandbox of its own',
  description:
    'Against the mock only. Makes a sandbox whose batches take minutes, provisions in it with credentials of its own, moves its clock to the end of the task, asserts what was sent, and deletes it. A mock that was started with a control token wants it in the variable controlToken.',
  make: {
    title: 'Make a sandbox',
    method: 'POST',
    path: CONTROL,
    body: '{"scenario":"slow-batch","xDate":"real","labels":{"from":"collection"}}',
    status: 201,
    learns: {
      sandboxId: 'id',
      sandboxAppId: 'appId',
      sandboxAppSecret: 'appSecret',
      sandboxUserId: 'userId',
    },
  },
  create: { ...provisioning.create, title: 'Create a task in the sandbox' },
  pollEarly: { ...provisioning.poll, title: 'Poll the task while it runs' },
  advance: {
    title: 'Move the clock',
    method: 'POST',
    path: `${CONTROL}/{{sandboxId}}/clock/advance`,
    body: '{"by":"PT1H"}',
    status: 200,
  },
  pollLate: { ...provisioning.poll, title: 'Poll the task when it is done' },
  verify: {
    title: 'Assert what was sent',
    method: 'POST',
    path: `${CONTROL}/{{sandboxId}}/requests/verify`,
    body: '{"operation":"createBatchProvisioningTask","count":{"exactly":1}}',
    status: 200,
  },
  remove: { title: 'Delete the sandbox', method: 'DELETE', path: `${CONTROL}/{{sandboxId}}`, status: 204 },
} as const satisfies Record<string, unknown>
