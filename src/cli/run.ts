import { Command, CommanderError, type Option } from 'commander'
import { version } from '../spec/version.ts'
import { ExitError, exitCodes, usageError } from './exit.ts'
import { exitCodeOf, guarded, processStreams, type Streams } from './streams.ts'

type AddCommand = (program: Command, streams: Streams) => void

/** The commands, each loaded when it is called: help lists them in this order. */
const commands: Readonly<Record<string, () => Promise<AddCommand>>> = {
  serve: async () => (await import('./commands/serve.ts')).addServe,
  sign: async () => (await import('./commands/sign.ts')).addSign,
  contract: async () => (await import('./commands/contract.ts')).addContract,
  proxy: async () => (await import('./commands/proxy.ts')).addProxy,
  mutants: async () => (await import('./commands/mutants.ts')).addMutants,
  openapi: async () => (await import('./commands/openapi.ts')).addOpenapi,
  export: async () => (await import('./commands/export.ts')).addExport,
  scenarios: async () => (await import('./commands/scenarios.ts')).addScenarios,
  snapshot: async () => (await import('./commands/snapshot.ts')).addSnapshot,
  mcp: async () => (await import('./commands/mcp.ts')).addMcp,
  healthcheck: async () => (await import('./commands/healthcheck.ts')).addHealthcheck,
}

/** What is about all commands: help, and the reference that `export` writes. */
const aboutAll = new Set(['help', '-h', '--help', 'export'])

/** Runs the command line of this process, and has it end with the code of that. */
export async function runProcess(): Promise<void> {
  process.exitCode = exitCodeOf(await run(process.argv.slice(2), processStreams))
}

/** Runs a command line and gives its exit code. Never throws, never ends the process. */
export async function run(args: readonly string[], given: Streams): Promise<number> {
  const streams = guarded(given)
  forgetEmptyVariables(process.env)
  try {
    const all = withDefault(args)
    if (all[0] === 'serve' && /^[^-]/.test(all[1] ?? '')) throw await noCommand(all[1] ?? '')
    const program = await createProgram(all[0] ?? '', streams)
    await program.parseAsync(all[0] === 'serve' ? await withSwitches(all) : all, { from: 'user' })
    return exitCodes.ok
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
    const { message } = error as Error
    streams.err(`koodrive-mock: ${message.replace(/^error: /, '')}\n`)
    return error instanceof ExitError ? error.exitCode : exitCodes.failure
  }
}

/** An empty variable counts as unset: Compose files and CI services pass on variables that nobody has set. */
function forgetEmptyVariables(environment: NodeJS.ProcessEnv): void {
  for (const [name, value] of Object.entries(environment)) {
    if (name.startsWith('KOODRIVE_') && value === '') delete environment[name]
  }
}

async function createProgram(first: string, streams: Streams): Promise<Command> {
  const program = new Command('koodrive-mock')
    .description('A mock of the KooDrive enterprise API, and a kit that checks the mock and the real one alike.')
    .version(version)
    .configureOutput({
      writeOut: streams.out,
      writeErr: streams.err,
      outputError: (text, write) => {
        const known = program.commands.find((command) => command.name() === first)?.options ?? []
        const said = text
          .replace(/^error: /, '')
          .trimEnd()
          .replace(/\n\((.*)\)$/, ' ($1)')
        const help = /missing required argument/.test(said)
          ? `. koodrive-mock ${first} --help shows what it takes.`
          : ''
        write(`koodrive-mock: ${said}${meantByOthers(text, known)}${help}\n`)
      },
    })
    .exitOverride()
  for (const [name, load] of Object.entries(commands)) {
    if (name === first || aboutAll.has(first)) (await load())(program, streams)
  }
  for (const command of program.commands) command.exitOverride().copyInheritedSettings(program)
  return program
}

/** What curl and other tools call an option of a command. */
const calledByOthers: Readonly<Record<string, readonly string[]>> = {
  '--data': ['--body', '--payload', '--json', '--data-raw', '--data-binary', '--data-ascii', '-d', '-b'],
  '--header': ['-H'],
  '--host': ['--address', '--bind', '--listen', '--hostname', '--ip'],
  '--scenario': ['--profile', '--fixture'],
  '--now': ['--time', '--clock', '--date'],
  '--target': ['--url', '--base-url', '--endpoint'],
}

/** The option that an unknown one means by a word of another tool, as commander asks after a misspelt one. */
function meantByOthers(text: string, known: readonly Option[]): string {
  const [, wrong = ''] = /unknown option '([^'=]*)/.exec(text) ?? []
  const meant = known.find(({ long }) => calledByOthers[long ?? '']?.includes(wrong))?.long
  return meant === undefined || text.includes('Did you mean') ? '' : ` (Did you mean ${meant}?)`
}

/** `serve` is the command that needs no name. */
function withDefault(args: readonly string[]): string[] {
  const [first = ''] = args
  const isNamed = Object.hasOwn(commands, first) || aboutAll.has(first) || first === '-V' || first === '--version'
  return isNamed ? [...args] : ['serve', ...args]
}

/** What to do about a word that is no command, such as a misspelt one, or the port of `npm start --port 4011`. */
async function noCommand(word: string): Promise<ExitError> {
  const { nearest } = await import('../scenarios/nearest.ts')
  const meant = nearest(word, Object.keys(commands))
  const hint = /^\d+$/.test(word)
    ? ` A port is given by --port ${word}; npm passes it on after a --: npm start -- --port ${word}.`
    : meant === undefined
      ? ''
      : ` Did you mean ${meant}?`
  return usageError(`There is no command ${JSON.stringify(word)}.${hint} koodrive-mock --help lists them.`)
}

/** Puts the switches of the environment before the arguments of `serve`. */
async function withSwitches([name = '', ...args]: readonly string[]): Promise<string[]> {
  const { serveSwitches } = await import('./commands/serve.ts')
  return [name, ...serveSwitches(process.env), ...args]
}
