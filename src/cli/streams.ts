/** Where a command writes; tests hand in their own. */
export interface Streams {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
}

// Whoever read the output may be gone: that ends what is printed, not the server.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

export const processStreams: Streams = {
  out: (text) => {
    process.stdout.write(text)
  },
  err: (text) => {
    process.stderr.write(text)
  },
}
