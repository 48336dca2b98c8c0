/** One rule: which contact method, after how long. */
import { ActionIcon, NativeSelect } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { DurationInput } from '../../components/DurationInput'
import { CHANNELS, type Method } from './channels'
import classes from './RuleSetCard.module.css'
import type { RuleValues } from './ruleValues'

interface Properties {
  rule: RuleValues
  place: number
  handle: ReactNode
  methods: readonly Method[]
  errorOf: (name: 'contact_method_id' | 'delay_seconds') => ReactNode
  onChange: (rule: RuleValues) => void
  onRemove: () => void
}

const LONGEST_LABEL = 60

export function RuleRow({ rule, place, handle, methods, errorOf, onChange, onRemove }: Properties) {
  const name = `rule ${place + 1}`
  const choices = methods
    .filter(one => !one.disabled_at || one.id === rule.contact_method_id)
    .map(one => ({
      value: one.id,
      label: `${CHANNELS[one.channel].name}: ${one.label.slice(0, LONGEST_LABEL)}${one.disabled_at ? ' (switched off)' : ''}`,
    }))
  return (
    <div className={classes.rule} data-fixed={handle === null || undefined}>
      {handle}
      <NativeSelect
        aria-label={`Contact method of ${name}`}
        data={choices}
        value={rule.contact_method_id}
        error={errorOf('contact_method_id')}
        onChange={({ currentTarget }) => onChange({ ...rule, contact_method_id: currentTarget.value })}
      />
      <DurationInput
        label={`Delay of ${name}`}
        hidesLabel
        prefix="after "
        value={rule.delay_seconds}
        error={errorOf('delay_seconds')}
        onChange={delay_seconds => onChange({ ...rule, delay_seconds })}
      />
      <ActionIcon variant="subtle" color="gray" size={36} aria-label={`Take out ${name}`} onClick={onRemove}>
        <IconX size={18} />
      </ActionIcon>
    </div>
  )
}
