/** Where the lines of a chart lie: at round figures, so that their labels say exactly where. */

const LINES = 4
const MINUTE = 60
const HOUR = 3_600
const DAY = 86_400

const DURATIONS = [
  ...[1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map(one => one * MINUTE),
  ...[1, 2, 3, 6, 12].map(one => one * HOUR),
  ...[1, 2, 5, 10, 20, 50, 100].map(one => one * DAY),
]

function every(step: number, most: number): number[] {
  return Array.from({ length: Math.max(1, Math.ceil(most / step)) + 1 }, (_, n) => n * step)
}

/** Of seconds: whole ones, minutes, hours or days. */
export function durationTicks(most: number): number[] {
  return every(DURATIONS.find(one => one * LINES >= most) ?? Math.ceil(most / LINES / DAY) * DAY, most)
}

/** Of any other figure: ones, twos or fives of a power of ten. */
export function decimalTicks(most: number): number[] {
  if (most <= 0) return [0, 1]
  const power = 10 ** Math.floor(Math.log10(most / LINES))
  const step = [1, 2, 5].find(one => one * power * LINES >= most) ?? 10
  return every(step * power, most)
}

/** Of what is counted: no line between two whole numbers. */
export function countTicks(most: number): number[] {
  return decimalTicks(Math.max(most, LINES))
}

interface Scale {
  readonly ticks: number[]
  readonly domain: [number, number]
}

/** What the axis of a chart takes, from zero to the first line that nothing is above. */
export function scaleOf(values: readonly (number | null)[], ticksOf: (most: number) => number[]): Scale {
  const ticks = ticksOf(Math.max(0, ...values.filter(one => one !== null)))
  return { ticks, domain: [0, ticks.at(-1) ?? 0] }
}
