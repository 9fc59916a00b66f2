import type { Scenario } from '../scenario.ts'

export const tokenExpiresMidPoll: Scenario = {
  name: 'token-expires-mid-poll',
  title: 'Tokens die while a client works',
  teaches:
    'Tokens live five seconds, no call extends them, and a batch takes longer than that. The token of the first call is dead when the users are listed at the end. Get a new token when a call is refused with 401, and repeat that call once.',
  authentication: { tokenLifeSeconds: 5, tokensSlide: false, defaultTokensExpire: true },
  batch: { startDelaySeconds: 6 },
}
