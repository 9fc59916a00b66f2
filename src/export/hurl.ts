import { quote } from '../shared/shell.ts'
import type { ExportedFile, ExportSettings } from './exported-file.ts'
import { provisioning } from './provisioning.ts'
import { type Sample, samples } from './sample.ts'

const { create, poll, pollMs, maxPolls, body, doneStatus, userCount } = provisioning

/**
 * Hurl files: one of each operation, the flow, and a script that runs them all. Hurl computes no HMAC: the script takes
 * the signatures of the single requests from `koodrive-mock sign`, and the flow asks the mock, because it signs a task
 * id that nobody knows before.
 */
export const toHurl = (settings: ExportSettings): ExportedFile[] => [
  ...samples.map((sample) => ({ path: fileOf(sample), text: toEntry(sample) })),
  { path: 'provision-and-poll.hurl', text: flow },
  { path: 'mock.vars', text: variables(settings) },
  { path: 'run.sh', text: runner },
]

const fileOf = ({ operation }: Sample): string => `${operation.id}.hurl`

const variables = ({ baseUrl, userId, accessToken }: ExportSettings): string =>
  Object.entries({ base_url: baseUrl, user_id: userId, access_token: accessToken })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')

const headers = {
  signed: ['X-Date: {{x_date}}', 'X-User-Id: {{user_id}}', 'Authorization: {{authorization}}'],
  token: ['Authorization: Bearer {{access_token}}'],
  json: ['Content-Type: application/json'],
}

const isSuccess = ['HTTP 200', '[Asserts]', 'jsonpath "$.code" == 0']

/** A body in back quotes is sent byte by byte, as it was signed. */
const exactBody = (text: string | undefined): string[] => (text === undefined ? [] : [`\`${text}\``])

function toEntry({ operation, isSigned, target, body: sent, answerFields }: Sample): string {
  return lines(
    `# ${operation.title}`,
    ...(isSigned ? ['# x_date and authorization come from koodrive-mock sign; run.sh shows how.'] : []),
    `${operation.method} {{base_url}}${target}`,
    ...(isSigned ? headers.signed : headers.token),
    ...(sent === undefined ? [] : headers.json),
    ...exactBody(sent),
    ...isSuccess,
    ...answerFields.map((name) => `jsonpath "$.${name}" exists`),
  )
}

/** A request to the mock for the signature of another one. */
const signing = (method: string, target: string, sent?: string): string[] => [
  'POST {{base_url}}/__admin/signature/sign',
  '{',
  `  "method": "${method}",`,
  `  "url": "{{base_url}}${target}"${sent === undefined ? '' : ','}`,
  ...(sent === undefined ? [] : [`  "body": ${JSON.stringify(sent)}`]),
  '}',
  'HTTP 200',
  '[Captures]',
  'x_date: jsonpath "$.date"',
  'authorization: jsonpath "$.authorization"',
]

const flow = lines(
  `# ${provisioning.title}. ${provisioning.description}`,
  '# Against the mock only: its control plane signs.',
  '',
  ...signing(create.method, create.path, body),
  '',
  `${create.method} {{base_url}}${create.path}`,
  ...headers.signed,
  ...headers.json,
  ...exactBody(body),
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
  '# run_signed FILE METHOD TARGET [BODY]: the same, with the headers of a signed request.',
  'run_signed() {',
  '  if [ $# -gt 3 ]; then headers=$($signer sign "$2" "$base$3" --headers --data "$4")',
  '  else headers=$($signer sign "$2" "$base$3" --headers); fi',
  '  run "$1" --variable "x_date=$(echo "$headers" | sed -n \'s/^X-Date: //p\')" \\',
  '    --variable "authorization=$(echo "$headers" | sed -n \'s/^Authorization: //p\')"',
  '}',
  '',
  ...samples.map((sample) => {
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
)

function lines(...all: string[]): string {
  return `${all.join('\n')}\n`
}
