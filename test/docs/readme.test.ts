import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createMock } from '../../src/index.ts'
import { readingEntry, readingIds } from '../../src/spec/readings.ts'
import { defaultCredentials } from '../../src/world/world.ts'
import { brokenLinks } from '../support/links.ts'
import { runModule } from '../support/node.ts'

const root = new URL('../..', import.meta.url).pathname
const readme = readFileSync(`${root}README.md`, 'utf8')

/** The shell blocks of a section, in order. */
function blocks(section: string): string[] {
  const text = readme.split(/^## /m).find((part) => part.startsWith(section)) ?? ''
  return [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block ?? '')
}

function shell(script: string, env: Record<string, string>): Promise<string> {
  const child = spawn('sh', ['-c', script], { env: { ...process.env, ...env } })
  let out = ''
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  return new Promise((resolve) => {
    child.on('close', () => resolve(out))
  })
}

const command = `'${process.execPath}' '${root}dist/cli/main.js'`

describe('the README', () => {
  it('shows a tour whose every command does what it says', async () => {
    const mock = createMock({ speed: 1_000_000 })
    const { url } = await mock.listen({ port: 0 })
    const prelude = `mock=${url}/koodrive/ose/v1;`
    const commands = blocks('Five minutes').map((block) =>
      block.replace(/^mock=.*\n/m, '').replaceAll('npx koodrive-mock', command),
    )
    const [create = '', poll = '', again = '', mistake = ''] = commands
    expect(commands).toHaveLength(4)
    const taskId = JSON.parse(await shell(prelude + create, {})).data
    const replaced = poll.replace(/taskId=\d+/, `taskId=${taskId}`)
    expect(JSON.parse(await shell(prelude + replaced, {})).data.taskInfo).toMatchObject({
      status: '2',
      successCount: 2,
    })
    const second = JSON.parse(await shell(prelude + again, {})).data
    const skipped = JSON.parse(await shell(prelude + poll.replace(/taskId=\d+/, `taskId=${second}`), {})).data
    expect(skipped.registerList[0]).toMatchObject({ code: '40000009', userId: expect.stringMatching(/^\d{19}$/) })
    const told = /^# (X-Mock-Diagnosis: .*)$/m.exec(mistake)?.[1]
    expect(await shell(prelude + mistake, {})).toContain(told)
    await mock.close()
  })

  it('shows calls of the control plane that work', async () => {
    const mock = createMock()
    const { url } = await mock.listen({ port: 0 })
    const [create = ''] = blocks('In a test suite')
    const { id } = JSON.parse(await shell(create.replace('http://127.0.0.1:4010', url), {}))
    const calls = [...readme.matchAll(/`(GET|PUT|POST) (\/__admin\/[^` ]+)`(?: `([^`]+)`)?/g)]
    expect(calls.length).toBeGreaterThan(7)
    for (const [, method, path = '', body] of calls) {
      const response = await fetch(url + path.replace('ID', id), {
        method: method ?? 'GET',
        ...(body !== undefined && { body, headers: { 'Content-Type': 'application/json' } }),
      })
      expect([path, response.ok, await response.text()]).toEqual([path, true, expect.any(String)])
    }
    await mock.close()
  })

  it('shows a program that runs and ends', async () => {
    const [, program = ''] = /## In your tests\n\n```ts\n([\s\S]*?)```/.exec(readme) ?? []
    expect(await runModule(program)).toMatch(/^http:\/\/127\.0\.0\.1:\d+ [0-9a-f]{64} \[\] \[\]\n$/)
  })

  it('lists every reading with its answers, the default first', () => {
    for (const id of readingIds) {
      const { question, answers, default: chosen } = readingEntry(id)
      const line = readme.split('\n').find((text) => text.startsWith(`| \`${id}\` | ${question} | \`${chosen}\``))
      for (const value of Object.keys(answers)) expect(line, id).toContain(`\`${value}\``)
    }
  })

  it('names the credentials that the mock has', () => {
    const { appId, appSecret, userId, tokens } = defaultCredentials
    for (const text of [appId, appSecret, userId, ...Object.values(tokens)]) expect(readme).toContain(`\`${text}\``)
  })

  it('links only to what is there', () => {
    expect(brokenLinks('README.md')).toEqual([])
  })
})
