import {
  chmodSync,
  closeSync,
  lchownSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openHarFile } from '../../src/proxy/har.ts'
import { appendLine, appendPrivate, PRIVATE, refusePlanted, writeWhole } from '../../src/shared/files.ts'
import { pipeOf } from '../../src/store/folder-lock.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const SOMEBODY = 12_345
/** Only root can make files of other users. */
const asRoot = it.runIf(process.getuid?.() === 0)

const writers: [string, (file: string) => void][] = [
  ['a recording', (file) => openHarFile(file).close()],
  [
    'a ledger',
    (file) => {
      const descriptor = appendPrivate(file)
      appendLine(descriptor, 'line')
      closeSync(descriptor)
    },
  ],
  ['a report or an export', (file) => writeWhole(file, 'report')],
  ['a snapshot', (file) => writeWhole(file, 'snapshot', PRIVATE)],
]

/** A folder in which all may write, like /tmp. */
function sharedFolder(): string {
  const folder = join(temporaryFolder(), 'shared')
  mkdirSync(folder)
  chmodSync(folder, 0o1777)
  return folder
}

describe.each(writers)('%s', (_, write) => {
  asRoot('is not written through a link that another user has planted', () => {
    const folder = sharedFolder()
    const mine = join(temporaryFolder(), 'mine')
    writeFileSync(mine, 'precious')
    const link = join(folder, 'out')
    symlinkSync(mine, link)
    lchownSync(link, SOMEBODY, SOMEBODY)
    expect(() => write(link)).toThrow(expect.objectContaining({ code: 'EPERM' }))
    expect(readFileSync(mine, 'utf8')).toBe('precious')
  })

  asRoot('is not written into a file that another user has planted', () => {
    const file = join(sharedFolder(), 'out')
    writeFileSync(file, 'theirs', { mode: 0o600 })
    lchownSync(file, SOMEBODY, SOMEBODY)
    expect(() => write(file)).toThrow(expect.objectContaining({ code: 'EPERM' }))
    expect(readFileSync(file, 'utf8')).toBe('theirs')
  })

  asRoot('is written where its folder belongs to whoever made the file, such as one that a container mounts', () => {
    const folder = sharedFolder()
    const file = join(folder, 'out')
    writeFileSync(file, 'theirs')
    for (const one of [folder, file]) lchownSync(one, SOMEBODY, SOMEBODY)
    write(file)
    expect(readFileSync(file, 'utf8')).not.toBe('theirs')
  })

  it('is written through a link of one’s own', () => {
    const target = join(temporaryFolder(), 'target')
    writeFileSync(target, 'old\n')
    const link = join(sharedFolder(), 'out')
    symlinkSync(target, link)
    write(link)
    expect(statSync(link).isFile()).toBe(true)
  })
})

asRoot('a folder that another user has planted is no store', () => {
  const folder = join(sharedFolder(), 'store')
  mkdirSync(folder)
  lchownSync(folder, SOMEBODY, SOMEBODY)
  expect(() => refusePlanted(folder)).toThrow(/put there by another user/)
})

it('a snapshot, which holds credentials, is for its owner alone, also on a file that others could read', () => {
  const file = join(temporaryFolder(), 'snapshot.json')
  writeFileSync(file, 'old', { mode: 0o644 })
  writeWhole(file, 'new', PRIVATE)
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

it('nobody can find out the named pipe that locks a store on Windows', () => {
  const folder = temporaryFolder()
  const name = pipeOf(folder)
  expect(name).toMatch(/^\\\\\.\\pipe\\koodrive-mock-[\da-f]{32}$/)
  expect(pipeOf(folder)).toBe(name)
  rmSync(join(folder, 'in-use.name'))
  expect(pipeOf(folder)).not.toBe(name)
})
