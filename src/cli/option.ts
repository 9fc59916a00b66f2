import { InvalidArgumentError, Option } from 'commander'
import type { z } from 'zod'
import { bareHost, isHost } from '../shared/address.ts'
import { usageError } from './exit.ts'

/** Every flag has a twin in the environment: `--max-journal` is KOODRIVE_MOCK_MAX_JOURNAL. */
function environmentTwin(flags: string): string {
  const name = /--([a-z-]+)/.exec(flags)?.[1] ?? ''
  return `KOODRIVE_MOCK_${name.replaceAll('-', '_').toUpperCase()}`
}

/** A flag that takes a value, with its twin. */
export const valueFlag = <T>(flags: string, description: string, parse: (text: string, before: T) => T): Option =>
  new Option(flags, description).env(environmentTwin(flags)).argParser(parse)

/** A flag that takes a number of a schema: with its range and, from its description, what it means. */
export function numberFlag(flags: string, schema: z.ZodOptional<z.ZodNumber>, usual?: number): Option {
  const { isInt, minValue, maxValue } = schema.unwrap()
  const parse = (isInt ? integer : decimal)(minValue ?? 0, maxValue ?? Number.MAX_SAFE_INTEGER)
  const implied = usual === undefined ? '' : ` (default: ${usual})`
  return valueFlag(flags, `${inHelp(schema.description)}${implied}`, parse)
}

/** A sentence about an option as help has it: no capital, no full stop. */
export const inHelp = ([first = '', ...rest]: string = ''): string =>
  `${first.toLowerCase()}${rest.join('').replace(/\.$/, '')}`

/** A flag that takes names, again or with commas between them; `usual` is what help calls the default, no name. */
export const listFlag = (flags: string, description: string, usual: string): Option =>
  new Option(flags, `${description}; may be given again`)
    .argParser((text, before: readonly string[]) => [...before, ...text.split(',').map((name) => name.trim())])
    .default([], usual)

/** A flag that is there or not; its twin takes true or false. */
export const switchFlag = (flags: string, description: string): Option =>
  new Option(flags, `${description} (env: ${environmentTwin(flags)})`)

/**
 * The switches that the environment turns on, as arguments. The argument parser only asks whether a variable is set,
 * so that `KOODRIVE_MOCK_TLS=false` would turn TLS on.
 *
 * @throws ExitError when a twin is neither true nor false.
 */
export function switchesFromEnvironment(options: readonly Option[], environment: NodeJS.ProcessEnv): string[] {
  return options.flatMap((option) => {
    if (option.required || option.optional || option.long === undefined || option.envVar !== undefined) return []
    const twin = environmentTwin(option.long)
    const text = environment[twin]
    if (text === undefined || /^(?:0|false|no|off|)$/i.test(text)) return []
    if (/^(?:1|true|yes|on)$/i.test(text)) return [option.long]
    throw usageError(`option '${option.long}' value '${text}' from env '${twin}' is invalid. Allowed: true, false.`)
  })
}

/** A whole number in a range. */
export const integer =
  (min: number, max: number) =>
  (text: string): number => {
    const value = /^-?\d{1,15}$/.test(text) ? Number(text) : Number.NaN
    if (value >= min && value <= max) return value
    throw new InvalidArgumentError(`Allowed: a whole number from ${min} to ${max}.${ofServiceLink(text)}`)
  }

/** Kubernetes sets NAME_PORT=tcp://… for every Service of a namespace, and a Service koodrive-mock hits our own variables. */
const ofServiceLink = (text: string): string =>
  /^(?:tcp|udp|sctp):\/\//.test(text)
    ? ' Kubernetes set this for a Service of that name: write enableServiceLinks: false into the pod, or name the Service otherwise.'
    : ''

/** An address or a host name, IPv6 with or without brackets. */
export function address(text: string): string {
  if (isHost(text)) return bareHost(text)
  throw new InvalidArgumentError(
    'Allowed: an address or a name without a port, such as 127.0.0.1, 0.0.0.0, ::1 or localhost; --port takes the port.',
  )
}

/** A number in a range. */
export const decimal =
  (min: number, max: number) =>
  (text: string): number => {
    const value = text.trim() === '' ? Number.NaN : Number(text)
    if (value >= min && value <= max) return value
    throw new InvalidArgumentError(`Allowed: a number from ${min} to ${max}.`)
  }

/** Base URL of a server, without a slash at its end. */
export function baseUrl(text: string): string {
  if (URL.canParse(text) && /^https?:/i.test(text)) return text.replace(/\/+$/, '')
  throw new InvalidArgumentError('Allowed: a URL such as http://127.0.0.1:4010.')
}

/** A string that says something. */
export function nonEmpty(text: string): string {
  if (text !== '') return text
  throw new InvalidArgumentError('Allowed: any string that is not empty.')
}

/** One of some words. */
export const oneOf =
  <T extends string>(...allowed: readonly T[]) =>
  (text: string): T => {
    const found = allowed.find((word) => word === text)
    if (found !== undefined) return found
    throw new InvalidArgumentError(`Allowed: ${allowed.join(', ')}.`)
  }
