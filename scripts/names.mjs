// Writes src/world/directory/name-pools.ts: as many names of Faker as the seeded users need. Run it after an update of
// Faker; other names would change what every seed gives.
import { writeFileSync } from 'node:fs'
import { faker as english } from '@faker-js/faker/locale/en'
import { faker as chinese } from '@faker-js/faker/locale/zh_CN'

const SIZE = 128
const LINE = 110

/** So many different names of a pool, from all over it. */
function take({ generic = [], female = [], male = [] }) {
  const names = [...new Set([...generic, ...female, ...male])]
  return Array.from({ length: SIZE }, (_, i) => names[Math.floor((i * names.length) / SIZE)])
}

/** Names with spaces between, in lines. */
function wrapped(names) {
  const lines = ['']
  for (const name of names) {
    const longer = `${lines.at(-1)} ${name}`.trim()
    if (longer.length > LINE) lines.push(name)
    else lines[lines.length - 1] = longer
  }
  return lines.map((line) => `  ${line}`).join('\n')
}

const { first_name: given, last_name: family } = english.rawDefinitions.person
const { first_name: ming, last_name: xing } = chinese.rawDefinitions.person
const pools = { englishGiven: given, englishFamily: family, chineseGiven: ming, chineseFamily: xing }

const text = [
  '/* Written by scripts/names.mjs: names of Faker (MIT), with spaces between. */',
  ...Object.entries(pools).map(([name, pool]) => `\nexport const ${name} = \`\n${wrapped(take(pool))}\n\``),
]
writeFileSync(new URL('../src/world/directory/name-pools.ts', import.meta.url), `${text.join('\n')}\n`)
