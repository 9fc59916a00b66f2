// The licences of what the package brings along from others.
import { readdirSync, readFileSync } from 'node:fs'

const PACKAGE = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/

/** Folders of the packages that modules come from. */
export const packagesOf = (modules) =>
  [...new Set(modules.flatMap((module) => PACKAGE.exec(module.replaceAll('\\', '/')) ?? []))].sort()

/** What is bundled as a CycloneDX 1.6 bill of materials, for scanners: they cannot see inside a bundle. */
export function billOfMaterials(folders, { name, version }) {
  const component = (folder) => {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
    const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`
    return { type: 'library', 'bom-ref': purl, name, version, purl, licenses: [{ license: { id: license } }] }
  }
  const document = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', name, version, purl: `pkg:npm/${name}@${version}` } },
    components: folders.map(component),
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

/** One text with name, version and licence of each package. */
export function thirdPartyText(folders) {
  const parts = folders.map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
    const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|notice)(?:[.-]|$)/i.test(file))
    if (files.length === 0) throw new Error(`${name} has no licence file; it must not be bundled.`)
    const texts = files.sort().map((file) => readFileSync(`${folder}/${file}`, 'utf8').trim())
    return [`${name} ${version} (${license})`, ...texts].join('\n\n')
  })
  const head = 'koodrive-mock contains code or data of these packages, each under its own licence.'
  return `${[head, ...parts].join(`\n\n${'='.repeat(80)}\n\n`)}\n`
}
