import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { engineJudge } from '../support/engine.ts'
import { guides } from '../support/guides.ts'
import { run, slowJudge } from '../support/judge.ts'
import { packed } from '../support/packed.ts'
import { followGuide, fromHere, fromRegistry, howTo } from '../support/page.ts'
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
const pythonVersions = 'pytest==9.2.0\ntestcontainers==4.15.0\n'
const tarball = packed()
const fixedPython = (): NodeJS.ProcessEnv => {
  const file = join(temporaryFolder(), 'constraints.txt')
  writeFileSync(file, pythonVersions)
  return { PIP_CONSTRAINT: file }
}
const install = () => fromRegistry(tarball(), versions)

describe('a how-to guide, followed word by word in an empty folder', () => {
  for (const guide of guides.filter(({ needs }) => needs === 'network')) {
    slowJudge(`ends in passing tests: ${guide.name}`, () => followGuide(guide, install(), fixedPython()), 5)
  }
  for (const guide of guides.filter(({ needs }) => needs === 'engine')) {
    engineJudge(
      `ends in passing tests, on a container engine: ${guide.name}`,
      () => followGuide(guide, install(), fixedPython()),
      8,
    )
  }
  for (const guide of guides.filter(({ needs }) => needs === undefined || needs === 'go')) {
    // Go compiles its own library first.
    slowJudge(`ends in passing tests: ${guide.name}`, () => followGuide(guide, fromHere(tarball())), 4)
  }
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
  const stop = { msw: throughMsw, undici: throughUndici }[process.argv[2]]()
  const served = {}
  for (const [name, call] of Object.entries(calls)) {
    served[name] = await call().then(
      ({ total }) => (total === 7 ? 'yes' : 'another answer'),
      (error) => (/ENOTFOUND|EAI_AGAIN/.test(error + error.cause) ? 'no' : String(error)),
    )
  }
  stop()

  function throughMsw() {
    const server = setupServer(...mockHandlers(mock, host))
    server.listen({ onUnhandledRequest: 'bypass' })
    return () => server.close()
  }
  function throughUndici() {
    const dispatcher = mockDispatcher(mock, host)
    undici.setGlobalDispatcher(dispatcher)
    return () => dispatcher.destroy()
  }
  console.log(JSON.stringify(served))`

describe('the guide to the production host', () => {
  slowJudge('says truly which HTTP clients MSW and undici serve', async () => {
    const folder = temporaryFolder()
    await install()(folder, ['koodrive-mock', 'axios', 'got', 'msw', 'undici'])
    writeFileSync(join(folder, 'calls.mjs'), CALLS)
    const served = async (through: string): Promise<Record<string, string>> =>
      JSON.parse(await run(process.execPath, ['--no-warnings', 'calls.mjs', through], { cwd: folder }))
    const rows = [...howTo('production-host').matchAll(/^\| (.+) \| (yes|no) \| (yes|no) \|$/gm)]
    expect(rows.length).toBeGreaterThan(0)
    expect(await served('msw')).toEqual(Object.fromEntries(rows.map(([, name, msw]) => [name, msw])))
    expect(await served('undici')).toEqual(Object.fromEntries(rows.map(([, name, , undici]) => [name, undici])))
  })
})
