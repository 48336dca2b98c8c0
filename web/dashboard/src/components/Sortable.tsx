/** A list put into another order by its handles: dragged with mouse or finger, or by keyboard (space, arrows, space). */
import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import {
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { ActionIcon } from '@mantine/core'
import { IconGripVertical } from '@tabler/icons-react'
import { type ReactNode, useRef } from 'react'
import classes from './Sortable.module.css'

interface Properties<T> {
  items: readonly T[]
  idOf: (item: T) => string
  /** What one is called when it is spoken of, as `step 2`. */
  nameOf: (item: T, index: number) => string
  onMove: (from: number, to: number) => void
  disabled?: boolean
  label: string
  className?: string
  /** `handle` is the button that it is dragged by. */
  children: (item: T, index: number, handle: ReactNode) => ReactNode
}

export function Sortable<T>({ items, idOf, nameOf, onMove, disabled, label, className, children }: Properties<T>) {
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )
  const ids = items.map(idOf)
  /** It lies over itself when it is taken up, which is no news. */
  const hasMoved = useRef(false)
  const placeOf = (id: string | number | undefined) => (id === undefined ? -1 : ids.indexOf(String(id)))
  const said = (id: string | number) => {
    const [at, item] = [placeOf(id), items[placeOf(id)]]
    return item === undefined ? '' : nameOf(item, at)
  }
  const end = ({ active, over }: DragEndEvent) => {
    const [from, to] = [placeOf(active.id), placeOf(over?.id)]
    if (from >= 0 && to >= 0 && from !== to) onMove(from, to)
  }
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={end}
      accessibility={{
        screenReaderInstructions: {
          draggable: 'Press space to take it up, the arrow keys to move it, space to put it down, escape to cancel.',
        },
        announcements: {
          onDragStart: ({ active }) => {
            hasMoved.current = false
            return `${said(active.id)} was taken up.`
          },
          onDragOver: ({ active, over }) => {
            hasMoved.current ||= over !== null && over.id !== active.id
            return over && hasMoved.current
              ? `${said(active.id)} is at place ${placeOf(over.id) + 1} of ${items.length}.`
              : undefined
          },
          onDragEnd: ({ active, over }) =>
            over
              ? `${said(active.id)} was put down at place ${placeOf(over.id) + 1}.`
              : `${said(active.id)} was put down.`,
          onDragCancel: ({ active }) => `${said(active.id)} stays where it was.`,
        },
      }}
    >
      <SortableContext items={ids} strategy={verticalListSortingStrategy} disabled={disabled}>
        <ol className={`${classes.list} ${className ?? ''}`} aria-label={label}>
          {items.map((item, index) => (
            <Item key={idOf(item)} id={idOf(item)} name={nameOf(item, index)} disabled={disabled}>
              {handle => children(item, index, handle)}
            </Item>
          ))}
        </ol>
      </SortableContext>
    </DndContext>
  )
}

interface ItemProperties {
  id: string
  name: string
  disabled?: boolean
  children: (handle: ReactNode) => ReactNode
}

function Item({ id, name, disabled, children }: ItemProperties) {
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id,
  })
  const handle = disabled ? null : (
    <ActionIcon
      {...attributes}
      {...listeners}
      ref={setActivatorNodeRef}
      className={classes.handle}
      variant="subtle"
      color="gray"
      aria-label={`Move ${name}`}
      aria-roledescription="handle"
    >
      <IconGripVertical size={18} aria-hidden />
    </ActionIcon>
  )
  return (
    <li
      ref={setNodeRef}
      className={classes.item}
      data-dragging={isDragging || undefined}
      style={{ transform: CSS.Translate.toString(transform), transition }}
    >
      {children(handle)}
    </li>
  )
}
