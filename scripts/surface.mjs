// The public surface, one line a name: what a release promises to keep. docs/releasing.md says what is promised of it.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('..', import.meta.url))
const execute = promisify(execFile)
const linesOf = (file) =>
  readFileSync(root + file, 'utf8')
    .trim()
    .split('\n')

async function command(...args) {
  const { stdout } = await execute(process.execPath, [`${root}dist/cli/main.js`, ...args], { maxBuffer: 2 ** 25 })
  return stdout
}

async function commandLine() {
  const names = [...(await command('--help')).matchAll(/^ {2}([a-z-]+) .*/gm)].map(([, name]) => name)
  const helped = names.filter((name) => name !== 'help').map(async (name) => [name, await command(name, '--help')])
  return (await Promise.all(helped)).flatMap(([name, help]) => [
    `command ${name}`,
    ...[...help.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, flag]) => `flag ${name} ${flag}`),
    ...(help.match(/\bKOODRIVE_\w+/g) ?? []).map((variable) => `environment ${variable}`),
  ])
}

async function routes(kind, ...flags) {
  const { paths } = JSON.parse(await command('openapi', ...flags))
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((method) => /^(?:get|put|post|delete|patch)$/.test(method))
      .map((method) => `${kind} ${method.toUpperCase()} ${path}`),
  )
}

async function library() {
  const { createMock } = await import(new URL('../dist/index.js', import.meta.url))
  const mock = createMock()
  const { format, version } = mock.sandbox().log.export()
  await mock.close()
  return [`format ${format} ${version}`, ...linesOf('test/library/surface.txt').map((line) => `library ${line}`)]
}

/** Ids with their answers, from the generated reference. */
function readings() {
  const [, ...sections] = readFileSync(`${root}docs/reference/readings.md`, 'utf8').split(/^## /m)
  return sections.flatMap((section) => {
    const id = section.split('\n')[0]
    const answers = [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(([, answer]) => `reading ${id}=${answer}`)
    return [`reading ${id}`, ...answers]
  })
}

/** Every line of the surface of what is built in dist/, sorted. */
export async function publicSurface() {
  const checks = linesOf('test/contract/checks.txt').map((line) => `check ${line.split(':')[0]}`)
  const scenarios = [...(await command('scenarios')).matchAll(/^([a-z][a-z-]+)\b/gm)].map(
    ([, name]) => `scenario ${name}`,
  )
  const all = [
    ...(await commandLine()),
    ...(await routes('operation')),
    ...(await routes('control', '--control')),
    ...(await library()),
    ...checks,
    ...scenarios,
    ...readings(),
  ]
  return [...new Set(all)].sort()
}
