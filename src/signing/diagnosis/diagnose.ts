import type { SignableRequest } from '../types.ts'
import { verify } from '../verify.ts'

export interface Diagnosis {
  readonly ok: boolean
  readonly summary: string
  readonly mistakes: readonly { readonly id: string; readonly title: string; readonly cure: string }[]
  readonly expected?: { readonly canonicalRequest: string; readonly stringToSign: string }
}

export interface DiagnoseOptions {
  readonly appId: string
  readonly appSecret: string
  readonly now?: number
}

/** Says whether a signature is right and, when it is not, what the server makes of the request. */
export function diagnose(request: SignableRequest, { appSecret }: DiagnoseOptions): Diagnosis {
  const verified = verify(request, { appSecret })
  if (verified.ok) return { ok: true, summary: 'The signature is right.', mistakes: [] }
  return { ok: false, summary: verified.reason, mistakes: [], expected: verified.expected }
}
