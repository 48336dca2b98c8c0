/** The keyboard of the list of incidents. */
import { useHotkeys } from '@mantine/hooks'
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
  useHotkeys([
    ['j', () => step(1)],
    ['k', () => step(-1)],
    ['x', () => current && onSelect(current)],
    ['a', () => move('acknowledge')],
    ['r', () => move('resolve')],
    ['shift+?', onHelp],
    [
      'Enter',
      () => {
        if (current && (document.activeElement === document.body || document.activeElement?.tagName === 'H1'))
          void navigate({ to: '/o/$org/incidents/$incident', params: { org, incident: current } })
      },
    ],
  ])
  return current
}
