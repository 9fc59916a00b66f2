import type { SearchedMistake } from './mistake.ts'

export const methodMistakes: readonly SearchedMistake[] = [
  {
    id: 'method-lower-case',
    stage: 'method',
    likelihood: 'frequent',
    title: 'The method was signed in lower case',
    cure: 'write the method in upper case on the first line of the canonical request',
    variants: ({ right }) => [
      (attempt) => ({ ...attempt, method: right.method.toLowerCase() }),
      (attempt) => ({ ...attempt, method: `${right.method.slice(0, 1)}${right.method.slice(1).toLowerCase()}` }),
    ],
  },
  {
    id: 'method-other',
    stage: 'method',
    title: 'Another method was signed than was sent',
    cure: 'sign the method that is sent',
    alone: true,
    variants: () =>
      ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', ''].map((method) => (attempt) => ({
        ...attempt,
        method,
      })),
  },
]
