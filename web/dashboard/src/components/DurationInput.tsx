/** A duration as a number and its unit; what goes in and out is seconds, or null where there is none. */
import { NativeSelect, NumberInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import classes from './DurationInput.module.css'

const UNITS = { s: 1, min: 60, h: 3_600, d: 86_400 } as const
type Unit = keyof typeof UNITS

const WORDS: Readonly<Record<Unit, string>> = { s: 'seconds', min: 'minutes', h: 'hours', d: 'days' }

/** The largest unit in which it is a whole number. */
export function unitOf(seconds: number | null, fallback: Unit = 'min'): Unit {
  if (!seconds) return fallback
  const found = (['d', 'h', 'min'] as const).find(unit => seconds % UNITS[unit] === 0)
  return found ?? 's'
}

interface Properties {
  label: string
  /** The label is for screen readers alone, as in a list whose rows explain themselves. */
  hidesLabel?: boolean
  /** What is read before the number. */
  prefix?: string
  description?: ReactNode
  placeholder?: string
  error?: ReactNode
  /** What getInputProps gives leaves it open. */
  value?: number | null
  onChange: (seconds: number | null) => void
  disabled?: boolean
  /** The unit where there is no value yet. */
  unit?: Unit
}

export function DurationInput(properties: Properties) {
  const { label, hidesLabel, value = null, onChange, unit: first = 'min', disabled, ...rest } = properties
  const [chosen, setChosen] = useState<Unit>()
  const unit = chosen && (!value || value % UNITS[chosen] === 0) ? chosen : unitOf(value, chosen ?? first)
  return (
    <NumberInput
      label={hidesLabel ? undefined : label}
      aria-label={hidesLabel ? label : undefined}
      min={0}
      allowNegative={false}
      allowDecimal={false}
      clampBehavior="none"
      hideControls
      disabled={disabled}
      value={value === null ? '' : value / UNITS[unit]}
      onChange={amount => {
        setChosen(unit)
        onChange(amount === '' ? null : Number(amount) * UNITS[unit])
      }}
      rightSectionWidth={104}
      rightSection={
        <NativeSelect
          aria-label={`Unit of ${label}`}
          variant="unstyled"
          w={96}
          rightSectionWidth={24}
          classNames={{ wrapper: classes.unit }}
          disabled={disabled}
          value={unit}
          onChange={({ currentTarget }) => {
            const next = currentTarget.value as Unit
            setChosen(next)
            if (value !== null) onChange((value / UNITS[unit]) * UNITS[next])
          }}
          data={Object.entries(WORDS).map(([one, word]) => ({ value: one, label: word }))}
        />
      }
      {...rest}
    />
  )
}
