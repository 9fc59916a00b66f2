import { refusalFiles, sandboxFiles } from './bruno-mock.ts'
import { block, controlHeaders, file, isSuccess, pairs, requestFile } from './bruno-request.ts'
import { type ExportedFile, type ExportSettings, jsonFile } from './exported-file.ts'
import { type JourneyStep, journey, pathOf, sendsToken } from './journey.ts'
import { provisioning, referenceSamples, type Sample, samples } from './sample.ts'
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
  {
    path: 'collection.bru',
    text: file([
      block('vars:pre-request', pairs({ phone: provisioning.phone, controlToken: '' })),
      block('script:pre-request', [...signingScript, '', ...signHere]),
    ]),
  },
  { path: 'environments/mock.bru', text: file([block('vars', pairs({ ...settings }))]) },
  ...flow,
  ...journeyFiles(),
  ...referenceSamples.map(toFile),
  ...refusalFiles,
  ...sandboxFiles,
]

/** What is signed is what is sent: variables get their values here, once, and comments go. */
const signHere = [
  'const headerOf = (name) => {',
  '  const headers = req.getHeaders()',
  '  const key = Object.keys(headers).find((one) => one.toLowerCase() === name)',
  "  return key === undefined ? '' : bru.interpolate(String(headers[key]))",
  '}',
  "const valueOf = (name) => bru.interpolate('{{' + name + '}}')",
  '// In JSON Bruno escapes a value; it sends JSON without spaces around it, and what is not JSON as a string of JSON.',
  'const inJson = (text) => JSON.stringify(bru.interpolate(text)).slice(1, -1)',
  'const asSent = (text) => {',
  '  try {',
  '    JSON.parse(text)',
  '    return text.trim()',
  '  } catch (error) {',
  '    return JSON.stringify(text)',
  '  }',
  '}',
  '',
  "const userId = headerOf('x-user-id')",
  "if (userId !== '') {",
  "  const url = bru.interpolate(req.getUrl()).replace(barePercent, '%25')",
  '  req.setUrl(url)',
  '  const given = req.getBody({ raw: true })',
  "  let body = typeof given === 'string' ? given : given ? JSON.stringify(given) : ''",
  "  if (body !== '' && /json/i.test(headerOf('content-type'))) {",
  String.raw`    body = asSent(withoutComments(body).replace(/\{\{[^{}]+\}\}/g, inJson))`,
  '  } else body = bru.interpolate(body)',
  "  if (body !== '') req.setBody(body, { raw: true })",
  "  const date = headerOf('x-date') || now()",
  "  const application = userId === valueOf('sandboxUserId') ? 'sandboxApp' : 'app'",
  "  const appId = valueOf(application + 'Id')",
  "  const appSecret = valueOf(application + 'Secret')",
  '  const headers = signRequest(req.getMethod(), url, body, { appId, appSecret, userId, date })',
  '  Object.keys(headers).forEach((name) => req.setHeader(name, headers[name]))',
  '}',
]

const hasFields = ({ answerFields }: Sample): string[] => [
  `test('answers ${answerFields.join(', ')}', () => {`,
  `  expect(res.getBody()).to.include.all.keys(${answerFields.map((name) => `'${name}'`).join(', ')})`,
  '})',
]

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

/** Lines that keep what an answer gives for the steps after it. */
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
      headers: controlHeaders,
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
    body: provisioning.template,
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
