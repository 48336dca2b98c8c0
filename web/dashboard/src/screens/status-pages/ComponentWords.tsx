/** What a report says of components: those that are affected, each with how it is. */
import { ActionIcon, Input, NativeSelect, Select, Tooltip } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './ComponentWords.module.css'
import type { Component } from './queries'
import type { Said } from './reportValues'
import { COMPONENT_STATUSES, type ComponentStatus } from './words'

interface Properties {
  label: string
  description?: ReactNode
  /** Said while there are none. */
  none?: string
  components: readonly Pick<Component, 'id' | 'name'>[]
  value?: Said[]
  error?: ReactNode
  onChange?: (said: Said[]) => void
  disabled?: boolean
  /** Without how each is, since it is known. */
  isBare?: boolean
}

export function ComponentWords(properties: Properties) {
  const { label, description, none, components, value = [], error, onChange, disabled, isBare } = properties
  const names = new Map(components.map(one => [one.id, one.name]))
  const said = new Set(value.map(one => one.component_id))
  const first: ComponentStatus = isBare ? 'under_maintenance' : 'degraded_performance'
  const put = (id: string, status: ComponentStatus) =>
    onChange?.(value.map(one => (one.component_id === id ? { ...one, status } : one)))
  return (
    <div>
      <Select
        label={label}
        description={description}
        placeholder={components.length > 0 ? 'Add a component' : 'The page has no components yet'}
        searchable
        value={null}
        error={error}
        disabled={disabled || components.length === 0}
        data={components.filter(one => !said.has(one.id)).map(one => ({ value: one.id, label: one.name }))}
        onChange={id => id && onChange?.([...value, { component_id: id, status: first }])}
      />
      {value.length > 0 && (
        <ul className={classes.list} aria-label={label}>
          {value.map(({ component_id: id, status }, at) => (
            <li key={id} className={classes.one}>
              <span className={classes.name}>{names.get(id) ?? 'A component that is gone'}</span>
              {!isBare && (
                <NativeSelect
                  aria-label={`How ${names.get(id)} is`}
                  className={classes.status}
                  disabled={disabled}
                  value={status}
                  data={[...COMPONENT_STATUSES]}
                  onChange={({ currentTarget }) => put(id, currentTarget.value as ComponentStatus)}
                />
              )}
              <Tooltip label="Leave it out">
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  disabled={disabled}
                  aria-label={`Leave ${names.get(id)} out`}
                  onClick={() => onChange?.(value.filter((_, place) => place !== at))}
                >
                  <IconX size={18} />
                </ActionIcon>
              </Tooltip>
            </li>
          ))}
        </ul>
      )}
      {value.length === 0 && none && <Input.Description mt={4}>{none}</Input.Description>}
    </div>
  )
}
