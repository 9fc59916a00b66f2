import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './contestants.mjs'

/** Megabytes and packages that an installation brings. */
export function measureInstalled(servers) {
  return new Map(servers.map((server) => [server.name, server.makesTask ? ofMock() : ofFolder(server.folder)]))
}

/** The mock as npm installs it: packed, and installed into an empty folder. */
function ofMock() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-install-'))
  try {
    execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], {
      cwd: root,
      stdio: 'ignore',
    })
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))
    writeFileSync(join(folder, 'package.json'), '{"private":true}')
    execFileSync(
      'npm',
      ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', join(folder, tarball)],
      {
        cwd: folder,
        stdio: 'ignore',
      },
    )
    return ofFolder(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function ofFolder(folder) {
  const modules = folder && join(folder, 'node_modules')
  if (modules === undefined || !existsSync(modules)) return { mb: 0, packages: 0 }
  const files = readdirSync(modules, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const bytes = files.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
  const manifests = files.filter(
    ({ name, parentPath }) => name === 'package.json' && /node_modules[/\\](@[^/\\]+[/\\])?[^/\\]+$/.test(parentPath),
  )
  return { mb: bytes / 1e6, packages: manifests.length }
}
