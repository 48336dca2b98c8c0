/** What the API takes and answers, by path and method; all of it from the generated schema. */
import type { components, paths } from './schema'

/** A model of the API by its name, as `Model<'Incident'>`. */
export type Model<Name extends keyof components['schemas']> = components['schemas'][Name]

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

type Operation<Path extends keyof paths, M extends Method> = NonNullable<paths[Path][M]>

/** The paths that have a method. */
export type PathsOf<M extends Method> = {
  [Path in keyof paths]: paths[Path] extends Record<M, infer O> ? ([O] extends [undefined] ? never : Path) : never
}[keyof paths]

type PathPart<O> = O extends { parameters: { path: infer P } }
  ? [P] extends [undefined]
    ? unknown
    : { path: P }
  : unknown

type QueryPart<O> = O extends { parameters: { query?: infer Q } }
  ? [Q] extends [undefined]
    ? unknown
    : { query?: NonNullable<Q> }
  : unknown

type BodyPart<O> = O extends { requestBody: { content: { 'application/json': infer B } } }
  ? { body: B }
  : O extends { requestBody?: { content: { 'application/json': infer B } } }
    ? { body?: B }
    : unknown

/** What a call needs: `path`, `query` and `body` where the operation has them. */
export type Call<Path extends keyof paths, M extends Method> = PathPart<Operation<Path, M>> &
  QueryPart<Operation<Path, M>> &
  BodyPart<Operation<Path, M>> &
  Versioned

interface Versioned {
  /** The version that was read, for If-Match. */
  version?: number
  signal?: AbortSignal
}

/** The rest of the arguments: none are needed where nothing is. */
export type CallArguments<Path extends keyof paths, M extends Method> =
  Record<never, never> extends Call<Path, M> ? [call?: Call<Path, M>] : [call: Call<Path, M>]

type Content<R> = R extends { content: { 'application/json': infer J } } ? J : undefined

type Successful = 200 | 201 | 202

/** What a successful call answers; undefined where there is no body. */
export type Answer<Path extends keyof paths, M extends Method> =
  Operation<Path, M> extends { responses: infer R }
    ? Successful & keyof R extends never
      ? undefined
      : Content<R[Successful & keyof R]>
    : never
