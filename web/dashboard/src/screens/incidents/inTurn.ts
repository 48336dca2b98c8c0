/** Many calls, few of them at once, and slower where the API asks for that. */
import { Problem } from '../../api/problem'

const AT_ONCE = 6
const PAUSES_S = [1, 2, 4]
const LONGEST_PAUSE_S = 30

export interface Failure {
  id: string
  error: unknown
}

/** One call, tried again after the pause that is asked for while there are too many. */
async function patiently(call: () => Promise<unknown>): Promise<void> {
  const pauses = [...PAUSES_S]
  for (;;) {
    try {
      await call()
      return
    } catch (error) {
      const pause = error instanceof Problem && error.status === 429 ? pauses.shift() : undefined
      if (pause === undefined) throw error
      const seconds = Math.min((error as Problem).retryAfter ?? pause, LONGEST_PAUSE_S)
      await new Promise(resolve => setTimeout(resolve, seconds * 1_000))
    }
  }
}

/** Make a call for each; one that fails does not hold up the others. Answers those that failed. */
export async function inTurn(ids: readonly string[], call: (id: string) => Promise<unknown>): Promise<Failure[]> {
  const waiting = [...ids]
  const failures: Failure[] = []
  const work = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      const of = id
      await patiently(() => call(of)).catch((error: unknown) => failures.push({ id: of, error }))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return failures
}
