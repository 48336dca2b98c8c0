/** Chooses whom to page: people, teams, schedules, channels; or an e-mail address, typed in. */
import { MultiSelect } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { targetText } from './policyForm'
import type { Choices } from './useTargets'

interface Properties {
  label: string
  description?: string
  value: readonly string[]
  onChange: (value: string[]) => void
  choices: Choices
  error?: ReactNode
  disabled?: boolean
}

const ADDRESS = /^[^\s@,]+@[^\s@,]+\.[^\s@,]+$/

export function TargetsInput({ label, description, value, onChange, choices, error, disabled }: Properties) {
  const [search, setSearch] = useState('')
  const known = new Set(choices.groups.flatMap(({ items }) => items.map(one => one.value)))
  const others = value.filter(one => !known.has(one)).map(one => ({ value: one, label: choices.labelOf(one) }))
  const typed = search.trim()
  const address = targetText({ kind: 'email', value: typed, who: null })
  const isNew = ADDRESS.test(typed) && !value.includes(address)
  const groups = [
    ...choices.groups,
    ...(others.length > 0 || isNew
      ? [{ group: 'E-mail', items: [...others, ...(isNew ? [{ value: address, label: typed }] : [])] }]
      : []),
  ]
  return (
    <MultiSelect
      label={label}
      description={description}
      placeholder={value.length > 0 ? undefined : 'Somebody, a schedule, or an e-mail address'}
      searchable
      hidePickedOptions
      searchValue={search}
      onSearchChange={setSearch}
      nothingFoundMessage="Nobody is called so. An e-mail address can be typed in whole."
      maxValues={20}
      value={[...value]}
      onChange={onChange}
      data={groups}
      error={error}
      disabled={disabled}
    />
  )
}
