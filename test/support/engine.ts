import { execFileSync } from 'node:child_process'
import { it, onTestFinished, vi } from 'vitest'
import { findTool, run } from './judge.ts'

/** The image under test: `.ci/run` builds it, and so does `docker build -t koodrive-mock .` */
export const IMAGE = 'koodrive-mock'

const docker = (...args: readonly string[]): Promise<string> => run('docker', args)

/** Whether a container engine answers here and has the image. */
function engineProblem(): string | undefined {
  for (const [args, problem] of [
    [['info'], 'no container engine answers'],
    [['image', 'inspect', IMAGE], `there is no image ${IMAGE}: docker build -t ${IMAGE} .`],
  ] as const) {
    try {
      execFileSync('docker', args, { stdio: 'ignore', timeout: 30_000 })
    } catch {
      return problem
    }
  }
  return undefined
}

/** A test on a container engine. `.ci/run` sets one up, builds the image and sets KOODRIVE_REQUIRE_ENGINE=1. */
export function engineJudge(title: string, body: () => Promise<void>, minutes = 2): void {
  it(title, { timeout: minutes * 60_000 }, async (context) => {
    if (process.env['KOODRIVE_REQUIRE_ENGINE'] !== '1') {
      return context.skip(
        'in need of a container engine; .ci/run sets one up, and KOODRIVE_REQUIRE_ENGINE=1 asks for it',
      )
    }
    const problem = engineProblem()
    if (problem !== undefined) throw new Error(`${problem}, and KOODRIVE_REQUIRE_ENGINE=1 asks for it.`)
    return body()
  })
}

/** What the engine knows of an image or a container. */
export async function inspect<T>(what: string, format: string): Promise<T> {
  return JSON.parse(await docker('inspect', '--format', `{{json ${format}}}`, what)) as T
}

/** A container of the image that is gone after the test. */
export interface Container {
  readonly logs: () => Promise<string>
  /** Waits until the mock says that it is ready. */
  readonly ready: () => Promise<void>
  readonly exec: (...command: readonly string[]) => Promise<string>
  /** What the engine's health check of the image says. */
  readonly health: () => Promise<string>
  /** Where port 4010 is on this machine. */
  readonly url: () => Promise<string>
  /** Ends it with SIGTERM and gives its exit code, which it also gives of one that ended by itself. */
  readonly stop: () => Promise<number>
}

/** Starts a container with options of `docker run` and flags of `serve`. */
export async function start(options: readonly string[], flags: readonly string[] = []): Promise<Container> {
  const id = lastLine(await docker('run', '--detach', ...options, IMAGE, ...flags))
  onTestFinished(() => docker('rm', '--force', id).then(() => undefined))
  const logs = () => docker('logs', id)
  return {
    logs,
    ready: async () => {
      await vi.waitUntil(async () => (await logs()).includes('koodrive-mock ready on'), {
        timeout: 30_000,
        interval: 200,
      })
    },
    exec: (...command) => docker('exec', id, ...command),
    health: async () => {
      // An engine without systemd has nothing that would run the check every ten seconds.
      const podman = findTool('podman')
      if (podman !== undefined) await run(podman, ['healthcheck', 'run', id])
      return vi.waitUntil(
        async () => {
          const status = await inspect<string>(id, '.State.Health.Status')
          return status === 'starting' ? undefined : status
        },
        { timeout: 30_000, interval: 500 },
      ) as Promise<string>
    },
    url: async () => `http://${lastLine(await docker('port', id, '4010/tcp')).replace(/^.*-> /, '')}`,
    stop: async () => {
      await docker('stop', '--time', '10', id)
      return inspect<number>(id, '.State.ExitCode')
    },
  }
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? ''
