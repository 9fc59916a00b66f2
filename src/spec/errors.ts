import { documented, type Evidence, example, inferred, type Provenance } from './evidence.ts'
import type { Localized } from './languages.ts'

/** The reading that can move an error to another HTTP status. */
type StatusReading = 'parameter-error-status' | 'not-found-status' | 'auth-failure-status'

/** One row of the error table; statuses, messages, OpenAPI responses and docs all come from here. */
export interface ErrorEntry {
  readonly code: number
  readonly status: number
  readonly message: Localized
  /** When the service answers it, in our words. */
  readonly when: string
  readonly evidence: Evidence
  readonly source: string
  readonly statusReading?: StatusReading
}

type EntryOf<C extends number> = ErrorEntry & { readonly code: C }

const table = <C extends number>(
  code: C,
  en: string,
  zh: string,
  when: string,
  statusReading?: StatusReading,
): EntryOf<C> => ({
  code,
  status: 400,
  message: { 'en-US': en, 'zh-CN': zh },
  when,
  ...documented('errorCodes', `row ${code}`),
  ...(statusReading && { statusReading }),
})

const own = <C extends number>(
  code: C,
  status: number,
  en: string,
  zh: string,
  when: string,
  provenance: Provenance,
  statusReading?: StatusReading,
): EntryOf<C> => ({
  code,
  status,
  message: { 'en-US': en, 'zh-CN': zh },
  when,
  ...provenance,
  ...(statusReading && { statusReading }),
})

const FAULT_ONLY = 'an error fault, a route or a row of a batch asks for it: the mock has no files'

const ofFiles = <C extends number>(code: C, en: string, zh: string) => table(code, en, zh, FAULT_ONLY)

/** A row whose code and meaning are documented, its English text only in part or not at all. */
const ofFilesInPart = <C extends number>(code: C, en: string, zh: string) =>
  own(
    code,
    400,
    en,
    zh,
    FAULT_ONLY,
    inferred(`ErrorCode, row ${code}: code and meaning are documented, the English text only in part`),
  )

const noCode = (status: number) => inferred(`No page gives a body for HTTP ${status}; the code repeats the status`)

/**
 * Every error of the service that the mock can answer or that a row of a batch can carry.
 * The English texts are the service's own (clients compare them); the Chinese ones are ours.
 */
export const errors = {
  verifyParametersFailed: table(
    13000102,
    'Verify parameters failed.',
    '参数校验失败。',
    'a parameter is missing, malformed or out of range',
    'parameter-error-status',
  ),
  innerServerInvokeFailure: own(
    13000201,
    400,
    'inner server invoke failure',
    '内部服务调用失败',
    'a service behind KooDrive failed',
    example('returnedValues'),
  ),
  spaceNotFound: table(13000301, 'Space not found.', '空间不存在。', 'the space is missing or abnormal'),
  resourceNotFound: table(
    13000309,
    'Resource not found.',
    '资源不存在。',
    'a task, department or user is unknown in the organisation',
    'not-found-status',
  ),
  maxLevelsExceeded: table(
    13000310,
    'Max. levels exceeded.',
    '超过最大层级。',
    'a department would lie below the fifth level',
  ),
  insufficientSpace: table(13000311, 'Insufficient space.', '空间不足。', 'the free capacity does not suffice'),
  noSpacePermission: own(
    13000410,
    400,
    'The current user does not have permission to perform operations on space {0}.',
    '当前用户没有空间 {0} 的操作权限。',
    'the caller may not see what was asked for',
    inferred('ErrorCode, row 13000410: code and meaning are documented, the English text only in part'),
  ),
  // Rows about files, which the mock does not have: whoever handles them asks for one by a fault.
  fileNotInSpace: ofFiles(13000302, 'File is not in the specified space.', '文件不在指定空间中。'),
  fileNotInRecycleBin: ofFiles(
    13000303,
    'This operation cannot be performed because the file is not in the recycle bin.',
    '文件不在回收站中，无法执行此操作。',
  ),
  targetFolderAbnormal: ofFiles(13000304, 'Target directory is abnormal.', '目标目录异常。'),
  targetFolderInRecycleBin: ofFiles(13000305, 'Target directory is in the recycle bin.', '目标目录在回收站中。'),
  fileInRecycleBin: ofFiles(13000306, 'File is in the recycle bin.', '文件在回收站中。'),
  nestedFolders: ofFiles(13000307, 'Nested directories.', '目录嵌套。'),
  fileMetadataError: ofFiles(13000308, 'File metadata error.', '文件元数据错误。'),
  fileInTargetFolder: ofFiles(13000312, 'File already in the target folder.', '文件已在目标文件夹中。'),
  uploadTaskNotFound: ofFiles(13000401, 'Upload task not found.', '上传任务不存在。'),
  fileUploadIncomplete: ofFiles(13000402, 'File upload incomplete.', '文件上传不完整。'),
  fileStatusChangeFailed: ofFiles(13000403, 'Change file status failed.', '修改文件状态失败。'),
  parentFolderInRecycleBin: ofFiles(13000404, 'Parent directory is in the recycle bin.', '父目录在回收站中。'),
  duplicateFileName: ofFiles(13000405, 'Duplicate file name.', '文件名重复。'),
  notForFolders: ofFiles(13000406, 'This operation cannot be performed on the folder.', '不能对文件夹执行此操作。'),
  fileNotInThatSpace: ofFiles(13000411, 'File {0} is not in space {1}', '文件 {0} 不在空间 {1} 中'),
  spaceNotActivated: ofFiles(13000412, 'Space {0} is not activated', '空间 {0} 未激活'),
  spaceNotOfTeam: ofFiles(13000415, 'Space does not match the team.', '空间与团队不匹配。'),
  fileNameTooLong: ofFiles(13000417, 'File name: Max. 250 characters.', '文件名最长 250 个字符。'),
  badRequest: ofFilesInPart(13000101, 'Bad Request', '错误的请求'),
  downloadAddressNotFound: ofFilesInPart(13000407, 'File download address not found.', '文件下载地址不存在。'),
  downloadFailed: ofFilesInPart(13000408, 'File download failed.', '文件下载失败。'),
  uploadFailed: ofFilesInPart(13000409, 'File upload failed.', '文件上传失败。'),
  searchTypeUnsupported: ofFilesInPart(13000413, 'Unsupported search type.', '不支持的搜索类型。'),
  searchTypeBlank: ofFilesInPart(13000414, 'The search type cannot be blank.', '搜索类型不能为空。'),
  fileNameCharacters: ofFilesInPart(
    13000419,
    'The file name has characters that are not allowed.',
    '文件名含有不允许的字符。',
  ),
  userExists: own(
    40000009,
    400,
    'The user already exists.',
    '用户已存在。',
    'a row of a batch names a phone that has a user (in the row, not in the envelope), or createUser a member who is a user',
    example('queryBatch'),
  ),
  unauthorized: own(
    401,
    401,
    'Unauthorized',
    '未授权',
    'the token or the signature is missing, malformed, expired or wrong',
    inferred('Status codes (appendix) lists 401 Unauthorized; no page shows the body'),
    'auth-failure-status',
  ),
  pathNotFound: own(404, 404, 'Not Found', '请求的接口不存在', 'no operation has this path', noCode(404)),
  methodNotAllowed: own(
    405,
    405,
    'Method Not Allowed',
    '不支持的请求方法',
    'the path is known, the method is not',
    noCode(405),
  ),
  requestTimeout: own(408, 408, 'Request Timeout', '请求超时', 'the request did not arrive in time', noCode(408)),
  bodyTooLarge: own(413, 413, 'Request Entity Too Large', '请求体过大', 'the body exceeds 12 MB', noCode(413)),
  unsupportedMediaType: own(
    415,
    415,
    'Unsupported Media Type',
    '不支持的媒体类型',
    'the body is not declared as JSON (only with the reading content-type=json-required)',
    noCode(415),
  ),
  expectationFailed: own(
    417,
    417,
    'Expectation Failed',
    '无法满足请求头 Expect 的要求',
    'the header Expect asks for anything but 100-continue',
    noCode(417),
  ),
  otherSite: own(
    403,
    403,
    'Forbidden',
    '禁止访问',
    'a page of another site sent the request through a browser (the mock protects itself)',
    noCode(403),
  ),
  tooManyRequests: own(429, 429, 'Too Many Requests', '请求过于频繁', 'a throttling fault is active', noCode(429)),
  headersTooLarge: own(
    431,
    431,
    'Request Header Fields Too Large',
    '请求头过大',
    'the headers exceed 16 KB',
    noCode(431),
  ),
  malformedRequest: own(400, 400, 'Bad Request', '错误的请求', 'the bytes are not an HTTP request', noCode(400)),
  internalError: own(
    500,
    500,
    'Internal Server Error',
    '服务器内部错误',
    'an error fault is active',
    documented('statusCodes', '500'),
  ),
  badGateway: own(502, 502, 'Bad Gateway', '网关错误', 'an error fault is active', noCode(502)),
  serviceUnavailable: own(
    503,
    503,
    'Service Unavailable',
    '服务不可用',
    'an outage or error fault is active, or there is no room for further large bodies at once',
    noCode(503),
  ),
  gatewayTimeout: own(504, 504, 'Gateway Timeout', '网关超时', 'an error fault is active', noCode(504)),
} as const satisfies Record<string, ErrorEntry>

/** Name of an error: the word used in code, diagnoses and docs. */
export type ErrorName = keyof typeof errors

/**
 * Errors that every operation can answer whatever it does: broken or late bytes, headers that are too large, and the
 * faults that a scenario or a user asks for.
 */
export const commonErrors: readonly ErrorName[] = [
  'malformedRequest',
  'requestTimeout',
  'expectationFailed',
  'tooManyRequests',
  'headersTooLarge',
  'internalError',
  'badGateway',
  'serviceUnavailable',
  'gatewayTimeout',
]

/** The entry with this name, typed without its literal details. */
export const errorEntry = (name: ErrorName): ErrorEntry => errors[name]

const errorNames = Object.keys(errors) as ErrorName[]
const nameOfCode = new Map(errorNames.map((name) => [String(errorEntry(name).code), name]))

type ErrorCode = (typeof errors)[ErrorName]['code']
export type ErrorChoice = ErrorName | ErrorCode | `${ErrorCode}`

/** A row of the table as people choose it: by its name, or by its code as a number or a string. */
export const errorChoices: readonly ErrorChoice[] = [
  ...errorNames,
  ...errorNames.map((name) => errors[name].code),
  ...errorNames.map((name): `${ErrorCode}` => `${errors[name].code}`),
]

/** The name of a row that was chosen by name or code: `errorNamed(13000309)` is `resourceNotFound`. */
export function errorNamed(choice: string | number): ErrorName | undefined {
  return errorNames.find((name) => name === choice) ?? nameOfCode.get(String(choice))
}

/** The row whose code repeats an HTTP status, if there is one: 503 is `serviceUnavailable`. */
export const errorOfStatus = (status: number): ErrorName | undefined => nameOfCode.get(String(status))
