// Line charts with both axes in powers of ten, as SVG that reads well on light and dark pages.
const [WIDTH, HEIGHT] = [720, 360]
const [LEFT, RIGHT, TOP, BOTTOM] = [64, 190, 40, 48]
const colours = ['#0b6bcb', '#c2410c', '#15803d', '#7e22ce', '#a16207', '#be123c']

/** A chart of lines `{ name, points: [[x, y], ...] }`; x and y are positive. */
export function chart({ title, xLabel, yLabel, lines }) {
  const points = lines.flatMap((line) => line.points)
  const x = scale(
    points.map(([value]) => value),
    LEFT,
    WIDTH - RIGHT,
  )
  const y = scale(
    points.map(([, value]) => value),
    HEIGHT - BOTTOM,
    TOP,
  )
  const grid = [
    ...x.ticks.map(
      (tick) =>
        `<line x1="${x.at(tick)}" y1="${TOP}" x2="${x.at(tick)}" y2="${HEIGHT - BOTTOM}" class="grid"/><text x="${x.at(tick)}" y="${HEIGHT - BOTTOM + 16}" text-anchor="middle">${short(tick)}</text>`,
    ),
    ...y.ticks.map(
      (tick) =>
        `<line x1="${LEFT}" y1="${y.at(tick)}" x2="${WIDTH - RIGHT}" y2="${y.at(tick)}" class="grid"/><text x="${LEFT - 6}" y="${y.at(tick) + 4}" text-anchor="end">${short(tick)}</text>`,
    ),
  ]
  const drawn = lines.map(({ name, points: own }, index) => {
    const colour = colours[index % colours.length]
    const path = own.map(([px, py]) => `${x.at(px)},${y.at(py)}`).join(' ')
    const dots = own.map(([px, py]) => `<circle cx="${x.at(px)}" cy="${y.at(py)}" r="3" fill="${colour}"/>`).join('')
    const key = TOP + 14 + index * 20
    return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>${dots}<circle cx="${WIDTH - RIGHT + 20}" cy="${key - 4}" r="4" fill="${colour}"/><text x="${WIDTH - RIGHT + 30}" y="${key}">${name}</text>`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="${title}">`,
    '<style>text{fill:#57606a}.grid{stroke:#8b949e;stroke-opacity:.3}</style>',
    `<text x="${LEFT}" y="22" font-size="15">${title}</text>`,
    ...grid,
    ...drawn,
    `<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 10}" text-anchor="middle">${xLabel}</text>`,
    `<text transform="translate(14 ${(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)" text-anchor="middle">${yLabel}</text>`,
    '</svg>\n',
  ].join('\n')
}

/** Powers of ten around some values, and where each value lies between two ends. */
function scale(values, from, to) {
  const low = Math.floor(Math.log10(Math.min(...values)))
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))))
  return {
    ticks: Array.from({ length: high - low + 1 }, (_, step) => 10 ** (low + step)),
    at: (value) => Math.round(10 * (from + ((Math.log10(value) - low) / (high - low)) * (to - from))) / 10,
  }
}

const short = (value) =>
  value >= 1e6 ? `${value / 1e6}M` : value >= 1000 ? `${value / 1000}k` : String(Number(value.toPrecision(1)))
