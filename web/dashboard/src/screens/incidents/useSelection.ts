/** Which of the incidents shown are chosen, to be moved at once. */
import { useState } from 'react'
import { useMay } from '../../app/organization'
import type { Incident } from './actions'

const NONE: ReadonlySet<string> = new Set()

export interface Selection {
  selected: ReadonlySet<string>
  select: (id: string) => void
  selectAll: () => void
  clear: () => void
  /** Whether a phone shows what one selects with, which would be in the way otherwise. */
  isSelecting: boolean
  setSelecting: (is: boolean) => void
}

export function useSelection(incidents: readonly Incident[]): Selection {
  const may = useMay('responder')
  const [chosen, setChosen] = useState(NONE)
  const [isSelecting, setSelecting] = useState(false)
  return {
    selected: new Set(incidents.filter(one => chosen.has(one.id)).map(one => one.id)),
    select: id => {
      if (may) setChosen(before => new Set(before.has(id) ? [...before].filter(one => one !== id) : [...before, id]))
    },
    selectAll: () => setChosen(new Set(incidents.map(one => one.id))),
    clear: () => setChosen(NONE),
    isSelecting,
    setSelecting: is => {
      setSelecting(is)
      if (!is) setChosen(NONE)
    },
  }
}
