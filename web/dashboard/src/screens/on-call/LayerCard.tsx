/** One layer: who takes turns, how long each, when they hand over, and in which hours it holds. */
import { ActionIcon, Card, NativeSelect, NumberInput, TextInput, Tooltip, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useApi } from '../../app/organization'
import classes from './LayerCard.module.css'
import { LayerHours } from './LayerHours'
import { ParticipantList } from './ParticipantList'
import { membersQuery } from './queries'
import type { LayerValues } from './scheduleForm'
import { rhythmOf } from './words'

const UNITS = [
  { value: 'hours', label: 'hours' },
  { value: 'days', label: 'days' },
  { value: 'weeks', label: 'weeks' },
]

interface Properties {
  layer: LayerValues
  handle: ReactNode
  isOpen: boolean
  disabled?: boolean
  errorOf: (path: string) => ReactNode
  onToggle: () => void
  onChange: (layer: LayerValues) => void
  onRemove: () => void
}

export function LayerCard({ layer, handle, isOpen, disabled, errorOf, onToggle, onChange, onRemove }: Properties) {
  const name = layer.name || 'this layer'
  return (
    <Card p={0} className={classes.card}>
      <div className={classes.head}>
        {handle}
        <UnstyledButton className={classes.toggle} aria-expanded={isOpen} onClick={onToggle}>
          <span className={classes.words}>
            <strong>{layer.name || 'A layer without a name'}</strong>
            <Summary layer={layer} />
          </span>
          <IconChevronDown size={18} className={classes.chevron} aria-hidden />
        </UnstyledButton>
        {!disabled && (
          <Tooltip label={`Take ${name} away`}>
            <ActionIcon variant="subtle" color="gray" aria-label={`Take ${name} away`} onClick={onRemove}>
              <IconTrash size={18} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      {isOpen && <Fields {...{ layer, disabled, errorOf, onChange }} />}
    </Card>
  )
}

function Summary({ layer }: { layer: LayerValues }) {
  const members = useQuery(membersQuery(useApi()))
  const names = new Map(members.data?.items.map(one => [one.user_id, one.name]))
  const people = layer.participants.map(({ user_id: id }) => (id === null ? 'nobody' : (names.get(id) ?? '…')))
  return (
    <span className={classes.summary}>
      {people.join(', ') || 'nobody yet'}; {rhythmOf(layer)}
    </span>
  )
}

function Fields({
  layer,
  disabled,
  errorOf,
  onChange,
}: Pick<Properties, 'layer' | 'disabled' | 'errorOf' | 'onChange'>) {
  const change = (found: Partial<LayerValues>) => onChange({ ...layer, ...found })
  const field = (name: 'name' | 'handoff' | 'starts_on' | 'ends_at') => ({
    value: layer[name],
    error: errorOf(name),
    disabled,
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement }) => change({ [name]: currentTarget.value }),
  })
  return (
    <div className={classes.fields}>
      <TextInput label="Name" maxLength={200} {...field('name')} />
      <ParticipantList
        participants={layer.participants}
        onChange={participants => change({ participants })}
        errorOf={errorOf}
        disabled={disabled}
      />
      <div className={classes.rhythm}>
        <NumberInput
          label="Turns of"
          min={1}
          allowDecimal={false}
          allowNegative={false}
          disabled={disabled}
          error={errorOf('length')}
          value={layer.length}
          onChange={length => change({ length: Number(length) || 0 })}
        />
        <NativeSelect
          label="Unit"
          data={UNITS}
          disabled={disabled}
          error={errorOf('unit')}
          value={layer.unit}
          onChange={({ currentTarget }) => change({ unit: currentTarget.value as LayerValues['unit'] })}
        />
        <TextInput type="time" label="Hands over at" {...field('handoff')} />
        <TextInput type="date" label="First turn on" {...field('starts_on')} />
        <TextInput type="datetime-local" className={classes.wide} label="Ends (if ever)" {...field('ends_at')} />
      </div>
      <LayerHours
        hours={layer.restrictions}
        onChange={restrictions => change({ restrictions })}
        errorOf={errorOf}
        disabled={disabled}
      />
    </div>
  )
}
