/** For which incidents a step is, at which times, and until when; it is passed at once where that doesn't hold. */
import { ActionIcon, Button, Chip, Switch, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { zoneName } from '../../app/zones'
import { type Severity, type StepValues, type Times, times, type Urgency } from './policyForm'
import classes from './StepFields.module.css'

const SEVERITIES = ['critical', 'error', 'warning', 'info'] as const satisfies readonly Severity[]
const URGENCIES = ['high', 'low'] as const satisfies readonly Urgency[]
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

interface Properties {
  step: StepValues
  disabled?: boolean
  zone: string
  errorOf: (path: string) => ReactNode
  onChange: (step: StepValues) => void
}

function areAny({ severities, urgencies, times: hours, while: until }: StepValues): boolean {
  return severities.length + urgencies.length + hours.length > 0 || until === 'not_resolved'
}

export function StepConditions({ step, disabled, zone, errorOf, onChange }: Properties) {
  const [isOpen, setOpen] = useState(areAny(step))
  const change = (found: Partial<StepValues>) => onChange({ ...step, ...found })
  if (!isOpen)
    return (
      <div>
        <Button size="xs" variant="subtle" disabled={disabled} onClick={() => setOpen(true)}>
          Only in some cases…
        </Button>
      </div>
    )
  return (
    <fieldset className={classes.set}>
      <legend>For which incidents</legend>
      <Words
        label="Severity"
        words={SEVERITIES}
        value={step.severities}
        disabled={disabled}
        onChange={severities => change({ severities })}
      />
      <Words
        label="Urgency"
        words={URGENCIES}
        value={step.urgencies}
        disabled={disabled}
        onChange={urgencies => change({ urgencies })}
      />
      {step.times.map((one, index) => (
        <Hours
          key={one.key}
          hours={one}
          number={index + 1}
          disabled={disabled}
          errorOf={path => errorOf(`conditions.times.${index}.${path}`)}
          onChange={found => change({ times: step.times.map(other => (other.key === one.key ? found : other)) })}
          onRemove={() => change({ times: step.times.filter(other => other.key !== one.key) })}
        />
      ))}
      <div className={classes.chips}>
        <Button
          size="xs"
          variant="default"
          disabled={disabled}
          onClick={() => change({ times: [...step.times, times(DAYS.slice(0, 5))] })}
        >
          Only at some hours
        </Button>
        {step.times.length > 0 && <span className={classes.word}>by the clock of {zoneName(zone)}</span>}
      </div>
      <Switch
        label="Also when somebody has acknowledged, until it is resolved"
        checked={step.while === 'not_resolved'}
        disabled={disabled}
        onChange={({ currentTarget }) => change({ while: currentTarget.checked ? 'not_resolved' : 'not_acknowledged' })}
      />
    </fieldset>
  )
}

interface WordsProperties<W extends string> {
  label: string
  words: readonly W[]
  value: readonly W[]
  disabled?: boolean
  onChange: (value: W[]) => void
}

function Words<W extends string>({ label, words, value, disabled, onChange }: WordsProperties<W>) {
  return (
    <div className={classes.chips}>
      <span className={classes.word}>{label}</span>
      {words.map(word => (
        <Chip
          key={word}
          size="sm"
          variant="outline"
          disabled={disabled}
          checked={value.includes(word)}
          onChange={is => onChange(words.filter(one => (one === word ? is : value.includes(one))))}
        >
          {word}
        </Chip>
      ))}
      {value.length === 0 && <span className={classes.word}>any</span>}
    </div>
  )
}

interface HoursProperties {
  hours: Times
  number: number
  disabled?: boolean
  errorOf: (path: string) => ReactNode
  onChange: (hours: Times) => void
  onRemove: () => void
}

function Hours({ hours, number, disabled, errorOf, onChange, onRemove }: HoursProperties) {
  return (
    <div>
      <div className={classes.chips}>
        {DAYS.map(day => (
          <Chip
            key={day}
            size="sm"
            variant="outline"
            disabled={disabled}
            checked={hours.days.includes(day)}
            onChange={is =>
              onChange({ ...hours, days: DAYS.filter(one => (one === day ? is : hours.days.includes(one))) })
            }
          >
            {day.charAt(0).toUpperCase() + day.slice(1, 3)}
          </Chip>
        ))}
        {(['starts', 'ends'] as const).map(name => (
          <TextInput
            key={name}
            type="time"
            className={classes.time}
            aria-label={`${name === 'starts' ? 'Start' : 'End'} of hours ${number}`}
            disabled={disabled}
            error={errorOf(name)}
            value={hours[name]}
            onChange={({ currentTarget }) => onChange({ ...hours, [name]: currentTarget.value })}
          />
        ))}
        {!disabled && (
          <ActionIcon variant="subtle" color="gray" aria-label={`Take hours ${number} away`} onClick={onRemove}>
            <IconX size={16} />
          </ActionIcon>
        )}
      </div>
      {errorOf('days') && (
        <p className={classes.error} role="alert">
          {errorOf('days')}
        </p>
      )}
    </div>
  )
}
