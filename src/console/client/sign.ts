import { CallError, call, PREFIX, storedToken } from './api.ts'
import { announce, byId } from './page.ts'
import { askForToken } from './token-dialog.ts'

/** A request that is to be signed. */
export interface SignOrder {
  readonly method: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Who makes it, as the sign route names them. */
  readonly as?: string
}

/** What the sign route answers, as far as the page of the API uses it. */
export interface SignedRequest {
  readonly headers: readonly (readonly [string, string])[]
  readonly authorization?: string
  readonly canonicalRequest?: string
  readonly stringToSign?: string
  readonly samples: Readonly<Record<string, string>>
}

/** Whether a call can be made without asking for the control token first. */
export const canCall = (): boolean => document.body.dataset['needsToken'] === undefined || storedToken() !== null

/**
 * Signs with the credentials of the chosen sandbox, dated now by its clock; asks for the control token where one is
 * needed.
 *
 * @throws CallError when the mock refuses; the reader has been told.
 */
export async function signNow(order: SignOrder): Promise<SignedRequest> {
  if (!canCall()) await tokenGiven()
  try {
    const sandbox = byId<HTMLInputElement>('sandbox').value
    const response = await call('POST', `${PREFIX}/signature/sign`, { ...order, sandbox })
    return (await response.json()) as SignedRequest
  } catch (error) {
    if (error instanceof CallError && error.status === 401) {
      await tokenGiven()
      return signNow(order)
    }
    announce(error instanceof Error ? error.message : String(error))
    throw error
  }
}

const tokenGiven = (): Promise<void> => new Promise((resolve) => askForToken(resolve))
