/** How jobs report to a heartbeat, ready to be copied; as in docs/heartbeats.md. */

export interface Snippet {
  readonly name: string
  /** What it is good for. */
  readonly about: string
  readonly text: string
}

/** Where the URL stands until it is known. */
export const PLACEHOLDER = 'https://…/ping/UUID'

const CURL = 'curl -fsS -m 10 --retry 5'

/** `cron`: when it is due, if by a cron expression. */
export function snippetsOf(url: string, cron?: string | null): Snippet[] {
  const when = cron?.split(/\s+/).length === 5 ? cron : '30 2 * * *'
  return [
    {
      name: 'crontab',
      about: 'Reports when the job has gone well.',
      text: `${when}  /usr/local/bin/job.sh && ${CURL} -o /dev/null ${url}`,
    },
    {
      name: 'Shell',
      about: 'Reports start and end, with exit status, output and how long it took; a failure pages at once.',
      text: `#!/bin/sh
url=${url}
rid=$(cat /proc/sys/kernel/random/uuid)
${CURL} -o /dev/null "$url/start?rid=$rid"
output=$(/usr/local/bin/job.sh 2>&1); status=$?
${CURL} -o /dev/null --data-raw "$(printf %s "$output" | tail -c 10000)" "$url/$status?rid=$rid"`,
    },
    {
      name: 'systemd',
      about: 'Whatever becomes of the service.',
      text: `[Service]
Type=oneshot
ExecStartPre=-/usr/bin/${CURL} ${url}/start
ExecStart=/usr/local/bin/job.sh
ExecStopPost=/bin/sh -c '[ "$$SERVICE_RESULT" = success ] && end=0 || end=fail; ${CURL} "${url}/$$end"'`,
    },
    {
      name: 'Kubernetes',
      about: 'The command of a CronJob’s container.',
      text: `env: [{name: PING_URL, value: "${url}"}]
command: ["/bin/sh", "-c", "/job.sh; s=$?; ${CURL} -o /dev/null $PING_URL/$s; exit $s"]`,
    },
    {
      name: 'Python',
      about: 'With the standard library alone.',
      text: `from urllib.request import urlopen

urlopen("${url}", timeout=10)`,
    },
  ]
}
