/* Written by scripts/types.mjs from the schema of a scenario. */

import type { ErrorChoice } from '../spec/errors.ts'
import type { OperationId } from '../spec/wire-types.ts'

/** A situation that the mock plays: organisation, batches, authentication, readings, faults. */
export interface Scenario {
  /** Name: lower case, digits, hyphens. */
  readonly name: string
  /** One line for lists. */
  readonly title: string
  /** What an integrator learns from it. */
  readonly teaches?: string | undefined
  /** The organisation. */
  readonly directory?:
    | {
        /** Number of seeded users. */
        readonly users?: number | undefined
        /** Number of seeded departments, the root included. */
        readonly departments?: number | undefined
        /** Capacity that is not allocated to anybody, in GB. */
        readonly freeCapacityGb?: number | undefined
        /** Team space of each department but the root in GB; 0 for none. */
        readonly departmentSpaceGb?: number | undefined
        /** Departments by name. */
        readonly extraDepartments?:
          | readonly {
              /** Name, at most 20 characters. */
              readonly name: string
              /** Id; one is made when absent. */
              readonly id?: string | undefined
              /** Name or id of the parent; the root department when absent. */
              readonly parent?: string | undefined
            }[]
          | undefined
        /** Users by name. */
        readonly extraUsers?:
          | readonly {
              /** Name. */
              readonly name: string
              /** Mobile number, exactly as stored. */
              readonly phone: string
              /** Name or id of the department; the root department when absent. */
              readonly department?: string | undefined
              /** 0 department administrator, 1 common user, 2 system administrator. */
              readonly role?: number | undefined
              /** 0 enabled, 1 disabled, 2 not activated. */
              readonly status?: number | undefined
              /** Individual space in GB; 0 for none. */
              readonly spaceGb?: number | undefined
              /** 0 normal, 1 disabled. */
              readonly spaceStatus?: '0' | '1' | undefined
            }[]
          | undefined
        /** Users that somebody else adds while a client works. */
        readonly arrivals?:
          | {
              /** Virtual seconds from one arrival to the next. */
              readonly everySeconds?: number | undefined
              /** A user joins after every nth page that a client reads. */
              readonly everyPages?: number | undefined
              /** How many arrive in all. */
              readonly count: number
              /** Where in the list they appear. */
              readonly position: 'first' | 'last'
            }
          | undefined
      }
    | undefined
  /** How batch tasks run. */
  readonly batch?:
    | {
        /** Virtual seconds a task stays new. */
        readonly startDelaySeconds?: number | undefined
        /** Rows settled per virtual second. */
        readonly rowsPerSecond?: number | undefined
        /** Row outcomes, at most 200; the first that matches decides. */
        readonly rules?: readonly RowRule[] | undefined
        /** The task stays running for ever after so many rows. */
        readonly stopAfterRows?: number | undefined
        /** The task stays running for ever after this part of its rows. */
        readonly stopAfterFraction?: number | undefined
        /** How a task ends whose rows are all settled. */
        readonly finalStatus?: 'done' | 'failed' | undefined
        /** Space of a provisioned user in GB; 0 allocates none. */
        readonly allocateSpaceGb?: number | undefined
        /** Whether the phones 19990000000 to 19990000999 steer outcomes. */
        readonly magicPhones?: boolean | undefined
      }
    | undefined
  /** Tokens and the clock of the service. */
  readonly authentication?:
    | {
        /** Life of a token in virtual seconds. */
        readonly tokenLifeSeconds?: number | undefined
        /** Whether each call extends the life of its token. */
        readonly tokensSlide?: boolean | undefined
        /** Whether the well-known tokens expire too. */
        readonly defaultTokensExpire?: boolean | undefined
        /** How far the clock of the service is ahead of the real time. */
        readonly clockOffsetSeconds?: number | undefined
      }
    | undefined
  /** Readings by id. */
  readonly readings?:
    | {
        readonly [key in
          | 'code-type'
          | 'success-message'
          | 'user-list-key'
          | 'user-list-total'
          | 'space-total-type'
          | 'space-dept-id-type'
          | 'unsafe-ids'
          | 'query-inner-envelope'
          | 'subtask-id'
          | 'next-cursor-name'
          | 'last-page-cursor'
          | 'preverify-success-value'
          | 'empty-result'
          | 'trace-id-echo'
          | 'auth-failure-status'
          | 'auth-failure-body'
          | 'bearer-form'
          | 'space-list-token'
          | 'future-date-tolerance'
          | 'provisioning-role'
          | 'existing-phone'
          | 'not-found-status'
          | 'parameter-error-status'
          | 'trace-id-length'
          | 'is-direct'
          | 'unknown-department'
          | 'trailing-slash'
          | 'phone-identity'
          | 'phone-form'
          | 'provisioned-department'
          | 'unknown-fields'
          | 'null-optional'
          | 'content-type'
          | 'token-prefix'
          | 'refreshed-token'
          | 'disabled-user'
          | 'department-list-start'
          | 'root-parent'
          | 'department-name'
          | 'department-deletion'
          | 'user-in-path'
          | 'created-user-id'
          | 'count-scope'
          | 'mobile-mask'
          | 'allocation-form'
          | 'department-space-total-type'
          | 'department-space-fields'
          | 'task-list-key'
          | 'task-cursor-type'
          | 'task-type-default'
          | 'import-upload'
          | 'task-result-without-id']?: string | number | undefined
      }
    | undefined
  /** Faults that are active from the start. */
  readonly faults?: readonly Fault[] | undefined
  /** Bounds of what is kept. */
  readonly limits?:
    | {
        /** Rows of finished tasks kept; the oldest tasks go first. */
        readonly retainedTaskRows?: number | undefined
      }
    | undefined
}

/** Which calls a fault of any kind hits, and when. */
export interface FaultTiming {
  /** Only this operation. */
  readonly operation?: OperationId | undefined
  /** Only the nth matching call. */
  readonly nth?: number | undefined
  /** Every so many matching calls, beginning with the first. */
  readonly every?: number | undefined
  /** At most so many times. */
  readonly times?: number | undefined
  /** Chance of each matching call, drawn from the seed. */
  readonly probability?: number | undefined
  /** Virtual seconds until the fault begins. */
  readonly afterSeconds?: number | undefined
  /** Virtual seconds that the fault lasts. */
  readonly forSeconds?: number | undefined
  /** The fault comes back so often, for forSeconds each time. */
  readonly everySeconds?: number | undefined
}

/** A fault: its kind, what the kind takes, and the calls it hits. */
export type Fault = FaultTiming &
  (
    | {
        readonly kind: 'latency'
        /** before (default): the request never reaches the service and has no effect; after: the service has carried it out, only the answer suffers. */
        readonly strikes?: 'before' | 'after' | undefined
        /** How long the answer waits. */
        readonly delay:
          | {
              /** Fixed delay in milliseconds. */
              readonly ms: number
            }
          | {
              /** Shortest delay in milliseconds. */
              readonly minMs: number
              /** Longest delay in milliseconds. */
              readonly maxMs: number
            }
          | {
              /** Median of a log-normal delay in milliseconds. */
              readonly medianMs: number
              /** Spread of the log-normal delay. */
              readonly sigma: number
            }
      }
    | {
        readonly kind: 'error'
        /** before (default): the request never reaches the service and has no effect; after: the service has carried it out, only the answer suffers. */
        readonly strikes?: 'before' | 'after' | undefined
        /** A row of the error table by its name or code, answered as the service answers it; or give status. */
        readonly error?: ErrorChoice | undefined
        /** HTTP status: 400 to 599, or 200 with a code that is not 0. */
        readonly status?: number | undefined
        /** With status: code of the envelope; a number follows the reading code-type. The status when absent. */
        readonly code?: number | string | undefined
        /** With status: msg of the envelope; that of the status when absent. */
        readonly msg?: string | undefined
        /** Value of Retry-After; with status 503 and forSeconds the rest of the outage when absent. */
        readonly retryAfterSeconds?: number | undefined
      }
    | {
        readonly kind: 'throttle'
        /** Calls that pass in each window; 0 refuses all. */
        readonly quota?: number | undefined
        /** Length of a window in virtual seconds. */
        readonly windowSeconds?: number | undefined
        /** Value of Retry-After; the rest of the window when absent. */
        readonly retryAfterSeconds?: number | undefined
      }
    | {
        readonly kind: 'reset'
        /** before (default): the request never reaches the service and has no effect; after: the service has carried it out, only the answer suffers. */
        readonly strikes?: 'before' | 'after' | undefined
        /** Bytes of the body sent before the connection is reset; the service has carried the request out then. */
        readonly afterBytes?: number | undefined
      }
    | {
        readonly kind: 'truncate'
        /** Part of the body sent. */
        readonly fraction?: number | undefined
      }
    | {
        readonly kind: 'malformed'
      }
    | {
        readonly kind: 'drip'
        /** Bytes of a piece. */
        readonly chunkBytes?: number | undefined
        /** Pause between two pieces in milliseconds. */
        readonly everyMs?: number | undefined
      }
  )

/** Outcome of some rows of a batch. */
export interface RowRule {
  /** Which rows. */
  readonly rows: {
    /** Every nth row of the batch. */
    readonly every?: number | undefined
    /** Rows from this index on, counted from 0. */
    readonly from?: number | undefined
    /** Rows whose phone contains this string. */
    readonly phone?: string | undefined
  }
  /** success; exists: the phone has had a user for long; rival: somebody else creates the user just before; fail; task-fails: the whole task stops here. */
  readonly outcome: 'success' | 'exists' | 'rival' | 'fail' | 'task-fails'
  /** Error of a failed row: a name or a code of the error table, or {code, msg} of your own. */
  readonly error?:
    | ErrorChoice
    | {
        readonly code: number | string
        readonly msg: string
      }
    | undefined
  /** Virtual seconds that the row takes. */
  readonly seconds?: number | undefined
}
