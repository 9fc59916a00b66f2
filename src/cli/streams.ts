/** Where a command writes; tests hand in their own. */
export interface Streams {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
}

export const processStreams: Streams = {
  out: (text) => {
    process.stdout.write(text)
  },
  err: (text) => {
    process.stderr.write(text)
  },
}
