/** Why no server can be started here; undefined when one can. */
export const whyNoPostgres: string | undefined

export interface PostgresServer {
  /** URL of a new, empty database. */
  readonly createDatabase: () => Promise<string>
  /** Runs SQL in the database of a URL; gives what psql prints, a row a line. */
  readonly sql: (url: string, statement: string) => Promise<string>
  readonly url: (database: string) => string
  readonly pid: () => number
  /** Ends it at once, as a crash does. */
  readonly kill: () => Promise<void>
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
}

export interface PostgresChoice {
  /** Whether it waits for the disk, as in production; tests that crash nothing need not. */
  readonly durable?: boolean
  /** A certificate in PEM that it shows on a port of 127.0.0.1. */
  readonly tls?: { readonly port: number; readonly key: string; readonly cert: string }
}

/** Starts a server of PostgreSQL on a socket of its own. */
export function startPostgres(choice?: PostgresChoice): Promise<PostgresServer>
