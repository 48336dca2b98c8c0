/** The keyboard of the list of incidents. */
import { useHotkeys, useLocalStorage } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useOrganization } from '../../app/organization'
import type { Incident, Move } from './actions'

export const KEYS = [
  ['j', 'Next incident'],
  ['k', 'Previous incident'],
  ['Enter', 'Open it'],
  ['x', 'Select it'],
  ['a', 'Acknowledge it, or those selected'],
  ['r', 'Resolve it, or those selected'],
  ['?', 'These keys'],
] as const

const TICKED: ReadonlySet<string> = new Set(['checkbox', 'radio', 'button'])
const ABOVE = '[aria-modal="true"], [role="menu"]'

/** Whether a key is for the list: not for what one writes in, nor for a dialog or menu above it. */
export function isForList({ target }: Event): boolean {
  if (target instanceof HTMLInputElement && !TICKED.has(target.type)) return false
  return document.querySelector(ABOVE) === null
}

/** Whether the keys do anything: who dictates, or leans on keys, may want them off (WCAG 2.1.4). */
export function useKeysWanted() {
  return useLocalStorage({ key: 'tocsin.keys', defaultValue: true, getInitialValueInEffect: false })
}

interface Keyed {
  incidents: readonly Incident[]
  selected: ReadonlySet<string>
  onSelect: (id: string) => void
  onMove: (ids: string[], move: Move) => void
  onHelp: () => void
}

/** Answers the id of the incident that keys are about. */
export function useKeys({ incidents, selected, onSelect, onMove, onHelp }: Keyed): string | null {
  const { id: org } = useOrganization()
  const navigate = useNavigate()
  const [isWanted] = useKeysWanted()
  const [current, setCurrent] = useState<string | null>(null)
  const left = useRef<number | null>(null)
  const indexOf = (id: string | null) => incidents.findIndex(one => one.id === id)
  /** What was acted on may be elsewhere by now: one goes on from where it was. */
  const place = (by: number) => {
    const was = left.current
    left.current = null
    if (was === null || incidents[was]?.id === current) return indexOf(current)
    return by > 0 ? was - 1 : was
  }
  const step = (by: number) => {
    const at = place(by)
    const next = incidents[Math.min(Math.max(at + by, 0), incidents.length - 1)]
    if (!next) return
    setCurrent(next.id)
    document.querySelector<HTMLElement>(`[data-incident="${next.id}"]`)?.scrollIntoView({ block: 'center' })
  }
  const move = (how: Move) => {
    const ids = selected.size > 0 ? [...selected] : current ? [current] : []
    if (selected.size === 0 && current) left.current = indexOf(current)
    if (ids.length > 0) onMove(ids, how)
  }
  const open = () => {
    if (current && (document.activeElement === document.body || document.activeElement?.tagName === 'H1'))
      void navigate({ to: '/o/$org/incidents/$incident', params: { org, incident: current } })
  }
  useHotkeys(
    [
      on('j', () => step(1)),
      on('k', () => step(-1)),
      on('x', () => current && onSelect(current)),
      on('a', () => move('acknowledge')),
      on('r', () => move('resolve')),
      on('shift+?', onHelp),
      on('Enter', open),
    ].filter(() => isWanted),
    ['TEXTAREA', 'SELECT'],
  )
  return isWanted ? current : null
}

/** A key that leaves to others, as a button its Enter, what it is not for. */
function on(key: string, does: () => void): Parameters<typeof useHotkeys>[0][number] {
  return [key, event => isForList(event) && does(), { preventDefault: false }]
}
