import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { judge, run, slowJudge } from '../support/judge.ts'
import { packed } from '../support/packed.ts'
import { follow, fromHere, fromRegistry, howTo, stepsOf } from '../support/page.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** Fixed, so that a new release breaks nothing overnight. */
const versions = {
  jest: '30.5.2',
  'jest-environment-node': '30.5.2',
  mocha: '12.0.3',
  '@playwright/test': '1.65.1',
  axios: '1.21.1',
  got: '15.1.0',
  msw: '2.15.0',
  undici: '7.30.2',
}
const pythonVersions = 'pytest==9.2.0\n'
const tarball = packed()
const install = () => fromRegistry(tarball(), versions)

const guides: readonly (readonly [name: string, expected: readonly RegExp[]])[] = [
  ['jest', [/Tests: +2 passed, 2 total/, /Tests: +4 passed, 4 total/]],
  ['mocha', [/2 passing/, /3 passing/]],
  ['playwright-test', [/2 passed/]],
  ['pytest', [/2 passed/]],
  ['junit', [/Tests run: 2, Failures: 0, Errors: 0, Skipped: 0/, /BUILD SUCCESS/]],
]

describe('a how-to guide, followed word by word in an empty folder', () => {
  for (const [name, expected] of guides) {
    slowJudge(
      `ends in passing tests: ${name}`,
      async () => {
        const pip = join(temporaryFolder(), 'constraints.txt')
        writeFileSync(pip, pythonVersions)
        const printed = await follow(stepsOf(howTo(name)), temporaryFolder(), install(), { PIP_CONSTRAINT: pip })
        for (const pattern of expected) expect(printed).toMatch(pattern)
        expect(printed).not.toMatch(/open handle|did not exit/i)
      },
      5,
    )
  }

  judge('ends in passing tests: go-test', 'go', async () => {
    const printed = await follow(stepsOf(howTo('go-test')), temporaryFolder(), fromHere(tarball()))
    expect(printed.match(/^--- PASS: Test/gm)).toHaveLength(2)
  })
})

/** Tries every way to call a host that cannot exist, and prints which the mock answered. */
const CALLS = `
  import https from 'node:https'
  import axios from 'axios'
  import got from 'got'
  import { createMock } from 'koodrive-mock'
  import { mockHandlers } from 'koodrive-mock/msw'
  import { mockDispatcher } from 'koodrive-mock/undici'
  import { setupServer } from 'msw/node'
  import * as undici from 'undici'

  const mock = createMock({ users: 7 })
  const host = { origins: ['https://koodrive.invalid'] }
  const url = host.origins + '/koodrive/ose/v1/userList?offset=0&limit=1'
  const headers = { Authorization: 'Bearer ' + mock.credentials.tokens.admin }
  const retry = { limit: 0 }
  const calls = {
    'the \`fetch\` of Node': async () => (await fetch(url, { headers })).json(),
    "axios with \`adapter: 'fetch'\`": async () => (await axios.get(url, { headers, adapter: 'fetch' })).data,
    axios: async () => (await axios.get(url, { headers })).data,
    got: () => got(url, { headers, retry }).json(),
    '\`node:https\`': () => new Promise((resolve, reject) => {
      const read = async (answer) => resolve(JSON.parse(Buffer.concat(await answer.toArray())))
      https.get(url, { headers }, read).on('error', reject)
    }),
    '\`fetch\` of the package undici': async () => (await undici.fetch(url, { headers })).json(),
    '\`request\` of the package undici': async () => (await undici.request(url, { headers })).body.json(),
    'got with \`http2: true\`': () => got(url, { headers, retry, http2: true }).json(),
  }
  const served = {}
  async function tryAll() {
    for (const [name, call] of Object.entries(calls)) {
      served[name] ??= []
      served[name].push(await call().then(({ total }) => total === 7 ? 'yes' : 'wrong', (error) => /ENOTFOUND|EAI_AGAIN/.test(error + error.cause) ? 'no' : String(error)))
    }
  }

  const server = setupServer(...mockHandlers(mock, host))
  server.listen({ onUnhandledRequest: 'bypass' })
  await tryAll()
  server.close()

  const dispatcher = mockDispatcher(mock, host)
  undici.setGlobalDispatcher(dispatcher)
  await tryAll()
  await mock.close()
  await dispatcher.destroy()
  console.log(JSON.stringify(served))`

describe('the guide to the production host', () => {
  slowJudge('says truly which HTTP clients MSW and undici serve', async () => {
    const folder = temporaryFolder()
    await install()(folder, ['koodrive-mock', 'axios', 'got', 'msw', 'undici'])
    writeFileSync(join(folder, 'calls.mjs'), CALLS)
    const served = JSON.parse(await run(process.execPath, ['--no-warnings', 'calls.mjs'], { cwd: folder }))
    const rows = [...howTo('production-host').matchAll(/^\| (.+) \| (yes|no) \| (yes|no) \|$/gm)]
    expect(served).toEqual(Object.fromEntries(rows.map(([, name, msw, undici]) => [name, [msw, undici]])))
  })
})
