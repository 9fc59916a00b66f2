import { authorizationMistakes } from './authorization.ts'
import { bodyMistakes } from './body.ts'
import { bodyAsObjectMistakes } from './body-as-object.ts'
import { bodyByteMistakes } from './body-bytes.ts'
import { dateAndUserMistakes } from './date-and-user.ts'
import { formBodyMistakes, visibleBodyMistakes } from './form-body.ts'
import { headerMistakes } from './headers.ts'
import { hostMistakes } from './host.ts'
import { jsonBodyMistakes } from './json-body.ts'
import { layoutMistakes } from './layout.ts'
import { macMistakes } from './mac.ts'
import { methodMistakes } from './method.ts'
import type { Mistake, SearchedMistake, Stage, VisibleMistake } from './mistake.ts'
import { outputMistakes, signatureFormMistakes } from './output.ts'
import { pathMistakes } from './path.ts'
import { queryMistakes } from './query.ts'
import { requiredHeaderMistakes } from './required-headers.ts'
import { secretMistakes } from './secret.ts'
import { stringToSignMistakes } from './string-to-sign.ts'

/** The order in which mistakes act on a request: a client canonicalises before it hashes, and hashes before it signs. */
const stageOrder: readonly Stage[] = [
  'request',
  'method',
  'path',
  'path-end',
  'query-order',
  'query-encoding',
  'query-form',
  'header-list',
  'host',
  'date',
  'user',
  'header-values',
  'header-names',
  'body',
  'layout',
  'line-ends',
  'string-to-sign',
  'secret',
  'mac',
  'output',
]

export const visibleMistakes: readonly VisibleMistake[] = [
  ...authorizationMistakes,
  ...requiredHeaderMistakes,
  ...signatureFormMistakes,
  ...visibleBodyMistakes,
]

/** By stage; within a stage as listed, the most likely first. */
export const searchedMistakes: readonly SearchedMistake[] = [
  ...methodMistakes,
  ...pathMistakes,
  ...queryMistakes,
  ...headerMistakes,
  ...hostMistakes,
  ...dateAndUserMistakes,
  // A line end is told before a style: compact JSON behind which a line feed was sent fits both.
  ...bodyMistakes,
  ...jsonBodyMistakes,
  ...formBodyMistakes,
  ...bodyAsObjectMistakes,
  ...bodyByteMistakes,
  ...layoutMistakes,
  ...stringToSignMistakes,
  ...secretMistakes,
  ...macMistakes,
].sort((a, b) => stageOrder.indexOf(a.stage) - stageOrder.indexOf(b.stage))

/** Every mistake that can be named. A new one is one entry in one of the files above. */
export const mistakes: readonly Mistake[] = [...visibleMistakes, ...searchedMistakes, ...outputMistakes]
