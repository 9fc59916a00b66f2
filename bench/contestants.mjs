import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { peers } from './peers.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
export const root = dirname(here)
const peersFolder = `${here}.peers`
const AJV = 'ajv@8.20.0'

/** Name of the mock in every table. */
export const MOCK = 'koodrive-mock'
export const CONSTANT = 'node:http, constant'
export const NAIVE = 'node:http, same work naively'

export const mockCommand = (port, ...more) => [
  process.execPath,
  `${root}/dist/cli/main.js`,
  ...['serve', '--port', String(port), '--log-level', 'silent', ...more],
]

/** Everybody who takes part: the mock, the two floors and the peers that can be had here. Installs what is missing. */
export function contestants(only) {
  const version = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')).version
  const all = [
    {
      name: MOCK,
      version,
      does: 'verifies, validates, stores, journals',
      command: (_, port) => mockCommand(port),
      makesTask: true,
    },
    { name: CONSTANT, version: process.version, does: 'answers ready bytes', command: floor('constant') },
    {
      name: NAIVE,
      version: process.version,
      packages: [AJV],
      does: 'checks, pages, serialises; (b) JSON.parse and compiled ajv',
      command: floor('naive'),
    },
    ...peers.map((peer) => ({ ...peer, version: peer.packages[0].split('@').at(-1) })),
  ]
  return all
    .filter(({ name }) => only.test(name))
    .filter(isPossible)
    .map((one, index) => prepared({ ...one, port: 4301 + index }))
}

const floor = (kind) => (folder, port) => [process.execPath, `${here}floor.mjs`, String(port), kind, folder]

function isPossible({ name, needs }) {
  if (needs === undefined || spawnSync(needs, ['-version']).status === 0) return true
  console.error(`${name} is left out: there is no ${needs} here.`)
  return false
}

function prepared({ packages, files, command, port, ...one }) {
  const folder = `${peersFolder}/${one.name.toLowerCase().replace(/[^a-z]+/g, '-')}`
  if (packages !== undefined) install(folder, packages)
  for (const [path, value] of Object.entries(files?.(folder) ?? {})) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, JSON.stringify(value))
  }
  return {
    ...one,
    port,
    folder: packages && folder,
    cwd: existsSync(folder) ? folder : root,
    command: command(folder, port),
  }
}

/** Installs packages into a folder of their own, once; scripts of packages do not run. */
function install(folder, packages) {
  const stamp = `${folder}/installed.json`
  const wanted = JSON.stringify(packages)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  console.error(`installing ${packages.join(' ')} ...`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/package.json`, '{"private":true}')
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...packages], {
    cwd: folder,
    stdio: 'inherit',
  })
  writeFileSync(stamp, wanted)
}
