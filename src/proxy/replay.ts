import { Hono } from 'hono'
import type { FinishedExchange } from '../journal/journal-view.ts'
import type { AppEnv } from '../server/app-env.ts'
import { wireOf } from '../server/http/wire.ts'
import { listen } from '../server/listen.ts'
import { type Listening, type ListenOptions, OpenPorts } from '../server/listening.ts'
import { systemTime } from '../server/system-time.ts'
import { createAuthority } from '../server/tls/authority.ts'
import { headerText } from '../shared/escape.ts'
import { isFromOtherSite, protectiveHeaders } from '../shared/headers.ts'
import { errorEntry } from '../spec/errors.ts'
import {
  type Asked,
  askedOf,
  keyOf,
  operationOf,
  type Recorded,
  type RecordedAnswer,
  readRecording,
} from './recording.ts'
import { failed, refuse, refuseBody } from './refuse.ts'

export interface ReplayOptions {
  /** Called with every finished exchange. */
  readonly onExchange?: ((exchange: FinishedExchange) => void) | undefined
}

export interface Replay {
  /** Answers in process, without a port. */
  readonly fetch: (request: Request) => Promise<Response>
  readonly listen: (options?: ListenOptions) => Promise<Listening>
  readonly close: () => Promise<void>
}

/** Statuses whose answers have no body. */
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304])
const LONGEST_HEADER = 4096
/** Characters of a name, a phone or an address: far more than there are. */
const LONGEST_STAND_IN = 1024

const OPERATION_PREFIX = '/koodrive/'
/** Headers that belong to one transfer and not to what was said. */
const transferHeaders = new Set(['content-length', 'content-encoding', 'transfer-encoding', 'connection', 'keep-alive'])

/**
 * A server that answers from an HTTP archive: the n-th time that a request comes, with the n-th answer that was recorded
 * for it; the last one stays. Proofs of identity are not looked at: what was recorded had them taken out.
 *
 * @throws RecordingError when the archive cannot be read.
 */
export function createReplay(archive: string, { onExchange }: ReplayOptions = {}): Replay {
  const recording = new Recording(readRecording(archive))
  const app = new Hono<AppEnv>()
  let count = 0
  app.get('/__admin/health', () => Response.json({ status: 'ok' }))
  app.get('/__admin/ready', () => Response.json({ status: 'ok' }))
  app.all('*', async ({ env, req }) => {
    const started = systemTime.elapsed()
    const wire = wireOf(req.raw, env)
    const { method, target } = wire
    if (wire.isSocket && isFromOtherSite(req.header('sec-fetch-site') ?? null)) {
      return refuse('otherSite', 'A page of another site sent this through a browser. Call from a program.')
    }
    const body = await wire.body().catch(refuseBody)
    if (body instanceof Response) return body
    const text = Buffer.from(body).toString('utf8')
    const { answer, diagnosis, operation } = recording.answer(method, target, text)
    count += 1
    onExchange?.({
      ...{ sandbox: undefined, requestId: `replay-${count}`, operation, method, target, status: answer.status },
      ...{ durationMs: systemTime.elapsed() - started, diagnosis, faults: [] },
    })
    const headers = answer.headers.filter(([name]) => !transferHeaders.has(name.toLowerCase()))
    const own: [string, string][] = diagnosis === undefined ? [] : [['X-Mock-Diagnosis', diagnosis]]
    return toResponse({ ...answer, headers: [...headers, ...own, ...protectiveHeaders] })
  })
  app.onError(failed)
  const ports = new OpenPorts()
  return {
    fetch: async (request) => app.fetch(request),
    listen: (where = {}) => ports.add(listen(app, where, async () => createAuthority(systemTime.now()))),
    close: () => ports.close(),
  }
}

interface Replayed {
  readonly answer: RecordedAnswer
  readonly operation: string | undefined
  readonly diagnosis?: string | undefined
}

/** An archive may hold what no answer can: a status that is none, a header with a line end, a body of an empty answer. */
function toResponse({ status, headers, body }: RecordedAnswer): Response {
  const sent = new Headers()
  for (const [name, value] of headers) {
    if (/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/.test(name)) sent.append(name, headerText(value, LONGEST_HEADER))
  }
  const isStatus = Number.isInteger(status) && status >= 200 && status <= 599
  return new Response(isStatus && BODILESS.has(status) ? null : body, {
    status: isStatus ? status : 502,
    headers: sent,
  })
}

/** What was recorded, and how far it has been played. */
class Recording {
  readonly #recorded: readonly Recorded[]
  /** By what they ask, with people and without. */
  readonly #byKey = new Map<string, Recorded[]>()
  readonly #played = new Map<Recorded, number>()
  /** Recorded people, and those who stand in for them. */
  readonly #people = new Map<string, string>()

  constructor(recorded: readonly Recorded[]) {
    this.#recorded = recorded
    for (const one of recorded) {
      for (const people of ['named', 'blank'] as const) {
        const key = people + keyOf(one, people)
        const alike = this.#byKey.get(key)
        if (alike === undefined) this.#byKey.set(key, [one])
        else alike.push(one)
      }
    }
  }

  answer(method: string, target: string, body: string): Replayed {
    const [path = ''] = target.split('?')
    const operation = operationOf(method, path.slice(Math.max(0, path.indexOf(OPERATION_PREFIX))))
    if (operation === undefined) {
      return {
        answer: notFound,
        operation: undefined,
        diagnosis: `No operation is ${headerText(`${method} ${path}`, 200)}.`,
      }
    }
    const asked = askedOf(operation, target, body)
    const same = this.#find(asked, 'named')
    if (same !== undefined) return { answer: this.#next(same), operation: operation.operationId }
    const alike = this.#find(asked, 'blank')
    if (alike !== undefined) {
      this.#exchange(alike, asked)
      const diagnosis = 'Recorded for other people: everything but names, phones and addresses is the same.'
      return { answer: this.#next(alike), operation: operation.operationId, diagnosis }
    }
    return { answer: notFound, operation: operation.operationId, diagnosis: this.#nearest(asked) }
  }

  #find(asked: Asked, people: 'named' | 'blank'): Recorded | undefined {
    const found = this.#byKey.get(people + keyOf(asked, people)) ?? []
    return found.find((recorded) => !this.#played.has(recorded)) ?? found.at(-1)
  }

  #next(recorded: Recorded): RecordedAnswer {
    const played = this.#played.get(recorded) ?? 0
    this.#played.set(recorded, played + 1)
    const answer = recorded.answers[Math.min(played, recorded.answers.length - 1)] ?? notFound
    let { body } = answer
    for (const [was, is] of this.#people) body = body.replaceAll(JSON.stringify(was), () => JSON.stringify(is))
    return { ...answer, body }
  }

  /** From now on the people that were asked for stand in for the recorded ones. */
  #exchange(recorded: Recorded, asked: Asked): void {
    for (const [path, was] of recorded.parameters) {
      const is = asked.parameters.get(path)
      // A stand-in is written wherever the recorded one stood.
      if (is === undefined || is === was || is.length > LONGEST_STAND_IN || path.endsWith('.length')) continue
      this.#people.set(was, is)
    }
  }

  /** Names what differs, not what the client sent: that may be personal. */
  #nearest({ operation, parameters }: Asked): string {
    const { operationId } = operation
    const candidates = this.#recorded
      .filter((recorded) => recorded.operation === operation)
      .map((recorded) => {
        const names = new Set([...parameters.keys(), ...recorded.parameters.keys()])
        return [...names]
          .filter((name) => parameters.get(name) !== recorded.parameters.get(name))
          .map((name) => {
            const was = recorded.parameters.get(name)
            return `${name} (recorded ${was === undefined ? 'without it' : was.slice(0, 40)})`
          })
      })
      .sort((a, b) => a.length - b.length)
    const [nearest] = candidates
    const known = [...new Set(this.#recorded.map((recorded) => recorded.operation.operationId))].join(', ')
    const where =
      nearest === undefined
        ? `There is no recorded ${operationId}; recorded are ${known}`
        : `The nearest recorded ${operationId} differs in ${nearest.slice(0, 5).join(', ')}${nearest.length > 5 ? ' and more' : ''}`
    return headerText(`${where}.`)
  }
}

const { code, status, message } = errorEntry('pathNotFound')
const notFound: RecordedAnswer = {
  status,
  headers: [['Content-Type', 'application/json;charset=UTF-8']],
  body: JSON.stringify({ code, msg: message['en-US'] }),
}
