/** Documented and inferred limits, each used by validation, the OpenAPI document and the checks alike. */
export const limits = {
  /** Rows of one batch. Creating a Batch Provisioning Task, Table 2. */
  userListMax: 1000,
  /** Largest space in GB. Carrier edition of UpdateSpace (2026-02-12). */
  spaceCapacityMaxGb: 104_857_600,
  /** Levels of the department tree, the root included. Member guide. */
  departmentLevels: 5,
  /** Characters of a department's name. Member guide. */
  departmentNameMax: 20,
  /** Life of an authorization code in seconds. Inferred. */
  authCodeLifeSeconds: 300,
  /** Rows of one result page. Querying Batch Provisioning, Table 1. */
  pageSizeMax: 1000,
  /** Records of one list page. Listing Users, Table 1. */
  listLimitMax: 100,
  /** Characters of X-Traceid; every page says 58. */
  traceIdLength: 58,
  /** Largest accepted body in bytes. Documented only for the vendor's generic gateway. */
  bodyMaxBytes: 12 * 1024 * 1024,
  /** Deepest accepted JSON nesting. Inferred: a bound that no valid request comes near. */
  jsonMaxDepth: 64,
  /** Most lists, objects, entries and fields of a JSON body. Inferred: four times what the largest batch has. */
  jsonMaxValues: 100_000,
  /** Oldest accepted X-Date in seconds. App authentication, koodrive_05_0032. */
  dateMaxAgeSeconds: 900,
  /** Life of an access token in seconds, extended by each call. Authentication, koodrive_05_0010. */
  tokenLifeSeconds: 1200,
} as const
