/** The steps of a policy in their order: dragged, or moved by keyboard; added at the end. */
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { Sortable } from '../../components/Sortable'
import { reordered } from '../on-call/scheduleForm'
import { copyOf, newStep, type StepValues, stepsInError } from './policyForm'
import { StepCard } from './StepCard'
import classes from './StepList.module.css'
import { useTargets } from './useTargets'
import { instantsOf } from './words'

const MOST = 100

interface Properties {
  steps: readonly StepValues[]
  onChange: (steps: StepValues[]) => void
  errors: Readonly<Record<string, ReactNode>>
  zone: string
  disabled?: boolean
}

/** Waits are between steps: they stay where they are when steps change places. */
function moved(steps: readonly StepValues[], from: number, to: number): StepValues[] {
  return reordered(steps, from, to).map((step, place) => ({
    ...step,
    delay_seconds: steps[place]?.delay_seconds ?? step.delay_seconds,
  }))
}

export function StepList({ steps, onChange, errors, zone, disabled }: Properties) {
  const choices = useTargets()
  const [open, setOpen] = useState<ReadonlySet<string>>(
    () => new Set(steps.filter(step => step.step_id === null).map(step => step.key)),
  )
  const instants = instantsOf(steps)
  const wrong = stepsInError(errors)
  const toggle = (key: string) =>
    setOpen(before => new Set(before.has(key) ? [...before].filter(one => one !== key) : [...before, key]))
  const put = (step: StepValues, place: number) => {
    setOpen(before => new Set([...before, step.key]))
    onChange(steps.toSpliced(place, 0, step))
  }
  return (
    <section aria-label="Steps">
      {errors.steps && (
        <p className={classes.error} role="alert">
          {errors.steps}
        </p>
      )}
      <Sortable
        items={steps}
        idOf={step => step.key}
        nameOf={(_, index) => `step ${index + 1}`}
        label="Steps"
        disabled={disabled || steps.length < 2}
        onMove={(from, to) => onChange(moved(steps, from, to))}
      >
        {(step, place, handle) => (
          <StepCard
            step={step}
            place={place}
            at={instants[place] ?? 0}
            handle={handle}
            isOpen={open.has(step.key) || wrong.has(place)}
            hasError={wrong.has(place)}
            disabled={disabled}
            choices={choices}
            zone={zone}
            errorOf={path => errors[`steps.${place}.${path}`]}
            onToggle={() => toggle(step.key)}
            onChange={found => onChange(steps.map(one => (one.key === step.key ? found : one)))}
            onCopy={() => put(copyOf(step), place + 1)}
            onRemove={() => onChange(steps.filter(one => one.key !== step.key))}
          />
        )}
      </Sortable>
      {!disabled && (
        <div className={classes.add}>
          <Button
            variant="default"
            disabled={steps.length >= MOST}
            leftSection={<IconPlus size={18} aria-hidden />}
            onClick={() => put(newStep(steps.length === 0), steps.length)}
          >
            Add a step
          </Button>
        </div>
      )}
    </section>
  )
}
