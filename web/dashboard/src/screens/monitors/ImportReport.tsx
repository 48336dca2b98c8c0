/** What an import has done, or would do, monitor by monitor. */
import { Alert, Stack, Text } from '@mantine/core'
import type { Model } from '../../api/types'
import { useOrganization } from '../../app/organization'
import { CopyText } from '../../components/CopyText'
import { LinkAnchor } from '../../components/links'
import classes from './ImportReport.module.css'

type Report = Model<'ImportReport'>
type Item = Report['items'][number]

const WORDS: Readonly<Record<Item['action'], string>> = { create: 'new', update: 'changed', unchanged: 'as it is' }

function shown(value: unknown): string {
  return value === undefined || value === null ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value)
}

export function ImportReport({ report }: { report: Report }) {
  const { created, updated, unchanged, dry_run: isDry, items } = report
  const told = `${created} new, ${updated} changed, ${unchanged} as they are`
  return (
    <Stack gap="sm">
      <Alert color={isDry ? 'blue' : 'green'} title={isDry ? 'This is what would be done' : 'It is done'}>
        {told}.
      </Alert>
      <ul className={classes.list}>
        {items
          .filter(one => one.action !== 'unchanged')
          .map(one => (
            <Row key={one.name} item={one} />
          ))}
      </ul>
    </Stack>
  )
}

function Row({ item }: { item: Item }) {
  const { id: org } = useOrganization()
  return (
    <li className={classes.row}>
      <Text size="sm" fw={600}>
        {item.id ? (
          <LinkAnchor to="/o/$org/monitors/$monitor" params={{ org, monitor: item.id }} fz="sm">
            {item.name}
          </LinkAnchor>
        ) : (
          item.name
        )}
        <span className={classes.action}> {WORDS[item.action]}</span>
      </Text>
      {item.changes.map(({ field, before, after }) => (
        <Text key={field} size="sm" className={classes.change}>
          <code>{field}</code>: {shown(before)} → {shown(after)}
        </Text>
      ))}
      {item.ping_url && <CopyText text={item.ping_url} label={`ping URL of ${item.name}`} />}
    </li>
  )
}
