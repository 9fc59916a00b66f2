/** So long a connection is kept open for a further request. */
export const KEEP_ALIVE_MS = 65_000

/** The first byte of a TLS handshake. */
export const TLS_HANDSHAKE = 0x16
