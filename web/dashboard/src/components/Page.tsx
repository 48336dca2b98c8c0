/** The frame of a screen: its heading, what can be done on it, and the title of the tab. */
import { Anchor } from '@mantine/core'
import { IconChevronLeft } from '@tabler/icons-react'
import { Link, type LinkProps } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import { arrival } from '../app/arrival'
import { setScreenTitle } from '../app/tabTitle'
import classes from './Page.module.css'

interface Properties {
  title: string
  /** In place of the title as a heading, where it holds more than text. */
  heading?: ReactNode
  description?: ReactNode
  actions?: ReactNode
  /** Where it leads back to. */
  back?: { label: string } & Pick<LinkProps, 'to' | 'params' | 'search'>
  /** `narrow` for forms and text. */
  width?: 'wide' | 'narrow'
  children: ReactNode
}

export function Page({ title, heading, description, actions, back, width = 'wide', children }: Properties) {
  useEffect(() => {
    setScreenTitle(`${title} · Tocsin`)
  }, [title])
  const top = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // a screen reader is told of the new screen by its heading
    if (arrival.isByLink) top.current?.focus({ preventScroll: true })
  }, [])
  return (
    <div className={classes.page} data-width={width}>
      {back && (
        <Anchor
          className={classes.back}
          renderRoot={props => <Link to={back.to} params={back.params} search={back.search} {...props} />}
        >
          <IconChevronLeft size={18} aria-hidden />
          {back.label}
        </Anchor>
      )}
      <div className={classes.top}>
        <div className={classes.words}>
          <h1 ref={top} className={classes.title} tabIndex={-1}>
            {heading ?? title}
          </h1>
          {description && <p className={classes.description}>{description}</p>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
      {children}
    </div>
  )
}
