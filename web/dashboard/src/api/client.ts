/** The API as screens use it: queries with their keys, and calls that change something. */
import { keepPreviousData, type QueryKey } from '@tanstack/react-query'
import { ended } from './ending'
import { request, type Sent } from './request'
import type { Answer, Call, CallArguments, PathsOf } from './types'

/** `/v1/incidents/{incident_id}/timeline` is about `incidents`. */
function topicOf(path: string): string {
  return path.split('/')[2] ?? path
}

interface Paged {
  next_cursor?: string | null
}

/** The paths of lists that are read page by page. */
export type ListPath = {
  [Path in PathsOf<'get'>]: 'next_cursor' extends keyof Answer<Path, 'get'> ? Path : never
}[PathsOf<'get'>]

export interface Query<T> {
  queryKey: QueryKey
  queryFn: (context: { signal: AbortSignal }) => Promise<T>
}

/** The API for one organization, or with null for nobody's in particular (`/v1/me`, `/v1/organizations`). */
export class Api {
  constructor(readonly organization: string | null) {}

  /** For useQuery: the key is [organization, topic, path, parameters]. */
  get<Path extends PathsOf<'get'>>(path: Path, ...[call]: CallArguments<Path, 'get'>): Query<Answer<Path, 'get'>> {
    const sent = (call ?? {}) as Sent
    return {
      queryKey: [this.organization, topicOf(path), path, { path: sent.path, query: sent.query }],
      queryFn: async ({ signal }) =>
        (await request('GET', path, { ...sent, signal }, this.organization)).data as Answer<Path, 'get'>,
    }
  }

  /** For useInfiniteQuery: a list that is read page by page with `next_cursor`. */
  list<Path extends ListPath>(path: Path, ...[call]: CallArguments<Path, 'get'>) {
    const sent = (call ?? {}) as Sent
    type Page = Answer<Path, 'get'>
    return {
      queryKey: [
        this.organization,
        topicOf(path),
        path,
        { path: sent.path, query: sent.query, pages: true },
      ] as QueryKey,
      queryFn: async ({ signal, pageParam }: { signal: AbortSignal; pageParam: string | null }) => {
        const query = { ...sent.query, cursor: pageParam ?? undefined }
        return (await request('GET', path, { ...sent, query, signal }, this.organization)).data as Page
      },
      initialPageParam: null as string | null,
      getNextPageParam: (page: unknown) => (page as Paged).next_cursor,
      placeholderData: keepPreviousData,
    }
  }

  /** A file, or a part of one, as its text; `cursor` is of the next part where `Link` tells of one. */
  async file<Path extends PathsOf<'get'>>(
    path: Path,
    ...[call]: CallArguments<Path, 'get'>
  ): Promise<{ text: string; cursor: string | null }> {
    const { data, link } = await request('GET', path, (call ?? {}) as Sent, this.organization)
    const next = link?.match(/<([^>]*)>; rel="next"/)?.[1]
    return { text: String(data), cursor: next ? new URL(next, location.origin).searchParams.get('cursor') : null }
  }

  post<Path extends PathsOf<'post'>>(
    path: Path,
    ...[call]: CallArguments<Path, 'post'>
  ): Promise<Answer<Path, 'post'>> {
    return this.#send('POST', path, call) as Promise<Answer<Path, 'post'>>
  }

  put<Path extends PathsOf<'put'>>(path: Path, ...[call]: CallArguments<Path, 'put'>): Promise<Answer<Path, 'put'>> {
    return this.#send('PUT', path, call) as Promise<Answer<Path, 'put'>>
  }

  /** Put a file, as its bytes. */
  putFile<Path extends PathsOf<'put'>>(path: Path, call: Call<Path, 'put'>, file: Blob): Promise<Answer<Path, 'put'>> {
    return this.#send('PUT', path, { ...call, file }) as Promise<Answer<Path, 'put'>>
  }

  patch<Path extends PathsOf<'patch'>>(
    path: Path,
    ...[call]: CallArguments<Path, 'patch'>
  ): Promise<Answer<Path, 'patch'>> {
    return this.#send('PATCH', path, call) as Promise<Answer<Path, 'patch'>>
  }

  delete<Path extends PathsOf<'delete'>>(
    path: Path,
    ...[call]: CallArguments<Path, 'delete'>
  ): Promise<Answer<Path, 'delete'>> {
    const send = () => this.#send('DELETE', path, call) as Promise<Answer<Path, 'delete'>>
    return ended(path, (call as Sent | undefined)?.path, send)
  }

  /** The key of everything about a topic, as `incidents`, for invalidating. */
  topic(name: string): QueryKey {
    return [this.organization, name]
  }

  async #send(method: string, path: string, call: unknown): Promise<unknown> {
    return (await request(method, path, (call ?? {}) as Sent, this.organization)).data
  }
}

/** Ask what anybody may ask, without a session. */
export async function getOpenly<Path extends PathsOf<'get'>>(path: Path): Promise<Answer<Path, 'get'>> {
  return (await request('GET', path, {}, null, true)).data as Answer<Path, 'get'>
}

/** Post what anybody may post, without a session. */
export async function postOpenly<Path extends PathsOf<'post'>>(
  path: Path,
  ...[call]: CallArguments<Path, 'post'>
): Promise<Answer<Path, 'post'>> {
  return (await request('POST', path, (call ?? {}) as Sent, null, true)).data as Answer<Path, 'post'>
}

export type { Call }
