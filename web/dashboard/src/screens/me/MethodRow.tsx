/** A contact method: what it is, whether it is proven, and what can be done with it. */
import { StatusBadge } from '../../components/StatusBadge'
import { Time, useNow } from '../../components/Time'
import rows from '../services/Rows.module.css'
import { useWhyNotReach } from './access'
import { CodeForm } from './CodeForm'
import { awaitsCode, CHANNELS, type Method } from './channels'
import { MethodActions } from './MethodActions'
import classes from './MethodRow.module.css'
import { TestFate } from './TestFate'
import { useTrial } from './useTrial'

function Standing({ method }: { method: Method }) {
  if (method.disabled_at) return <StatusBadge state="paused" word="Switched off" plain />
  if (method.verified_at) return <StatusBadge state="resolved" word="Verified" plain />
  return <StatusBadge state="warning" word="Not verified" plain />
}

export function MethodRow({ method, isLast }: { method: Method; isLast: boolean }) {
  const why = useWhyNotReach(method.user_id)
  const now = useNow()
  const trial = useTrial(method)
  const { icon: Icon, name } = CHANNELS[method.channel]
  const isOn = !method.disabled_at
  const address = method.address === method.label ? null : method.address
  return (
    <li className={classes.row} data-off={!isOn || undefined}>
      <Icon size={22} stroke={1.6} className={classes.icon} aria-hidden />
      <div className={classes.words}>
        <span className={classes.name}>{method.label}</span>
        <div className={rows.facts}>
          <span>{name}</span>
          {address && <span>{address}</span>}
          <span>
            {method.disabled_at ? (
              <>
                {method.disabled_reason?.startsWith('by ') ? 'off since' : `${method.disabled_reason ?? 'off'},`}{' '}
                <Time at={method.disabled_at} />
              </>
            ) : (
              <>
                added <Time at={method.created_at} />
              </>
            )}
          </span>
        </div>
      </div>
      <Standing method={method} />
      <div className={classes.rest}>
        {isOn && why === null && awaitsCode(method, now) && <CodeForm method={method} />}
        {trial.test && <TestFate test={trial.test} channel={method.channel} />}
        <MethodActions method={method} isLast={isLast} trial={trial} why={why} />
      </div>
    </li>
  )
}
