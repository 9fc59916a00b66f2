/** The middle of some numbers; NaN of none. */
export function median(numbers) {
  const sorted = numbers.filter(Number.isFinite).sort((a, b) => a - b)
  const { length } = sorted
  return length === 0 ? Number.NaN : (sorted[(length - 1) >> 1] + sorted[length >> 1]) / 2
}

export const show = (number, digits = 0) =>
  Number.isFinite(number)
    ? number.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
    : '–'
