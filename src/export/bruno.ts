import { type ExportedFile, type ExportSettings, jsonFile } from './exported-file.ts'
import { type JourneyStep, journey, pathOf, sendsToken } from './journey.ts'
import { provisioning } from './provisioning.ts'
import { referenceSamples, type Sample, samples } from './sample.ts'
import { signingScript } from './signing-script.ts'

const { create, poll, pollMs, maxPolls } = provisioning
const POLL = 'Poll the task'

/** A folder of .bru files that sign by a script, with an environment for the mock. For Bruno and its command line. */
export const toBruno = (settings: ExportSettings): ExportedFile[] => [
  jsonFile('bruno.json', {
    version: '1',
    name: 'KooDrive enterprise API',
    type: 'collection',
    ignore: ['node_modules'],
  }),
  { path: 'collection.bru', text: file([block('script:pre-request', [...signingScript, '', ...signHere])]) },
  { path: 'environments/mock.bru', text: file([block('vars', pairs({ ...settings }))]) },
  ...flow,
  ...journeyFiles(),
  ...referenceSamples.map(toFile),
]

const signHere = [
  "if (req.getHeader('X-User-Id')) {",
  "  const [appId, appSecret, userId] = ['appId', 'appSecret', 'userId'].map((name) => bru.getEnvVar(name))",
  "  const body = req.getBody({ raw: true }) || ''",
  '  const headers = signRequest(req.getMethod(), bru.interpolate(req.getUrl()), body, { appId, appSecret, userId })',
  '  Object.keys(headers).forEach((name) => req.setHeader(name, headers[name]))',
  '}',
]

const isSuccess = [
  "test('is processed', () => {",
  '  expect(res.getStatus()).to.equal(200)',
  '  expect(Number(res.getBody().code)).to.equal(0)',
  '})',
]

const hasFields = ({ answerFields }: Sample): string[] => [
  `test('answers ${answerFields.join(', ')}', () => {`,
  `  expect(res.getBody()).to.include.all.keys(${answerFields.map((name) => `'${name}'`).join(', ')})`,
  '})',
]

const block = (name: string, lines: readonly string[]): string =>
  `${name} {\n${lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n')}\n}\n`
const pairs = (values: Readonly<Record<string, string>>): string[] =>
  Object.entries(values).map(([name, value]) => `${name}: ${value}`.trimEnd())
const file = (blocks: readonly string[]): string => blocks.join('\n')

interface Request {
  readonly path: string
  readonly name: string
  readonly seq: number
  readonly method: string
  readonly target: string
  readonly query: readonly (readonly [string, string])[]
  readonly isSigned: boolean
  /** Headers in place of an access token of the environment. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string | undefined
  readonly scripts: readonly string[]
  readonly description: string
}

/** The body is text, so that what is signed is what is sent, and long integers keep their digits. */
function requestFile({
  path,
  name,
  seq,
  method,
  target,
  query,
  isSigned,
  headers: own,
  body,
  scripts,
  description,
}: Request): ExportedFile {
  const sendsAccessToken = !isSigned && own === undefined
  const headers = {
    ...own,
    ...(isSigned && { 'X-User-Id': '{{userId}}' }),
    ...(body !== undefined && { 'Content-Type': 'application/json' }),
  }
  return {
    path,
    text: file([
      block('meta', pairs({ name, type: 'http', seq: String(seq) })),
      block(
        method.toLowerCase(),
        pairs({
          url: `{{baseUrl}}${target}`,
          body: body === undefined ? 'none' : 'text',
          auth: sendsAccessToken ? 'bearer' : 'none',
        }),
      ),
      ...(query.length === 0 ? [] : [block('params:query', pairs(Object.fromEntries(query)))]),
      ...(Object.keys(headers).length === 0 ? [] : [block('headers', pairs(headers))]),
      ...(!sendsAccessToken ? [] : [block('auth:bearer', pairs({ token: '{{accessToken}}' }))]),
      ...(body === undefined ? [] : [block('body:text', [body])]),
      ...scripts,
      block('docs', [description]),
    ]),
  }
}

function toFile(sample: Sample, at: number): ExportedFile {
  const { operation, target, query, isSigned, body } = sample
  return requestFile({
    path: `operations/${operation.id}.bru`,
    name: operation.title,
    seq: at + 1,
    method: operation.method,
    target,
    query,
    isSigned,
    body,
    scripts: [block('tests', [...isSuccess, ...hasFields(sample)])],
    description: operation.description,
  })
}

/** Lines that keep what an answer gives for the steps behind. */
const learn = (learns: JourneyStep['learns'] = {}): string[] =>
  Object.entries(learns).map(
    ([variable, keys]) =>
      `bru.setVar('${variable}', res.getBody()${keys.map((key) => `[${JSON.stringify(key)}]`).join('')})`,
  )

/** The files of the journey, numbered in their order. */
function journeyFiles(): ExportedFile[] {
  const { authCode, steps } = journey
  const number = (at: number) => String(at).padStart(2, '0')
  return [
    requestFile({
      path: `journey/${number(1)}-get-an-authorization-code.bru`,
      name: authCode.title,
      seq: 1,
      method: authCode.method,
      target: authCode.path,
      query: [],
      isSigned: false,
      headers: {},
      body: authCode.body,
      scripts: [block('script:post-response', learn(authCode.learns))],
      description: journey.description,
    }),
    ...steps.map((step, at) => {
      const { operation, query = {}, headers, body, learns } = step
      const sample = samples.find((one) => one.operation.id === operation.id)
      const pairs = Object.entries(query)
      return requestFile({
        path: `journey/${number(at + 2)}-${operation.id}.bru`,
        name: operation.title,
        seq: at + 2,
        method: operation.method,
        target: `${pathOf(step)}${pairs.length === 0 ? '' : `?${pairs.map(([name, value]) => `${name}=${value}`).join('&')}`}`,
        query: pairs,
        isSigned: false,
        headers: { ...headers, ...(sendsToken(step) && { Authorization: '{{sessionToken}}' }) },
        body,
        scripts: [
          ...(learns === undefined ? [] : [block('script:post-response', learn(learns))]),
          block('tests', [...isSuccess, ...(sample ? hasFields(sample) : [])]),
        ],
        description: operation.description,
      })
    }),
  ]
}

const flow: readonly ExportedFile[] = [
  requestFile({
    path: 'flow/1-create-a-task.bru',
    name: 'Create a task',
    seq: 1,
    method: create.method,
    target: create.path,
    query: [],
    isSigned: true,
    body: provisioning.body,
    scripts: [
      block('script:post-response', ["bru.setVar('taskId', res.getBody().data)", "bru.setVar('polls', 0)"]),
      block('tests', isSuccess),
    ],
    description: provisioning.description,
  }),
  requestFile({
    path: 'flow/2-poll-the-task.bru',
    name: POLL,
    seq: 2,
    method: poll.method,
    target: `${poll.path}?taskId={{taskId}}`,
    query: [['taskId', '{{taskId}}']],
    isSigned: true,
    body: undefined,
    scripts: [
      block('script:post-response', [
        'const { status } = res.getBody().data.taskInfo',
        "const polls = bru.getVar('polls') + 1",
        `const isOver = ${JSON.stringify(provisioning.finalStatuses)}.includes(status) || polls >= ${maxPolls}`,
        "bru.setVar('polls', polls)",
        "bru.setVar('isOver', isOver)",
        'if (!isOver) {',
        `  await bru.sleep(${pollMs})`,
        `  bru.setNextRequest('${POLL}')`,
        '}',
      ]),
      block('tests', [
        ...isSuccess,
        "if (bru.getVar('isOver')) {",
        "  test('the task is done and every row has an outcome', () => {",
        '    const { status, successCount, failCount, skipCount, totalCount } = res.getBody().data.taskInfo',
        `    expect(status).to.equal('${provisioning.doneStatus}')`,
        `    expect(totalCount).to.equal(${provisioning.userCount})`,
        '    expect(successCount + failCount + skipCount).to.equal(totalCount)',
        '  })',
        '}',
      ]),
    ],
    description: poll.description,
  }),
]
