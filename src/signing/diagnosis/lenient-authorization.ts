import type { AuthorizationFields } from '../authorization.ts'

/** A longer header is not searched: no honest one is. */
const MAX_LENGTH = 4096

/**
 * The fields of an Authorization header that is not of the documented form, as far as they can be made out: other
 * order, quotes, semicolons or spaces between the fields, a list joined by commas, the field names of the SDK.
 */
export function readLeniently(value: string): AuthorizationFields | undefined {
  if (value.length > MAX_LENGTH) return undefined
  const appId = /(?:App-?Id|Access(?:Key)?)\s?[=:]\s?["']?([^\s,;"']+)/i.exec(value)?.[1]
  const list = /SignedHeaders\s?[=:]\s?["']?([!#$%&*+.^_`|~0-9a-z;, -]+)/i.exec(value)?.[1]
  const signature = /Signature\s?[=:]\s?["']?([^\s,;"']+)/i.exec(value)?.[1]
  if (appId === undefined || list === undefined || signature === undefined) return undefined
  const names = list.split(/[;,\s]+/).filter((name) => name !== '' && !/^(Signature|App-?Id|Access)$/i.test(name))
  return { appId, signedHeaders: names, signature }
}
