/** What is wrong with a thing that nobody may have noticed, shown on it: why, what would be right, and where to do that. */
import { Alert } from '@mantine/core'
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useOrganization } from '../app/organization'
import { type Finding, isAbout, useFindings } from '../app/useLint'
import classes from './Findings.module.css'
import { remedyElsewhere } from './remedies'

const COLORS: Readonly<Record<Finding['level'], string>> = { error: 'red', warning: 'yellow', info: 'blue' }
const TITLES: Readonly<Record<Finding['level'], string>> = {
  error: 'Pages will be lost',
  warning: 'Pages may be lost',
  info: 'Worth knowing',
}

interface Properties {
  /** The id of what is shown; null where it has none, and `only` tells. */
  about: string | null
  /** Its version: another one is looked at anew. */
  version?: number
  /** Those that are shown; all unless given. */
  only?: (finding: Finding) => boolean
}

export function Findings({ about, version, only = () => true }: Properties) {
  const found = useFindings(version).filter(one => (about === null || isAbout(one, about)) && only(one))
  const [worst] = found
  if (!worst) return null
  return (
    <Alert
      mb="md"
      color={COLORS[worst.level]}
      icon={worst.level === 'info' ? <IconInfoCircle aria-hidden /> : <IconAlertTriangle aria-hidden />}
      title={TITLES[worst.level]}
    >
      <ul className={classes.list}>
        {found.map(one => (
          <li key={`${one.code}.${one.subject.id}.${one.reason}`}>
            <Told finding={one} about={about} />
          </li>
        ))}
      </ul>
    </Alert>
  )
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function Told({ finding, about }: { finding: Finding; about: string | null }) {
  const { id: org, userId } = useOrganization()
  const { subject, reason, remedy } = finding
  const isPart = subject.id !== about
  const place = remedyElsewhere(org, finding, userId, about)
  return (
    <>
      {isPart && <b>{subject.name}: </b>}
      {isPart ? reason : capital(reason)}.{' '}
      {place ? (
        <Link className={classes.remedy} {...place}>
          {capital(remedy)}
        </Link>
      ) : (
        capital(remedy)
      )}
      .
    </>
  )
}
