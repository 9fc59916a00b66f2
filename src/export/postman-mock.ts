import { type ControlStep, ownSandbox } from './own-sandbox.ts'
import { addressOf, bearer, controlHeader, isSuccess, jsonHeader, noAuth, rawBody, script } from './postman-request.ts'
import { type Refusal, refusals } from './refusals.ts'
import { provisioning } from './sample.ts'

/** The folder of requests that are wrong on purpose. */
export const refusalsFolder = {
  name: refusals.title,
  description: refusals.description,
  item: refusals.cases.map(toItem),
}

function toItem(refusal: Refusal) {
  const { title, operation, query = {}, body, sender, signed = {}, replaced, token, error } = refusal
  const ownHeaders = { ...(sender === 'signature' && { 'X-User-Id': '{{userId}}' }), ...signed }
  const ownToken = token !== undefined && { Authorization: `Bearer ${token}` }
  return {
    name: title,
    event: [
      ...(replaced === undefined ? [] : [script('prerequest', replace(replaced))]),
      script('test', [
        `pm.test('is refused with ${error.status} and ${error.code}', () => {`,
        `  pm.response.to.have.status(${error.status})`,
        `  pm.expect(Number(pm.response.json().code)).to.equal(${error.code})`,
        '})',
      ]),
    ],
    request: {
      method: operation.method,
      auth: sender === 'token' && token === undefined ? bearer : noAuth,
      header: [
        ...Object.entries({ ...ownHeaders, ...ownToken }).map(([key, value]) => ({ key, value })),
        ...(body === undefined ? [] : jsonHeader),
      ],
      url: addressOf(operation.path, Object.entries(query)),
      ...rawBody(body),
      description: `Refused, because ${error.when}. How well known that is: ${error.evidence} (${error.source}).`,
    },
    response: [],
  }
}

/** Runs behind the script of the collection, which has signed by then. */
function replace({ part, by }: NonNullable<Refusal['replaced']>): string[] {
  return [
    "const signed = pm.request.headers.get('Authorization')",
    `pm.request.headers.upsert({ key: 'Authorization', value: signed.replace(/${part}=\\w+/, '${part}=${by}') })`,
  ]
}

const { make, create, pollEarly, advance, pollLate, verify, remove } = ownSandbox
const sandboxHeader = [{ key: 'X-User-Id', value: '{{sandboxUserId}}' }]

const controlItem = (step: ControlStep, tests: readonly string[] = []) => ({
  name: step.title,
  event: [
    script('test', [
      `pm.test('is answered with ${step.status}', () => pm.response.to.have.status(${step.status}))`,
      ...Object.entries(step.learns ?? {}).map(
        ([variable, field]) => `pm.collectionVariables.set('${variable}', pm.response.json()['${field}'])`,
      ),
      ...tests,
    ]),
  ],
  request: {
    method: step.method,
    auth: noAuth,
    header: [...controlHeader, ...(step.body === undefined ? [] : jsonHeader)],
    url: addressOf(step.path),
    ...rawBody(step.body),
  },
  response: [],
})

const pollItem = (name: string, tests: readonly string[]) => ({
  name,
  event: [script('test', [...isSuccess, 'const { taskInfo } = pm.response.json().data', ...tests])],
  request: {
    method: pollEarly.method,
    auth: noAuth,
    header: sandboxHeader,
    url: addressOf(pollEarly.path, [['taskId', '{{sandboxTaskId}}']]),
  },
  response: [],
})

/** The folder that makes a sandbox, works in it, and deletes it. */
export const sandboxFolder = {
  name: ownSandbox.title,
  description: ownSandbox.description,
  item: [
    controlItem(make),
    {
      name: create.title,
      event: [script('test', [...isSuccess, "pm.collectionVariables.set('sandboxTaskId', pm.response.json().data)"])],
      request: {
        method: create.method,
        auth: noAuth,
        header: [...sandboxHeader, ...jsonHeader],
        url: addressOf(create.path),
        ...rawBody(provisioning.template),
      },
      response: [],
    },
    pollItem(pollEarly.title, [
      "pm.test('the task is not done', () => {",
      `  pm.expect(taskInfo.status).not.to.equal('${provisioning.doneStatus}')`,
      '})',
    ]),
    controlItem(advance),
    pollItem(pollLate.title, [
      "pm.test('the task is done and has created every user', () => {",
      `  pm.expect(taskInfo.status).to.equal('${provisioning.doneStatus}')`,
      `  pm.expect(taskInfo.successCount).to.equal(${provisioning.userCount})`,
      '})',
    ]),
    controlItem(verify, ["pm.test('one batch was sent', () => pm.expect(pm.response.json().pass).to.equal(true))"]),
    controlItem(remove),
  ],
}

/** Variables that the folder learns. */
export const sandboxVariables: readonly string[] = [...Object.keys(make.learns), 'sandboxTaskId']
