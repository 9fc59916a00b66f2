// Measures the mock beside other mock servers, how its cost grows, and how it endures. `npm run bench -- --help`.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { contestants, root } from './contestants.mjs'
import { readOptions } from './options.mjs'
import { median } from './statistics.mjs'

const options = readOptions(process.argv.slice(2))
if (!existsSync(`${root}/dist/cli/main.js`))
  execFileSync('npm', ['run', 'build', '--silent'], { cwd: root, stdio: 'inherit' })
if (spawnSync('taskset', ['-c', options.serverCpu, 'true']).status !== 0) {
  console.error(
    `taskset cannot keep a process on core ${options.serverCpu}. This command needs Linux with two cores; see --cpus.`,
  )
  process.exit(2)
}

const page = `${root}/docs/benchmarks.md`
const TITLE = '# Benchmarks\n\nWritten by `npm run bench`; what is measured and how is in `bench/`.'

if (options.soakSeconds !== undefined) {
  const { soak } = await import('./soak.mjs')
  const { text, holds } = await soak(options)
  write('soak', text)
  process.exitCode = holds ? 0 : 1
}
if (options.sideBySide) {
  const { measureInstalled } = await import('./installed.mjs')
  const { measureRounds, measureStarts } = await import('./rounds.mjs')
  const { sideBySide } = await import('./report.mjs')
  const servers = contestants(options.only)
  const starts = await measureStarts(servers, options)
  const bareStartMs = median(Array.from({ length: Math.max(1, options.starts) }, bareStart))
  const runs = await measureRounds(servers, options)
  const installed = measureInstalled(servers)
  write('side-by-side', sideBySide({ servers, runs, starts, bareStartMs, installed, options }))
}
if (options.stores !== undefined) {
  const { measureStores } = await import('./stores.mjs')
  write('stores', await measureStores(options))
}
if (options.growth) {
  const { measureGrowth } = await import('./growth.mjs')
  write('growth', await measureGrowth(options))
}

function bareStart() {
  const startedAt = performance.now()
  spawnSync(process.execPath, ['-e', ''])
  return performance.now() - startedAt
}

/** Prints a part of the page and puts it in place of the part of an earlier run. */
function write(part, text) {
  console.log(`\n${text}`)
  if (options.dry) return
  const old = existsSync(page) ? readFileSync(page, 'utf8') : `${TITLE}\n`
  const [begin, end] = [`<!-- ${part} -->`, `<!-- end of ${part} -->`]
  const [heading, ...rest] = text.split('\n\n')
  const date = `Measured on ${new Date().toISOString().slice(0, 10)}.`
  const block = [begin, heading, date, ...rest, end].join('\n\n')
  const at = old.indexOf(begin)
  const next =
    at < 0 ? `${old.trimEnd()}\n\n${block}\n` : old.slice(0, at) + block + old.slice(old.indexOf(end) + end.length)
  mkdirSync(`${root}/docs/images`, { recursive: true })
  writeFileSync(page, next)
  console.error(`written to docs/benchmarks.md (${part})`)
}
