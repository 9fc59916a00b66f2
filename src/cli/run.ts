import { Command, CommanderError } from 'commander'
import { version } from '../spec/version.ts'
import { addContract } from './commands/contract.ts'
import { addExport } from './commands/export.ts'
import { addHealthcheck } from './commands/healthcheck.ts'
import { addMutants } from './commands/mutants.ts'
import { addOpenapi } from './commands/openapi.ts'
import { addProxy } from './commands/proxy.ts'
import { addScenarios } from './commands/scenarios.ts'
import { addServe, serveSwitches } from './commands/serve.ts'
import { addSign } from './commands/sign.ts'
import { ExitError, exitCodes } from './exit.ts'
import type { Streams } from './streams.ts'

/** Runs a command line and gives its exit code. Never throws, never ends the process. */
export async function run(args: readonly string[], streams: Streams): Promise<number> {
  const program = createProgram(streams)
  try {
    await program.parseAsync(withSwitches(program, args), { from: 'user' })
    return exitCodes.ok
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
    const { message } = error as Error
    streams.err(`koodrive-mock: ${message.replace(/^error: /, '')}\n`)
    return error instanceof ExitError ? error.exitCode : exitCodes.failure
  }
}

function createProgram(streams: Streams): Command {
  const program = new Command('koodrive-mock')
    .description('A mock of the KooDrive enterprise API, and a kit that checks the mock and the real one alike.')
    .version(version)
    .configureOutput({
      writeOut: streams.out,
      writeErr: streams.err,
      outputError: (text, write) => write(`koodrive-mock: ${text.replace(/^error: /, '')}`),
    })
    .exitOverride()
  addServe(program, streams)
  addSign(program, streams)
  addContract(program, streams)
  addProxy(program, streams)
  addMutants(program, streams)
  addOpenapi(program, streams)
  addExport(program, streams)
  addScenarios(program, streams)
  addHealthcheck(program)
  for (const command of program.commands) command.exitOverride().copyInheritedSettings(program)
  return program
}

/** Puts the switches of the environment before the arguments of `serve`. */
function withSwitches(program: Command, args: readonly string[]): string[] {
  const [first = ''] = args
  const names = program.commands.map((command) => command.name())
  if (first === 'serve') return [first, ...serveSwitches(process.env), ...args.slice(1)]
  const isOther = names.includes(first) || ['help', '-h', '--help', '-V', '--version'].includes(first)
  return isOther ? [...args] : ['serve', ...serveSwitches(process.env), ...args]
}
