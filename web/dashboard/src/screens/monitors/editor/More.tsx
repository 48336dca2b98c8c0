/** Fields that most need not see; shown by themselves where one of them is wrong. */
import { type ReactNode, useState } from 'react'
import classes from './fields.module.css'
import type { MonitorForm } from './formType'

interface Properties {
  summary: string
  form: MonitorForm
  /** Where the fields are in the form: how their paths begin. */
  paths: readonly string[]
  isOpen?: boolean
  children: ReactNode
}

export function More({ summary, form, paths, isOpen = false, children }: Properties) {
  const [isShown, setShown] = useState(isOpen)
  const isWrong = Object.keys(form.errors).some(wrong => paths.some(path => wrong.startsWith(path)))
  return (
    <details
      className={classes.more}
      open={isShown || isWrong}
      onToggle={({ currentTarget }) => setShown(currentTarget.open)}
    >
      <summary>{summary}</summary>
      {children}
    </details>
  )
}
