import { createDocument } from '../spec/openapi/document.ts'
import { toJson } from '../spec/openapi/text.ts'
import { version } from '../spec/version.ts'
import type { ExportedFile, ExportSettings } from './exported-file.ts'
import { type JourneyStep, journey, sendsToken, withVariables } from './journey.ts'
import { provisioning, referenceSamples, type Sample } from './sample.ts'

type Step = Readonly<Record<string, unknown>>

/** Operations of the control plane that sign and give authorization codes; the caller brings their description. */
const SIGNING_OPERATION = 'sign-request'
const AUTH_CODE_OPERATION = 'create-auth-code'

/**
 * The flows as an Arazzo 1.0.1 description, beside the OpenAPI documents it names. Arazzo computes no HMAC: its signed
 * steps take their signature from a step before, at the control plane of the mock.
 */
export async function toArazzo(settings: ExportSettings, signer: string): Promise<ExportedFile[]> {
  const { stringify } = await import('yaml')
  return [
    {
      path: 'koodrive.arazzo.yaml',
      text: stringify(description(settings), { lineWidth: 120, aliasDuplicateObjects: false }),
    },
    { path: 'openapi.json', text: toJson(createDocument()) },
    { path: 'signer.openapi.json', text: signer },
  ]
}

const description = (settings: ExportSettings) => ({
  arazzo: '1.0.1',
  info: {
    title: 'Flows of the KooDrive enterprise API',
    version,
    description:
      'Provision and poll, the journey from sign-in to a deleted user, and one flow for each operation that takes a token and stands alone. Signed steps ask the mock for their signature, dated by its clock. An operation whose body has an integer beyond 2^53 has no flow: runners round it.',
  },
  sourceDescriptions: [
    { name: 'koodrive', url: './openapi.json', type: 'openapi' },
    { name: 'signer', url: './signer.openapi.json', type: 'openapi' },
  ],
  workflows: [
    provisionAndPoll(settings),
    journeyWorkflow(),
    ...referenceSamples.filter(fitsRunners).map((sample) => toWorkflow(sample, settings)),
  ],
})

/** Runners compute no signature, and read the numbers of a body as doubles. */
const fitsRunners = ({ isSigned, body }: Sample): boolean =>
  !isSigned && (body === undefined || JSON.stringify(JSON.parse(body)) === body)

const text = (what: string, value: string) => ({ type: 'string', description: what, default: value })

const inputsOf = (properties: Readonly<Record<string, unknown>>) => ({ type: 'object', properties })

const header = (name: string, value: string) => ({ name, in: 'header', value })

const isSuccess = [{ condition: '$statusCode == 200' }, { condition: '$response.body#/code == 0' }]

function provisionAndPoll({ baseUrl, userId }: ExportSettings) {
  const { create, poll, body, doneStatus, failedStatus, pollMs, maxPolls, userCount } = provisioning
  const target = `${poll.path}?taskId={$steps.create-task.outputs.taskId}`
  return {
    workflowId: 'provision-and-poll',
    summary: provisioning.title,
    description: provisioning.description,
    inputs: inputsOf({
      baseUrl: text('Where the service is, as it is signed.', baseUrl),
      userId: text('X-User-Id of the caller.', userId),
    }),
    steps: [
      signStep('sign-creation', create.method, create.path, body),
      {
        stepId: 'create-task',
        description: create.title,
        operationId: `$sourceDescriptions.koodrive.${create.operationId}`,
        parameters: signedBy('sign-creation'),
        requestBody: { contentType: 'application/json', payload: JSON.parse(body) },
        successCriteria: isSuccess,
        outputs: { taskId: '$response.body#/data' },
      },
      signStep('sign-poll', poll.method, target),
      {
        stepId: 'poll-task',
        description: `${poll.title}. The signature holds for fifteen minutes, so every poll sends the same one.`,
        operationId: `$sourceDescriptions.koodrive.${poll.operationId}`,
        parameters: [
          { name: 'taskId', in: 'query', value: '$steps.create-task.outputs.taskId' },
          ...signedBy('sign-poll'),
        ],
        successCriteria: [
          ...isSuccess,
          { condition: `$response.body#/data/taskInfo/status == '${doneStatus}'` },
          { condition: `$response.body#/data/taskInfo/totalCount == ${userCount}` },
        ],
        onFailure: [
          {
            name: 'task-is-running',
            type: 'retry',
            retryAfter: pollMs / 1000,
            retryLimit: maxPolls,
            criteria: [
              { condition: '$statusCode == 200' },
              { condition: `$response.body#/data/taskInfo/status != '${failedStatus}'` },
            ],
          },
        ],
        outputs: {
          taskId: '$response.body#/data/taskInfo/taskId',
          successCount: '$response.body#/data/taskInfo/successCount',
          skipCount: '$response.body#/data/taskInfo/skipCount',
          failCount: '$response.body#/data/taskInfo/failCount',
        },
      },
    ],
    outputs: Object.fromEntries(
      ['taskId', 'successCount', 'skipCount', 'failCount'].map((name) => [name, `$steps.poll-task.outputs.${name}`]),
    ),
  }
}

const signStep = (stepId: string, method: string, target: string, body?: string): Step => ({
  stepId,
  description: 'Ask the mock for the signature of the next step.',
  operationId: `$sourceDescriptions.signer.${SIGNING_OPERATION}`,
  requestBody: {
    contentType: 'application/json',
    payload: { method, url: `{$inputs.baseUrl}${target}`, ...(body !== undefined && { body }) },
  },
  successCriteria: [{ condition: '$statusCode == 200' }],
  outputs: { date: '$response.body#/date', authorization: '$response.body#/authorization' },
})

const signedBy = (stepId: string) => [
  header('X-Date', `$steps.${stepId}.outputs.date`),
  header('X-User-Id', '$inputs.userId'),
  header('Authorization', `$steps.${stepId}.outputs.authorization`),
]

/** The journey as one workflow: each step takes what those before it gave. */
function journeyWorkflow() {
  const { authCode, steps } = journey
  const sources = new Map<string, string>(
    Object.keys(authCode.learns).map((variable) => [variable, `$steps.auth-code.outputs.${variable}`]),
  )
  const expression = (variable: string) => sources.get(variable) ?? ''
  /** A value that is one variable is an expression; one within a string stands in braces. */
  const inArazzo = (text: string): string => {
    const whole = /^\{\{(\w+)\}\}$/.exec(text)?.[1]
    return whole === undefined ? withVariables(text, (variable) => `{${expression(variable)}}`) : expression(whole)
  }
  const toStep = (step: JourneyStep): Step => {
    const { operation, params = {}, query = {}, headers = {}, body, learns = {} } = step
    const parameters = [
      ...Object.entries(params).map(([name, value]) => ({ name, in: 'path', value: inArazzo(value) })),
      ...Object.entries(query).map(([name, value]) => ({ name, in: 'query', value: inArazzo(value) })),
      ...Object.entries(headers).map(([name, value]) => header(name, inArazzo(value))),
      ...(sendsToken(step) ? [header('Authorization', expression('sessionToken'))] : []),
    ]
    const made = {
      // By another name than the steps of the other flow, which tools take for the same.
      stepId: operation.operationId,
      description: operation.title,
      operationId: `$sourceDescriptions.koodrive.${operation.operationId}`,
      ...(parameters.length > 0 && { parameters }),
      ...(body !== undefined && {
        requestBody: { contentType: 'application/json', payload: mapTexts(JSON.parse(body), inArazzo) },
      }),
      successCriteria: isSuccess,
      ...(Object.keys(learns).length > 0 && { outputs: outputsOf(learns) }),
    }
    for (const variable of Object.keys(learns))
      sources.set(variable, `$steps.${operation.operationId}.outputs.${variable}`)
    return made
  }
  return {
    workflowId: 'sign-in-to-deleted-user',
    summary: journey.title,
    description: journey.description,
    steps: [
      {
        stepId: 'auth-code',
        description: authCode.title,
        operationId: `$sourceDescriptions.signer.${AUTH_CODE_OPERATION}`,
        parameters: [{ name: 'id', in: 'path', value: 'default' }],
        requestBody: { contentType: 'application/json', payload: JSON.parse(authCode.body) },
        successCriteria: [{ condition: '$statusCode == 201' }],
        outputs: outputsOf(authCode.learns),
      },
      ...steps.map(toStep),
    ],
  }
}

const outputsOf = (learns: NonNullable<JourneyStep['learns']>) =>
  Object.fromEntries(Object.entries(learns).map(([variable, keys]) => [variable, `$response.body#/${keys.join('/')}`]))

/** A JSON value with its strings replaced. */
const mapTexts = (value: unknown, change: (text: string) => string): unknown => {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mapTexts(inner, change)]))
}

/** An operation that takes a token: one call, or the first two pages of a list. */
function toWorkflow({ operation, query, body }: Sample, { accessToken }: ExportSettings) {
  const call = (stepId: string, parameters: readonly (readonly [string, string])[], further: object): Step => ({
    stepId,
    operationId: `$sourceDescriptions.koodrive.${operation.operationId}`,
    parameters: [
      ...parameters.map(([name, value]) => ({ name, in: 'query', value })),
      header('Authorization', 'Bearer {$inputs.accessToken}'),
    ],
    ...(body !== undefined && { requestBody: { contentType: 'application/json', payload: JSON.parse(body) } }),
    successCriteria: isSuccess,
    ...further,
  })
  const isList = ['offset', 'limit'].every((name) => operation.query?.shape[name] !== undefined)
  const page = (offset: string, limit: string): [string, string][] => [
    ['offset', offset],
    ['limit', limit],
  ]
  return {
    workflowId: operation.id,
    summary: operation.title,
    description: operation.description,
    inputs: inputsOf({ accessToken: text('Access token of an administrator.', accessToken) }),
    steps: isList
      ? [
          call('first-page', page('0', '10'), { outputs: { total: '$response.body#/total' } }),
          call('next-page', page('10', '10'), {
            successCriteria: [...isSuccess, { condition: '$response.body#/total == $steps.first-page.outputs.total' }],
          }),
        ]
      : [call('call', query, {})],
    ...(isList && { outputs: { total: '$steps.first-page.outputs.total' } }),
  }
}
