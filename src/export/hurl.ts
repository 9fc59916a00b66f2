import { quote } from '../shared/shell.ts'
import type { ExportedFile, ExportSettings } from './exported-file.ts'
import { type JourneyStep, journey, pathOf, sendsToken, withVariables } from './journey.ts'
import { type ControlStep, ownSandbox } from './own-sandbox.ts'
import { type Refusal, refusals, targetOf } from './refusals.ts'
import { provisioning, referenceSamples, type Sample, samples } from './sample.ts'

const { create, poll, pollMs, maxPolls, template, doneStatus, userCount } = provisioning

/**
 * Hurl files: one of each operation of the reference pages, the flows, and a script that runs them all. Hurl computes no HMAC: the script takes
 * the signatures of the single requests from `koodrive-mock sign`, and the flow asks the mock, because it signs a task
 * id that nobody knows before.
 */
export const toHurl = (settings: ExportSettings): ExportedFile[] => [
  ...referenceSamples.map((sample) => ({ path: fileOf(sample), text: toEntry(sample) })),
  { path: 'provision-and-poll.hurl', text: flow },
  { path: 'journey.hurl', text: journeyText() },
  { path: 'refusals.hurl', text: refusalsText() },
  { path: 'own-sandbox.hurl', text: ownSandboxText },
  { path: 'mock.vars', text: variables(settings) },
  { path: 'run.sh', text: runner },
]

const fileOf = ({ operation }: Sample): string => `${operation.id}.hurl`

const variables = ({ baseUrl, userId, accessToken }: ExportSettings): string =>
  Object.entries({
    base_url: baseUrl,
    user_id: userId,
    access_token: accessToken,
    phone: provisioning.phone,
    control_token: '',
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')

const headers = {
  signed: ['X-Date: {{x_date}}', 'X-User-Id: {{user_id}}', 'Authorization: {{authorization}}'],
  token: ['Authorization: Bearer {{access_token}}'],
  json: ['Content-Type: application/json'],
}

const isSuccess = ['HTTP 200', '[Asserts]', 'jsonpath "$.code" == 0']

/** A body in back quotes is sent byte by byte. */
const exactBody = (text: string | undefined): string[] => (text === undefined ? [] : [`\`${text}\``])

/** The body that was signed: run.sh hands it over, or the mock answers it together with its signature. */
const signedBody = exactBody('{{body}}')

function toEntry({ operation, isSigned, target, body: sent, answerFields }: Sample): string {
  return lines(
    `# ${operation.title}`,
    ...(isSigned
      ? ['# x_date, authorization and body are what koodrive-mock sign was given and gave: see run.sh.']
      : []),
    `${operation.method} {{base_url}}${target}`,
    ...(isSigned ? headers.signed : headers.token),
    ...(sent === undefined ? [] : headers.json),
    ...(isSigned && sent !== undefined ? signedBody : exactBody(sent)),
    ...isSuccess,
    ...answerFields.map((name) => `jsonpath "$.${name}" exists`),
  )
}

interface Signing {
  readonly body?: string | undefined
  readonly sandbox?: string
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** A filter of Hurl for the value of Authorization. */
  readonly filter?: string
}

/** A request to the mock for the signature of another one. Variables in the body get their values before it is signed. */
const signing = (method: string, target: string, { body: sent, sandbox, headers: own, filter = '' }: Signing = {}) => [
  'POST {{base_url}}/__admin/signature/sign',
  ...controlHeader,
  JSON.stringify({ sandbox, method, url: `{{base_url}}${target}`, headers: own, body: sent }, null, 2),
  'HTTP 200',
  '[Captures]',
  'x_date: jsonpath "$.date"',
  `authorization: jsonpath "$.authorization"${filter}`,
  ...(sent === undefined ? [] : ['body: jsonpath "$.body"']),
]

const controlHeader = ['Authorization: Bearer {{control_token}}']

const flow = lines(
  `# ${provisioning.title}. ${provisioning.description}`,
  '# Against the mock only: its control plane signs.',
  '',
  ...signing(create.method, create.path, { body: template }),
  '',
  `${create.method} {{base_url}}${create.path}`,
  ...headers.signed,
  ...headers.json,
  ...signedBody,
  'HTTP 200',
  '[Captures]',
  'task_id: jsonpath "$.data"',
  '[Asserts]',
  'jsonpath "$.code" == 0',
  '',
  ...signing(poll.method, `${poll.path}?taskId={{task_id}}`),
  '',
  '# The signature holds for fifteen minutes, so every poll sends the same one.',
  `${poll.method} {{base_url}}${poll.path}?taskId={{task_id}}`,
  ...headers.signed,
  '[Options]',
  `retry: ${maxPolls}`,
  `retry-interval: ${pollMs}ms`,
  ...isSuccess,
  `jsonpath "$.data.taskInfo.status" == "${doneStatus}"`,
  `jsonpath "$.data.taskInfo.totalCount" == ${userCount}`,
  `jsonpath "$.data.registerList" count == ${userCount}`,
)

/** Lines that keep what an answer gives for the entries behind. */
function learn(learns: JourneyStep['learns'] = {}): string[] {
  const captures = Object.entries(learns).map(([variable, keys]) => {
    const path = keys.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('')
    return `${snake(variable)}: jsonpath "$${path}"`
  })
  return captures.length === 0 ? [] : ['[Captures]', ...captures]
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const inHurl = (text: string): string => withVariables(text, (variable) => `{{${snake(variable)}}}`)

/** The journey in one file, since its entries hand values on. */
function journeyText(): string {
  const { authCode, steps } = journey
  return lines(
    `# ${journey.title}. ${journey.description}`,
    '',
    `# ${authCode.title}`,
    `${authCode.method} {{base_url}}${authCode.path}`,
    ...controlHeader,
    ...headers.json,
    ...exactBody(authCode.body),
    'HTTP 201',
    ...learn(authCode.learns),
    ...steps.flatMap((step) => ['', ...journeyEntry(step)]),
  )
}

function journeyEntry(step: JourneyStep): string[] {
  const { operation, query = {}, headers: own = {}, body: sent, learns } = step
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${value}`)
  const fields = samples.find((one) => one.operation.id === operation.id)?.answerFields ?? []
  return [
    `# ${operation.title}`,
    `${operation.method} {{base_url}}${inHurl(pathOf(step) + (pairs.length === 0 ? '' : `?${pairs.join('&')}`))}`,
    ...(sendsToken(step) ? ['Authorization: {{session_token}}'] : []),
    ...Object.entries(own).map(([name, value]) => `${name}: ${inHurl(value)}`),
    ...(sent === undefined ? [] : headers.json),
    ...exactBody(sent === undefined ? undefined : inHurl(sent)),
    'HTTP 200',
    ...learn(learns),
    '[Asserts]',
    'jsonpath "$.code" == 0',
    ...fields.map((name) => `jsonpath "$.${name}" exists`),
  ]
}

function refusalsText(): string {
  return lines(
    `# ${refusals.title}. ${refusals.description}`,
    '# Against the mock only: its control plane signs.',
    ...refusals.cases.flatMap((refusal) => ['', ...refusalEntry(refusal)]),
  )
}

function refusalEntry(refusal: Refusal): string[] {
  const { title, operation, body, sender, signed, replaced, token, error } = refusal
  const { method } = operation
  const target = targetOf(refusal)
  const filter = replaced && ` replace /${replaced.part}=\\w+/ "${replaced.part}=${replaced.by}"`
  const isSigned = sender === 'signature'
  const userId = signed?.['X-User-Id'] ?? '{{user_id}}'
  return [
    `# ${title}`,
    ...(isSigned
      ? [
          ...signing(method, target, { body, headers: { ...signed, 'X-User-Id': userId }, ...(filter && { filter }) }),
          '',
        ]
      : []),
    `${method} {{base_url}}${target}`,
    ...(isSigned ? ['X-Date: {{x_date}}', `X-User-Id: ${userId}`, 'Authorization: {{authorization}}'] : []),
    ...(sender === 'token' ? [token === undefined ? headers.token[0] : `Authorization: Bearer ${token}`] : []),
    ...(body === undefined ? [] : [...headers.json, ...signedBody]),
    `HTTP ${error.status}`,
    '[Asserts]',
    `jsonpath "$.code" == ${error.code}`,
  ].filter((line) => line !== undefined)
}

const controlEntry = (step: ControlStep, asserts: readonly string[] = []): string[] => [
  '',
  `# ${step.title}`,
  `${step.method} {{base_url}}${inHurl(step.path)}`,
  ...controlHeader,
  ...(step.body === undefined ? [] : headers.json),
  ...exactBody(step.body),
  `HTTP ${step.status}`,
  ...learn(Object.fromEntries(Object.entries(step.learns ?? {}).map(([variable, field]) => [variable, [field]]))),
  ...(asserts.length === 0 ? [] : ['[Asserts]', ...asserts]),
]

/** A request that the application of the sandbox signs. */
const inSandbox = (title: string, method: string, target: string, sent: string | undefined, then: string[]) => [
  '',
  ...signing(method, target, { sandbox: '{{sandbox_id}}', body: sent }),
  '',
  `# ${title}`,
  `${method} {{base_url}}${target}`,
  'X-Date: {{x_date}}',
  'X-User-Id: {{sandbox_user_id}}',
  'Authorization: {{authorization}}',
  ...(sent === undefined ? [] : [...headers.json, ...signedBody]),
  'HTTP 200',
  ...then,
]

const taskTarget = `${poll.path}?taskId={{sandbox_task_id}}`

const ownSandboxText = lines(
  `# ${ownSandbox.title}. ${ownSandbox.description}`,
  ...controlEntry(ownSandbox.make),
  ...inSandbox(ownSandbox.create.title, create.method, create.path, template, [
    '[Captures]',
    'sandbox_task_id: jsonpath "$.data"',
  ]),
  ...inSandbox(ownSandbox.pollEarly.title, poll.method, taskTarget, undefined, [
    '[Asserts]',
    `jsonpath "$.data.taskInfo.status" != "${doneStatus}"`,
  ]),
  ...controlEntry(ownSandbox.advance),
  ...inSandbox(ownSandbox.pollLate.title, poll.method, taskTarget, undefined, [
    '[Asserts]',
    `jsonpath "$.data.taskInfo.status" == "${doneStatus}"`,
    `jsonpath "$.data.taskInfo.successCount" == ${userCount}`,
  ]),
  ...controlEntry(ownSandbox.verify, ['jsonpath "$.pass" == true']),
  ...controlEntry(ownSandbox.remove),
)

const runner = lines(
  '#!/bin/sh',
  '# Runs every file of this folder: sh run.sh [BASE_URL]. Needs hurl and koodrive-mock; SIGNER is how the latter is called.',
  'set -e',
  'cd "$(dirname "$0")"',
  'base=$1',
  '[ -n "$base" ] || base=$(sed -n \'s/^base_url=//p\' mock.vars)',
  'signer=$SIGNER',
  '[ -n "$signer" ] || signer=\'npx koodrive-mock\'',
  '[ -n "$KOODRIVE_USER_ID" ] || KOODRIVE_USER_ID=$(sed -n \'s/^user_id=//p\' mock.vars)',
  'export KOODRIVE_USER_ID',
  '',
  '# run FILE [HURL OPTION...]: a file with the variables of mock.vars.',
  'run() {',
  '  file=$1',
  '  shift',
  '  hurl --test --variables-file mock.vars --variable "base_url=$base" --variable "user_id=$KOODRIVE_USER_ID" "$@" "$file"',
  '}',
  '',
  '# run_signed FILE METHOD TARGET [BODY]: the same, with the headers of a signed request, and the body that was signed.',
  'run_signed() {',
  '  if [ $# -gt 3 ]; then headers=$($signer sign "$2" "$base$3" --headers --data "$4")',
  '  else headers=$($signer sign "$2" "$base$3" --headers); fi',
  '  run "$1" --variable "x_date=$(echo "$headers" | sed -n \'s/^X-Date: //p\')" \\',
  '    --variable "authorization=$(echo "$headers" | sed -n \'s/^Authorization: //p\')" --variable "body=$4"',
  '}',
  '',
  ...referenceSamples.map((sample) => {
    const { operation, isSigned, target, body: sent } = sample
    if (!isSigned) return `run ${fileOf(sample)}`
    return [
      'run_signed',
      fileOf(sample),
      operation.method,
      quote(target),
      ...(sent === undefined ? [] : [quote(sent)]),
    ].join(' ')
  }),
  'run provision-and-poll.hurl',
  'run journey.hurl',
  'run refusals.hurl',
  'run own-sandbox.hurl',
)

function lines(...all: string[]): string {
  return `${all.join('\n')}\n`
}
