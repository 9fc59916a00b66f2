/** Where an operation is called. */
export interface Endpoint {
  readonly method: 'GET' | 'POST'
  readonly path: string
}
