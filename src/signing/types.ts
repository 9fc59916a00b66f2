/**
 * Headers in any of the shapes JavaScript code has at hand: a record (Node's `IncomingHttpHeaders` included), an array
 * of pairs in the order of the wire (repeats allowed), or any iterable of pairs such as a fetch `Headers` object.
 * Names are compared without regard to case.
 */
export type HeadersInput =
  | Readonly<Record<string, string | readonly string[] | undefined>>
  | Iterable<readonly [name: string, value: string]>

/** Headers as they are sent: in order, with their names as written, repeats kept. */
export type HeaderPairs = readonly (readonly [name: string, value: string])[]

/** A request as it goes over the wire. */
export interface SignableRequest {
  /** Any case; it is signed in upper case. */
  readonly method: string
  /**
   * Absolute URL or origin-form target exactly as sent: `/koodrive/ose/v1/userList?offset=0`. Never normalised before
   * it gets here. Characters outside ASCII count as their UTF-8 bytes; the fragment of an absolute URL is not sent and
   * therefore not signed.
   */
  readonly url: string
  readonly headers: HeadersInput
  /** The raw bytes of the body; a string counts as its UTF-8 bytes. Absent and empty are the same. */
  readonly body?: Uint8Array | string | undefined
}

/** What an application signs with. */
export interface AppCredentials {
  readonly appId: string
  readonly appSecret: string
}
