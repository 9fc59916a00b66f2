import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, test } from 'node:test'
import { createMock } from 'koodrive-mock'
import { createClient } from 'koodrive-mock/client'
import { CsvError, openState, readEmployees, sync, writeReport } from './sync.mjs'

const mock = createMock()
const folder = mkdtempSync(join(tmpdir(), 'sync-'))
after(async () => {
  await mock.close()
  rmSync(folder, { recursive: true })
})

let run = 0
beforeEach(() => {
  run += 1
})
const fileOf = (name) => join(folder, `${run}-${name}`)

/** A client of an organisation of its own, whose clock goes on while the client waits. */
function organisation(options = {}) {
  const sandbox = mock.sandbox({ now: '2026-04-16T08:00:00Z', ...options })
  const { appId, appSecret, userId, tokens } = sandbox.credentials
  const client = createClient({
    baseUrl: 'http://mock',
    ...{ appId, appSecret, userId, accessToken: tokens.admin },
    fetch: mock.fetch,
    now: () => Date.parse(sandbox.clock.read().now),
    sleep: async (ms) => void sandbox.clock.advance(`PT${Math.ceil(ms / 1000)}S`),
  })
  return { sandbox, client }
}

const people = (count) =>
  Array.from({ length: count }, (_, index) => ({ firstname: 'Ada', phone: `139${String(index).padStart(8, '0')}` }))

const syncAll = (client, employees, more = {}) =>
  sync({
    client,
    employees,
    state: openState(fileOf('state')),
    departmentId: '1575416580416769793',
    gigabytes: 0,
    ...more,
  })

const countOf = (outcomes, wanted) => outcomes.filter(({ outcome }) => outcome === wanted).length

test('provisions more users than one batch takes', async () => {
  const { client, sandbox } = organisation()
  const outcomes = await syncAll(client, people(2500))
  assert.equal(countOf(outcomes, 'created'), 2500)
  assert.equal(sandbox.tasks.list().length, 3)
})

test('reports who exists already, and who fails and why', async () => {
  const { client } = organisation()
  const outcomes = await syncAll(client, [
    { firstname: 'Ada', phone: '13900000001' },
    { firstname: 'Grace', phone: '19990000009' },
    { firstname: 'Jean', phone: '19990000102' },
  ])
  assert.deepEqual(
    outcomes.map(({ outcome }) => outcome),
    ['created', 'existing', 'failed'],
  )
  assert.match(outcomes[1].userId, /^\d{19}$/)
  assert.ok(outcomes[2].reason)
  writeReport(fileOf('report.csv'), outcomes)
  assert.equal(readFileSync(fileOf('report.csv'), 'utf8').split('\n').length, 5)
})

test('creates nothing for those whom the pre-verification refuses', async () => {
  const { client, sandbox } = organisation()
  const outcomes = await syncAll(client, [{ firstname: 'Ada', phone: '13900000001', department: 'Nowhere' }])
  assert.equal(outcomes[0].outcome, 'failed')
  assert.equal(sandbox.tasks.list().length, 0)
})

test('goes on where an earlier run stopped, and tries again who failed', async () => {
  const { client, sandbox } = organisation()
  const state = openState(fileOf('state'))
  await syncAll(client, people(10), { state })
  const again = await syncAll(client, people(12), { state: openState(fileOf('state')) })
  assert.equal(countOf(again, 'created'), 12)
  assert.deepEqual(
    sandbox.tasks
      .list()
      .map(({ totalCount }) => totalCount)
      .sort(),
    [10, 2].sort(),
  )
})

for (const scenario of ['slow-batch', 'throttled', 'flaky']) {
  test(`accounts for every employee in the scenario ${scenario}`, async () => {
    const { client } = organisation({ scenario })
    const outcomes = await syncAll(client, people(50))
    assert.equal(countOf(outcomes, 'created') + countOf(outcomes, 'existing'), 50)
  })
}

test('reads a file as spreadsheets write it, and names the line of a mistake', () => {
  writeFileSync(fileOf('a.csv'), '\uFEFFfirstname,phone\r\n"Jean, E.",13900000003\r\n')
  assert.equal(readEmployees(fileOf('a.csv'))[0].firstname, 'Jean, E.')
  writeFileSync(fileOf('b.csv'), 'firstname,phone\nAda,\n')
  assert.throws(
    () => readEmployees(fileOf('b.csv')),
    (error) => error instanceof CsvError && /:2: phone is empty/.test(error.message),
  )
  writeFileSync(fileOf('c.csv'), 'name\nAda\n')
  assert.throws(() => readEmployees(fileOf('c.csv')), /no column firstname/)
})

test('a file in another encoding than UTF-8 is refused before anything is sent', () => {
  const file = fileOf('employees.csv')
  const gbk = Buffer.concat([Buffer.from('firstname,phone\n'), Buffer.from([0xd5, 0xc5]), Buffer.from(',139\n')])
  writeFileSync(file, gbk)
  assert.throws(
    () => readEmployees(file),
    (error) => error instanceof CsvError && /"CSV UTF-8"/.test(error.message),
  )
  writeFileSync(file, '\ufefffirstname,phone\n张,139\n')
  assert.equal(readEmployees(file)[0].firstname, '张')
})
