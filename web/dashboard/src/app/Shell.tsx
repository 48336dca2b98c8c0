/** The frame around an organization's screens: navigation beside them, or on a phone below them. */
import { type ReactNode, useEffect } from 'react'
import { useLive } from '../api/live'
import { Banners } from './Banners'
import { Delayed } from './Delayed'
import { NavigationBar } from './NavigationBar'
import { useOrganization } from './organization'
import { PhoneBar, PhoneTabs } from './Phone'
import classes from './Shell.module.css'
import { setTitleCount } from './tabTitle'
import { useUnanswered } from './useUnanswered'

export function Shell({ children }: { children: ReactNode }) {
  const { id, isDemo } = useOrganization()
  useLive(id)

  useEffect(() => {
    if (!isDemo) localStorage.setItem('tocsin.organization', id)
  }, [id, isDemo])

  return (
    <div className={classes.shell}>
      <TitleCount />
      <a href="#main" className={classes.skip}>
        Skip to content
      </a>
      <NavigationBar />
      <div className={classes.column}>
        <PhoneBar />
        <Banners />
        <main id="main" tabIndex={-1} className={classes.main}>
          {children}
          <Delayed />
        </main>
      </div>
      <PhoneTabs />
    </div>
  )
}

function TitleCount() {
  const count = useUnanswered()
  useEffect(() => {
    setTitleCount(count)
    return () => setTitleCount(null)
  }, [count])
  return null
}
