// Loaded into a program before it starts (node --import): kills it, as `kill -9` does, when it comes to the n-th call that
// changes a file; n is DIE_AT. Says so first, so that a test knows whether the program came that far. With DIE_HALF, half of
// what was to be written is.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

let left = Number(process.env.DIE_AT)
const write = fs.writeSync
for (const name of [
  'writeSync',
  'writeFileSync',
  'appendFileSync',
  'fsyncSync',
  'ftruncateSync',
  'renameSync',
  'rmSync',
]) {
  const original = fs[name]
  fs[name] = (...args) => {
    left -= 1
    if (left === 0) {
      write(2, `killed at ${name}\n`)
      const [descriptor, bytes, offset, length, position] = args
      if (process.env.DIE_HALF && name === 'writeSync' && descriptor > 2 && length > 1)
        write(descriptor, bytes, offset, Math.floor(length / 2), position)
      process.kill(process.pid, 'SIGKILL')
    }
    return original(...args)
  }
}
syncBuiltinESMExports()
