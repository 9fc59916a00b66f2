/**
 * Tells the adapter of Hono that the socket has its answer already, as the adapter's `RESPONSE_ALREADY_SENT` does. That one
 * is made on import, and with the first Response Node sets up all of its fetch: tens of milliseconds of every start.
 * The clone is Node's own Response, never the adapter's light one, whose headers the adapter would send.
 */
export const alreadySent = (): Response => new Response(null, { headers: { 'x-hono-already-sent': 'true' } }).clone()
