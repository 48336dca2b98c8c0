/** One step of the way: its number or a tick, what it is for, and what is to be done. */
import { Card, Title, VisuallyHidden } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import classes from './StepCard.module.css'

export type StepState = 'done' | 'now' | 'later'

const SAID: Readonly<Record<StepState, string>> = { done: 'done', now: 'to do now', later: 'comes later' }

interface Properties {
  number: number
  title: string
  state: StepState
  children?: ReactNode
}

export function StepCard({ number, title, state, children }: Properties) {
  const id = `step-${number}`
  const card = useRef<HTMLLIElement>(null)
  const before = useRef(state)
  useEffect(() => {
    // on a phone what is to be done next is below what has been done
    if (state === 'now' && before.current !== 'now') card.current?.scrollIntoView({ block: 'start' })
    before.current = state
  }, [state])
  return (
    <Card component="li" ref={card} className={classes.step} data-state={state} aria-labelledby={id}>
      <span className={classes.mark} data-number={number} aria-hidden>
        {state === 'done' && <IconCheck size={18} stroke={2.4} />}
      </span>
      <div className={classes.body}>
        <Title order={2} size="h3" id={id} className={classes.title}>
          {title}
          <VisuallyHidden>, {SAID[state]}</VisuallyHidden>
        </Title>
        {state !== 'later' && children}
      </div>
    </Card>
  )
}
