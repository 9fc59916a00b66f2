import { getRequestListener } from '@hono/node-server'

/**
 * Puts the light Request and Response of the HTTP adapter in the place of the global ones: answers then need no streams.
 * Only a process that is the mock and nothing else may do so.
 */
export function useFastResponses(): void {
  getRequestListener(() => new Response(), { overrideGlobalObjects: true })
}
