/** Whether nothing that a build reads has changed since the last one. */
export function isFresh(): boolean
