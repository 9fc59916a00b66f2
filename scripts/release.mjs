// What a release needs beside the build; docs/releasing.md says when.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (file) => readFileSync(root + file, 'utf8')
const manifest = () => JSON.parse(read('package.json'))
/** Address of the repository, as people open it. */
const repository = () => manifest().repository.url.replace(/^git\+|\.git$/g, '')
const VERSION = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/
const USAGE = `usage: node scripts/release.mjs COMMAND
  surface                 records the public surface of the version that package.json has, while it is not out
  prepare VERSION [DATE]  sets the version, dates the changelog, records the public surface
  check TAG               whether what is committed can be released under this tag
  notes TAG               the part of the changelog
  npm-tag TAG             latest, or next for a pre-release
  image TAG NAME          arguments of docker build: labels and tags`

const commands = { surface, prepare, check, notes, 'npm-tag': npmTag, image }
const [name, ...args] = process.argv.slice(2)
try {
  if (!(name in commands)) fail(USAGE)
  await commands[name](...args)
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}

function fail(message) {
  throw new Error(message)
}

/** The version that a tag names. */
function versionOf(tag) {
  const version = tag?.replace(/^v/, '') ?? ''
  return VERSION.test(version)
    ? version
    : fail(`${JSON.stringify(tag)} names no version: expected v1.2.3 or v1.2.3-rc.1.`)
}

/** The part of the changelog under a heading `## [NAME]`; undefined when there is none. */
function findPart(name) {
  const part = read('CHANGELOG.md')
    .split(/^## /m)
    .find((text) => text.startsWith(`[${name}]`))
  return part && { heading: part.split('\n')[0], text: part.slice(part.indexOf('\n')).trim() }
}

function partOf(version) {
  return (
    findPart(version) ??
    fail(`CHANGELOG.md has no part ## [${version}]. Run: node scripts/release.mjs prepare ${version}`)
  )
}

/** The changelog with what is under Unreleased as VERSION. Of a part that was written beforehand only the date is set. */
function datedChangelog(version, date) {
  const open = findPart('Unreleased') ?? fail('CHANGELOG.md has no part ## [Unreleased].')
  const heading = `## [${version}] - ${date}`
  const written = findPart(version)
  if (written === undefined) {
    return read('CHANGELOG.md').replace(/^## \[Unreleased\]\n/m, `## [Unreleased]\n\n${heading}\n`)
  }
  if (open.text !== '') {
    fail(
      `CHANGELOG.md has a part ## [${version}] already: move what is under ## [Unreleased] into it, then prepare again.`,
    )
  }
  return read('CHANGELOG.md').replace(`## ${written.heading}\n`, `${heading}\n`)
}

async function surface() {
  const { version } = manifest()
  const { publicSurface } = await import('./surface.mjs')
  writeFileSync(`${root}docs/releases/${version}.txt`, `${(await publicSurface()).join('\n')}\n`)
}

async function prepare(tag, date = new Date().toISOString().slice(0, 10)) {
  const version = versionOf(tag)
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) fail(`${date} is no date: expected 2026-01-31.`)
  const dated = datedChangelog(version, date)
  execFileSync('npm', ['version', version, '--no-git-tag-version', '--allow-same-version', '--ignore-scripts'], {
    cwd: root,
  })
  rewrite('src/spec/version.ts', /'[^']*'/, `'${version}'`)
  writeFileSync(`${root}CHANGELOG.md`, dated)
  execFileSync('npm', ['run', 'build', '--silent'], { cwd: root, stdio: 'inherit' })
  await surface()
  process.stdout.write(`${version} is prepared. Read git diff, commit it and tag it v${version}.\n`)
}

function rewrite(file, pattern, text) {
  const before = read(file)
  if (!pattern.test(before)) fail(`${file} has nothing like ${pattern}.`)
  writeFileSync(root + file, before.replace(pattern, text))
}

function check(tag) {
  const version = versionOf(tag)
  const { heading, text } = partOf(version)
  const wanting = [
    [manifest().version === version, `package.json says ${manifest().version}`],
    [read('src/spec/version.ts').includes(`'${version}'`), 'src/spec/version.ts has another version'],
    [/ - \d{4}-\d\d-\d\d$/.test(heading), `CHANGELOG.md has no date in ## ${heading}`],
    [text !== '', `CHANGELOG.md says nothing under ## ${heading}`],
    [readdirSync(`${root}docs/releases`).includes(`${version}.txt`), `docs/releases/${version}.txt is missing`],
    [!read('package.json').includes('/OWNER/'), 'package.json still has the placeholder OWNER'],
  ].flatMap(([holds, problem]) => (holds ? [] : [problem]))
  if (wanting.length > 0)
    fail(`${version} cannot be released: ${wanting.join('; ')}. docs/releasing.md says what to do.`)
  process.stdout.write(`${version} can be released.\n`)
}

/** The links of the changelog are relative to the repository, which a release on GitHub is not. */
function notes(tag) {
  const version = versionOf(tag)
  process.stdout.write(`${partOf(version).text.replace(/\]\((?!https?:|#)/g, `](${repository()}/blob/v${version}/`)}\n`)
}

function npmTag(tag) {
  process.stdout.write(`${versionOf(tag).includes('-') ? 'next' : 'latest'}\n`)
}

function image(tag, name = fail(USAGE)) {
  const version = versionOf(tag)
  const git = (...words) => execFileSync('git', words, { cwd: root, encoding: 'utf8' }).trim()
  const labels = {
    VERSION: version,
    REVISION: git('rev-parse', 'HEAD'),
    CREATED: git('log', '-1', '--format=%cI'),
    SOURCE: repository(),
  }
  const [major, minor] = version.split('.')
  const tags = version.includes('-') ? [version] : [version, `${major}.${minor}`, major, 'latest']
  const words = [
    ...Object.entries(labels).flatMap(([key, value]) => ['--build-arg', `${key}=${value}`]),
    ...tags.flatMap((one) => ['--tag', `${name}:${one}`]),
  ]
  process.stdout.write(`${words.join('\n')}\n`)
}
