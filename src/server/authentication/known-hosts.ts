import type { World } from '../../world/world.ts'

/** Hosts by which a server is called, with their ports: a client behind a proxy may have signed another than it sent. */
const known = new WeakMap<World, readonly string[]>()
const HOSTS_KEPT = 8

export const hostsOf = (world: World): readonly string[] => known.get(world) ?? []

/** Notes that a server can be called by a host, such as `127.0.0.1:4010`. */
export function noteHost(world: World, host: string): void {
  const hosts = hostsOf(world)
  if (!hosts.includes(host) && hosts.length < HOSTS_KEPT) known.set(world, [...hosts, host])
}
