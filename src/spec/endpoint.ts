/** Where an operation is called. */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Path with its parameters in braces, as OpenAPI writes them. */
  readonly path: string
}
