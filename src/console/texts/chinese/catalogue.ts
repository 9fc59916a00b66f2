import type { Operation } from '../../../spec/operation.ts'
import { operations } from '../../../spec/operations.ts'
import { canonicalMistakes } from './canonical-mistakes.ts'
import { control } from './control.ts'
import { diagnoses } from './diagnoses.ts'
import { fields } from './fields.ts'
import { findings } from './findings.ts'
import { inputs } from './inputs.ts'
import { mistakes } from './mistakes.ts'
import { operationTexts } from './operations.ts'
import { options } from './options.ts'
import { readings } from './readings.ts'
import { refusals } from './refusals.ts'
import { situations } from './situations.ts'
import { sources } from './sources.ts'

/**
 * The Chinese of sentences that the mock says in English, by the English sentence. `{}` stands for whatever comes there;
 * `{2}` in the Chinese for the second gap.
 */
export const chinese: Readonly<Record<string, string>> = {
  ...Object.assign({}, ...(operations as readonly Operation[]).map((operation) => operation.chinese)),
  ...situations,
  ...readings,
  ...sources,
  ...mistakes,
  ...canonicalMistakes,
  ...operationTexts,
  ...fields,
  ...diagnoses,
  ...findings,
  ...refusals,
  ...inputs,
  ...control,
  ...options,
}
