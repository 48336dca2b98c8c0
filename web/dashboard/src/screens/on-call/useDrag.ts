/** Chooses a time by dragging over a row of days, to the hour; what is past can't be chosen. */
import { type PointerEvent, useRef, useState } from 'react'
import { serverNow } from '../../api/clock'
import { type Day, instantIn } from './days'

export interface Choice {
  startsAt: number
  endsAt: number
}

const HOURS = 24
const FEWEST_PX = 6

interface Begun {
  x: number
  pointer: number
}

function placeAt(row: HTMLElement, x: number): number {
  const box = row.getBoundingClientRect()
  return (x - box.left) / box.width
}

export function useDrag(days: readonly Day[], onChoose: ((choice: Choice) => void) | undefined) {
  const begun = useRef<Begun>(undefined)
  const wasDragged = useRef(false)
  const [dragged, setDragged] = useState<Choice>()
  const stop = () => {
    begun.current = undefined
    setDragged(undefined)
  }
  if (!onChoose) return { dragged: undefined, handlers: {} }
  const handlers = {
    onPointerDown: ({ clientX: x, pointerId, button }: PointerEvent<HTMLElement>) => {
      wasDragged.current = false
      if (button === 0) begun.current = { x, pointer: pointerId }
    },
    onPointerMove: ({ clientX: x, pointerId, currentTarget: row }: PointerEvent<HTMLElement>) => {
      const from = begun.current
      if (!from || from.pointer !== pointerId || (!wasDragged.current && Math.abs(x - from.x) < FEWEST_PX)) return
      if (!wasDragged.current) row.setPointerCapture(pointerId)
      wasDragged.current = true
      const parts = days.length > 7 ? HOURS / 6 : HOURS
      const [a, b] = [from.x, x].sort((one, other) => one - other) as [number, number]
      const startsAt = Math.max(instantIn(days, placeAt(row, a), parts), serverNow())
      const endsAt = instantIn(days, placeAt(row, b), parts)
      setDragged(endsAt > startsAt ? { startsAt, endsAt } : undefined)
    },
    onPointerUp: () => {
      if (dragged) onChoose(dragged)
      stop()
    },
    onPointerCancel: stop,
    // the click that ends a drag is none on the bar below
    onClickCapture: (event: { stopPropagation: () => void; preventDefault: () => void }) => {
      if (!wasDragged.current) return
      wasDragged.current = false
      event.preventDefault()
      event.stopPropagation()
    },
  }
  return { dragged, handlers }
}
