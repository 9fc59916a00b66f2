export const logLevels = ['silent', 'error', 'info'] as const
export type LogLevel = (typeof logLevels)[number]
export const logFormats = ['pretty', 'json'] as const
export type LogFormat = (typeof logFormats)[number]
