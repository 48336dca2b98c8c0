/** How queries behave: retried only where another try may help, fresh for a moment, refetched when a tab is looked at. */
import { MutationCache, notifyManager, QueryCache, QueryClient } from '@tanstack/react-query'
import { isPassing, SignedOut } from '../api/problem'

const MOST_RETRIES = 3

// What has been read is drawn at once, and not behind whatever timers wait already.
notifyManager.setScheduler(queueMicrotask)

/** A client whose owner is told when the session is over. */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const onError = (error: unknown) => {
    if (error instanceof SignedOut) onSignedOut()
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        gcTime: 10 * 60_000,
        retry: (count, error) => count < MOST_RETRIES && isPassing(error),
        retryDelay: count => Math.min(500 * 3 ** count, 15_000) * (0.75 + Math.random() / 2),
      },
      // At 3 a.m. a button that waits for the network without a word is worse than one that says so.
      mutations: { networkMode: 'always', retry: false },
    },
  })
}
