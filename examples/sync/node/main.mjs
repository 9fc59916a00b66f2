// node main.mjs employees.csv: the settings come from the environment, see README.md.
import { createClient } from 'koodrive-mock/client'
import { CsvError, openState, readEmployees, sync, writeReport } from './sync.mjs'

const { env } = process
const [file = 'employees.csv'] = process.argv.slice(2)
const log = (text) => process.stderr.write(`${text}\n`)
const client = createClient({
  baseUrl: env.KOODRIVE_ENDPOINT ?? 'http://127.0.0.1:4010',
  appId: env.KOODRIVE_APP_ID ?? '0123456789abcdef'.repeat(4),
  appSecret: env.KOODRIVE_APP_SECRET ?? 'koodrive-mock-app-secret',
  userId: env.KOODRIVE_USER_ID ?? '1505084218764547200',
  accessToken: env.KOODRIVE_ACCESS_TOKEN ?? 'mock-admin-token',
})

try {
  const outcomes = await sync({
    client,
    employees: readEmployees(file),
    state: openState(`${file}.state.jsonl`),
    departmentId: env.KOODRIVE_DEPT_ID ?? '1575416580416769793',
    log,
  })
  writeReport(`${file}.report.csv`, outcomes)
  const count = (wanted) => outcomes.filter(({ outcome }) => outcome === wanted).length
  const kinds = ['created', 'existing', 'failed', 'unknown']
  console.log(kinds.map((kind) => `${kind}=${count(kind)}`).join(' '))
  process.exitCode = count('failed') + count('unknown') > 0 ? 1 : 0
} catch (error) {
  log(error.message)
  process.exitCode = error instanceof CsvError ? 2 : 3
}
