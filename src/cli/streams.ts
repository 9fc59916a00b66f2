import { visibleControls } from '../shared/escape.ts'
import { exitCodes } from './exit.ts'

/** Where a command writes; tests hand in their own. */
export interface Streams {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
}

/**
 * The streams of a command: what would steer a terminal and is neither a colour nor a line end of ours is shown by its code,
 * wherever a string came from.
 */
export const guarded = ({ out, err }: Streams): Streams => ({
  out: (text) => out(visibleControls(text)),
  err: (text) => err(visibleControls(text)),
})

/** Whether output was lost for another reason than that nobody read it any more. */
let isLost = false

/** The code a program ends with: output that is lost is a failure, except where its reader has gone. */
export const exitCodeOf = (code: number): number => (isLost && code === exitCodes.ok ? exitCodes.failure : code)

for (const [name, stream] of Object.entries({ out: process.stdout, err: process.stderr })) {
  stream.on('error', ({ code }: NodeJS.ErrnoException) => {
    // Whoever read the output may be gone: that ends what is printed, not the server.
    if (code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED' || isLost) return
    isLost = true
    process.exitCode = exitCodeOf(Number(process.exitCode ?? exitCodes.ok))
    if (name === 'out') process.stderr.write(`koodrive-mock: standard output cannot be written (${code}).\n`)
  })
}

export const processStreams: Streams = {
  out: (text) => {
    process.stdout.write(text)
  },
  err: (text) => {
    process.stderr.write(text)
  },
}
