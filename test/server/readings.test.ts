import { describe, expect, it } from 'vitest'
import { formatXDate } from '../../src/signing/index.ts'
import { type ReadingId, readingEntry, readingIds } from '../../src/spec/readings.ts'
import { paths, type Reply } from '../support/client.ts'
import { inProcess, NOW, type Target } from '../support/targets.ts'
import { managementProbes } from './management-readings.ts'

const users = `${paths.users}?offset=0&limit=2`
const spaces = `${paths.spaces}?offset=0&limit=2`
const task = `${paths.query}?taskId=1882735962480556672`
const unauthorized = ({ client }: Target) => client.send('GET', users)
const row = { firstname: 'Ada', phone: '13900000001' }

const withHeaders = ({ client }: Target, headers: Record<string, string>): Promise<Reply> =>
  client.send('GET', users, { headers })

/** Provisions rows as a user of the organisation and gives the rows of the task. */
async function provisioned(target: Target, phones: string[], headers: Record<string, string> = {}): Promise<any[]> {
  const body = JSON.stringify({ userList: phones.map((phone) => ({ ...row, phone })) })
  const { json } = await target.client.signed('POST', paths.create, { body, headers })
  const sandbox = target.mock.world.get('default')
  sandbox?.execute('set-clock', { now: NOW + 60_000, frozen: true, rate: 1 })
  return (await target.client.signed('GET', `${paths.query}?taskId=${json.data}`)).json.data.registerList
}

const memberWithRole = async ({ client }: Target, wanted: number): Promise<any> =>
  (await client.get(`${paths.users}?offset=0&limit=100`)).json.list.find(({ role }: any) => role === wanted)

/** Finds out from outside which answer a server gives; one entry for each reading. */
const probes: { readonly [Id in ReadingId]: (target: Target) => Promise<unknown> } = {
  ...managementProbes,
  'code-type': async ({ client }) => typeof (await client.get(users)).json.code,
  'success-message': async ({ client }) => ((await client.get(spaces)).json.msg === 'OK' ? 'per-operation' : 'success'),
  'user-list-key': async ({ client }) => ('list' in (await client.get(users)).json ? 'list' : 'data'),
  'user-list-total': async ({ client }) => ('total' in (await client.get(users)).json ? 'present' : 'absent'),
  'space-total-type': async ({ client }) => typeof (await client.get(spaces)).json.total,
  'space-dept-id-type': async ({ client }) =>
    /"deptId":\d{19},/.test((await client.get(spaces)).text) ? 'number' : 'string',
  'unsafe-ids': async ({ client }) =>
    /VW5TYWZlSW50ZWdlcg==$/.test((await client.get(users)).json.list[0].deptId) ? 'rounded' : 'exact',
  'query-inner-envelope': async ({ client }) => {
    const { data } = (await client.signed('GET', task)).json
    return 'code' in data && 'msg' in data ? 'present' : 'absent'
  },
  'subtask-id': async ({ client }) => {
    const { registerList, taskInfo } = (await client.signed('GET', task)).json.data
    return registerList.every(({ id }: any) => id === taskInfo.taskId) ? 'task-id' : 'unique'
  },
  'next-cursor-name': async ({ client }) => {
    const { data } = (await client.signed('GET', `${task}&pageSize=1`)).json
    return Object.keys(data).find((key) => /cursor/i.test(key))
  },
  'last-page-cursor': async ({ client }) =>
    (await client.signed('GET', task)).json.data.nextPageCursor === '' ? 'empty' : 'absent',
  'existing-phone': async ({ client }) =>
    (await client.signed('GET', task)).json.data.taskInfo.skipCount === 1 ? 'skipped' : 'failed',
  'auth-failure-status': async (target) => String((await unauthorized(target)).status),
  'auth-failure-body': async (target) => ('error_code' in (await unauthorized(target)).json ? 'gateway' : 'code-msg'),
  'not-found-status': async ({ client }) => {
    const { status, json } = await client.get(`${users}&deptId=42`)
    expect(json.code).toBe(13000309)
    return String(status)
  },
  'parameter-error-status': async ({ client }) => {
    const { status, json } = await client.get(`${paths.users}?offset=0&limit=0`)
    expect(json.code).toBe(13000102)
    return String(status)
  },
  'bearer-form': async (target) => {
    const passes = async (Authorization: string) => (await withHeaders(target, { Authorization })).status === 200
    const forms = await Promise.all(
      ['Bearer+mock-admin-token', 'Bearer mock-admin-token', 'mock-admin-token'].map(passes),
    )
    return { 'true,true,true': 'any', 'true,false,false': 'plus', 'false,true,false': 'blank' }[String(forms)]
  },
  'space-list-token': async ({ client }) => {
    const as = (token: string) => client.send('GET', spaces, { headers: { Authorization: `Bearer ${token}` } })
    expect((await as('mock-app-token')).status).toBe(200)
    return (await as('mock-admin-token')).status === 200 ? 'any' : 'application'
  },
  'trace-id-length': async ({ client }) =>
    (await client.get(users, { headers: { 'X-Traceid': 'short' } })).status === 200 ? 'not-enforced' : 'enforced',
  'trace-id-echo': async ({ client }) =>
    (await client.get(users, { headers: { 'X-Traceid': 'a'.repeat(58) } })).headers.has('X-Traceid')
      ? 'echoed'
      : 'not-echoed',
  'is-direct': async ({ client }) => {
    const { json } = await client.get(`${paths.users}?offset=0&limit=2&isDirect=true&deptId=1243693141656107521`)
    return json.total > 0 ? 'department' : 'root'
  },
  'preverify-success-value': async ({ client }) => {
    const users = [{ personalCapacity: 0, isAllocateCapacity: false }]
    const body = `{"curDeptId": 1575416580416769793, "users": ${JSON.stringify(users)}}`
    const reply = await client.send('POST', paths.preverify, { body, headers: { Authorization: 'mock-admin-token' } })
    return String(reply.json.data[0].isSuccess)
  },
  'empty-result': async ({ client }) =>
    'list' in (await client.get(`${users}&keyWord=zzzzzz`)).json ? 'array' : 'absent',
  'unknown-department': async ({ client }) =>
    (await client.get(`${users}&deptId=42`)).json.code === 0 ? 'empty' : 'error',
  'future-date-tolerance': async ({ client }) => {
    const accepted = async (seconds: number) =>
      (await client.signed('GET', task, { headers: { 'X-Date': formatXDate(NOW + seconds * 1000) } })).status === 200
    for (const seconds of [900, 60, 0]) if (await accepted(seconds)) return String(seconds)
    return 'none'
  },
  'trailing-slash': async ({ client }) =>
    (await client.get(`${paths.users}/?offset=0&limit=2`)).status === 200 ? 'accepted' : 'refused',
  'provisioning-role': async (target) => {
    const { userId } = await memberWithRole(target, 1)
    const reply = await target.client.signed('GET', task, { headers: { 'X-User-Id': userId } })
    return reply.status === 200 ? 'any' : 'administrator'
  },
  'phone-identity': async (target) => {
    const rows = await provisioned(target, ['+8613900000001', '008613900000001'])
    return rows[1].code === '40000009' ? 'plus-is-00' : 'exact'
  },
  'phone-form': async (target) => {
    const [row] = await provisioned(target, ['ext. 12'])
    return row.code === undefined ? 'any' : 'digits'
  },
  'provisioned-department': async (target) => {
    const { userId, deptId } = await memberWithRole(target, 0)
    const [created] = await provisioned(target, ['13900000001'], { 'X-User-Id': userId })
    const listed = (await target.client.get(`${paths.users}?offset=200&limit=1`)).json.list[0]
    expect(listed.userId).toBe(created.userId)
    return listed.deptId === deptId ? 'caller' : 'root'
  },
  'unknown-fields': async ({ client }) => {
    const reply = await client.signed('POST', paths.create, {
      body: JSON.stringify({ userList: [{ ...row, nickname: 'A' }] }),
    })
    return reply.status === 200 ? 'ignored' : 'refused'
  },
  'null-optional': async ({ client }) => {
    const reply = await client.signed('POST', paths.create, {
      body: JSON.stringify({ userList: [{ ...row, email: null }] }),
    })
    return reply.status === 200 ? 'absent' : 'refused'
  },
  'content-type': async ({ client }) => {
    const body = JSON.stringify({ userList: [row] })
    const reply = await client.signed('POST', paths.create, { body, headers: { 'Content-Type': 'text/plain' } })
    return reply.status === 200 ? 'not-checked' : 'json-required'
  },
}

const cases = readingIds.flatMap((id) => {
  const { answers, seconds } = readingEntry(id)
  return [...Object.keys(answers), ...(seconds ? ['60', '900'] : [])].map((value) => [id, value] as const)
})

describe('readings', () => {
  it.each(cases)('%s=%s is what a client sees', async (id, value) => {
    expect(await probes[id](inProcess({ readings: { [id]: value } }))).toBe(value)
  })

  it.each(readingIds)('%s has its default answer when nothing is chosen', async (id) => {
    expect(await probes[id](inProcess())).toBe(readingEntry(id).default)
  })
})
