// Writes the generated parts of README.md from the tables.
import { readFileSync, writeFileSync } from 'node:fs'
import { importSource } from './source.mjs'

const { readings } = await importSource('spec/readings.ts')
const file = new URL('../README.md', import.meta.url)

const row = ([id, { question, answers, default: chosen, seconds }]) => {
  const others = seconds ? [String(seconds.max)] : Object.keys(answers).filter((value) => value !== chosen)
  const values = [chosen, ...others].map((value) => `\`${value}\``)
  return `| \`${id}\` | ${question} | ${values.join(seconds ? ' … ' : ' · ')} |`
}

const table = ['| id | question | answers |', '|---|---|---|', ...Object.entries(readings).map(row)].join('\n')
const text = readFileSync(file, 'utf8')
const marks = /(<!-- readings:begin -->)[\s\S]*(<!-- readings:end -->)/
writeFileSync(
  file,
  text.replace(marks, (_, begin, end) => `${begin}\n${table}\n${end}`),
)
