import { type Evidence, type Page, type Provenance, pages } from '../spec/evidence.ts'

/** RFC 2119. A failed MUST or SHOULD is a violation, a failed MAY a notice. */
export type Level = 'MUST' | 'SHOULD' | 'MAY'

/** Pages about the console and its manuals: what they say of the screen does not bind the API. */
const guides: readonly Page[] = ['memberGuide']

const apiPages = (Object.keys(pages) as Page[])
  .filter((page) => !guides.includes(page))
  .map((page) => pages[page].replace(/ \(.*\)$/, ''))

/** How well a rule is known to hold for the API: a source that is not a page of the API reference counts as inferred. */
export const bindingEvidence = ({ evidence, source }: Provenance): Evidence =>
  apiPages.some((title) => source.startsWith(title)) ? evidence : 'inferred'

const levels: Readonly<Record<Evidence, Level>> = { documented: 'MUST', example: 'SHOULD', inferred: 'MAY' }

/**
 * The level of a rule follows from its evidence: MUST for what a reference page states, or without which a documented
 * parameter could not do what it is there for; SHOULD for what its examples show; MAY for what we infer.
 */
export const levelOf = (from: Provenance): Level => levels[bindingEvidence(from)]
