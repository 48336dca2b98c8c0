/** What is checked, as names and values to read. */
import type { Model } from '../../api/types'
import { formatDuration } from '../../components/Time'
import type { Spec } from './words'

type Assertion = NonNullable<Model<'HttpSpec'>['assertions']>[number]

const PARTS: Readonly<Record<Model<'LatencyAssertion'>['part'], string>> = {
  total: 'everything',
  dns: 'the name',
  connect: 'the connection',
  tls: 'TLS',
  first_byte: 'the first byte',
}

/** `body contains "ok"`. */
export function assertionLine(assertion: Assertion): string {
  const quoted = (value: unknown) => (value === null || value === undefined ? '' : ` ${JSON.stringify(value)}`)
  switch (assertion.type) {
    case 'status':
      return `status is ${assertion.codes.join(', ')}`
    case 'body':
      return `body ${assertion.comparison.replace('_', ' ')}${quoted(assertion.value)}`
    case 'header':
      return `header ${assertion.name} ${assertion.comparison.replace('_', ' ')}${quoted(assertion.value)}`
    case 'json':
      return `JSON ${assertion.path} ${assertion.comparison.replace('_', ' ')}${quoted(assertion.value)}`
    default:
      return `${PARTS[assertion.part ?? 'total']} takes less than ${assertion.less_than_ms} ms, otherwise ${assertion.otherwise ?? 'degraded'}`
  }
}

type Lines = [string, string][]

const LONG = 500

/** A body may have a hundred thousand characters; the editor has them all. */
function short(text: string): string {
  return text.length > LONG ? `${text.slice(0, LONG)}…` : text
}

function certificateLines(certificate: Model<'Certificate'> | undefined): Lines {
  if (!certificate) return []
  const lines: Lines = certificate.verify === false ? [['Certificate', 'not judged']] : []
  if (certificate.warn_days?.length) lines.push(['Warns', `${certificate.warn_days.join(', ')} days before its end`])
  if (certificate.server_name) lines.push(['Server name', certificate.server_name])
  return lines
}

function httpLines(spec: Model<'HttpSpec'>): Lines {
  const lines: Lines = [['Asks', `${spec.method ?? 'GET'} ${spec.url}`]]
  for (const { name, value } of spec.headers ?? []) lines.push(['Header', `${name}: ${value}`])
  if (spec.auth) lines.push(['Signs in', spec.auth.type === 'basic' ? `as ${spec.auth.username}` : 'with a token'])
  if (spec.body) lines.push(['Sends', short(spec.body)])
  if (spec.follow_redirects === false) lines.push(['Redirects', 'not followed'])
  return spec.url.startsWith('https') ? [...lines, ...certificateLines(spec.certificate)] : lines
}

function kindLines(spec: Spec): Lines {
  switch (spec.kind) {
    case 'http':
      return httpLines(spec)
    case 'tls':
      return [['Looks at', `${spec.host}:${spec.port ?? 443}`], ...certificateLines(spec.certificate)]
    case 'tcp': {
      const lines: Lines = [['Connects to', `${spec.host}:${spec.port}${spec.tls ? ', with TLS' : ''}`]]
      if (spec.send) lines.push(['Sends', short(spec.send)])
      if (spec.expect) lines.push(['Expects', spec.expect])
      return spec.tls ? [...lines, ...certificateLines(spec.certificate)] : lines
    }
    case 'dns': {
      const lines: Lines = [['Asks', `${spec.record_type ?? 'A'} of ${spec.name}`]]
      if (spec.resolver) lines.push(['Resolver', spec.resolver])
      if (spec.expect?.length) lines.push(['Expects', `${spec.match ?? 'all'} of ${spec.expect.join(', ')}`])
      return lines
    }
    default: {
      const due = spec.cron
        ? `${spec.cron} in ${spec.time_zone}`
        : `every ${formatDuration(spec.interval_seconds ?? 0)}`
      const lines: Lines = [
        ['Due', due],
        ['Grace', formatDuration(spec.grace_seconds ?? 0)],
      ]
      if (spec.slug) lines.push(['Slug', spec.slug])
      if (spec.methods === 'post') lines.push(['Counts', 'only POST'])
      return lines
    }
  }
}

/** What is asked, sent and expected. */
export function specLines(spec: Spec): Lines {
  const assertions = 'assertions' in spec ? (spec.assertions ?? []) : []
  const version = 'ip_version' in spec && spec.ip_version !== 'any' ? spec.ip_version : undefined
  return [
    ...kindLines(spec),
    ...(version ? ([['IP version', version]] as Lines) : []),
    ...assertions.map((one): [string, string] => ['Holds when', assertionLine(one)]),
  ]
}
