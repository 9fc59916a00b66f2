import { formatAuthorization } from '../signing/authorization.ts'
import { hmacSha256Hex } from '../signing/digest.ts'
import { type AppCredentials, canonicalRequest, type SignableRequest, stringToSign } from '../signing/index.ts'

/**
 * The Authorization header of a request, also of one that no right client would sign: an X-Date that is none, signed
 * headers that leave out what is mandatory or name what is not there. For checks that see whether a service refuses it.
 */
export function signAnyway(
  request: SignableRequest,
  { appId, appSecret }: AppCredentials,
  signedHeaders: readonly string[],
): string {
  const signature = hmacSha256Hex(appSecret, stringToSign(canonicalRequest(request, signedHeaders)))
  return formatAuthorization({ appId, signedHeaders, signature })
}
