/** The hours in which a layer holds: of each day, or from one day of the week to another; always unless given. */
import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './LayerHours.module.css'
import { type Hours, hours as made, WEEKDAYS } from './scheduleForm'

const DAYS = [
  { value: '', label: 'every day' },
  ...WEEKDAYS.map(day => ({ value: day, label: day.charAt(0).toUpperCase() + day.slice(1) })),
]

const COMMON = [
  ['Office hours', () => WEEKDAYS.slice(0, 5).map(day => made('09:00', '17:00', day, day))],
  ['Nights', () => [made('20:00', '08:00')]],
  ['Weekends', () => [made('17:00', '08:00', 'friday', 'monday')]],
] as const

interface Properties {
  hours: readonly Hours[]
  onChange: (hours: Hours[]) => void
  errorOf: (path: string) => ReactNode
  disabled?: boolean
}

export function LayerHours({ hours, onChange, errorOf, disabled }: Properties) {
  return (
    <fieldset className={classes.set}>
      <legend>When it holds</legend>
      {hours.length === 0 && <p className={classes.always}>Always, around the clock.</p>}
      {errorOf('restrictions') && (
        <p className={classes.error} role="alert">
          {errorOf('restrictions')}
        </p>
      )}
      {hours.map((one, index) => (
        <Row
          key={one.key}
          hours={one}
          number={index + 1}
          disabled={disabled}
          errorOf={path => errorOf(`restrictions.${index}${path}`)}
          onChange={found => onChange(hours.map(other => (other.key === one.key ? found : other)))}
          onRemove={() => onChange(hours.filter(other => other.key !== one.key))}
        />
      ))}
      {!disabled && (
        <div className={classes.common}>
          <span>Only in:</span>
          {COMMON.map(([label, make]) => (
            <Button key={label} size="xs" variant="default" onClick={() => onChange(make())}>
              {label}
            </Button>
          ))}
          <Button size="xs" variant="subtle" onClick={() => onChange([...hours, made('09:00', '17:00')])}>
            Add hours
          </Button>
          {hours.length > 0 && (
            <Button size="xs" variant="subtle" color="gray" onClick={() => onChange([])}>
              Always
            </Button>
          )}
        </div>
      )}
    </fieldset>
  )
}

interface RowProperties {
  hours: Hours
  number: number
  onChange: (hours: Hours) => void
  onRemove: () => void
  errorOf: (path: string) => ReactNode
  disabled?: boolean
}

function Row({ hours, number, onChange, onRemove, errorOf, disabled }: RowProperties) {
  const day = (name: 'start_day' | 'end_day', label: string) => (
    <NativeSelect
      aria-label={`${label} day of hours ${number}`}
      data={name === 'end_day' && hours.start_day ? DAYS.slice(1) : DAYS}
      disabled={disabled || (name === 'end_day' && !hours.start_day)}
      error={errorOf(`.${name}`)}
      value={hours[name] ?? ''}
      onChange={({ currentTarget }) => {
        const found = (currentTarget.value || null) as Hours['start_day']
        if (name === 'end_day') onChange({ ...hours, end_day: found })
        else onChange({ ...hours, start_day: found, end_day: found && (hours.end_day ?? found) })
      }}
    />
  )
  const time = (name: 'start' | 'end', label: string) => (
    <TextInput
      type="time"
      aria-label={`${label} of hours ${number}`}
      disabled={disabled}
      error={errorOf(`.${name}`)}
      value={hours[name]}
      onChange={({ currentTarget }) => onChange({ ...hours, [name]: currentTarget.value })}
    />
  )
  return (
    <div className={classes.row}>
      <div className={classes.spans}>
        <div className={classes.times}>
          <span className={classes.word}>from</span>
          {day('start_day', 'First')}
          {time('start', 'Start')}
        </div>
        <div className={classes.times}>
          <span className={classes.word}>until</span>
          {hours.start_day && day('end_day', 'Last')}
          {time('end', 'End')}
        </div>
      </div>
      {!disabled && (
        <ActionIcon variant="subtle" color="gray" aria-label={`Take hours ${number} away`} onClick={onRemove}>
          <IconX size={16} />
        </ActionIcon>
      )}
      {errorOf('') && (
        <p className={classes.error} role="alert">
          {errorOf('')}
        </p>
      )}
    </div>
  )
}
