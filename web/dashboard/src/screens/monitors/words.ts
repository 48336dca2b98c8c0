/** What things about monitors are called. */
import {
  IconActivityHeartbeat,
  IconCertificate,
  IconPlugConnected,
  IconTopologyStar3,
  IconWorld,
  type TablerIcon,
} from '@tabler/icons-react'
import type { Model } from '../../api/types'
import { formatDuration } from '../../components/Time'

export type Monitor = Model<'Monitor'>
export type Kind = Model<'MonitorKind'>
export type Status = Model<'CheckStatus'>
export type Reason = Model<'tocsin__domain__monitor__Reason'>
export type Spec = Monitor['spec']

interface KindWords {
  readonly label: string
  readonly icon: TablerIcon
  /** What it is good for. */
  readonly does: string
}

export const KINDS: Readonly<Record<Kind, KindWords>> = {
  http: { label: 'Web page or API', icon: IconWorld, does: 'Asks a URL and looks at status, headers, body and speed.' },
  tls: { label: 'Certificate', icon: IconCertificate, does: 'Looks at a certificate, and warns before it ends.' },
  tcp: { label: 'Port', icon: IconPlugConnected, does: 'Connects to a port, and reads what it says.' },
  dns: { label: 'DNS record', icon: IconTopologyStar3, does: 'Asks for a name, and compares what comes back.' },
  heartbeat: {
    label: 'Heartbeat',
    icon: IconActivityHeartbeat,
    does: 'A job reports here; silence, failures and late ends page.',
  },
}

export const REASONS: Readonly<Record<Reason, string>> = {
  assertion_failed: 'an assertion does not hold',
  bad_configuration: 'the monitor asks for what can’t be done',
  body_too_large: 'the answer is too large to judge',
  certificate_expired: 'the certificate has expired',
  certificate_expires_soon: 'the certificate expires soon',
  certificate_not_yet_valid: 'the certificate is not valid yet',
  certificate_revoked: 'the certificate was revoked',
  certificate_untrusted: 'the certificate is not trusted',
  certificate_wrong_name: 'the certificate is for other names',
  connection_closed: 'the connection was closed',
  connection_refused: 'the connection was refused',
  connection_reset: 'the connection was reset',
  dns_no_answer: 'there is no such record',
  dns_no_such_name: 'there is no such name',
  dns_refused: 'the resolver refused',
  dns_server_failure: 'the resolver failed',
  forbidden_address: 'the address is not public',
  headers_too_large: 'the headers are too large',
  heartbeat_failed: 'the job reported a failure',
  heartbeat_missed: 'the job did not report',
  internal_error: 'the check itself failed',
  network_unreachable: 'the network is unreachable',
  protocol_error: 'the answer is not as it should be',
  region_blind: 'the region has no network',
  run_too_long: 'the job runs too long',
  secrets_unreadable: 'the secrets can’t be opened',
  timeout: 'no answer in time',
  tls_failed: 'the TLS handshake failed',
  too_many_redirects: 'too many redirects',
  too_slow: 'too slow',
  unexpected_answer: 'an unexpected answer',
  unexpected_status: 'an unexpected status',
}

/** What is checked, in a line. */
export function targetOf(spec: Spec): string {
  switch (spec.kind) {
    case 'http':
      return spec.url
    case 'tls':
      return `${spec.host}:${spec.port ?? 443}`
    case 'tcp':
      return `${spec.host}:${spec.port}`
    case 'dns':
      return `${spec.record_type ?? 'A'} ${spec.name}`
    default:
      return spec.cron ? `${spec.cron}, ${spec.time_zone}` : `every ${formatDuration(spec.interval_seconds ?? 0)}`
  }
}

/** `118 ms`, `1.42 s`. */
export function formatLatency(ms: number): string {
  if (ms === 0) return '0 ms'
  if (ms >= 1_000) return `${(ms / 1_000).toFixed(2)} s`
  return ms >= 10 ? `${Math.round(ms)} ms` : `${ms.toFixed(1)} ms`
}

/** What its badge shows: what it is, or that it isn't checked. */
export function stateOf(monitor: Pick<Monitor, 'paused_at' | 'status'>): Status | 'paused' {
  return monitor.paused_at ? 'paused' : monitor.status
}

const PRIVATE = 'private:'

/** A region as people know it: of a private location its name. */
export function regionName(region: string, locations: ReadonlyMap<string, string>): string {
  if (!region.startsWith(PRIVATE)) return region
  return locations.get(region.slice(PRIVATE.length)) ?? 'a private location'
}

/** The intervals there are. */
export const INTERVALS = [10, 15, 20, 30, 60, 120, 180, 300, 600, 900, 1_800, 3_600, 21_600, 43_200, 86_400] as const

const TIMING_PARTS = ['dns', 'connect', 'tls', 'first_byte'] as const
export type TimingPart = (typeof TIMING_PARTS)[number] | 'rest'

export const TIMING_WORDS: Readonly<Record<TimingPart, string>> = {
  dns: 'Name',
  connect: 'Connection',
  tls: 'TLS',
  first_byte: 'First byte',
  rest: 'Rest',
}

interface Timings {
  dns?: number | null
  connect?: number | null
  tls?: number | null
  first_byte?: number | null
}

/** The parts of a check, one after another; what is left of the total is the rest: reading and judging the answer. */
export function partsOf(timings: Timings, total: number): { part: TimingPart; ms: number }[] {
  const found: { part: TimingPart; ms: number }[] = []
  for (const part of TIMING_PARTS) {
    const ms = timings[part]
    if (typeof ms === 'number') found.push({ part, ms })
  }
  const rest = total - found.reduce((sum, one) => sum + one.ms, 0)
  if (rest > 0.05) found.push({ part: 'rest', ms: rest })
  return found
}
