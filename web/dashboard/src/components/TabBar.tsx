/** The tabs of a screen in one line. Where not all fit, as on a phone, it scrolls, and the chosen one comes into view. */
import { Tabs } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import classes from './TabBar.module.css'

export function TabBar({ chosen, children }: { chosen: string; children: ReactNode }) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.querySelector(`[id$="-tab-${chosen}"]`)?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [chosen])
  return (
    <div className={classes.bar}>
      <Tabs.List ref={list} className={classes.tabs}>
        {children}
      </Tabs.List>
    </div>
  )
}
