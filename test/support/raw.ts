import { connect } from 'node:net'

/** What came over a socket, and how the connection ended. */
export interface Ended {
  /** One character a byte. */
  readonly text: string
  /** `end` for a proper end, `reset` for RST. */
  readonly how: 'end' | 'reset'
  /** Pieces in which the bytes came. */
  readonly pieces: number
}

/** Sends raw bytes and reads until the connection ends. */
export function exchangeRaw(url: string, request: string): Promise<Ended> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.write(request))
    let text = ''
    let pieces = 0
    let how: Ended['how'] = 'end'
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
      pieces += 1
    })
    socket.on('error', () => {
      how = 'reset'
    })
    socket.on('close', () => resolve({ text, how, pieces }))
  })
}
