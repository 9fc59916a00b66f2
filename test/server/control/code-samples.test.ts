import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeSample, type SampleLanguage, sampleLanguages } from '../../../src/shared/code-sample.ts'
import { paths } from '../../support/client.ts'
import { control, ofDefault } from '../../support/control.ts'
import { findTool, judge, run, slowJudge } from '../../support/judge.ts'
import { closeAll, overHttp, type Target } from '../../support/targets.ts'

/** Names that end a string, a line or a command in one of the languages, and one that turns the writing. */
const NAMES = [
  'Zoë',
  '李雷',
  '😀',
  `a'b"c\\d`,
  '$(id) `id` ${x} #{x} %s',
  'line\nend',
  '\u202elive',
  '\\u000a',
  '@file',
]
const BODY = JSON.stringify({ userList: NAMES.map((firstname, at) => ({ firstname, phone: `1866000100${at}` })) })

let target: Target
let folder: string
beforeAll(async () => {
  target = await overHttp()
  folder = mkdtempSync(join(tmpdir(), 'code-sample-'))
})
afterAll(async () => {
  await closeAll()
  rmSync(folder, { recursive: true })
})

/** The sample that the mock writes for a request, as a file. */
async function sampleFile(language: SampleLanguage, name: string, order: object): Promise<string> {
  const { status, json } = await control(target, 'POST', '/signature/sign', order)
  expect(status).toBe(200)
  const file = join(folder, name)
  writeFileSync(file, json.samples[language])
  return file
}

const lastExchange = async () => {
  const { json: list } = await control(target, 'GET', ofDefault('/requests?limit=1'))
  return (await control(target, 'GET', ofDefault(`/requests/${list.requests[0].requestId}`))).json
}

async function arrivesAsSigned(language: SampleLanguage, name: string, start: (file: string) => Promise<string>) {
  const file = await sampleFile(language, name, { method: 'post', url: `${paths.create}?a=%20b&c=`, body: BODY })
  expect(await start(file)).toMatch(/^200 |"code":0/)
  const { request, status } = await lastExchange()
  expect(status).toBe(200)
  expect(request.body).toBe(BODY)
}

describe('a code sample runs as it is, and every byte arrives as it was signed', () => {
  it('in curl', () => arrivesAsSigned('curl', 'sample.sh', (file) => run('sh', [file])))
  it('in Node', () => arrivesAsSigned('node', 'sample.mjs', (file) => run(process.execPath, [file])))
  judge('in Python', 'python3', (python) => arrivesAsSigned('python', 'sample.py', (file) => run(python, [file])))
  slowJudge('in Java', () => arrivesAsSigned('java', 'Sample.java', (file) => run(tool('java'), [file])))
  slowJudge('in Go', () => arrivesAsSigned('go', 'sample.go', (file) => run(tool('go'), ['run', file])))

  const tool = (name: string): string => findTool(name) ?? name
})

describe('a code sample', () => {
  it.each(sampleLanguages)('in %s hides no character that steers a terminal or turns the writing', (language) => {
    const text = codeSample(language, { method: 'GET', url: 'http://a/', headers: [['X', '\u202e\u0007\u2028']] })
    for (const sign of '\u202e\u0007\u2028') expect(text).not.toContain(sign)
  })

  it.each(['admin', 'deptAdmin', 'user', 'app'] as const)('sends the access token of %s where one asks', async (as) => {
    const { json } = await control(target, 'POST', '/signature/sign', { method: 'GET', url: paths.users, as })
    expect(json.headers).toEqual([['Authorization', `Bearer ${target.mock.credentials.tokens[as]}`]])
    for (const text of Object.values(json.samples)) expect(text).toContain(target.mock.credentials.tokens[as])
  })

  it('for nobody has no credentials at all', async () => {
    const { json } = await control(target, 'POST', '/signature/sign', { method: 'GET', url: '/a', as: 'nobody' })
    expect(json).toMatchObject({ headers: [], method: 'GET' })
  })
})
