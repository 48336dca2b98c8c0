/** What is checked as a form has it, of every kind, and as the API takes it. */
import type { Model } from '../../../api/types'
import type { Kind, Spec } from '../words'
import { type AssertionValues, assertionInput, assertionValues, latencyInput, newAssertion } from './assertions'

export type CertificateValues = { verify: boolean; warn_days: string[]; server_name: string }
type Version = NonNullable<Model<'HttpSpec'>['ip_version']>

/** Types, since an interface is no record of unknowns, which drafts are. */
export type HttpValues = {
  url: string
  method: NonNullable<Model<'HttpSpec'>['method']>
  headers: { key: string; name: string; value: string }[]
  body: string
  auth: { type: 'none' | 'basic' | 'bearer'; username: string; password: string; token: string }
  follow_redirects: boolean
  ip_version: Version
  certificate: CertificateValues
  assertions: AssertionValues[]
}
export type TlsValues = {
  host: string
  port: number | ''
  ip_version: Version
  certificate: CertificateValues
  assertions: AssertionValues[]
}
export type TcpValues = TlsValues & { tls: boolean; send: string; expect: string }
export type DnsValues = {
  name: string
  record_type: NonNullable<Model<'DnsSpec'>['record_type']>
  resolver: string
  expect: string[]
  match: NonNullable<Model<'DnsSpec'>['match']>
  assertions: AssertionValues[]
}
export type HeartbeatValues = {
  by: 'interval' | 'cron'
  interval_seconds: number | null
  cron: string
  time_zone: string
  grace_seconds: number | null
  slug: string
  methods: NonNullable<Model<'HeartbeatSpec'>['methods']>
}
export type SpecValues = {
  http: HttpValues
  tls: TlsValues
  tcp: TcpValues
  dns: DnsValues
  heartbeat: HeartbeatValues
}
const CERTIFICATE: CertificateValues = { verify: true, warn_days: ['14', '7', '1'], server_name: '' }

/** What each kind begins with. */
export function emptySpecs(zone: string): SpecValues {
  return {
    http: {
      url: '',
      method: 'GET',
      headers: [],
      body: '',
      auth: { type: 'none', username: '', password: '{{password}}', token: '{{token}}' },
      follow_redirects: true,
      ip_version: 'any',
      certificate: CERTIFICATE,
      assertions: [newAssertion('status')],
    },
    tls: { host: '', port: 443, ip_version: 'any', certificate: CERTIFICATE, assertions: [] },
    tcp: {
      host: '',
      port: '',
      tls: false,
      send: '',
      expect: '',
      ip_version: 'any',
      certificate: CERTIFICATE,
      assertions: [],
    },
    dns: { name: '', record_type: 'A', resolver: '', expect: [], match: 'all', assertions: [] },
    heartbeat: {
      by: 'interval',
      interval_seconds: 86_400,
      cron: '30 2 * * *',
      time_zone: zone,
      grace_seconds: 3_600,
      slug: '',
      methods: 'any',
    },
  }
}

function certificateValues(certificate: Model<'Certificate'> | undefined): CertificateValues {
  return {
    verify: certificate?.verify ?? true,
    warn_days: (certificate?.warn_days ?? [14, 7, 1]).map(String),
    server_name: certificate?.server_name ?? '',
  }
}

function httpValues(spec: Model<'HttpSpec'>, empty: HttpValues): HttpValues {
  const auth = spec.auth
  return {
    ...empty,
    url: spec.url,
    method: spec.method ?? 'GET',
    headers: (spec.headers ?? []).map(({ name, value }, n) => ({ key: `saved.${n}`, name, value })),
    body: spec.body ?? '',
    auth: { ...empty.auth, ...(auth ?? { type: 'none' }) },
    follow_redirects: spec.follow_redirects ?? true,
    ip_version: spec.ip_version ?? 'any',
    certificate: certificateValues(spec.certificate),
    assertions: (spec.assertions ?? []).map(assertionValues),
  }
}

/** The values of all kinds, of which those of the spec's own are the spec's. */
export function specValues(spec: Spec, zone: string): SpecValues {
  const found = emptySpecs(zone)
  switch (spec.kind) {
    case 'http':
      return { ...found, http: httpValues(spec, found.http) }
    case 'tls': {
      const { host, port = 443, ip_version = 'any' } = spec
      const assertions = (spec.assertions ?? []).map(assertionValues)
      return { ...found, tls: { host, port, ip_version, assertions, certificate: certificateValues(spec.certificate) } }
    }
    case 'tcp': {
      const { host, port, ip_version = 'any', tls = false } = spec
      const assertions = (spec.assertions ?? []).map(assertionValues)
      const certificate = certificateValues(spec.certificate)
      const [send, expect] = [spec.send ?? '', spec.expect ?? '']
      return { ...found, tcp: { host, port, ip_version, tls, send, expect, assertions, certificate } }
    }
    case 'dns': {
      const { name, record_type = 'A', expect = [], match = 'all' } = spec
      const assertions = (spec.assertions ?? []).map(assertionValues)
      return { ...found, dns: { name, record_type, resolver: spec.resolver ?? '', expect, match, assertions } }
    }
    default: {
      const heartbeat: HeartbeatValues = {
        ...found.heartbeat,
        by: spec.cron ? 'cron' : 'interval',
        interval_seconds: spec.interval_seconds ?? found.heartbeat.interval_seconds,
        cron: spec.cron ?? found.heartbeat.cron,
        time_zone: spec.time_zone ?? zone,
        grace_seconds: spec.grace_seconds ?? 300,
        slug: spec.slug ?? '',
        methods: spec.methods ?? 'any',
      }
      return { ...found, heartbeat }
    }
  }
}

function certificateInput({ verify, warn_days: days, server_name: name }: CertificateValues): Model<'Certificate'> {
  return { verify, warn_days: days.map(Number), server_name: name.trim() || null }
}

function authInput({ type, username, password, token }: HttpValues['auth']): Model<'HttpSpec'>['auth'] {
  if (type === 'basic') return { type, username, password }
  return type === 'bearer' ? { type, token } : null
}

/** What is checked, as it is sent. */
export function specInput({ kind, specs }: { kind: Kind; specs: SpecValues }): Spec {
  switch (kind) {
    case 'http': {
      const { headers, auth, certificate, assertions, url, body, ...rest } = specs.http
      return {
        ...rest,
        kind,
        url: url.trim(),
        body: body || null,
        headers: headers.map(({ name, value }) => ({ name: name.trim(), value })),
        auth: authInput(auth),
        certificate: certificateInput(certificate),
        assertions: assertions.map(assertionInput),
      }
    }
    case 'tls': {
      const { host, port, ip_version, certificate, assertions } = specs.tls
      return {
        kind,
        host: host.trim(),
        port: Number(port),
        ip_version,
        certificate: certificateInput(certificate),
        assertions: assertions.map(latencyInput),
      }
    }
    case 'tcp': {
      const { host, port, ip_version, certificate, assertions, tls, send, expect } = specs.tcp
      return {
        kind,
        host: host.trim(),
        port: Number(port),
        ip_version,
        tls,
        send: send || null,
        expect: expect || null,
        certificate: certificateInput(certificate),
        assertions: assertions.map(latencyInput),
      }
    }
    case 'dns': {
      const { name, record_type, resolver, expect, match, assertions } = specs.dns
      return {
        kind,
        name: name.trim(),
        record_type,
        resolver: resolver.trim() || null,
        expect,
        match,
        assertions: assertions.map(latencyInput),
      }
    }
    default: {
      const { by, interval_seconds: interval, cron, time_zone, grace_seconds: grace, slug, methods } = specs.heartbeat
      const due = by === 'cron' ? { cron: cron.trim(), time_zone } : { interval_seconds: interval, time_zone: 'UTC' }
      return { kind: 'heartbeat', ...due, grace_seconds: grace ?? 300, slug: slug.trim() || null, methods }
    }
  }
}
