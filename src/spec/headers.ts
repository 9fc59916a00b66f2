import { z } from 'zod'
import { documented, inferred } from './evidence.ts'
import { languages } from './languages.ts'
import { limits } from './limits.ts'
import { field } from './schemas.ts'

/** Request headers besides Authorization, with the provenance of their rules. */
export const requestHeaders = {
  'X-Date': field(
    z.string().regex(/^[0-9]{8}T[0-9]{6}Z$/, 'yyyyMMddTHHmmssZ'),
    'UTC time of the signature, yyyyMMddTHHmmssZ: at most 15 minutes old and not in the future.',
    documented('queryBatch', 'Table 2'),
  ).meta({ example: '20260416T080000Z' }),
  'X-User-Id': field(
    z.string().min(1),
    'KooDrive id of a user of the organisation; part of the signature.',
    documented('queryBatch', 'Table 2'),
  ).meta({ example: '1505084218764547200' }),
  'X-Traceid': field(
    z
      .string()
      .regex(new RegExp(`^[!-~]{${limits.traceIdLength}}$`), `${limits.traceIdLength} visible ASCII characters`)
      .optional(),
    `Trace id of ${limits.traceIdLength} visible ASCII characters.`,
    documented('queryBatch', 'Table 2'),
  ),
  language: field(
    z.string().optional(),
    `Language of msg: ${languages.join(' or ')}; en_US is accepted as well, anything else means ${languages[0]}.`,
    inferred('The pages write en-US and en_us for the same thing'),
  ),
}

export type RequestHeader = keyof typeof requestHeaders
