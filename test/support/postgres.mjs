// Starts servers of PostgreSQL, for tests and benchmarks.
import { execFile, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Where Debian and others put the programs of a server, newest first. */
function findPrograms() {
  const versions = '/usr/lib/postgresql'
  const folders = existsSync(versions)
    ? readdirSync(versions)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(versions, version, 'bin'))
    : []
  return [...folders, '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'].find((folder) =>
    existsSync(join(folder, 'initdb')),
  )
}

const programs = findPrograms()
const isRoot = userInfo().uid === 0
/** A server refuses to run as root. */
const runAs = isRoot ? { uid: 65_534, gid: 65_534 } : {}

/** Why no server can be started here; undefined when one can. */
export const whyNoPostgres = programs === undefined ? 'PostgreSQL is not installed (Debian: postgresql)' : undefined

/**
 * Starts a server of PostgreSQL on a socket of its own.
 *
 * @param options `durable` makes it wait for the disk, as in production; tests that crash nothing need not. `tls` is a
 *   certificate that it shows on `port`.
 */
export async function startPostgres({ durable = false, tls = undefined } = {}) {
  if (programs === undefined) throw new Error(whyNoPostgres)
  const folder = mkdtempSync(join(tmpdir(), 'koodrive-mock-pg-'))
  const data = join(folder, 'data')
  if (isRoot) chownSync(folder, 65_534, 65_534)
  chmodSync(folder, 0o755)
  const options = { ...runAs, cwd: folder, env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' } }
  await run(join(programs, 'initdb'), ['-D', data, '-U', 'mock', '-A', 'trust', '--no-sync', '-E', 'UTF8'], options)
  // One user has to know a password.
  writeFileSync(
    join(data, 'pg_hba.conf'),
    'local all guarded scram-sha-256\nlocal all all trust\nhostssl all all 127.0.0.1/32 trust\n',
  )
  const settings = [`unix_socket_directories=${folder}`, 'max_connections=500']
  if (tls === undefined) settings.push('listen_addresses=')
  else {
    for (const [name, text] of [
      ['server.key', tls.key],
      ['server.crt', tls.cert],
    ]) {
      writeFileSync(join(data, name), text, { mode: 0o600 })
      if (isRoot) chownSync(join(data, name), 65_534, 65_534)
    }
    settings.push('listen_addresses=127.0.0.1', `port=${tls.port}`, 'ssl=on')
  }
  // What is written outlives the server as long as the machine lives, also without waiting for the disk.
  if (!durable) settings.push('fsync=off', 'full_page_writes=off')
  const url = (database) =>
    tls === undefined
      ? `postgres://mock@localhost/${database}?host=${encodeURIComponent(folder)}`
      : `postgres://mock@127.0.0.1:${tls.port}/${database}`
  const psql = (database, statement) =>
    run(
      join(programs, 'psql'),
      ['-h', folder, '-p', String(tls?.port ?? 5432), '-U', 'mock', '-d', database, '-Atqc', statement],
      options,
    )
  const isReady = () =>
    psql('postgres', 'SELECT 1').then(
      () => true,
      () => false,
    )
  let child
  const start = async () => {
    child = spawn(join(programs, 'postgres'), ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], {
      ...options,
      stdio: 'ignore',
    })
    for (let attempt = 0; attempt < 400 && !(await isReady()); attempt += 1) {
      await new Promise((done) => setTimeout(done, 50))
    }
  }
  const end = (signal) =>
    new Promise((done) => {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return done()
      child.once('exit', () => done())
      child.kill(signal)
    })
  process.once('exit', () => {
    child?.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })
  // Workers of Vitest are ended by a signal, which by itself runs nothing of the above.
  process.once('SIGTERM', () => process.exit(143))
  await start()
  let databases = 0
  return {
    url,
    start,
    pid: () => child.pid,
    kill: () => end('SIGQUIT'),
    async createDatabase() {
      databases += 1
      await psql('postgres', `CREATE DATABASE test${databases}`)
      return url(`test${databases}`)
    },
    sql: async (to, statement) => (await psql(new URL(to).pathname.slice(1), statement)).stdout.trim(),
    async stop() {
      await end('SIGINT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
