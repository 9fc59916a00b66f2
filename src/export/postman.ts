import { type ExportedFile, type ExportSettings, jsonFile } from './exported-file.ts'
import { type JourneyStep, journey, journeyVariables, pathOf, sendsToken } from './journey.ts'
import { refusalsFolder, sandboxFolder, sandboxVariables } from './postman-mock.ts'
import {
  addressOf,
  bearer,
  controlHeader,
  isSuccess,
  jsonHeader,
  noAuth,
  rawBody,
  script,
  signedHeader,
} from './postman-request.ts'
import { provisioning, referenceSamples, type Sample, samples } from './sample.ts'
import { signingScript } from './signing-script.ts'

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json'
const { create, poll, pollMs, maxPolls } = provisioning
const CREATE = 'Create a task'
const POLL = 'Poll the task'

/** A collection of the format 2.1 that signs by a script, and an environment for the mock. For Postman and Newman. */
export const toPostman = (settings: ExportSettings): ExportedFile[] => [
  jsonFile('koodrive.postman_collection.json', collection()),
  jsonFile('mock.postman_environment.json', environment(settings)),
]

const collection = () => ({
  info: {
    name: 'KooDrive enterprise API',
    description:
      'Every operation with an example, the flow that provisions users, requests that are refused, and a sandbox of its own. A script of the collection signs whatever has the header X-User-Id, as it is sent: with the values of variables in address and body, and without comments. A request that brings its own X-Date keeps it. All else sends the access token. Variables: baseUrl, appId, appSecret, userId, accessToken; phone of a user to create; controlToken of a mock that has one.',
    schema: SCHEMA,
  },
  event: [script('prerequest', [...signingScript, '', ...signHere])],
  variable: [
    { key: 'taskId', value: '' },
    { key: 'polls', value: '0' },
    { key: 'phone', value: provisioning.phone },
    ...['controlToken', ...journeyVariables, ...sandboxVariables].map((key) => ({ key, value: '' })),
  ],
  item: [
    { name: provisioning.title, description: provisioning.description, item: flow },
    {
      name: journey.title,
      description: journey.description,
      item: [authCodeItem, ...journey.steps.map(toJourneyItem)],
    },
    { name: 'Operations', item: referenceSamples.map(toItem) },
    refusalsFolder,
    sandboxFolder,
  ],
})

const environment = ({ baseUrl, appId, appSecret, userId, accessToken }: ExportSettings) => ({
  name: 'koodrive-mock',
  values: [
    ...Object.entries({ baseUrl, appId, userId }).map(([key, value]) => ({
      key,
      value,
      type: 'default',
      enabled: true,
    })),
    ...Object.entries({ appSecret, accessToken }).map(([key, value]) => ({
      key,
      value,
      type: 'secret',
      enabled: true,
    })),
  ],
  _postman_variable_scope: 'environment',
})

/** What is signed is what is sent: variables get their values here, once, and comments go. */
const signHere = [
  "const userId = pm.variables.replaceIn(pm.request.headers.get('X-User-Id') || '')",
  "if (userId !== '') {",
  '  let url = pm.request.url.toString()',
  "  pm.request.url.variables.each(({ key, value }) => (url = url.replace('/:' + key, () => '/' + value)))",
  "  url = pm.variables.replaceIn(url).replace(barePercent, '%25')",
  '  pm.request.url.update(url)',
  "  let body = pm.variables.replaceIn((pm.request.body && pm.request.body.raw) || '')",
  "  if (/json/i.test(pm.request.headers.get('Content-Type'))) body = withoutComments(body)",
  '  if (pm.request.body) pm.request.body.raw = body',
  "  const date = pm.variables.replaceIn(pm.request.headers.get('X-Date') || now())",
  "  const application = userId === pm.variables.get('sandboxUserId') ? 'sandboxApp' : 'app'",
  "  const appId = pm.variables.get(application + 'Id')",
  "  const appSecret = pm.variables.get(application + 'Secret')",
  '  const headers = signRequest(pm.request.method, url, body, { appId, appSecret, userId, date })',
  '  Object.keys(headers).forEach((key) => pm.request.headers.upsert({ key, value: headers[key] }))',
  '}',
]

const hasFields = ({ answerFields }: Sample): string[] => [
  `pm.test('answers ${answerFields.join(', ')}', () => {`,
  `  pm.expect(pm.response.json()).to.include.all.keys(${answerFields.map((name) => `'${name}'`).join(', ')})`,
  '})',
]

function toItem(sample: Sample) {
  const { operation, isSigned, body, query } = sample
  const request = {
    method: operation.method,
    auth: isSigned ? noAuth : bearer,
    header: [...(isSigned ? signedHeader : []), ...(body === undefined ? [] : jsonHeader)],
    url: addressOf(operation.path, query),
    ...rawBody(body),
    description: operation.description,
  }
  return {
    name: operation.title,
    event: [script('test', [...isSuccess, ...hasFields(sample)])],
    request,
    response: [exampleAnswer(sample, request)],
  }
}

/** Lines that keep what an answer gives for the steps after it. */
const learn = (learns: JourneyStep['learns'] = {}): string[] =>
  Object.entries(learns).map(
    ([variable, keys]) =>
      `pm.collectionVariables.set('${variable}', pm.response.json()${keys.map((key) => `[${JSON.stringify(key)}]`).join('')})`,
  )

const authCodeItem = {
  name: journey.authCode.title,
  event: [
    script('test', [
      "pm.test('is answered', () => pm.response.to.have.status(201))",
      ...learn(journey.authCode.learns),
    ]),
  ],
  request: {
    method: journey.authCode.method,
    auth: noAuth,
    header: [...controlHeader, ...jsonHeader],
    url: addressOf(journey.authCode.path),
    ...rawBody(journey.authCode.body),
    description: journey.description,
  },
  response: [],
}

function toJourneyItem(step: JourneyStep) {
  const { operation, query = {}, headers = {}, body, learns } = step
  const sample = samples.find((one) => one.operation.id === operation.id)
  const request = {
    method: operation.method,
    auth: noAuth,
    header: [
      // The value carries the word Bearer and goes out as it is.
      ...(sendsToken(step) ? [{ key: 'Authorization', value: '{{sessionToken}}' }] : []),
      ...Object.entries(headers).map(([key, value]) => ({ key, value })),
      ...(body === undefined ? [] : jsonHeader),
    ],
    url: addressOf(pathOf(step), Object.entries(query)),
    ...rawBody(body),
    description: operation.description,
  }
  return {
    name: operation.title,
    event: [script('test', [...isSuccess, ...(sample ? hasFields(sample) : []), ...learn(learns)])],
    request,
    response: sample === undefined ? [] : [exampleAnswer(sample, request)],
  }
}

const exampleAnswer = ({ summary, response }: Sample, originalRequest: object) => ({
  name: summary,
  originalRequest,
  status: 'OK',
  code: 200,
  _postman_previewlanguage: 'json',
  header: jsonHeader,
  cookie: [],
  body: response,
})

const flow = [
  {
    name: CREATE,
    event: [
      script('test', [
        ...isSuccess,
        "pm.collectionVariables.set('taskId', pm.response.json().data)",
        "pm.collectionVariables.set('polls', '0')",
      ]),
    ],
    request: {
      method: create.method,
      auth: noAuth,
      header: [...signedHeader, ...jsonHeader],
      url: addressOf(create.path),
      ...rawBody(provisioning.template),
      description: create.description,
    },
    response: [],
  },
  {
    name: POLL,
    event: [
      script('test', [
        ...isSuccess,
        'const { taskInfo } = pm.response.json().data',
        "const polls = Number(pm.collectionVariables.get('polls')) + 1",
        "pm.collectionVariables.set('polls', String(polls))",
        `const isOver = ${JSON.stringify(provisioning.finalStatuses)}.includes(taskInfo.status)`,
        `if (!isOver && polls < ${maxPolls}) {`,
        `  pm.execution.setNextRequest('${POLL}')`,
        `  setTimeout(() => {}, ${pollMs})`,
        '} else {',
        "  pm.test('the task is done', () => {",
        `    pm.expect(taskInfo.status).to.equal('${provisioning.doneStatus}')`,
        '  })',
        "  pm.test('every row has an outcome', () => {",
        '    const { successCount, failCount, skipCount, totalCount } = taskInfo',
        `    pm.expect(totalCount).to.equal(${provisioning.userCount})`,
        '    pm.expect(successCount + failCount + skipCount).to.equal(totalCount)',
        '  })',
        '}',
      ]),
    ],
    request: {
      method: poll.method,
      auth: noAuth,
      header: signedHeader,
      url: addressOf(poll.path, [['taskId', '{{taskId}}']]),
      description: poll.description,
    },
    response: [],
  },
]
