import { setImmediate } from 'node:timers/promises'
import type { DiagnosisSearch } from '../../journal/journal-entry.ts'
import {
  type DiagnoseOptions,
  type Diagnosis,
  diagnose,
  diagnoseInSlices,
  type MovedClock,
  type SignableRequest,
} from '../../signing/index.ts'
import { spanText } from '../../signing/x-date.ts'
import type { Credentials } from '../../world/config.ts'
import type { Department } from '../../world/directory/departments.ts'
import type { Selection } from '../../world/directory/search.ts'
import { toIso } from '../../world/instant.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import type { World } from '../../world/world.ts'
import { hostsOf } from './known-hosts.ts'

/** Effort of a search in a flood, of 2 microseconds each: less than 5 ms together with all else. */
const BRIEF_EFFORT = 500

const NOTHING: SignableRequest = { method: '', url: '', headers: [] }

export class SignatureSearch implements DiagnosisSearch {
  readonly #request: SignableRequest
  readonly #options: DiagnoseOptions
  #latest: Diagnosis | undefined
  #full: Promise<Diagnosis> | undefined

  constructor(request: SignableRequest, options: DiagnoseOptions) {
    this.#request = request
    this.#options = options
  }

  get latest(): Diagnosis {
    this.#latest ??= diagnose(this.#request, { ...this.#options, maxEffort: BRIEF_EFFORT })
    return this.#latest
  }

  ended(): SignatureSearch {
    const search = new SignatureSearch(NOTHING, this.#options)
    search.#latest = this.latest
    search.#full = Promise.resolve(this.latest)
    return search
  }

  full(): Promise<Diagnosis> {
    this.#full ??= this.#latest?.isCutShort === false ? Promise.resolve(this.#latest) : this.#search()
    return this.#full
  }

  async #search(): Promise<Diagnosis> {
    this.#latest = await diagnoseInTurns(diagnoseInSlices(this.#request, this.#options))
    return this.#latest
  }
}

/** Runs a diagnosis slice by slice, and lets everything else that waits have its turn between them. */
export async function diagnoseInTurns(slices: ReturnType<typeof diagnoseInSlices>): Promise<Diagnosis> {
  for (;;) {
    const { done, value } = slices.next()
    if (done) return value
    await setImmediate()
  }
}

const OTHERS_TRIED = 32
/** Users a client may have got from a listing. */
const USERS_TRIED = 20

/** The search for what is wrong with a request, by the secret, the clock and the readings of its sandbox as they are now. */
export const searchFor = (sandbox: Sandbox, request: SignableRequest, world: World): SignatureSearch =>
  new SignatureSearch(request, diagnoseOptionsOf(sandbox, world))

/** What a sandbox knows that helps to find a mistake. */
export function diagnoseOptionsOf(sandbox: Sandbox, world: World): DiagnoseOptions {
  const { appId, appSecret, userId } = sandbox.config.credentials
  const { readings, directory } = sandbox.peek()
  const { users: listed } = directory.list(allUsersOf(directory.root), 0, USERS_TRIED)
  return {
    appId,
    appSecret,
    now: Math.floor(sandbox.clock.xDateNow() / 1000) * 1000,
    futureToleranceMs: Number(readings['future-date-tolerance']) * 1000,
    knownSecrets: otherSecrets(sandbox, world),
    knownUserIds: [userId, ...listed.map((user) => user.id)],
    knownHosts: hostsOf(world),
    movedClock: movedClockOf(sandbox),
  }
}

const allUsersOf = (scope: Department): Selection => ({
  ...{ scope, direct: false, withSpace: false },
  ...{ keyWord: undefined, inMobile: false, spaceStatus: undefined },
})

/** Credentials of other sandboxes, the oldest first, that a client may have mixed in. */
function otherSecrets(sandbox: Sandbox, world: World): Credentials[] {
  const others: Credentials[] = []
  for (const other of world.all()) {
    if (others.length === OTHERS_TRIED) break
    if (other !== sandbox) others.push(other.config.credentials)
  }
  return others
}

const NEAR_MS = 1000

/** How the clock of a sandbox was moved away from the real time; undefined when it was not, or when X-Date goes by that. */
function movedClockOf({ id, clock }: Sandbox): MovedClock | undefined {
  const { now, frozen, rate, xDate } = clock.read()
  const realNow = clock.realNow()
  const ahead = now - realNow
  if (xDate === 'real' || (!frozen && rate === 1 && Math.abs(ahead) < NEAR_MS)) return undefined
  return {
    realNow,
    what: frozen
      ? `it stands still at ${toIso(now)}`
      : `it is ${spanText(Math.abs(ahead))} ${ahead < 0 ? 'behind' : 'ahead of'} the real time`,
    undo: `undo it by PUT /__admin/sandboxes/${id}/clock with {"now":"real","frozen":false,"rate":1}, judge X-Date by the real time with {"xDate":"real"}`,
  }
}
