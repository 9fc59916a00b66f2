import type { Sandbox } from '../../world/sandbox.ts'
import type { World } from '../../world/world.ts'
import { notFound } from './problem.ts'

/**
 * The sandbox that a path names.
 *
 * @throws Problem 404.
 */
export function sandboxNamed(world: World, id: string | undefined): Sandbox {
  const sandbox = world.get(id ?? '')
  if (sandbox === undefined) throw notFound(`There is no sandbox "${id}". GET /__admin/sandboxes lists them.`)
  return sandbox
}
