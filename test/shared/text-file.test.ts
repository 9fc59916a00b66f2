import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bounds } from '../../src/shared/bounds.ts'
import { decodeText, FileSizeError, readAsciiFile, readTextFile, unreadable } from '../../src/shared/text-file.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const text = '# 组织 Größe ✓\nname: 部门\n'
const utf8 = Buffer.from(text)
const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le')
/** “名字: 张三” and a comment, as an editor in China saves it. */
const gbk = Buffer.from([
  ...Buffer.from('name: '),
  0xd5,
  0xc5,
  0xc8,
  0xfd,
  ...Buffer.from(' # '),
  0xb2,
  0xbf,
  0xc3,
  0xc5,
])
const latin1 = Buffer.from('name: Zoë Müller # déjà vu, née, à côté', 'latin1')

const refusals: readonly [string, Uint8Array, RegExp][] = [
  ['UTF-16, little endian, with a byte order mark', utf16, /UTF-16 \(little endian\)/],
  ['UTF-16, big endian, with a byte order mark', Buffer.from(utf16).swap16(), /UTF-16 \(big endian\)/],
  ['UTF-16, little endian', Buffer.from('code-type: string\n', 'utf16le'), /UTF-16 \(little endian\)/],
  ['UTF-16, big endian', Buffer.from('code-type: string\n', 'utf16le').swap16(), /UTF-16 \(big endian\)/],
  ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), /UTF-32/],
  ['GBK', gbk, /GBK/],
  ['Latin-1', latin1, /Latin-1/],
]

function temporaryFileOf(bytes: number): string {
  const file = join(temporaryFolder(), 'file')
  writeFileSync(file, 'a'.repeat(bytes))
  return file
}

describe('a text file of a user', () => {
  it.each([
    ['UTF-8', utf8],
    ['UTF-8 with a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), utf8])],
  ])('is read in %s', (_, bytes) => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, bytes)
    expect(readTextFile(file)).toBe(text)
  })

  it.each(refusals)('is refused in %s, which the refusal names with what to do', (_, bytes, name) => {
    expect(() => decodeText(bytes)).toThrow(name)
    expect(() => decodeText(bytes)).toThrow(/save it as UTF-8$/)
  })

  it('is read whatever is in it, as long as it is UTF-8 with text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (any) => {
        expect(decodeText(Buffer.from(any))).toBe(any)
      }),
    )
  })

  it('that is a certificate or a key may have comments in any encoding that has ASCII', () => {
    const file = join(temporaryFolder(), 'cert.pem')
    writeFileSync(file, Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('-----BEGIN\n'), gbk]))
    expect(readAsciiFile(file)).toMatch(/^-----BEGIN\n/)
    writeFileSync(file, utf16)
    expect(() => readAsciiFile(file)).toThrow('UTF-16')
  })

  it.each([
    ['is larger than it may be', () => temporaryFileOf(bounds.textFileBytes.value + 1)],
    ['has no end', () => '/dev/zero'],
  ])('that %s is refused, and its rest is not read', (_, file) => {
    expect(() => readTextFile(file())).toThrow(`it has more than ${bounds.textFileBytes.value} bytes`)
    expect(unreadable(new FileSizeError('it has more than 1 bytes'))).toBe('it has more than 1 bytes')
  })

  it('that is as large as it may be is read whole', () => {
    const { value } = bounds.textFileBytes
    expect(readTextFile(temporaryFileOf(value))).toBe('a'.repeat(value))
  })

  it('that is not there is told by the code of the system', () => {
    const reason = (() => {
      try {
        return readTextFile('/nowhere/file')
      } catch (error) {
        return unreadable(error)
      }
    })()
    expect(reason).toBe('ENOENT')
  })
})
