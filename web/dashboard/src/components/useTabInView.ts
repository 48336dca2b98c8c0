/** Where not all tabs fit, as on a phone, the chosen one is brought into view; gives what their list takes as `ref`. */
import { type RefObject, useEffect, useRef } from 'react'

export function useTabInView(tab: string): RefObject<HTMLDivElement | null> {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.querySelector(`[id$="-tab-${tab}"]`)?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [tab])
  return list
}
