import { block, controlHeaders, isSuccess, requestFile } from './bruno-request.ts'
import type { ExportedFile } from './exported-file.ts'
import { type ControlStep, ownSandbox } from './own-sandbox.ts'
import { type Refusal, refusals, slugOf } from './refusals.ts'
import { provisioning } from './sample.ts'

/** The requests that are wrong on purpose. */
export const refusalFiles: readonly ExportedFile[] = refusals.cases.map(toFile)

function toFile(refusal: Refusal, at: number): ExportedFile {
  const { title, operation, query = {}, body, sender, signed, replaced, token, error } = refusal
  const own = {
    ...signed,
    ...(token !== undefined && { Authorization: `Bearer ${token}` }),
  }
  const pairs = Object.entries(query)
  return requestFile({
    path: `refusals/${String(at + 1).padStart(2, '0')}-${slugOf(title)}.bru`,
    name: title,
    seq: at + 1,
    method: operation.method,
    target: `${operation.path}${pairs.length === 0 ? '' : `?${pairs.map(([name, value]) => `${name}=${value}`).join('&')}`}`,
    query: pairs,
    isSigned: sender === 'signature',
    ...((sender !== 'token' || token !== undefined) && { headers: own }),
    body,
    scripts: [
      ...(replaced === undefined ? [] : [block('script:pre-request', replace(replaced))]),
      block('tests', [
        `test('is refused with ${error.status} and ${error.code}', () => {`,
        `  expect(res.getStatus()).to.equal(${error.status})`,
        `  expect(Number(res.getBody().code)).to.equal(${error.code})`,
        '})',
      ]),
    ],
    description: `Refused, because ${error.when}. How well known that is: ${error.evidence} (${error.source}).`,
  })
}

/** Runs behind the script of the collection, which has signed by then. */
function replace({ part, by }: NonNullable<Refusal['replaced']>): string[] {
  return [
    "const signed = req.getHeader('Authorization')",
    `req.setHeader('Authorization', signed.replace(/${part}=\\w+/, '${part}=${by}'))`,
  ]
}

const { make, create, pollEarly, advance, pollLate, verify, remove } = ownSandbox

interface Step {
  readonly title: string
  readonly method: string
  readonly path: string
  readonly query?: readonly (readonly [string, string])[]
  readonly body?: string
  readonly headers: Readonly<Record<string, string>>
  readonly scripts: readonly string[]
}

const control = (step: ControlStep, tests: readonly string[] = []): Step => ({
  ...step,
  headers: controlHeaders,
  scripts: [
    ...(step.learns === undefined
      ? []
      : [
          block(
            'script:post-response',
            Object.entries(step.learns).map(
              ([variable, field]) => `bru.setVar('${variable}', res.getBody()['${field}'])`,
            ),
          ),
        ]),
    block('tests', [
      `test('is answered with ${step.status}', () => expect(res.getStatus()).to.equal(${step.status}))`,
      ...tests,
    ]),
  ],
})

const sandboxHeaders = { 'X-User-Id': '{{sandboxUserId}}' }
const poll = (title: string, tests: readonly string[]): Step => ({
  title,
  method: pollEarly.method,
  path: pollEarly.path,
  query: [['taskId', '{{sandboxTaskId}}']],
  headers: sandboxHeaders,
  scripts: [block('tests', [...isSuccess, ...tests])],
})

const status = 'res.getBody().data.taskInfo.status'
const steps: readonly Step[] = [
  control(make),
  {
    ...{ title: create.title, method: create.method, path: create.path },
    body: provisioning.template,
    headers: sandboxHeaders,
    scripts: [
      block('script:post-response', ["bru.setVar('sandboxTaskId', res.getBody().data)"]),
      block('tests', isSuccess),
    ],
  },
  poll(pollEarly.title, [
    `test('the task is not done', () => expect(${status}).not.to.equal('${provisioning.doneStatus}'))`,
  ]),
  control(advance),
  poll(pollLate.title, [
    "test('the task is done and has created every user', () => {",
    `  expect(${status}).to.equal('${provisioning.doneStatus}')`,
    `  expect(res.getBody().data.taskInfo.successCount).to.equal(${provisioning.userCount})`,
    '})',
  ]),
  control(verify, ["test('one batch was sent', () => expect(res.getBody().pass).to.equal(true))"]),
  control(remove),
]

/** The requests that make a sandbox, work in it, and delete it. */
export const sandboxFiles: readonly ExportedFile[] = steps.map(({ title, path, query = [], ...step }, at) =>
  requestFile({
    body: undefined,
    ...step,
    path: `own-sandbox/${at + 1}-${slugOf(title)}.bru`,
    name: title,
    seq: at + 1,
    target: `${path}${query.map(([name, value]) => `?${name}=${value}`).join('')}`,
    query,
    isSigned: false,
    description: ownSandbox.description,
  }),
)
