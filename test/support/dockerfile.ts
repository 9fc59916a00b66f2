import { readFileSync } from 'node:fs'

/** One instruction of a Dockerfile. */
interface Instruction {
  readonly name: string
  readonly text: string
}

/** A stage: its name and its instructions after FROM. */
export interface Stage {
  readonly name: string
  readonly image: string
  readonly instructions: readonly Instruction[]
}

/** Reads the subset of the Dockerfile language that ours uses: no heredocs, no escapes but the line continuation. */
export function readDockerfile(file: string): Stage[] {
  const lines = readFileSync(file, 'utf8').replace(/\\\n/g, ' ').split('\n')
  const stages: { name: string; image: string; instructions: Instruction[] }[] = []
  for (const line of lines.map((text) => text.trim()).filter((text) => text !== '' && !text.startsWith('#'))) {
    const [, name = '', text = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? []
    if (name === 'FROM') {
      const [image = '', , alias = ''] = text.split(/\s+/).filter((word) => !word.startsWith('--'))
      stages.push({ name: alias, image, instructions: [] })
    } else stages.at(-1)?.instructions.push({ name, text })
  }
  return stages
}

/** The texts of every instruction of a name. */
export const textsOf = (stage: Stage, name: string): string[] =>
  stage.instructions.filter((instruction) => instruction.name === name).map(({ text }) => text)
