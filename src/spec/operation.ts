import type { z } from 'zod'
import type { Endpoint } from './endpoint.ts'
import type { ErrorName } from './errors.ts'
import type { Provenance } from './evidence.ts'
import type { Language, Localized } from './languages.ts'
import { once } from './once.ts'

/**
 * How an operation knows its caller.
 * `signature`: the app signature only · `token`: an access token, or an app signature instead · `session`: the access
 * token of a user and nothing else · `optional-session`: the same, or nobody · `none`: nobody yet.
 */
export type Authentication = 'signature' | 'token' | 'session' | 'optional-session' | 'none'

/** The same in words, for documents. */
export const authenticationTexts: Readonly<Record<Authentication, string>> = {
  signature: 'app signature',
  token: 'access token, or app signature',
  session: 'access token of a user',
  'optional-session': 'access token of a user, optional',
  none: 'no authentication',
}

/** The sections a reader finds operations under; the first two hold the operations of the five reference pages. */
export const tags = ['Provisioning', 'Organisation', 'Sessions', 'Departments', 'Users', 'Spaces', 'Tasks'] as const
export type Tag = (typeof tags)[number]

/** Whether an operation stands on one of the five reference pages, whose errors are known best. */
export const isReferenceOperation = ({ tag }: Pick<Operation, 'tag'>): boolean =>
  tag === 'Provisioning' || tag === 'Organisation'

/** Refusals of whatever takes a body. */
export const bodyErrors = ['bodyTooLarge', 'unsupportedMediaType'] as const

/** A worked example; the OpenAPI document shows it and a test validates it against the schemas. */
interface OperationExample {
  readonly summary: string
  /** Values of the path parameters. */
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  /** Headers of this operation alone. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly response: unknown
}

/** A value of an answer that is a parameter of another operation. */
export interface OperationLink {
  readonly operationId: string
  readonly description: string
  /** JSON pointers into the answer, by the query parameter that takes the value. */
  readonly query?: Readonly<Record<string, string>>
  /** The same by the path parameter. */
  readonly params?: Readonly<Record<string, string>>
}

/** One operation of the service as data: everything else (routes, validation, OpenAPI, client, checks) follows. */
export interface Operation extends Endpoint {
  /** File name of the operation in every room. */
  readonly id: string
  readonly operationId: string
  readonly title: string
  readonly description: string
  readonly page: Provenance
  readonly tag: Tag
  readonly authentication: Authentication
  /** Further spellings of the path on the same page. */
  readonly aliases?: readonly string[]
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  /** Headers of this operation alone, by their names in lower case. */
  readonly headers?: z.ZodObject
  readonly body?: z.ZodObject
  readonly response: z.ZodObject
  /** `msg` of a success, as the example of the page prints it. */
  readonly successMessage: Localized
  /** Refusals of its own, besides `commonErrors`. */
  readonly errors: readonly ErrorName[]
  /** Operations that take a value of this one's answer. */
  readonly links?: readonly OperationLink[]
  readonly examples: Readonly<Record<string, OperationExample>>
  /** Chinese of what this definition says in English, where the tables of the console lack it. */
  readonly chinese?: Readonly<Record<string, string>>
}

const schemaNames = ['params', 'query', 'headers', 'body', 'response'] as const
type SchemaName = (typeof schemaNames)[number]

/** An operation as its file writes it: with how its schemas are made. */
type OperationDefinition = Omit<Operation, SchemaName> & {
  readonly [Name in SchemaName]?: () => z.ZodObject
} & { readonly response: () => z.ZodObject }

type Defined<D extends OperationDefinition> = {
  readonly [K in keyof D]: D[K] extends () => infer S ? S : D[K]
}

/**
 * Keeps the literal types of an operation, so that its schemas and errors are known to the compiler. A schema is made
 * when it is asked for first: a start that makes those of all operations takes 15 ms more.
 */
export function defineOperation<const D extends OperationDefinition>(definition: D): Defined<D> {
  const operation: object = { ...definition }
  for (const name of schemaNames) {
    const make = definition[name]
    if (make !== undefined) Object.defineProperty(operation, name, { get: once(make), enumerable: true })
  }
  return operation as Defined<D>
}

/** Path parameters of an operation after validation. */
export type ParamsOf<O extends Operation> = O extends { params: infer P extends z.ZodObject } ? z.output<P> : undefined

/** Query parameters of an operation after validation. */
export type QueryOf<O extends Operation> = O extends { query: infer Q extends z.ZodObject } ? z.output<Q> : undefined

/** Headers of an operation alone, after validation. */
export type HeadersOf<O extends Operation> = O extends { headers: infer H extends z.ZodObject }
  ? z.output<H>
  : undefined

/** Body of an operation after validation. */
export type BodyOf<O extends Operation> = O extends { body: infer B extends z.ZodObject } ? z.output<B> : undefined

/** Success answer of an operation under the default readings. */
export type ResponseOf<O extends Operation> = z.output<O['response']>

/** What another place on the page of an operation says: its answer table, its example. */
export const onPageOf = ({ page: { evidence, source } }: Pick<Operation, 'page'>, place: string): Provenance => ({
  evidence,
  source: source.replace(/, page$/, `, ${place}`),
})

/** The success text of an operation in a language. */
export const successText = (operation: Operation, language: Language): string => operation.successMessage[language]
