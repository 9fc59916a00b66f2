import { onTestFinished } from 'vitest'
import { follow, type Install, type Step, stepsOf } from './page.ts'
import { serve } from './served.ts'

/** Where a page says that the mock is. */
const PORT = /127\.0\.0\.1:4010/g
const START = /^npx koodrive-mock((?: --\S+(?: [^-\s]\S*)?)*)\n$/

/**
 * Does what a page says, in order: starts the mock, runs commands, writes files, and compares what was printed with each
 * block of `text` behind them, where `…` stands for anything. The mock listens on a free port instead of the usual one.
 *
 * @throws Error when a command fails, prints something else than the page shows, or a block is nothing of all this.
 */
export async function takeLesson(markdown: string, folder: string, install: Install): Promise<void> {
  let printed = ''
  let here = '127.0.0.1:4010'
  const atPort = (text: string): string => text.replace(PORT, here)
  for (const step of stepsOf(markdown)) {
    if ('shown' in step) {
      expectShown(atPort(step.shown), printed)
      continue
    }
    const flags = 'commands' in step ? START.exec(step.commands)?.[1] : undefined
    if (flags !== undefined) here = await started(flags.split(' ').filter((flag) => flag !== ''))
    else printed = await follow([placed(step, atPort)], folder, install)
  }
}

async function started(flags: readonly string[]): Promise<string> {
  const { url, stop } = await serve([...flags, '--port', '0'])
  onTestFinished(stop)
  return new URL(url).host
}

const placed = (step: Exclude<Step, { shown: string }>, atPort: (text: string) => string): Step =>
  'path' in step ? { path: step.path, text: atPort(step.text) } : { commands: atPort(step.commands) }

function expectShown(shown: string, printed: string): void {
  const parts = shown.trimEnd().split(/\s*…\s*/)
  const pattern = new RegExp(parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[\\s\\S]*'))
  if (pattern.test(printed.replaceAll('\r\n', '\n'))) return
  throw new Error(`The page shows:\n${shown}\nIt prints:\n${printed}`)
}
