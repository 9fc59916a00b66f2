import { readings } from './readings.ts'
import { situations } from './situations.ts'
import { sources } from './sources.ts'

/**
 * The Chinese of sentences that a table of the mock says in English, by the English sentence. `{}` stands for whatever
 * comes there.
 */
export const chinese: Readonly<Record<string, string>> = { ...situations, ...readings, ...sources }
