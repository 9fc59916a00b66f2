/**
 * The app authentication of the KooDrive enterprise API: canonical request, signature, verification. Pure functions
 * over bytes; time comes in as a parameter.
 *
 * @module
 */
export { type AuthorizationFields, type ParsedAuthorization, parseAuthorization } from './authorization.ts'
export { canonicalRequest, stringToSign } from './canonical-request.ts'
export { diagnose, diagnoseInSlices } from './diagnosis/diagnose.ts'
export type { DiagnosedMistake, DiagnoseOptions, Diagnosis, Difference } from './diagnosis/diagnosis.ts'
export {
  compareOwnText,
  type FirstDifference,
  firstDifference,
  type OwnTextComparison,
  visible,
} from './diagnosis/own-text.ts'
export type { Sliced } from './diagnosis/search.ts'
export type { MovedClock } from './mistakes/mistake.ts'
export type { AppCredentials, HeaderPairs, HeadersInput, SignableRequest } from './request.ts'
export {
  explainSigning,
  isSigningError,
  type SignedRequest,
  SigningError,
  type SigningErrorCode,
  type SignOptions,
  sign,
} from './sign.ts'
export { type Verification, type VerifyFailure, verify } from './verify.ts'
export { formatXDate, parseXDate } from './x-date.ts'
