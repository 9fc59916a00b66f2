import type { Duplex } from 'node:stream'
import { type ErrorName, errorEntry } from '../../spec/errors.ts'

/** So long a client may keep a connection open behind the answer that ends it. */
const LINGER_MS = 500

/**
 * Answers in the vendor's shape where there is no request to answer, and ends the connection. Node hands such a socket
 * over whole: from then on nobody else hears its errors, and one that nobody hears ends the process.
 */
export function refuseWith(name: ErrorName, socket: Duplex, diagnosis?: string): void {
  socket.on('error', () => socket.destroy())
  const timer = setTimeout(() => socket.destroy(), LINGER_MS)
  socket.once('close', () => clearTimeout(timer))
  const { code, status, message } = errorEntry(name)
  const body = JSON.stringify({ code, msg: message['en-US'] })
  socket.end(
    [
      `HTTP/1.1 ${status} ${message['en-US']}`,
      'Content-Type: application/json;charset=UTF-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      ...(diagnosis === undefined ? [] : [`X-Mock-Diagnosis: ${diagnosis}`]),
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  )
}

/**
 * Bytes that are no HTTP request get an answer in the vendor's shape too. Those that follow come to nothing: to hang up
 * on them would take the answer away.
 */
export function refuseBytes({ code }: NodeJS.ErrnoException, socket: Duplex): void {
  socket.on('error', () => socket.destroy())
  if (socket.writableEnded) return
  if (code === 'ECONNRESET' || !socket.writable) socket.destroy()
  else if (code === 'HPE_HEADER_OVERFLOW') refuseWith('headersTooLarge', socket)
  else if (code === 'ERR_HTTP_REQUEST_TIMEOUT') refuseWith('requestTimeout', socket)
  else refuseWith('malformedRequest', socket)
}
