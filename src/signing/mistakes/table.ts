import { authorizationMistakes } from './authorization.ts'
import { bodyMistakes } from './body.ts'
import { bodyByteMistakes } from './body-bytes.ts'
import { bodyAsObjectMistakes, formBodyMistakes, visibleBodyMistakes } from './body-forms.ts'
import { dateAndUserMistakes } from './date-and-user.ts'
import { headerMistakes } from './headers.ts'
import { hostMistakes } from './host.ts'
import { jsonBodyMistakes } from './json-body.ts'
import { layoutMistakes } from './layout.ts'
import { methodMistakes, pathMistakes } from './method-and-path.ts'
import { type Mistake, type SearchedMistake, stages, type VisibleMistake } from './mistake.ts'
import { queryMistakes } from './query.ts'
import { requiredHeaderMistakes } from './required-headers.ts'
import { secretMistakes } from './secret.ts'
import { macMistakes, outputMistakes, signatureFormMistakes } from './signature.ts'
import { stringToSignMistakes } from './string-to-sign.ts'

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
].sort((a, b) => stages.indexOf(a.stage) - stages.indexOf(b.stage))

/** Every mistake that can be named. A new one is one entry in one of the files above. */
export const mistakes: readonly Mistake[] = [...visibleMistakes, ...searchedMistakes, ...outputMistakes]
