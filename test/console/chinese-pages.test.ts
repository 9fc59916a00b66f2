import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { navigation } from '../../src/console/shell.tsx'
import { inChinese } from '../../src/console/texts/chinese/translate.ts'
import { controlRoutes } from '../../src/mock/control-routes.ts'
import { englishIn } from '../support/chinese.ts'
import { paths } from '../support/client.ts'
import { control, ofDefault } from '../support/control.ts'
import { inProcess, type Target } from '../support/targets.ts'

const BASE = '/koodrive/ose/v1'

/** Calls that are refused, each for another reason: what the journal then says must be there in Chinese. */
async function makeEveryMistake({ client: { send, get, post, signed }, ...target }: Target): Promise<void> {
  const { send: plain, signed: asApp } = { send, signed }
  const admin = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } })
  const batch = JSON.stringify({ userList: [{ firstname: 'A', phone: '0065813246750' }] })
  // Tokens and roles.
  await plain('GET', `${paths.users}?offset=0&limit=1`)
  for (const token of ['nobodys', 'mock-user-token'])
    await plain('GET', `${paths.users}?offset=0&limit=1`, admin(token))
  await plain('GET', `${paths.users}?offset=0&limit=1`, { headers: { Authorization: 'Bearer a b c' } })
  await plain('POST', `${BASE}/session/auth`, { headers: { Authorization: 'HMAC-SHA256 AppId=a' } })
  // Parameters and bodies.
  for (const query of [
    '',
    'offset=a&limit=1',
    'offset=0&limit=0',
    'offset=0&limit=101',
    'offset=0&offset=1&limit=1',
    'offset=%zz',
  ])
    await get(`${paths.users}?${query}`)
  await get(`${paths.users}?offset=0&limit=1&deptId=1`)
  await get(`${paths.users}?offset=0&limit=1&department_id=1&Offset=3`)
  for (const body of ['', '{', '{"userList":[],}', '[]', '{"userList":[{"firstname":1}]}', '{"userList":{}}', 'null'])
    await asApp('POST', paths.create, { body })
  await asApp('POST', paths.create, { body: new Uint8Array([0x22, 0xff]) })
  await post(paths.preverify, { curDeptId: 'x', importUserInfoList: [] })
  await asApp('GET', `${paths.query}?taskId=1`)
  await asApp('GET', `${paths.query}?taskId=x&cursor=y`)
  await plain('GET', `${BASE}/userlist`)
  await plain('DELETE', paths.users)
  await plain('GET', `${paths.users}?offset=0&limit=1`, {
    headers: { 'X-Traceid': 'short', Authorization: 'Bearer mock-admin-token' },
  })
  // Signatures.
  await asApp('POST', paths.create, { body: batch, headers: { 'X-Date': '20200101T000000Z' } })
  await asApp('POST', paths.create, { body: batch, headers: { 'X-User-Id': '1' } })
  await plain('POST', paths.create, { body: batch, headers: { Authorization: 'HMAC-SHA256 AppId=a,SignedHeaders=b' } })
  const right = await control(target, 'POST', '/signature/sign', { method: 'GET', url: `${paths.query}?taskId=1` })
  for (const change of [{ headers: { 'X-Date': '20260416T075959Z' } }, { query: '&cursor=0' }] as const)
    await plain('GET', `${paths.query}?taskId=1${'query' in change ? change.query : ''}`, {
      headers: { ...Object.fromEntries(right.json.headers), ...('headers' in change ? change.headers : {}) },
    })
  const created = await asApp('POST', paths.create, { body: batch })
  const again = await asApp('POST', paths.create, { body: batch })
  await asApp('GET', `${paths.query}?taskId=${created.json.data}&cursor=99`)
  for (let poll = 0; poll < 5; poll++) await asApp('GET', `${paths.query}?taskId=${again.json.data}`)
  // Habits that the report card names.
  await get(`${paths.users}?offset=0&limit=10`)
  await get(`${paths.users}?offset=10&limit=10`)
  await get(`${paths.users}?offset=100000&limit=10`)
  await get(`${paths.users}?offset=0&limit=1&accessToken=mock-admin-token`)
  const rounded = String(BigInt(Number((await get(`${BASE}/departmentList`)).json.data?.list?.[0]?.id ?? 0)))
  await get(`${paths.users}?offset=0&limit=1&deptId=${rounded}`)
  for (let time = 0; time < 4; time++)
    await asApp('POST', paths.create, { body: batch, headers: { 'X-Date': '20260416T075000Z' } })
  for (let time = 0; time < 4; time++)
    await asApp('POST', paths.create, { body: batch, headers: { 'X-Date': '20260416T080100Z' } })
  const { json: issued } = await control(target, 'POST', ofDefault('/tokens'), { kind: 'user' })
  await control(target, 'POST', ofDefault('/clock/advance'), { by: 'PT30M' })
  await plain('GET', `${paths.users}?offset=0&limit=1`, admin(issued.token))
  // Management.
  for (const [method, path, body] of [
    ['GET', '/department/1', undefined],
    ['PUT', '/department/1', { name: '', parentId: '1' }],
    ['POST', '/department', { name: 'x'.repeat(30), parentId: '1' }],
    ['GET', '/users/1', undefined],
    ['PUT', '/users/1', {}],
    ['GET', '/space/1?type=2', undefined],
    ['POST', '/tasks', {}],
    ['GET', '/tasks/result', undefined],
    ['POST', '/session', { code: 'x', domain: 'y' }],
  ] as const)
    await plain(method, BASE + path, {
      headers: { Authorization: 'Bearer mock-admin-token', 'Content-Type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  // Faults.
  for (const fault of [
    { kind: 'error', status: 503, times: 1 },
    { kind: 'throttle', times: 1 },
    { kind: 'reset', times: 1 },
  ]) {
    await control(target, 'POST', ofDefault('/faults'), fault)
    await get(`${paths.users}?offset=0&limit=1`).catch(() => undefined)
  }
}

/** What a page says, without code, values and what somebody else wrote. */
function saidOn(html: string): string {
  return html
    .replace(/<(script|code|pre|textarea|style)\b[^>]*>[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, '\n')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}

describe('the console in Chinese', () => {
  let target: Target
  let views: string[]

  beforeAll(async () => {
    target = inProcess({ scenario: 'partial-failure' })
    await makeEveryMistake(target)
    const { json } = await control(target, 'GET', ofDefault('/requests?limit=200'))
    const { json: lost } = await control(target, 'GET', '/sandboxes/unattributed/requests')
    const exchanges = [...json.requests, ...lost.requests].map(
      (one: { requestId: string }) => `exchange?id=${one.requestId}`,
    )
    const tasks = (await control(target, 'GET', ofDefault('/tasks'))).json.tasks.map(
      (one: { taskId: string }) => `task?id=${one.taskId}`,
    )
    views = [...navigation.map((view) => String(view)), ...exchanges, ...tasks]
  }, 60_000)

  it('is tried with ten findings of the report card', async () => {
    const { json } = await control(target, 'GET', ofDefault('/report-card'))
    expect(json.findings.map(({ id }: { id: string }) => id)).toHaveLength(10)
  })

  it('has no sentence in English, whatever was refused', async () => {
    const left: Record<string, unknown> = {}
    for (const view of views) {
      const { status, text } = await control(
        target,
        'GET',
        `/console/views/${view}${view.includes('?') ? '&' : '?'}lang=zh-CN`,
      )
      expect(status, view).toBe(200)
      const english = [...text.matchAll(/lang="en-US">([^<]*)/g)].map(([, words]) => words)
      const words = englishIn(saidOn(text))
      if (english.length + words.length > 0) left[view] = [english, words]
    }
    expect(left, 'what test/spec/chinese.test.ts misses goes first').toEqual({})
  })
})

describe('the control plane in Chinese', () => {
  const describedIn = (node: unknown): string[] => {
    if (typeof node !== 'object' || node === null) return []
    const { description } = node as { description?: unknown }
    return [...(typeof description === 'string' ? [description] : []), ...Object.values(node).flatMap(describedIn)]
  }

  it('says what each field of a query or a body takes', () => {
    const schemas = controlRoutes.flatMap(({ body, query }) => [body, query].filter((one) => one !== undefined))
    const told = new Set(
      schemas.flatMap((one) => describedIn(z.toJSONSchema(one, { io: 'input', unrepresentable: 'any' }))),
    )
    expect(told.size).toBeGreaterThan(150)
    const said = [...told].map((one) => [one, inChinese(one)] as const)
    expect(said.filter(([, chinese]) => chinese === undefined)).toEqual([])
  })

  it.each([
    ['PUT', '/sandboxes/default/clock', { rate: 'x' }],
    ['PUT', '/sandboxes/default/clock', {}],
    ['POST', '/sandboxes/default/clock/advance', { by: 'soon' }],
    ['POST', '/sandboxes/default/faults', { kind: 'slow' }],
    ['POST', '/sandboxes/default/faults', { kind: 'error', status: 42 }],
    ['POST', '/sandboxes/default/faults', { kind: 'latency', operation: 'listuser' }],
    ['PUT', '/sandboxes/default/readings', { 'code-type': 'float' }],
    ['PUT', '/sandboxes/default/scenario', { name: 'happy' }],
    ['POST', '/sandboxes', { users: -1 }],
    ['POST', '/sandboxes', { labels: { '': 'x' } }],
    ['POST', '/sandboxes', { colour: 'red' }],
    ['POST', '/sandboxes', '{'],
    ['POST', '/signature/sign', {}],
    ['DELETE', '/sandboxes/default', undefined],
    ['DELETE', '/sandboxes', undefined],
    ['GET', '/sandboxes/nobodys', undefined],
    ['GET', '/sandboxes/default/requests?status=abc', undefined],
    ['GET', '/sandboxes/default/requests?since=yesterday', undefined],
    ['PUT', '/sandboxes/default/scenario', { yaml: 'name: [' }],
    ['PUT', '/sandboxes/default/scenario', { yaml: 'name: a\nname: b' }],
    ['PUT', '/sandboxes/default/scenario', { yaml: 'name: a\ncolour: red' }],
    ['PUT', '/sandboxes/default/scenario', { yaml: 'name: a\nbatch: { rules: [{ outcome: fail }] }' }],
    ['POST', '/sandboxes/default/tasks/1/complete', undefined],
    ['POST', '/sandboxes', { name: 'default' }],
    ['GET', '/console/views/task?id=1', undefined],
    ['GET', '/nothing', undefined],
  ] as const)(
    'refuses %s %s %o in Chinese to whoever accepts it, and in English to all others',
    async (method, path, body) => {
      const { baseUrl, fetch } = inProcess()
      const call = async (language?: string) => {
        const response = await fetch(
          new Request(`${baseUrl}/__admin${path}`, {
            method,
            headers: {
              'Content-Type': 'application/json',
              ...(language !== undefined && { 'Accept-Language': language }),
            },
            ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
          }),
        )
        expect(response.status).toBeGreaterThanOrEqual(400)
        return {
          spoken: response.headers.get('content-language'),
          ...((await response.json()) as { title: string; detail: string }),
        }
      }
      const chinese = await call('zh-CN')
      expect(chinese.detail).toMatch(/\p{Script=Han}/u)
      expect(englishIn(chinese.detail), chinese.detail).toEqual([])
      expect(chinese.title).toMatch(/^\p{Script=Han}+$/u)
      expect(chinese.spoken).toBe('zh-CN')
      for (const english of [await call(), await call('en-US,zh;q=0.5')])
        expect(english.title + english.detail).not.toMatch(/\p{Script=Han}/u)
    },
  )
})
