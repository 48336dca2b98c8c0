/** What is paged when, as a line of moments. */
import { CHANNELS } from './channels'
import classes from './RuleSetCard.module.css'
import { momentsOf, type Planned, whenOf } from './ruleWords'

function note({ is_enabled: isOn, is_verified: isProven }: Planned): string | null {
  if (!isOn) return 'switched off'
  return isProven ? null : 'not verified'
}

export function Moments({ rules }: { rules: readonly Planned[] }) {
  return (
    <ol className={classes.moments}>
      {momentsOf(rules).map(({ delay, pages }) => (
        <li key={delay} className={classes.moment}>
          <span className={classes.when}>{whenOf(delay)}</span>
          <ul className={classes.pages}>
            {pages.map(one => {
              const { icon: Icon, name } = CHANNELS[one.channel]
              const said = note(one)
              return (
                <li key={one.contact_method_id}>
                  <Icon size={18} stroke={1.6} aria-label={name} />
                  <span className={classes.label} data-off={!one.is_enabled || undefined}>
                    {one.label}
                  </span>
                  {said && <span className={classes.note}>({said})</span>}
                </li>
              )
            })}
          </ul>
        </li>
      ))}
    </ol>
  )
}
