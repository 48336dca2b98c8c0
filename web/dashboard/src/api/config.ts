/** What a deployment tells the dashboard at run time; nothing of it is built in. */
import { noteTime } from './clock'
import { Unreachable } from './problem'

export interface Config {
  /** The API's address, without a slash at its end. */
  readonly api: string
  readonly version: string
}

let loading: Promise<Config> | undefined

async function load(): Promise<Config> {
  const answer = await fetch('/config.json', { cache: 'no-cache' }).catch(() => {
    throw new Unreachable()
  })
  if (!answer.ok) throw new Unreachable()
  noteTime(answer.headers.get('date'))
  const told = (await answer.json().catch(() => {
    throw new Unreachable()
  })) as Config
  return { ...told, api: told.api.replace(/\/$/, '') }
}

/** `/config.json` of our own origin, read once. Raises Unreachable; the next call then tries again. */
export function getConfig(): Promise<Config> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined
    throw error
  })
  return loading
}

/** Forget it, so that tests start anew. */
export function forgetConfig(): void {
  loading = undefined
}
