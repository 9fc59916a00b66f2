// Brings the employees of a CSV file into KooDrive. Node 20.19 or later. README.md says how to use and to change it.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'

const BATCH = 1000
const COLUMNS = ['firstname', 'phone']

/** A file or a line of it that cannot be used: nothing was sent. */
export class CsvError extends Error {}

/** The text of a file in UTF-8, with or without BOM. What a spreadsheet saves as plain CSV may be in GBK or Latin-1. */
function textOf(file) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file))
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new CsvError(`${file} is not encoded in UTF-8: save it as "CSV UTF-8"`)
  }
}

/** The employees of a file, each with its line. */
export function readEmployees(file) {
  const rows = parse(textOf(file), { columns: true, skip_empty_lines: true, trim: true, info: true })
  const [first] = rows
  for (const name of COLUMNS) {
    if (first !== undefined && !(name in first.record)) throw new CsvError(`${file}: there is no column ${name}`)
  }
  const employees = rows.map(({ record, info }) => ({ ...record, line: info.lines }))
  for (const employee of employees) {
    const empty = COLUMNS.find((name) => employee[name] === '')
    if (empty !== undefined) throw new CsvError(`${file}:${employee.line}: ${empty} is empty`)
  }
  return employees
}

/**
 * What became of the phones of earlier runs. A line is written as soon as a batch is settled, so that a run that was ended
 * goes on where it stopped.
 */
export function openState(file) {
  const done = new Map()
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []
  for (const line of lines) {
    const outcome = JSON.parse(line)
    done.set(outcome.phone, outcome)
  }
  return {
    done,
    add(outcomes) {
      for (const outcome of outcomes) done.set(outcome.phone, outcome)
      appendFileSync(file, outcomes.map((outcome) => `${JSON.stringify(outcome)}\n`).join(''))
    },
  }
}

/** Whether a phone needs nothing more: it has a user. Who failed is tried again by the next run. */
const isSettled = (outcome) => outcome?.outcome === 'created' || outcome?.outcome === 'existing'

/**
 * Pre-verifies what is new, then provisions it in batches of 1,000; the client polls with back-off, repeats what is safe to
 * repeat and accounts for every user.
 *
 * @returns one outcome for each employee: phone, outcome (created, existing, failed, unknown), userId, code, reason
 */
export async function sync({ client, employees, state, departmentId, gigabytes = 10, log = () => {}, ...options }) {
  const open = employees.filter(({ phone }) => !isSettled(state.done.get(phone)))
  log(`${employees.length} employees, ${employees.length - open.length} of them done before`)
  const verified = await preverify(client, open, departmentId, gigabytes)
  state.add(verified.refused)
  if (verified.refused.length > 0) log(`${verified.refused.length} refused before anything was created`)
  const users = verified.passed.map(({ firstname, surname, phone }) => ({
    firstname,
    ...(surname && { surname }),
    phone,
  }))
  if (users.length > 0) {
    const onChunk = (outcomes) => {
      state.add(
        outcomes.map(({ user, outcome, userId, code, reason }) => ({
          phone: user.phone,
          outcome,
          userId,
          code,
          reason,
        })),
      )
      log(`${outcomes.length} settled`)
    }
    const report = await client.provision(users, { chunkSize: BATCH, onChunk, ...options })
    if (report.stopped !== undefined) log(`ended early: ${report.stopped.message}`)
  }
  return employees.map(({ phone }) => state.done.get(phone) ?? { phone, outcome: 'unknown', reason: 'not submitted' })
}

/** The import as it would be, which changes nothing. */
async function preverify(client, employees, curDeptId, gigabytes) {
  const passed = []
  const refused = []
  for (let from = 0; from < employees.length; from += BATCH) {
    const batch = employees.slice(from, from + BATCH)
    const users = batch.map(({ department }) => ({
      ...(department && { targetDeptName: department }),
      isAllocateCapacity: gigabytes > 0,
      personalCapacity: gigabytes,
    }))
    const verdicts = await client.preverifyBatchImport({ curDeptId, users })
    for (const [index, employee] of batch.entries()) {
      const { passed: isRight, reason } = verdicts[index]
      if (isRight) passed.push(employee)
      else refused.push({ phone: employee.phone, outcome: 'failed', reason })
    }
  }
  return { passed, refused }
}

/** Writes one row an employee. */
export function writeReport(file, outcomes) {
  const cell = (value = '') => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)
  const rows = outcomes.map(({ phone, outcome, userId, code, reason }) =>
    [phone, outcome, userId, code, reason].map(cell).join(','),
  )
  writeFileSync(file, `${['phone,outcome,userId,code,reason', ...rows].join('\n')}\n`)
}
