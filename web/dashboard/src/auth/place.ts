/** Where people sign in here, as the API tells anybody. */
import type { QueryClient } from '@tanstack/react-query'
import { getOpenly } from '../api/client'

export const placeQuery = {
  queryKey: [null, 'sign-in'],
  queryFn: () => getOpenly('/v1/sign-in'),
  staleTime: Number.POSITIVE_INFINITY,
}

/** Forget all that was read, but what anybody is told: a sign-in that is shown already waits for it. */
export function forgetRead(queries: QueryClient): void {
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[1] !== placeQuery.queryKey[1] || queryKey[0] !== null })
}
