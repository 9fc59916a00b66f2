/** What a run proves itself with. Whatever is absent, its checks are skipped. */
export interface ContractCredentials {
  readonly appId?: string | undefined
  readonly appSecret?: string | undefined
  /** KooDrive id of a user of the organisation, for X-User-Id. */
  readonly userId?: string | undefined
  /** Access token of an administrator. */
  readonly accessToken?: string | undefined
  /** Application access token. */
  readonly appAccessToken?: string | undefined
  /** Authorization code of a sign-in, for the checks of sessions: good once, within five minutes. */
  readonly authCode?: string | undefined
}

/** What a check needs before it can run. */
export type Need = 'signature' | 'access-token' | 'application-token' | 'authorization-code' | 'writes'

/** The environment variable of each credential: the only way in besides a file, and the placeholder in every output. */
export const credentialVariables = {
  appId: 'KOODRIVE_APP_ID',
  appSecret: 'KOODRIVE_APP_SECRET',
  userId: 'KOODRIVE_USER_ID',
  accessToken: 'KOODRIVE_ACCESS_TOKEN',
  appAccessToken: 'KOODRIVE_APP_ACCESS_TOKEN',
  authCode: 'KOODRIVE_AUTH_CODE',
} as const satisfies Record<keyof ContractCredentials, string>

const isSet = (text: string | undefined): text is string => text !== undefined && text !== ''

/** Why a need is not met; undefined when it is. */
export function lacks(need: Need, credentials: ContractCredentials, allowWrites: boolean): string | undefined {
  const { appId, appSecret, userId, accessToken, appAccessToken, authCode } = credentials
  switch (need) {
    case 'signature':
      return isSet(appId) && isSet(appSecret) && isSet(userId)
        ? undefined
        : 'KOODRIVE_APP_ID, KOODRIVE_APP_SECRET and KOODRIVE_USER_ID are not all set'
    case 'access-token':
      return isSet(accessToken) ? undefined : 'KOODRIVE_ACCESS_TOKEN is not set'
    case 'application-token':
      return isSet(appAccessToken) ? undefined : 'KOODRIVE_APP_ACCESS_TOKEN is not set'
    case 'authorization-code':
      return isSet(authCode) ? undefined : 'KOODRIVE_AUTH_CODE is not set: a sign-in gives one, good for five minutes'
    case 'writes':
      return allowWrites ? undefined : 'it changes something at the target; writes need --allow-writes'
  }
}

/** Whether there is anything to prove a call with. */
export const hasAnyCredential = (credentials: ContractCredentials): boolean =>
  lacks('signature', credentials, false) === undefined ||
  isSet(credentials.accessToken) ||
  isSet(credentials.appAccessToken)
