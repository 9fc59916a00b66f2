import type { Duplex } from 'node:stream'
import { type ErrorName, errorEntry } from '../../spec/errors.ts'

/** Answers in the vendor's shape where there is no request to answer, and ends the connection. */
export function refuseWith(name: ErrorName, socket: Duplex, diagnosis?: string): void {
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
  if (socket.writableEnded) return
  if (code === 'ECONNRESET' || !socket.writable) socket.destroy()
  else if (code === 'HPE_HEADER_OVERFLOW') refuseWith('headersTooLarge', socket)
  else if (code === 'ERR_HTTP_REQUEST_TIMEOUT') refuseWith('requestTimeout', socket)
  else refuseWith('malformedRequest', socket)
}
