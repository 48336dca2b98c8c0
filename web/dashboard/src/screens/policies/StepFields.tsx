/** What a step does, to be written: whom it pages, when, how often, and for which incidents. */
import { NumberInput, Switch } from '@mantine/core'
import type { ReactNode } from 'react'
import { DurationInput } from '../../components/DurationInput'
import type { StepValues } from './policyForm'
import { StepConditions } from './StepConditions'
import classes from './StepFields.module.css'
import { TargetsInput } from './TargetsInput'
import type { Choices } from './useTargets'

interface Properties {
  step: StepValues
  isFirst: boolean
  disabled?: boolean
  choices: Choices
  zone: string
  errorOf: (path: string) => ReactNode
  onChange: (step: StepValues) => void
}

const FIRST_INTERVAL = 120

/** Of one of several targets something is wrong. */
function ofTargets(step: StepValues, errorOf: Properties['errorOf']): ReactNode {
  const places = step.targets.flatMap((_, index) =>
    ['', '.value', '.who', '.kind'].map(end => `targets.${index}${end}`),
  )
  return errorOf('targets') ?? places.map(errorOf).find(Boolean)
}

export function StepFields({ step, isFirst, disabled, choices, zone, errorOf, onChange }: Properties) {
  const change = (found: Partial<StepValues>) => onChange({ ...step, ...found })
  return (
    <div className={classes.fields}>
      <TargetsInput
        label="Pages"
        value={step.targets}
        onChange={targets => change({ targets })}
        choices={choices}
        error={ofTargets(step, errorOf)}
        disabled={disabled}
      />
      {step.targets.length > 1 && (
        <Switch
          label="One of them in turn, the next one for the next incident"
          checked={step.round_robin}
          disabled={disabled}
          onChange={({ currentTarget }) => change({ round_robin: currentTarget.checked })}
        />
      )}
      <div className={classes.row}>
        <DurationInput
          label={isFirst ? 'Waits after the incident' : 'Waits after the step before'}
          value={step.delay_seconds}
          onChange={seconds => change({ delay_seconds: seconds ?? 0 })}
          error={errorOf('delay_seconds')}
          disabled={disabled}
        />
        <NumberInput
          label="Pages again, times"
          min={0}
          max={20}
          allowDecimal={false}
          allowNegative={false}
          value={step.retries}
          error={errorOf('retries')}
          disabled={disabled}
          onChange={count => {
            const retries = Number(count) || 0
            change({
              retries,
              retry_interval_seconds: step.retry_interval_seconds || (retries > 0 ? FIRST_INTERVAL : 0),
            })
          }}
        />
        {step.retries > 0 && (
          <DurationInput
            label="Every"
            value={step.retry_interval_seconds}
            onChange={seconds => change({ retry_interval_seconds: seconds ?? 0 })}
            error={errorOf('retry_interval_seconds')}
            disabled={disabled}
          />
        )}
      </div>
      <StepConditions {...{ step, disabled, zone, errorOf, onChange }} />
    </div>
  )
}
