import { describe, expect, it } from 'vitest'
import { inChinese } from '../../src/console/texts/chinese/translate.ts'
import { diagnose } from '../../src/signing/index.ts'
import { mistakes } from '../../src/signing/mistakes/table.ts'
import { sentBy } from '../signing/mistaken-client-request.ts'
import { mistakenClients } from '../signing/mistaken-clients.ts'
import { visiblyMistakenClients } from '../signing/visibly-mistaken-clients.ts'
import { englishIn } from '../support/chinese.ts'

const credentials = { appId: '0123456789abcdef'.repeat(4), appSecret: 'koodrive-mock-app-secret' }
const NOW = Date.UTC(2026, 3, 16, 8, 0, 0)
const MINUTE = 60_000
const clocks = {
  right: {},
  'ahead by an hour': { now: NOW + 60 * MINUTE },
  'behind by an hour': { now: NOW - 60 * MINUTE },
  'ahead by 20 minutes': { now: NOW + 20 * MINUTE },
  'days behind': { now: NOW + 26 * 60 * MINUTE },
  moved: {
    now: NOW + 60 * MINUTE,
    movedClock: { realNow: NOW, what: 'it is 1 h ahead of the real time', undo: 'set it back' },
  },
}

describe('every mistake', () => {
  it.each(mistakes.map(({ id, title, cure }) => [id, title, typeof cure === 'string' ? cure : cure({} as never)]))(
    '%s is named and cured in Chinese',
    (_, title, cure) => {
      for (const said of [inChinese(title), inChinese(cure), inChinese(`${title}: ${cure}.`)]) {
        expect(said).toMatch(/\p{Script=Han}/u)
        expect(englishIn(said ?? '')).toEqual([])
      }
    },
  )
})

describe('every diagnosis of a request', () => {
  const clients = { ...visiblyMistakenClients, ...mistakenClients }
  it.each(Object.entries(clients))(
    'that makes the mistake %s is said in Chinese, whole and in its parts',
    (_, client) => {
      for (const clock of Object.values(client === visiblyMistakenClients['app-id-unknown'] ? clocks : { right: {} })) {
        const { method, target, headers, body } = sentBy(client, credentials, 'mock.example.org:4010')
        const request = { method, url: target, headers, body }
        const { summary, mistakes: named } = diagnose(request, { ...credentials, now: NOW, ...clock })
        for (const english of [summary, ...named.flatMap(({ title, cure }) => [title, cure])]) {
          const said = inChinese(english)
          expect(said, english).toMatch(/\p{Script=Han}/u)
          expect(englishIn(said ?? ''), said).toEqual([])
        }
      }
    },
  )
})
