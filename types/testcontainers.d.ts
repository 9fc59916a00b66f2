/**
 * As much of Testcontainers as src/testcontainers.ts uses. The package itself brings a hundred and forty others, so it is no
 * development dependency; test/judges/testcontainers.test.ts compiles and runs the module with the real one.
 */
declare module 'testcontainers' {
  export interface StartedTestContainer {
    getHost(): string
    getMappedPort(port: number): number
  }

  export interface WaitStrategy {
    withStartupTimeout(ms: number): this
  }

  export interface HttpWaitStrategy extends WaitStrategy {
    forStatusCode(statusCode: number): this
    withHeaders(headers: { [key: string]: string }): this
  }

  export const Wait: {
    forHttp(path: string, port: number, options?: { abortOnContainerExit?: boolean }): HttpWaitStrategy
  }

  export class GenericContainer {
    constructor(image: string)
    start(): Promise<StartedTestContainer>
    withEnvironment(environment: { [key: string]: string }): this
    withExposedPorts(...ports: number[]): this
    withWaitStrategy(waitStrategy: WaitStrategy): this
  }

  export class AbstractStartedContainer implements StartedTestContainer {
    constructor(container: StartedTestContainer)
    getHost(): string
    getMappedPort(port: number): number
    stop(): Promise<unknown>
  }
}
