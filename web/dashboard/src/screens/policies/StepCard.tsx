/** One step as a card: when, whom, how often, for which incidents; opened to be written. */
import { ActionIcon, Card, Menu, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconCopy, IconDots, IconRepeat, IconTrash, IconUsers } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { formatDuration } from '../../components/Time'
import type { StepValues } from './policyForm'
import classes from './StepCard.module.css'
import { StepFields } from './StepFields'
import { TargetMark } from './TargetMark'
import type { Choices } from './useTargets'
import { conditionsOf, delayOf, repetitionsOf } from './words'

interface Properties {
  step: StepValues
  place: number
  /** Seconds after the incident at which it is taken if nobody answers. */
  at: number
  handle: ReactNode
  isOpen: boolean
  hasError: boolean
  disabled?: boolean
  choices: Choices
  zone: string
  errorOf: (path: string) => ReactNode
  onToggle: () => void
  onChange: (step: StepValues) => void
  onCopy: () => void
  onRemove: () => void
}

export function StepCard(properties: Properties) {
  const { step, place, at, handle, isOpen, hasError, disabled, choices, onToggle, onCopy, onRemove } = properties
  const repetitions = repetitionsOf(step)
  const conditions = conditionsOf(step)
  return (
    <div className={classes.step}>
      <p className={classes.delay}>
        <strong>{delayOf(step.delay_seconds, place === 0)}</strong>
        {at > 0 && place > 0 && <span>{formatDuration(at)} after the incident</span>}
      </p>
      <Card p={0} className={classes.card} data-error={hasError || undefined}>
        <div className={classes.head}>
          {handle}
          <UnstyledButton className={classes.toggle} aria-expanded={isOpen} onClick={onToggle}>
            <span className={classes.number} aria-hidden>
              {place + 1}
            </span>
            <span className={classes.words}>
              <span className={classes.title}>Step {place + 1}</span>
              <Targets step={step} choices={choices} />
              {(repetitions || conditions.length > 0 || step.round_robin) && (
                <span className={classes.notes}>
                  {step.round_robin && (
                    <span>
                      <IconUsers size={15} aria-hidden /> one of them in turn
                    </span>
                  )}
                  {repetitions && (
                    <span>
                      <IconRepeat size={15} aria-hidden /> {repetitions}
                    </span>
                  )}
                  {conditions.map(one => (
                    <span key={one}>{one}</span>
                  ))}
                </span>
              )}
            </span>
            <IconChevronDown size={18} className={classes.chevron} aria-hidden />
          </UnstyledButton>
          {!disabled && (
            <Menu>
              <Menu.Target>
                <ActionIcon variant="subtle" color="gray" aria-label={`More about step ${place + 1}`}>
                  <IconDots size={18} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item leftSection={<IconCopy size={18} />} onClick={onCopy}>
                  Duplicate
                </Menu.Item>
                <Menu.Item leftSection={<IconTrash size={18} />} color="red" onClick={onRemove}>
                  Take it out
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
        </div>
        {isOpen && <StepFields {...properties} isFirst={place === 0} />}
      </Card>
    </div>
  )
}

function Targets({ step, choices }: { step: StepValues; choices: Choices }) {
  if (step.targets.length === 0) return <span className={classes.nobody}>pages nobody yet</span>
  return (
    <span className={classes.targets}>
      {step.targets.map(one => (
        <TargetMark key={one} target={one} label={choices.labelOf(one)} />
      ))}
    </span>
  )
}
