/** Where the public finds a page, what it is told there now, and who may see it. */
import { Anchor, Button, Card, Text } from '@mantine/core'
import { IconExternalLink, IconLock, IconWorld } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../app/organization'
import { ConfirmButton } from '../../components/ConfirmButton'
import { CopyText } from '../../components/CopyText'
import { notifyDone, notifyProblem } from '../../components/notices'
import { StatusBadge } from '../../components/StatusBadge'
import { useWhyNot } from '../../components/WhyNot'
import classes from './PageFacts.module.css'
import { pageQueries, type StatusPage } from './queries'
import { useSavePage } from './useSavePage'
import { HEADLINES } from './words'

export function PageFacts({ page }: { page: StatusPage }) {
  const told = useQuery(pageQueries(useApi(), page.id).told)
  const isPublic = page.visibility === 'public'
  const headline = told.data && HEADLINES[told.data.indicator]
  return (
    <Card className={classes.facts}>
      <div className={classes.words}>
        <div className={classes.state}>
          {isPublic ? <IconWorld size={18} aria-hidden /> : <IconLock size={18} aria-hidden />}
          <strong>{isPublic ? 'Public' : 'Private'}</strong>
          {headline && page.components > 0 && <StatusBadge state={headline.state} word={headline.word} />}
        </div>
        {isPublic && page.url ? (
          <div className={classes.address}>
            <CopyText text={page.url} label="the page’s address" />
            <Anchor href={page.url} target="_blank" rel="noreferrer" className={classes.open}>
              Open it <IconExternalLink size={16} aria-hidden />
            </Anchor>
          </div>
        ) : (
          <Text size="sm" c="dimmed">
            {isPublic
              ? 'It is published, but this deployment serves no pages.'
              : 'Nobody but members sees it. What it would tell is shown here and under Look.'}
          </Text>
        )}
      </div>
      <Publish page={page} />
    </Card>
  )
}

function Publish({ page }: { page: StatusPage }) {
  const why = useWhyNot('admin')
  const save = useSavePage(page)
  if (page.visibility === 'public')
    return (
      <ConfirmButton
        size="sm"
        disabled={why !== null}
        question="Take the page off the web?"
        consequence="Its documents are deleted within a minute; who opens its address finds nothing. Nothing here is lost, and it can be published again."
        confirm="Make it private"
        onConfirm={() => save.mutateAsync({ visibility: 'private' })}
      >
        Make it private
      </ConfirmButton>
    )
  const publish = () =>
    save.mutate(
      { visibility: 'public' },
      { onSuccess: () => notifyDone('The page is public within a minute.'), onError: notifyProblem },
    )
  return (
    <Button disabled={why !== null} title={why ?? undefined} loading={save.isPending} onClick={publish}>
      Publish the page
    </Button>
  )
}
