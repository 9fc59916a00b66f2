#!/usr/bin/env node
// Runs every example whose tools are on this machine: against a mock, against signature vectors, or both.

import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const USAGE = `usage: node examples/run-all.mjs [URL] [--vectors FILE] [--require]
  URL             a running mock: every client provisions two users of its own there, twice, and goes the journey
  --vectors FILE  signature vectors: every client must reproduce them
  --require       a missing tool is a failure`
const HERE = fileURLToPath(new URL('.', import.meta.url))
const WORK = mkdtempSync(join(tmpdir(), 'koodrive-examples-'))
const SIGNED_HEADERS = 'host;x-date;x-user-id'
const TIMEOUT_MS = 180_000

/** `tools` are asked for their version; the first one must be at least `atLeast`. */
const LANGUAGES = [
  {
    name: 'python',
    tools: ['python3 --version'],
    atLeast: [3, 9],
    command: ['python3', 'python/provision.py'],
    journey: ['python3', 'python/journey.py'],
  },
  {
    name: 'java',
    tools: ['java -version', 'javac -version'],
    atLeast: [17],
    build: [
      'javac',
      '-d',
      join(WORK, 'java'),
      ...['Json', 'KooDrive', 'Provision', 'Journey'].map((name) => `java/${name}.java`),
    ],
    command: ['java', '-cp', join(WORK, 'java'), 'Provision'],
    journey: ['java', '-cp', join(WORK, 'java'), 'Journey'],
  },
  {
    name: 'go',
    tools: ['go version'],
    atLeast: [1, 23],
    // `go run` would turn every exit code into 1
    build: ['go', '-C', 'go', 'build', '-o', join(WORK, 'provision'), '.'],
    command: [join(WORK, 'provision')],
    journey: [join(WORK, 'provision'), 'journey'],
  },
  {
    name: 'node',
    tools: ['node --version'],
    atLeast: [18],
    command: ['node', 'node/provision.mjs'],
    journey: ['node', 'node/journey.mjs'],
  },
  {
    name: 'shell',
    tools: ['bash --version', 'curl --version', 'openssl version', 'awk --version'],
    atLeast: [3, 2],
    command: ['bash', 'shell/provision.sh'],
    journey: ['bash', 'shell/journey.sh'],
  },
]

/** Never rejects: a command that cannot be started has the exit code `ENOENT`. */
function run([file, ...args], env = {}) {
  const options = { cwd: HERE, env: { ...process.env, ...env }, timeout: TIMEOUT_MS }
  return new Promise((resolve) => {
    execFile(file, args, options, (error, stdout, stderr) => resolve({ exit: error?.code ?? 0, stdout, stderr }))
  })
}

/** Why a language cannot run here, or undefined. */
async function missing({ tools, atLeast }) {
  const versions = await Promise.all(tools.map((tool) => run(tool.split(' '))))
  const absent = tools.find((_, index) => versions[index].exit === 'ENOENT')
  if (absent) return `no ${absent.split(' ')[0]} on this machine`
  const [major = 0, minor = 0] =
    /(\d+)(?:\.(\d+))?/
      .exec(versions[0].stdout + versions[0].stderr)
      ?.slice(1)
      .map(Number) ?? []
  const [wantedMajor, wantedMinor = 0] = atLeast
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return undefined
  return `${tools[0].split(' ')[0]} ${major}.${minor} is older than ${atLeast.join('.')}`
}

class Failure extends Error {}

const indent = (text) => text.trimEnd().replace(/^/gm, '    ')

/** Runs the client; its table as [[phone, userId], …] if it ends as expected. */
async function provision(command, users, env, expected) {
  const { exit, stdout, stderr } = await run([...command, ...users], env)
  const lines = stdout.trimEnd().split('\n')
  if (exit !== 0 || lines.at(-1) !== expected) {
    throw new Failure(`expected exit 0 and ${expected}, got exit ${exit}\n${indent(`${stdout}${stderr}`)}`)
  }
  return lines.slice(1, -1).map((line) => [line.split(' ')[0], line.split(' ').at(-1)].join(' '))
}

/** Twice the same two users: the second time both are skipped, with the userIds of the first time. */
async function checkFlow(command, url, index) {
  // Thirteen digits like those of the reference, and new ones in every run.
  const phones = [0, 1].map((row) => `188${String(Date.now()).slice(-8)}${index}${row}`)
  const users = [`Li:雷:${phones[0]}`, `Zoë "Z" O'Neil:${phones[1]}`]
  const { hostname } = new URL(url)
  const env = { KOODRIVE_ENDPOINT: url, NO_PROXY: hostname, no_proxy: hostname, ...utf8Locale() }
  const first = await provision(command, users, env, 'provisioned=2 skipped=0 failed=0')
  const again = await provision(command, users, env, 'provisioned=0 skipped=2 failed=0')
  if (first.join() !== again.join())
    throw new Failure(`the second run names other users\n${indent([first, again].join('\n'))}`)
  return 'ok (2 provisioned; again: 2 skipped)'
}

/** From signing in to a deleted user, with a phone that is new in every run. */
async function checkJourney(command, url, index) {
  const phone = `189${String(Date.now()).slice(-8)}${index}0`
  const { hostname } = new URL(url)
  const env = { KOODRIVE_ENDPOINT: url, NO_PROXY: hostname, no_proxy: hostname, ...utf8Locale() }
  const { exit, stdout, stderr } = await run([...command, phone], env)
  const steps = stdout.trimEnd().split('\n')
  if (exit !== 0 || steps.pop() !== 'journey=done') {
    throw new Failure(
      `the journey: expected exit 0 and journey=done, got exit ${exit}\n${indent(`${stdout}${stderr}`)}`,
    )
  }
  return `ok (the journey in ${steps.length} steps)`
}

/** Why the clients cannot be asked to reproduce a vector, or undefined. */
function odd({ signedHeaders, target }) {
  if (signedHeaders.join(';') !== SIGNED_HEADERS) return `the clients always sign ${SIGNED_HEADERS}`
  return /\/\.{0,2}\//.test(target.split('?')[0]) ? 'the clients never build such a path' : undefined
}

async function checkVectors(command, vectors) {
  for (const { name, appId, appSecret, method, target, headers, body, authorization } of vectors) {
    const { exit, stdout, stderr } = await run([...command, 'sign', method, `http://${headers.Host}${target}`, body], {
      KOODRIVE_APP_ID: appId,
      KOODRIVE_APP_SECRET: appSecret,
      KOODRIVE_USER_ID: headers['X-User-Id'],
      KOODRIVE_X_DATE: headers['X-Date'],
      KOODRIVE_HOST_HEADER: headers.Host,
      ...utf8Locale(),
    })
    if (exit !== 0 || stdout.trimEnd() !== authorization) {
      throw new Failure(`vector ${name}: expected ${authorization}, got exit ${exit}\n${indent(`${stdout}${stderr}`)}`)
    }
  }
  return `ok (${vectors.length} vectors)`
}

/** Java 17 reads arguments in the charset of the locale. */
function utf8Locale() {
  const { LC_ALL, LC_CTYPE, LANG } = process.env
  if (/utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '')) return {}
  return { LC_ALL: process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8' }
}

async function check(language, index, { url, vectors, require }) {
  const lines = []
  const say = (text) => lines.push(`${language.name.padEnd(7)} ${text}`)
  const reason = await missing(language)
  if (reason) say(require ? `FAILED: ${reason}` : `skipped: ${reason}`)
  if (reason) return { lines, passed: !require }
  try {
    const built = language.build ? await run(language.build, { GOTOOLCHAIN: 'local' }) : { exit: 0 }
    if (built.exit !== 0) throw new Failure(`does not build\n${indent(built.stderr)}`)
    if (vectors) say(await checkVectors(language.command, vectors))
    if (url) say(await checkFlow(language.command, url, index))
    return { lines, passed: true, runs: true }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    say(`FAILED: ${error.message}`)
    return { lines, passed: false }
  }
}

function options() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { vectors: { type: 'string' }, require: { type: 'boolean', default: false } },
    })
    const [url] = positionals
    if (positionals.length > 1 || !(url || values.vectors)) throw new Error('give a URL, --vectors or both')
    const all = values.vectors && JSON.parse(readFileSync(values.vectors, 'utf8')).vectors
    return { url: url && new URL(url).href, all, require: values.require }
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`)
    process.exit(2)
  }
}

const { url, all, require } = options()
for (const vector of all?.filter(odd) ?? []) console.log(`not checked: vector ${vector.name}: ${odd(vector)}`)
const vectors = all?.filter((vector) => !odd(vector))
const results = LANGUAGES.map((language, index) => check(language, index, { url, vectors, require }))
let passed = true
for (const result of results) {
  const { lines, passed: good } = await result
  console.log(lines.join('\n'))
  passed &&= good
}
// One after the other, and after all else: each adds up the quota, which the others change.
for (const [index, result] of results.entries()) {
  const { name, journey } = LANGUAGES[index]
  if (!url || !(await result).runs) continue
  const outcome = await checkJourney(journey, url, index).catch((error) => {
    if (!(error instanceof Failure)) throw error
    passed = false
    return `FAILED: ${error.message}`
  })
  console.log(`${name.padEnd(7)} ${outcome}`)
}
rmSync(WORK, { recursive: true })
process.exitCode = passed ? 0 : 1
