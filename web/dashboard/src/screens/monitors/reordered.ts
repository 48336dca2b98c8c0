/** Things put into another order by their positions. */

interface Placed {
  readonly id: string
  readonly position: number
}

/** The new order, numbered from 0, and of it what has another position than before. */
export function reordered<T extends Placed>(items: readonly T[], from: number, to: number) {
  const moved = [...items]
  moved.splice(to, 0, ...moved.splice(from, 1))
  const order = moved.map((one, position) => ({ ...one, position }))
  const before = new Map(items.map(one => [one.id, one.position]))
  return { order, changed: order.filter(one => before.get(one.id) !== one.position) }
}
