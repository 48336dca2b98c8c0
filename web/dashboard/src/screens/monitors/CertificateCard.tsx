/** The certificate that regions were shown last; the one that ends first where they differ. */
import { Card, Title } from '@mantine/core'
import type { Model } from '../../api/types'
import { StatusBadge } from '../../components/StatusBadge'
import { Clock, useNow } from '../../components/Time'
import { Fact, Facts } from './Facts'

type Certificate = Model<'SeenCertificate'>

const DAY_MS = 86_400_000
const SOON_DAYS = 14

/** Different certificates among the regions, the one that ends first at the front. */
export function certificatesOf(states: readonly Model<'RegionState'>[]): Certificate[] {
  const found = new Map(
    states.flatMap(one => (one.certificate ? [[one.certificate.fingerprint, one.certificate]] : [])),
  )
  return [...found.values()].sort((a, b) => Date.parse(a.not_after) - Date.parse(b.not_after))
}

export function CertificateCard({ states }: { states: readonly Model<'RegionState'>[] }) {
  const found = certificatesOf(states)
  const [first] = found
  if (!first) return null
  return (
    <Card>
      <Title order={2} size="h4" mb="sm">
        Certificate
      </Title>
      <CertificateFacts certificate={first} />
      {found.length > 1 && <p>Regions were shown {found.length} different ones; this is the one that ends first.</p>}
    </Card>
  )
}

export function CertificateFacts({ certificate }: { certificate: Certificate }) {
  const days = Math.floor((Date.parse(certificate.not_after) - useNow()) / DAY_MS)
  const state = days < 0 ? 'down' : days <= SOON_DAYS ? 'degraded' : 'up'
  const word = days < 0 ? 'Expired' : days === 1 ? '1 day left' : `${days} days left`
  return (
    <Facts>
      <Fact name="Ends">
        <StatusBadge state={state} word={word} plain /> <br />
        <Clock at={certificate.not_after} />
      </Fact>
      <Fact name="For">{certificate.names?.slice(0, 5).join(', ') || certificate.subject}</Fact>
      <Fact name="By">{certificate.issuer}</Fact>
    </Facts>
  )
}
