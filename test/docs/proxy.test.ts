import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startCommand } from '../support/command.ts'
import { judge, run } from '../support/judge.ts'
import { root } from '../support/source-files.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const page = readFileSync(`${root}docs/how-to/proxy-and-replay.md`, 'utf8')
const [record = '', call = '', replay = ''] = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block)
const argumentsOf = (commands: string, har: string): string[] => {
  const line = /npx koodrive-mock ((?:.*\\\n)*.*)\n/.exec(commands)?.[1] ?? ''
  return line
    .replaceAll('\\\n', ' ')
    .split(/\s+/)
    .map((word) => (word === 'run.har' ? har : word))
}

it('the guide to recording names every credential that the proxy reads', () => {
  expect(record.match(/KOODRIVE_\w+/g)).toEqual([
    ...['KOODRIVE_APP_ID', 'KOODRIVE_APP_SECRET', 'KOODRIVE_USER_ID', 'KOODRIVE_ACCESS_TOKEN'],
  ])
})

judge('the guide to recording leads from a call through the proxy to its replay', 'curl', async () => {
  const har = join(temporaryFolder(), 'run.har')
  const mock = await startCommand(['--port', '0'])
  const args = argumentsOf(record, har).map((word) => {
    if (word === 'https://intl.myhuaweicloud-koodrive.com') return mock.url
    return word === 'intl.myhuaweicloud-koodrive.com' ? '127.0.0.1' : word
  })
  const env = { KOODRIVE_ACCESS_TOKEN: 'mock-admin-token' }
  const proxy = await startCommand([...args, '--port', '0'], env)
  const through = (url: string) => run('sh', ['-c', call.replace(/http:\/\/127\.0\.0\.1:\d+/, url)])
  const recorded = JSON.parse(await through(proxy.url))
  const replayed = await startCommand([...argumentsOf(replay, har), '--port', '0'])
  expect(JSON.parse(await through(replayed.url))).toMatchObject({ total: recorded.total, code: 0 })
})
