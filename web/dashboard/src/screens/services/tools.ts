/** What can be connected, and how: snippets with the address and the key of this integration (docs/integrations). */
import {
  IconBraces,
  IconBrandPython,
  IconChartLine,
  IconFlame,
  IconServerBolt,
  IconTerminal2,
  IconWebhook,
  type TablerIcon,
} from '@tabler/icons-react'

export interface Way {
  /** Where events are sent, without a slash at its end. */
  url: string
  key: string
}

export interface Snippet {
  title: string
  /** What to do with it. */
  text?: string
  code: string
}

export interface Tool {
  id: string
  name: string
  icon: TablerIcon
  /** When it is the right one. */
  words: string
  snippets: (way: Way) => readonly Snippet[]
}

/** Stands for a key that is no longer shown. */
export const SOME_KEY = 'YOUR_ROUTING_KEY'

const post = (path: string, key: string | null, body: string) =>
  [
    `curl '${path}' \\`,
    ...(key ? [`  -H 'Authorization: Bearer ${key}' \\`] : []),
    "  -H 'Content-Type: application/json' \\",
    `  -d '${body}'`,
  ].join('\n')

function parts(url: string) {
  const { protocol, host, pathname } = new URL(url)
  return { scheme: protocol.replace(':', ''), host, path: pathname.replace(/\/$/, '') }
}

const alertmanager: Tool = {
  id: 'alertmanager',
  name: 'Alertmanager',
  icon: IconFlame,
  words: 'One incident for each alert. It resolves when the alert does.',
  snippets: ({ url, key }) => [
    {
      title: 'alertmanager.yml',
      text: 'Add the receiver, name it in your route, and reload Alertmanager.',
      code: `route:
  receiver: tocsin

receivers:
  - name: tocsin
    webhook_configs:
      - url: ${url}/v1/integrations/alertmanager
        send_resolved: true
        http_config:
          authorization:
            credentials: ${key}`,
    },
    {
      title: 'Try it from a shell',
      code: post(
        `${url}/v1/integrations/alertmanager`,
        key,
        '{"version": "4", "status": "firing", "alerts": [{"status": "firing", "labels": {"alertname": "DiskFull", "instance": "db-1", "severity": "critical"}, "annotations": {"summary": "Disk of db-1 is 99 % full"}}]}',
      ),
    },
  ],
}

const prometheus: Tool = {
  id: 'prometheus',
  name: 'Prometheus',
  icon: IconServerBolt,
  words: 'Straight from Prometheus, without an Alertmanager. Rules stay as they are.',
  snippets: ({ url, key }) => {
    const { scheme, host, path } = parts(url)
    return [
      {
        title: 'prometheus.yml',
        text: 'Add this beside the alertmanagers that are there, and reload Prometheus.',
        code: `alerting:
  alertmanagers:
    - scheme: ${scheme}
      static_configs:
        - targets: ['${host}']
${path ? `      path_prefix: ${path}\n` : ''}      basic_auth:
        username: prometheus
        password: ${key}`,
      },
      {
        title: 'Try it from a shell',
        code: post(
          `${url}/alertmanager/${key}/api/v2/alerts`,
          null,
          '[{"labels": {"alertname": "DiskFull", "instance": "db-1"}, "annotations": {"summary": "Disk is full"}}]',
        ),
      },
    ]
  },
}

const grafana: Tool = {
  id: 'grafana',
  name: 'Grafana',
  icon: IconChartLine,
  words: 'Grafana’s own alerting, by a contact point of the kind Webhook.',
  snippets: ({ url, key }) => [
    {
      title: 'URL of the contact point',
      text: 'Alerting → Contact points → Add contact point → Webhook, with POST.',
      code: `${url}/v1/integrations/alertmanager`,
    },
    {
      title: 'Authorization header: credentials',
      text: 'Under the optional settings. Its scheme is Bearer. Then use the contact point in your notification policy.',
      code: key,
    },
    {
      title: 'Or as a file: provisioning/alerting/tocsin.yaml',
      code: `apiVersion: 1
contactPoints:
  - orgId: 1
    name: tocsin
    receivers:
      - uid: tocsin
        type: webhook
        settings:
          url: ${url}/v1/integrations/alertmanager
          httpMethod: POST
          authorization_scheme: Bearer
          authorization_credentials: ${key}`,
    },
  ],
}

const pagerduty: Tool = {
  id: 'events-v2',
  name: 'Made for PagerDuty',
  icon: IconWebhook,
  words: 'Whatever speaks PagerDuty’s Events API v2, as Uptime Kuma or Alertmanager: change its address and its key.',
  snippets: ({ url, key }) => [
    { title: 'Address, in place of events.pagerduty.com/v2/enqueue', code: `${url}/v2/enqueue` },
    { title: 'Integration key', code: key },
    {
      title: 'Try it from a shell',
      code: post(
        `${url}/v2/enqueue`,
        null,
        `{"routing_key": "${key}", "event_action": "trigger", "dedup_key": "db-1/disk", "payload": {"summary": "Disk of db-1 is 99 % full", "source": "db-1", "severity": "critical"}}`,
      ),
    },
    {
      title: 'Alertmanager, one incident for each group',
      code: `receivers:
  - name: tocsin
    pagerduty_configs:
      - url: ${url}/v2/enqueue
        routing_key: ${key}
        send_resolved: true`,
    },
  ],
}

const python: Tool = {
  id: 'python',
  name: 'Python',
  icon: IconBrandPython,
  words: 'From your own programs, with the pagerduty package.',
  snippets: ({ url, key }) => [
    {
      title: 'Trigger and resolve',
      text: 'pip install pagerduty',
      code: `import pagerduty

client = pagerduty.EventsApiV2Client("${key}", base_url="${url}")
incident = client.trigger("Disk of db-1 is 99 % full", "db-1", severity="critical")
client.resolve(incident)`,
    },
  ],
}

const json: Tool = {
  id: 'json',
  name: 'Anything with JSON',
  icon: IconBraces,
  words: 'Tools and programs that can send JSON. Only a summary is needed.',
  snippets: ({ url, key }) => [
    {
      title: 'Something is wrong',
      code: post(
        `${url}/v1/events`,
        key,
        '{"summary": "Backup of db-1 failed", "severity": "critical", "dedup_key": "backup/db-1"}',
      ),
    },
    {
      title: 'Resolve it',
      code: post(`${url}/v1/events`, key, '{"status": "ok", "dedup_key": "backup/db-1"}'),
    },
    {
      title: 'For senders that can’t set a header',
      text: 'The key is part of the address then; it ends up in logs.',
      code: `${url}/v1/events/${key}`,
    },
  ],
}

const shell: Tool = {
  id: 'shell',
  name: 'Cron and scripts',
  icon: IconTerminal2,
  words: 'A job that tells when it failed. If it should tell when it stays away too, make a heartbeat monitor.',
  snippets: ({ url, key }) => [
    {
      title: 'crontab',
      code: `30 2 * * * /usr/local/bin/backup.sh || curl -fsS -m 10 --retry 5 -o /dev/null '${url}/v1/events' -H 'Authorization: Bearer ${key}' -H 'Content-Type: application/json' -d '{"summary": "Backup failed", "severity": "critical", "dedup_key": "backup"}'`,
    },
  ],
}

/** In the order they are offered. */
export const TOOLS: readonly Tool[] = [prometheus, alertmanager, grafana, pagerduty, json, shell, python]

/** The tool of this id, or the one that an integration's name speaks of, or what does for all. */
export function toolOf(id: string | undefined, name = ''): Tool {
  const called = name.toLowerCase()
  return (
    TOOLS.find(one => one.id === id) ??
    TOOLS.find(one => called.includes(one.name.toLowerCase())) ??
    (called.includes('pagerduty') ? pagerduty : called.includes('cron') ? shell : json)
  )
}
