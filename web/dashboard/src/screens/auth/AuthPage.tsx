/** The frame of the pages of who is not signed in. */
import { Card } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { Brand } from '../../app/Brand'
import classes from './AuthPage.module.css'

interface Properties {
  title: string
  intro?: ReactNode
  /** Ways to go elsewhere, below the card. */
  footer?: ReactNode
  children: ReactNode
}

export function AuthPage({ title, intro, footer, children }: Properties) {
  useEffect(() => {
    document.title = `${title} · Tocsin`
  }, [title])
  return (
    <main className={classes.page}>
      <div className={classes.column}>
        <Brand large />
        <Card padding="lg" className={classes.card}>
          <h1 className={classes.title}>{title}</h1>
          {intro && <p className={classes.intro}>{intro}</p>}
          {children}
        </Card>
        {footer && <div className={classes.footer}>{footer}</div>}
      </div>
    </main>
  )
}
