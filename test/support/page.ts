import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect } from 'vitest'
import type { Guide } from './guides.ts'
import { run } from './judge.ts'
import { root } from './source-files.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** What a reader of a page does next: run commands, write a file, or compare what is printed with what the page shows. */
export type Step =
  | { readonly commands: string }
  | { readonly path: string; readonly text: string }
  | { readonly shown: string }

const BLOCK = /(?:^`([^`\n]+)`:\n\n)?^```(\w*)\n([\s\S]*?)^```$/gm

/**
 * The steps of a page, in order. A block under a line with nothing but `` `NAME`: `` is the file NAME; a block of `sh`
 * is commands, one of `text` is what they print.
 *
 * @throws Error when a block is neither: a reader would not know what to do with it.
 */
export function stepsOf(markdown: string): readonly Step[] {
  return [...markdown.matchAll(BLOCK)].map(([, path, language, text = '']) => {
    if (path !== undefined) return { path, text }
    if (language === 'sh') return { commands: text }
    if (language === 'text') return { shown: text }
    throw new Error(
      `A block of ${language || 'no language'} is neither commands nor a named file nor what is printed:\n${text}`,
    )
  })
}

/** A guide of docs/how-to. */
export const howTo = (name: string): string => readFileSync(`${root}docs/how-to/${name}.md`, 'utf8')

/** Installs the packages that a line `npm install` names, but koodrive-mock from a tarball and not from the registry. */
export type Install = (folder: string, packages: readonly string[]) => Promise<void>

const INSTALL = /^npm install --save-dev (.+)\n$/

/**
 * Does in a folder what the steps say, to the letter but for the installation, and gives what the commands printed.
 *
 * @throws Error with everything a command printed when it exits with anything but 0.
 */
export async function follow(
  steps: readonly Step[],
  folder: string,
  install: Install,
  env: NodeJS.ProcessEnv = {},
): Promise<string> {
  let printed = ''
  for (const step of steps) {
    if ('path' in step) {
      const file = join(folder, step.path)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, step.text)
      continue
    }
    if ('shown' in step) throw new Error('Only a lesson compares what is printed: see test/support/lesson.ts.')
    const packages = INSTALL.exec(step.commands)?.[1]
    if (packages !== undefined) await install(folder, packages.split(' '))
    else printed += await run('sh', ['-e', '-c', step.commands], { cwd: folder, env: { ...asOutside, ...env } })
  }
  return printed
}

/** Follows a guide in an empty folder and expects that it ends as it promises, with nothing left running. */
export async function followGuide({ name, prints }: Guide, install: Install, env: NodeJS.ProcessEnv = {}) {
  const printed = await follow(stepsOf(howTo(name)), temporaryFolder(), install, env)
  for (const pattern of prints) expect(printed).toMatch(pattern)
  expect(printed).not.toMatch(/open handle|did not exit/i)
}

/** Takes back what Vitest sets, so that a runner inside it does not take itself for one of its workers. */
const asOutside: NodeJS.ProcessEnv = {
  ...Object.fromEntries(Object.keys(process.env).flatMap((name) => (/^VITEST/.test(name) ? [[name, undefined]] : []))),
  NODE_ENV: undefined,
  FORCE_COLOR: undefined,
  NO_COLOR: '1',
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
}

/** From what is on this machine, without a network: the packages are those that this repository develops with. */
export const fromHere =
  (tarball: string): Install =>
  async (folder, packages) => {
    const modules = join(folder, 'node_modules')
    const own = join(modules, 'koodrive-mock')
    mkdirSync(own, { recursive: true })
    await run('tar', ['-xzf', tarball, '-C', own, '--strip-components=1'])
    link(join(own, 'dist/cli/main.js'), join(modules, '.bin/koodrive-mock'))
    for (const name of packages.map(nameOf).filter((one) => one !== 'koodrive-mock')) {
      link(`${root}node_modules/${name}`, join(modules, name))
      const program = `${root}node_modules/.bin/${name}`
      if (existsSync(program)) link(program, join(modules, '.bin', name))
    }
  }

/** By npm, at fixed versions. */
export const fromRegistry =
  (tarball: string, versions: Readonly<Record<string, string>>): Install =>
  async (folder, packages) => {
    const exact = packages.map((name) => (name === 'koodrive-mock' ? tarball : `${name}@${versions[name]}`))
    const options = ['--save-dev', '--prefer-offline', '--no-audit', '--no-fund']
    await run('npm', ['install', ...options, ...exact], { cwd: folder, env: asOutside })
  }

const nameOf = (wanted: string): string => wanted.replace(/(?!^)@.*$/, '')

function link(target: string, path: string): void {
  if (existsSync(path)) return
  mkdirSync(dirname(path), { recursive: true })
  symlinkSync(target, path)
}
