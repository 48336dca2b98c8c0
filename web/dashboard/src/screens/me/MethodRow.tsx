/** A contact method: what it is, whether it is proven, and what can be done with it. */
import { useApi } from '../../app/organization'
import { Since } from '../../components/Since'
import { StatusBadge } from '../../components/StatusBadge'
import { TestFate } from '../../components/TestFate'
import { useNow } from '../../components/Time'
import { useTrial } from '../../components/useTrial'
import rows from '../services/Rows.module.css'
import { useReachChanged, useWhyNotReach } from './access'
import { CodeForm } from './CodeForm'
import { awaitsCode, CHANNELS, type Method, takesCode } from './channels'
import { MethodActions } from './MethodActions'
import classes from './MethodRow.module.css'

function Standing({ method }: { method: Method }) {
  if (method.disabled_at) return <StatusBadge state="paused" word="Switched off" plain />
  if (method.verified_at) return <StatusBadge state="resolved" word="Verified" plain />
  return <StatusBadge state="warning" word="Not verified" plain />
}

function useMethodTrial(method: Method) {
  const api = useApi()
  const path = { user_id: method.user_id, method_id: method.id }
  return useTrial({
    post: () => api.post('/v1/users/{user_id}/contact-methods/{method_id}/tests', { path }),
    reading: id =>
      api.get('/v1/users/{user_id}/contact-methods/{method_id}/tests/{test_id}', { path: { ...path, test_id: id } }),
    // one that is taken may have proven it
    onEnd: useReachChanged(),
  })
}

export function MethodRow({ method, isLast }: { method: Method; isLast: boolean }) {
  const why = useWhyNotReach(method.user_id)
  const now = useNow()
  const trial = useMethodTrial(method)
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
          <Since way={method} />
        </div>
      </div>
      <Standing method={method} />
      <div className={classes.rest}>
        {isOn && why === null && awaitsCode(method, now) && <CodeForm method={method} />}
        {trial.test && (
          <TestFate
            test={trial.test}
            hint={takesCode(method.channel) ? 'Has it come? Look among the junk too.' : undefined}
          />
        )}
        <MethodActions method={method} isLast={isLast} trial={trial} why={why} />
      </div>
    </li>
  )
}
