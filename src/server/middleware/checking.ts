import type { AppCheck, AppMiddleware } from '../app-env.ts'

/** The middleware of some checks, in their order. Each of its own would cost every call two promises more. */
export function checking([first, ...others]: readonly AppCheck[]): AppMiddleware {
  if (first === undefined) return (_, next) => next()
  const checkOthers = checking(others)
  return function check(c, next) {
    const checked = first(c)
    return checked === undefined ? checkOthers(c, next) : checked.then(() => checkOthers(c, next))
  }
}
