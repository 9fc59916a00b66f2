/** Milliseconds of processor time that some work takes: unlike a clock, it says little of what else the machine does. */
export async function cpuMs(work: () => unknown): Promise<number> {
  const started = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(started)
  return (user + system) / 1000
}
