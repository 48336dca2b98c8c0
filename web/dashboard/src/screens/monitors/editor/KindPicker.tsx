/** What kind of monitor a new one is. */
import { Radio } from '@mantine/core'
import '@mantine/core/styles/RadioCard.layer.css'
import { KINDS, type Kind } from '../words'
import classes from './KindPicker.module.css'

export function KindPicker({ kind, onChange }: { kind: Kind; onChange: (kind: Kind) => void }) {
  return (
    <Radio.Group aria-label="What is watched" value={kind} onChange={value => onChange(value as Kind)}>
      <div className={classes.kinds}>
        {(Object.keys(KINDS) as Kind[]).map(one => {
          const { label, does, icon: Icon } = KINDS[one]
          return (
            <Radio.Card key={one} value={one} className={classes.kind} aria-label={label}>
              <Icon size={22} aria-hidden />
              <span>
                <strong>{label}</strong>
                <span className={classes.does}>{does}</span>
              </span>
            </Radio.Card>
          )
        })}
      </div>
    </Radio.Group>
  )
}
