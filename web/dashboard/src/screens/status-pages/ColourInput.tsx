/** A colour as #rrggbb, typed or picked; where one can't be read, what would do is a click away. */
import { Button, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './ColourInput.module.css'
import { offeredColour } from './pageValues'

const FULL = /^#[0-9a-f]{6}$/i

interface Properties {
  label: string
  /** What is used where there is none. */
  ours: string
  value?: string
  error?: ReactNode
  disabled?: boolean
  onChange?: (colour: string) => void
}

export function ColourInput({ label, ours, value = '', error, disabled, onChange }: Properties) {
  const offered = offeredColour(error)
  return (
    <div>
      <TextInput
        label={label}
        description="Of links and the line at the top. Empty: ours."
        placeholder={ours}
        maxLength={7}
        spellCheck={false}
        autoCapitalize="none"
        disabled={disabled}
        value={value}
        error={error}
        onChange={({ currentTarget }) => onChange?.(currentTarget.value)}
        rightSectionWidth={48}
        rightSection={
          <input
            type="color"
            className={classes.picker}
            aria-label={`Pick the ${label.toLowerCase()}`}
            disabled={disabled}
            value={FULL.test(value) ? value : ours}
            onChange={({ currentTarget }) => onChange?.(currentTarget.value)}
          />
        }
      />
      {offered && (
        <Button size="xs" variant="default" mt="xs" onClick={() => onChange?.(offered)}>
          Use {offered}
        </Button>
      )}
    </div>
  )
}
