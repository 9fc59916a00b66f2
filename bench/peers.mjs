// Other mock servers: what to install, what to write for them, how to start them. Versions are fixed, so that two runs
// compare the same things.
import { base, created, spacePage, taskAnswer, userPage } from './payloads.mjs'
import { mockoonEnvironment, openapiFor, wireMockMapping } from './peer-files.mjs'

const answers = [
  { path: `${base}/userList`, method: 'GET', value: userPage, key: 'a' },
  { path: `${base}/space/userList`, method: 'GET', value: spacePage, key: 'd' },
  { path: `${base}/user/batchRegister/get`, method: 'GET', value: taskAnswer, key: 'c' },
  { path: `${base}/user/batchRegister/create`, method: 'POST', value: created, key: 'b' },
]

/** `does` says what a peer does for its answer; `validates` and `stores` name those that do part of the mock's work. */
export const peers = [
  {
    name: 'Prism',
    packages: ['@stoplight/prism-cli@5.14.2'],
    does: 'validates against OpenAPI, answers examples',
    files: (folder) => ({ [`${folder}/openapi.json`]: openapiFor() }),
    command: (folder, port) => [
      process.execPath,
      `${folder}/node_modules/@stoplight/prism-cli/dist/index.js`,
      ...['mock', '-h', '127.0.0.1', '-p', String(port), '-v', 'silent', '--errors', `${folder}/openapi.json`],
    ],
  },
  {
    name: 'Mockoon CLI',
    packages: ['@mockoon/cli@9.9.0'],
    does: 'answers fixed bodies',
    files: (folder) => ({ [`${folder}/environment.json`]: mockoonEnvironment(answers) }),
    command: (folder, port) => [
      process.execPath,
      `${folder}/node_modules/@mockoon/cli/bin/run.js`,
      ...[
        'start',
        '-d',
        `${folder}/environment.json`,
        '-p',
        String(port),
        '-l',
        '127.0.0.1',
        '-X',
        '--disable-admin-api',
      ],
    ],
  },
  {
    name: 'json-server',
    packages: ['json-server@0.17.4'],
    does: 'reads and writes a JSON file; its create keeps every batch, so it is left out of (b)',
    workloads: ['a', 'c', 'd'],
    files: (folder) => ({
      [`${folder}/db.json`]: { userPage, spacePage, taskAnswer },
      [`${folder}/routes.json`]: {
        [`${base}/userList*`]: '/userPage',
        [`${base}/space/userList*`]: '/spacePage',
        [`${base}/user/batchRegister/get*`]: '/taskAnswer',
      },
    }),
    command: (folder, port) => [
      process.execPath,
      `${folder}/node_modules/json-server/lib/cli/bin.js`,
      ...[`${folder}/db.json`, '--routes', `${folder}/routes.json`, '-p', String(port), '-H', '127.0.0.1', '-q'],
    ],
  },
  {
    name: 'msw http-middleware',
    packages: ['msw@2.15.0', '@mswjs/http-middleware@0.10.3', 'express@4.22.3'],
    does: 'answers from handlers',
    command: (folder, port) => [
      process.execPath,
      new URL('msw-server.mjs', import.meta.url).pathname,
      String(port),
      folder,
    ],
  },
  {
    name: 'mockaton',
    packages: ['mockaton@8.23.4'],
    does: 'serves files',
    files: (folder) =>
      Object.fromEntries(
        answers.map(({ path, method, value }) => [`${folder}/mocks${path}.${method}.200.json`, value]),
      ),
    command: (folder, port) => [
      process.execPath,
      `${folder}/node_modules/.bin/mockaton`,
      ...['-m', `${folder}/mocks`, '-H', '127.0.0.1', '-p', String(port)],
    ],
  },
  {
    name: 'WireMock',
    packages: ['wiremock@3.13.2'],
    needs: 'java',
    does: 'matches headers and parameters, validates the create by JSON Schema, answers fixed bodies',
    files: (folder) =>
      Object.fromEntries(answers.map((one) => [`${folder}/root/mappings/${one.key}.json`, wireMockMapping(one)])),
    command: (folder, port) => [
      'java',
      ...['-jar', `${folder}/node_modules/wiremock/build/wiremock-standalone-3.13.2.jar`, '--port', String(port)],
      ...['--bind-address', '127.0.0.1', '--root-dir', `${folder}/root`, '--no-request-journal', '--disable-banner'],
    ],
  },
]
