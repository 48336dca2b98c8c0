/** A key: what it may and for whom, when it was used last, until when it works, and its replacement and end. */
import { Badge, Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { Model } from '../../api/types'
import { useApi, useMay, useOrganization } from '../../app/organization'
import { useActors } from '../../app/useActors'
import { ConfirmButton } from '../../components/ConfirmButton'
import { LinkAnchor } from '../../components/links'
import { Time, useNow } from '../../components/Time'
import { useWhyNot } from '../../components/WhyNot'
import { roleName } from '../people/roles'
import classes from './ApiKeys.module.css'
import { type ApiKey, groupWords, isInForce, refusal, stateOf } from './keys'
import { RotateModal } from './RotateModal'

interface Properties {
  apiKey: ApiKey
  isSought: boolean
  onMade: (made: Model<'NewApiKey'>) => void
}

export function KeyRow({ apiKey, isSought, onMade }: Properties) {
  const now = useNow()
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isSought) row.current?.scrollIntoView({ block: 'center' })
  }, [isSought])
  return (
    <li ref={row} className={classes.row} data-state={stateOf(apiKey, now)} data-sought={isSought || undefined}>
      <div className={classes.words}>
        <div className={classes.head}>
          <span className={classes.name}>{apiKey.name}</span>
          <Marks apiKey={apiKey} />
        </div>
        <Facts apiKey={apiKey} />
      </div>
      {isInForce(apiKey, now) && <Actions apiKey={apiKey} onMade={onMade} />}
    </li>
  )
}

function Marks({ apiKey: { role, access, user_id: owner } }: { apiKey: ApiKey }) {
  const { userId } = useOrganization()
  const nameOf = useActors()
  return (
    <>
      <Badge color="gray">{roleName(role)}</Badge>
      {access === 'read' && role !== 'viewer' && <Badge color="blue">Reads only</Badge>}
      {owner && <Badge color="indigo">{owner === userId ? 'Yours' : `Of ${nameOf(`user:${owner}`)}`}</Badge>}
    </>
  )
}

function Facts({ apiKey }: { apiKey: ApiKey }) {
  const { id: org, isDemo } = useOrganization()
  const mayRead = useMay('admin') || isDemo
  const nameOf = useActors()
  const state = stateOf(apiKey, useNow())
  const { id, hint, groups, created_by: by, created_at: at, last_used_at: used, expires_at: end } = apiKey
  return (
    <div className={classes.facts}>
      <span>
        <code>…{hint}</code>
      </span>
      {used ? (
        <span>
          used <Time at={used} />
        </span>
      ) : (
        <span className={state === 'never used' ? classes.idle : undefined}>never used</span>
      )}
      {apiKey.revoked_at ? (
        <span>
          revoked <Time at={apiKey.revoked_at} />
        </span>
      ) : (
        end && (
          <span className={state === 'ending' ? classes.ending : undefined}>
            {state === 'ended' ? 'ended' : 'ends'} <Time at={end} />
          </span>
        )
      )}
      <span>
        made <Time at={at} />
        {by && ` by ${nameOf(by)}`}
      </span>
      {groups && <span className={classes.groups}>only for {groupWords(groups)}</span>}
      {mayRead && (
        <LinkAnchor fz="inherit" to="/o/$org/audit" params={{ org }} search={{ actor: `api_key:${id}` }}>
          What it changed
        </LinkAnchor>
      )}
    </div>
  )
}

function Actions({ apiKey, onMade }: { apiKey: ApiKey; onMade: Properties['onMade'] }) {
  const api = useApi()
  const queries = useQueryClient()
  const { role, userId } = useOrganization()
  const [isOpen, { open, close }] = useDisclosure(false)
  const why = useWhyNot('responder')
  const isOwn = apiKey.user_id !== null && apiKey.user_id === userId
  const whyNotRotate = why ?? refusal(role, apiKey.role, false, isOwn)
  const whyNotRevoke = why ?? refusal(role, apiKey.role, true, isOwn)
  const revoke = async () => {
    await api.post('/v1/api-keys/{key_id}/revoke', { path: { key_id: apiKey.id } })
    await queries.invalidateQueries({ queryKey: api.topic('api-keys') })
  }
  return (
    <div className={classes.end}>
      <Button
        size="sm"
        variant="default"
        aria-label={`Replace ${apiKey.name.slice(0, 80)}`}
        disabled={whyNotRotate !== null}
        title={whyNotRotate ?? undefined}
        onClick={open}
      >
        Replace
      </Button>
      <ConfirmButton
        size="sm"
        c="red"
        question={`Revoke ${apiKey.name.slice(0, 80)}?`}
        consequence="It ends at once: whatever still uses it is refused. This can’t be taken back."
        confirm="Revoke the key"
        disabled={whyNotRevoke !== null}
        title={whyNotRevoke ?? undefined}
        onConfirm={revoke}
      >
        Revoke
      </ConfirmButton>
      <RotateModal apiKey={apiKey} isOpen={isOpen} onClose={close} onMade={onMade} />
    </div>
  )
}
