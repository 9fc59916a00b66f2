/**
 * The app authentication of the KooDrive enterprise API: canonical request, signature, verification. Pure functions
 * over bytes; time comes in as a parameter.
 *
 * @module
 */
export { type AuthorizationFields, type ParsedAuthorization, parseAuthorization } from './authorization.ts'
export { canonicalRequest, stringToSign } from './canonical-request.ts'
export { diagnose, diagnoseInSlices } from './diagnosis/diagnose.ts'
export type { DiagnosedMistake, DiagnoseOptions, Diagnosis } from './diagnosis/diagnosis.ts'
export type { Difference } from './diagnosis/differences.ts'
export { compareOwnText, type OwnTextComparison } from './diagnosis/own-text.ts'
export type { Sliced } from './diagnosis/search.ts'
export { explainSigning } from './explain.ts'
export { type FirstDifference, firstDifference, visible } from './first-difference.ts'
export type { MovedClock } from './mistakes/mistake.ts'
export { type SignedRequest, type SignOptions, sign } from './sign.ts'
export { isSigningError, SigningError, type SigningErrorCode } from './signing-error.ts'
export type { AppCredentials, HeaderPairs, HeadersInput, SignableRequest } from './types.ts'
export { type Verification, type VerifyFailure, verify } from './verify.ts'
export { formatXDate, parseXDate } from './x-date.ts'
