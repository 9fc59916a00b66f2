/** The known name that differs least from a wrong one; undefined when none is near. */
export function nearest(wrong: string, known: readonly string[]): string | undefined {
  if (wrong.length > LONGEST) return undefined
  const [best] = byDistance(wrong, known)
  return best !== undefined && best.distance <= Math.max(2, Math.floor(best.name.length / 3)) ? best.name : undefined
}

/** No name that is known is longer; what a client calls a field may have megabytes. */
const LONGEST = 100

/** All known names, those that differ least from a wrong one first. */
export function byDistance(wrong: string, known: readonly string[]): { name: string; distance: number }[] {
  const given = wrong.slice(0, LONGEST).toLowerCase()
  const distances = known.map((name) => ({ name, distance: distanceOf(given, name.toLowerCase()) }))
  return distances.sort((a, b) => a.distance - b.distance)
}

/** Letters to insert, delete or replace from one word to the other. */
function distanceOf(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row += 1) {
    const line = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1)
      line.push(Math.min(replaced, (above[column] ?? 0) + 1, (line[column - 1] ?? 0) + 1))
    }
    above = line
  }
  return above[b.length] ?? 0
}
