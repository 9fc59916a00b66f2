import type { Space } from './directory/spaces.ts'

/** What can be done to departments. The pages on departments; what they refuse is inferred. */
export interface DepartmentCommands {
  /** Creates a department below another one, with a team space of the default size. The result is its id. */
  'create-department': {
    readonly payload: { readonly name: string; readonly parentId: string; readonly by?: string | undefined }
    readonly result: string
  }
  /** Renames a department and hangs it, with all that is below it, under a parent. */
  'update-department': {
    readonly payload: { readonly departmentId: string; readonly name: string; readonly parentId: string }
    readonly result: undefined
  }
  /** Deletes a department with its team spaces. Whom it holds keeps it, or moves to its parent. */
  'delete-department': {
    readonly payload: { readonly departmentId: string; readonly movesToParent?: boolean | undefined }
    readonly result: undefined
  }
}

/** What can be done to single users. The pages on users; what they refuse is inferred. */
export interface UserCommands {
  /** Adds a member of the OrgID organisation, enabled and without a space. The result is the KooDrive id. */
  'create-user': {
    readonly payload: {
      /** Id in OrgID. */
      readonly orgUserId: string
      /** The root department when absent. */
      readonly departmentId?: string | undefined
      /** A common user when absent. */
      readonly role?: number | undefined
    }
    readonly result: string
  }
  /** Changes what is given of a user. `userId` is a KooDrive id or a `userId`. */
  'update-user': {
    readonly payload: {
      readonly userId: string
      readonly departmentId?: string | undefined
      readonly role?: number | undefined
      /** 0 enabled, 1 disabled. */
      readonly status?: number | undefined
    }
    readonly result: undefined
  }
  /** Deletes a user with the individual spaces. `by` is the KooDrive id of the user who does. */
  'delete-user': {
    readonly payload: { readonly userId: string; readonly by?: string | undefined }
    readonly result: undefined
  }
}

/** Which space is meant: of an owner, by its container when there are several. */
export interface SpaceChoice {
  /** Id of a department (type 0) or of a user (type 1). */
  readonly ownerId: string
  /** 0 department, 1 individual, 2 group. */
  readonly spaceType: number
  /** The newest space of the owner when absent. */
  readonly containerId?: string | undefined
}

/** What can be done to spaces. The pages on spaces; what they refuse is inferred. */
export interface SpaceCommands {
  /** Gives an owner a further space out of the free capacity. */
  'create-space': {
    readonly payload: Omit<SpaceChoice, 'containerId'> & {
      readonly capacityGb: number
      /** KooDrive id of the user who does. */
      readonly by?: string | undefined
    }
    readonly result: Space
  }
  /** Changes what is given of a space. */
  'update-space': {
    readonly payload: SpaceChoice & {
      readonly capacityGb?: number | undefined
      /** 0 normal, 1 disabled. */
      readonly status?: Space['status'] | undefined
      readonly by?: string | undefined
    }
    readonly result: Space
  }
  'delete-space': { readonly payload: SpaceChoice; readonly result: undefined }
}

/** What can be done by tasks of /v1/task. The page createTask; what it refuses is inferred. */
export interface TaskCommands {
  /** Hands the files of a user to another one and deletes the first, with the space. The result is the id of the task. */
  'create-transfer-task': {
    readonly payload: {
      readonly srcUserId: string
      readonly dstUserId: string
      /** KooDrive id of the user who does. */
      readonly by?: string | undefined
    }
    readonly result: string
  }
  /** Imports the users of an earlier upload to OrgID. The result is the id of the task. */
  'create-import-task': {
    readonly payload: { readonly resultId: string; readonly by?: string | undefined }
    readonly result: string
  }
}

/** A session that was opened or refreshed. */
export interface Session {
  /** The token without the word Bearer. */
  readonly accessToken: string
  /** 48 hex digits. */
  readonly sessionId: string
  /** KooDrive id of the user. */
  readonly userId: string
}

/** Signing in and out. The pages on sessions; lives and refusals are inferred. */
export interface SessionCommands {
  /** A user signs in: the result is an authorization code. */
  'create-auth-code': { readonly payload: { readonly userId: string }; readonly result: string }
  /** Redeems an authorization code for a token of its user. */
  'create-session': { readonly payload: { readonly code: string }; readonly result: Session }
  /** Gives a further token for the session of a token, which itself ends or stays. */
  'refresh-session': {
    readonly payload: {
      readonly token: string
      readonly sessionId: string
      /** Whether the token that was sent ends. */
      readonly endsToken: boolean
    }
    readonly result: Session
  }
  /** Ends a token; false when there is none. */
  'end-session': { readonly payload: { readonly token: string }; readonly result: boolean }
}
