// Builds after an installation what has changed since the last build. npm runs this also when somebody types `npx
// koodrive-mock` in the tree: a build would then take dist/ away from a server that runs.
import { isFresh } from './freshness.mjs'

if (!isFresh()) {
  await import('./build.mjs')
  await import('./generate.mjs')
}
