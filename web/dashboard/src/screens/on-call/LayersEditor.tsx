/** The layers of a schedule, the uppermost first: to write, to put into another order, to add and to take away. */
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { serverNow } from '../../api/clock'
import { useOrganization } from '../../app/organization'
import { viewerZone } from '../../app/zones'
import { Sortable } from '../../components/Sortable'
import { dateAt, mondayOf } from './days'
import { LayerCard } from './LayerCard'
import classes from './LayersEditor.module.css'
import { type LayerValues, newLayer, reordered } from './scheduleForm'

const FEW = 2

interface Properties {
  layers: readonly LayerValues[]
  onChange: (layers: LayerValues[]) => void
  /** What is wrong at a path, as `layers.0.name`. */
  errorOf: (path: string) => ReactNode
  disabled?: boolean
}

export function LayersEditor({ layers, onChange, errorOf, disabled }: Properties) {
  const { userId } = useOrganization()
  const [open, setOpen] = useState<ReadonlySet<string>>(
    () => new Set(layers.length <= FEW ? layers.map(one => one.key) : []),
  )
  const last = layers.length - 1
  const shown = [...layers].reverse()
  const toggle = (key: string) =>
    setOpen(before => new Set(before.has(key) ? [...before].filter(one => one !== key) : [...before, key]))
  const add = () => {
    const monday = mondayOf(dateAt(serverNow(), viewerZone))
    const made = newLayer(`Layer ${layers.length + 1}`, monday, userId ? [userId] : [])
    setOpen(before => new Set([...before, made.key]))
    onChange([...layers, made])
  }
  return (
    <section aria-label="Layers">
      <div className={classes.top}>
        <h2 className={classes.title}>Layers</h2>
        <Button
          size="sm"
          variant="default"
          disabled={disabled}
          leftSection={<IconPlus size={18} aria-hidden />}
          onClick={add}
        >
          Add a layer
        </Button>
      </div>
      <p className={classes.words}>
        {layers.length > 1
          ? 'The uppermost that has somebody decides; where it has nobody, the one below shows through.'
          : 'In a layer people take turns. Lay another on top for office hours, weekends or another continent.'}
      </p>
      {errorOf('layers') && (
        <p className={classes.error} role="alert">
          {errorOf('layers')}
        </p>
      )}
      <Sortable
        items={shown}
        idOf={one => one.key}
        nameOf={(one, index) => one.name || `layer ${index + 1}`}
        label="Layers, the uppermost first"
        disabled={disabled || layers.length < FEW}
        className={classes.list}
        onMove={(from, to) => onChange(reordered(layers, last - from, last - to))}
      >
        {(layer, index, handle) => {
          const place = last - index
          return (
            <LayerCard
              layer={layer}
              handle={handle}
              isOpen={open.has(layer.key)}
              disabled={disabled}
              errorOf={path => errorOf(`layers.${place}.${path}`)}
              onToggle={() => toggle(layer.key)}
              onChange={found => onChange(layers.map(one => (one.key === layer.key ? found : one)))}
              onRemove={() => onChange(layers.filter(one => one.key !== layer.key))}
            />
          )
        }}
      </Sortable>
    </section>
  )
}
