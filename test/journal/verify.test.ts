import { expect, it } from 'vitest'
import { paths } from '../support/client.ts'
import { control, ofDefault } from '../support/control.ts'
import { describeTargets, type Target } from '../support/targets.ts'

const verify = (target: Target, body: unknown) => control(target, 'POST', ofDefault('/requests/verify'), body)

const DEPARTMENT = '1243693141656107521'
const TRACE = 't'.repeat(58)

/** Sends one of each: a batch, a pre-verification with an id beyond 2^53, and two listings. */
async function converse({ client }: Target): Promise<void> {
  const userList = [
    { firstname: 'Ada', phone: '17770000001' },
    { firstname: 'Bob', phone: '17770000002', password: 'Canary-pass-01' },
  ]
  await client.signed('POST', paths.create, { body: JSON.stringify({ userList }), headers: { 'X-Traceid': TRACE } })
  await client.send('POST', paths.preverify, {
    headers: { Authorization: 'Bearer mock-admin-token' },
    body: `{"curDeptId": ${DEPARTMENT}, "users": []}`,
  })
  await client.get(`${paths.users}?offset=0&limit=10&keyWord=%E5%BC%A0+1`)
  await client.get(`${paths.users}?offset=0&limit=0`)
}

/** Conditions that one exchange of the conversation meets. */
const met: Record<string, object> = {
  'the operation': { operation: 'createBatchProvisioningTask' },
  'method and path': { where: { method: 'POST', path: paths.create } },
  'part of the path': { where: { path: { contains: 'batchRegister' } } },
  'a decoded query parameter': { where: { query: { keyWord: '张 1' } } },
  'a header in any case': { where: { headers: { 'x-traceid': TRACE } } },
  'a pattern for a header': { where: { headers: { 'X-Traceid': { matches: '^t{58}$' } } } },
  'part of the body': { where: { body: { userList: [{ phone: '17770000001' }, { firstname: { contains: 'Bo' } }] } } },
  'a status as number or text': { operation: 'listUsers', where: { status: 400 } },
  'an outcome by the name of the error': { where: { outcome: 'verifyParametersFailed' } },
  'a refusal': { where: { outcome: 'refused' } },
}

describeTargets('a verification', (open) => {
  for (const [title, question] of Object.entries(met)) {
    it(`counts by ${title}`, async () => {
      const target = await open()
      await converse(target)
      const { json } = await verify(target, { ...question, count: { exactly: 1 } })
      expect(json).toMatchObject({ pass: true, expected: 'exactly 1', actual: 1, nearMisses: [] })
      expect(json.matches).toHaveLength(1)
    })
  }

  it('compares ids digit by digit, beyond what a double holds', async () => {
    const target = await open()
    await converse(target)
    const asked = (id: string) => verify(target, `{"where": {"body": {"curDeptId": ${id}}}, "count": {"min": 1}}`)
    expect((await asked(DEPARTMENT)).json.pass).toBe(true)
    expect((await asked(`"${DEPARTMENT}"`)).json.pass).toBe(true)
    const rounded = await asked('1243693141656107500')
    expect(rounded.json.pass).toBe(false)
    expect(rounded.json.nearMisses[0].differences).toEqual([
      `body.curDeptId: expected 1243693141656107500, got "${DEPARTMENT}"`,
    ])
  })

  it('explains how the nearest exchanges differ, the nearest first', async () => {
    const target = await open()
    await converse(target)
    const { json } = await verify(target, {
      operation: 'createBatchProvisioningTask',
      where: { headers: { 'X-Traceid': 'u'.repeat(58), 'X-Nothing': 'x' }, body: { userList: [{ phone: '1' }] } },
      count: { min: 1 },
    })
    expect(json).toMatchObject({ pass: false, expected: 'at least 1', actual: 0 })
    expect(json.nearMisses).toHaveLength(3)
    expect(json.nearMisses[0]).toMatchObject({ operation: 'createBatchProvisioningTask', method: 'POST', status: 200 })
    expect(json.nearMisses[0].differences).toEqual([
      `header X-Traceid: expected ${'u'.repeat(58)}, got "${TRACE}"`,
      'header X-Nothing: expected x, got nothing',
      'body.userList: expected a list of 1, got "a list of 2"',
    ])
    expect(json.nearMisses[1].differences[0]).toContain('operation: expected createBatchProvisioningTask, got')
  })

  it('does not give a secret away by comparing it', async () => {
    const target = await open()
    await converse(target)
    const { json, text } = await verify(target, {
      where: { body: { userList: [{}, { password: 'x' }] }, headers: { Authorization: 'x' } },
    })
    expect(json.nearMisses.flatMap(({ differences }: any) => differences).join()).toContain('[redacted]')
    expect(text).not.toContain('Canary-pass-01')
    expect(text).not.toContain('mock-admin-token')
  })

  it('passes when there are as many as asked for, and only then', async () => {
    const target = await open()
    await converse(target)
    const passes = async (count: object | undefined) =>
      (await verify(target, { operation: 'listUsers', count })).json.pass
    expect(await passes(undefined)).toBe(true)
    expect(await passes({ exactly: 2 })).toBe(true)
    expect(await passes({ min: 2, max: 2 })).toBe(true)
    expect(await passes({ max: 1 })).toBe(false)
    expect(await passes({ min: 3 })).toBe(false)
    expect((await verify(target, { operation: 'listUserSpaces', count: { max: 0 } })).json.pass).toBe(true)
  })

  for (const [title, body, allowed] of [
    ['an unknown condition', { where: { verb: 'GET' } }, 'method'],
    ['an unknown operation', { operation: 'listUser' }, 'listUsers'],
    ['a pattern that does not compile', { where: { path: { matches: '(' } } }, undefined],
    ['a count that contradicts itself', { count: { exactly: 1, min: 1 } }, undefined],
    ['a min above max', { count: { min: 2, max: 1 } }, undefined],
    ['a negative count', { count: { min: -1 } }, undefined],
  ] as const) {
    it(`refuses ${title} and says what is allowed`, async () => {
      const { status, json, headers } = await verify(await open(), body)
      expect(status).toBe(400)
      expect(headers.get('content-type')).toBe('application/problem+json')
      if (allowed !== undefined) expect(json.allowed).toContain(allowed)
      expect(json.detail).not.toBe('')
    })
  }

  it('ends a pattern that would run for ever', async () => {
    const target = await open()
    await target.client.get(`${paths.users}?offset=0&limit=1&keyWord=${'a'.repeat(60)}!`)
    const { status, json } = await verify(target, { where: { query: { keyWord: { matches: '^(a+)+$' } } } })
    expect(status).toBe(400)
    expect(json.detail).toContain('Simplify')
  })
})
