/**
 * The mock in a container for tests, by Testcontainers.
 *
 * @module
 */
import { randomBytes } from 'node:crypto'
import { AbstractStartedContainer, GenericContainer, type StartedTestContainer, Wait } from 'testcontainers'
import { version } from './spec/version.ts'
import type { Credentials } from './world/config.ts'
import { defaultCredentials } from './world/world.ts'

const PORT = 4010
const TOKEN_BYTES = 24

/** Flags of `serve` in camel case, such as `{ scenario: 'duplicates', maxJournal: 100 }`. */
export type ContainerSettings = Readonly<Record<string, string | number | boolean>>

/** What a sandbox in a container may be made of: the body of `POST /__admin/sandboxes`. */
export type ContainerSandboxOptions = Readonly<Record<string, unknown>>

/** `maxJournal` is KOODRIVE_MOCK_MAX_JOURNAL. */
const twinOf = (flag: string): string =>
  `KOODRIVE_MOCK_${flag.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`

/**
 * The mock as a container: it is started once it is ready, on a free port of the host.
 *
 * @example
 * const mock = await new KooDriveMockContainer('koodrive-mock').withSettings({ scenario: 'duplicates' }).start()
 * const { appId, appSecret } = await mock.sandbox()
 * await mock.stop()
 */
export class KooDriveMockContainer extends GenericContainer {
  #controlToken = randomBytes(TOKEN_BYTES).toString('base64url')

  /** @param image Name of the image, as `docker build -t` was told. Default: `koodrive-mock` in the version of this package. */
  constructor(image = `koodrive-mock:${version}`) {
    super(image)
    this.withExposedPorts(PORT)
    this.withControlToken(this.#controlToken)
  }

  /** Sets flags of `serve` by their twins in the environment. A wrong value ends the container with a line that says why. */
  withSettings(settings: ContainerSettings): this {
    const pairs = Object.entries(settings).map(([flag, value]) => [twinOf(flag), String(value)])
    return this.withEnvironment(Object.fromEntries(pairs))
  }

  /** Sets the token of the control plane. Default: a random one. */
  withControlToken(token: string): this {
    this.#controlToken = token
    this.withSettings({ controlToken: token })
    const ready = Wait.forHttp('/__admin/ready', PORT, { abortOnContainerExit: true })
    return this.withWaitStrategy(ready.withHeaders({ Authorization: `Bearer ${token}` }).forStatusCode(200))
  }

  /** Starts the container and waits until the mock is ready. */
  override async start(): Promise<StartedKooDriveMockContainer> {
    return new StartedKooDriveMockContainer(await super.start(), this.#controlToken)
  }
}

/** A mock that runs in a container. */
export class StartedKooDriveMockContainer extends AbstractStartedContainer {
  /** Token of the control plane. */
  readonly controlToken: string

  constructor(container: StartedTestContainer, controlToken: string) {
    super(container)
    this.controlToken = controlToken
  }

  /** Where the mock listens, seen from the host: `http://localhost:PORT`. */
  get url(): string {
    return `http://${this.getHost()}:${this.getMappedPort(PORT)}`
  }

  /** Credentials of the sandbox `default`. */
  get credentials(): Credentials {
    return defaultCredentials
  }

  /**
   * Makes a sandbox: an organisation of a test alone.
   *
   * @throws Error with what the mock says when an option is wrong.
   */
  async sandbox(options: ContainerSandboxOptions = {}): Promise<Credentials & { readonly id: string }> {
    const response = await fetch(`${this.url}/__admin/sandboxes`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${this.controlToken}` },
      body: JSON.stringify(options),
    })
    const made = (await response.json()) as Credentials & { readonly id: string; readonly detail?: string }
    if (!response.ok) throw new Error(`No sandbox was made (${response.status}): ${made.detail}`)
    return made
  }
}
