/** Writes src/api/schema.d.ts from openapi.json; with --check it only tells whether that is up to date. */
import { readFileSync, writeFileSync } from 'node:fs'
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript'

const SOURCE = new URL('../../../openapi.json', import.meta.url)
const TARGET = new URL('../src/api/schema.d.ts', import.meta.url)
const FIRST = '// Generated from openapi.json by `npm run api-types`; not to be edited.\n\n'
const REFERENCE = '#/components/schemas/'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type Schemas = Record<string, Json>

/** The names of all schemas that a part of the document leads to. */
function reached(part: Json, schemas: Schemas, found = new Set<string>()): Set<string> {
  if (Array.isArray(part)) for (const one of part) reached(one, schemas, found)
  else if (part !== null && typeof part === 'object')
    for (const [key, value] of Object.entries(part)) {
      if (key !== '$ref' || typeof value !== 'string') reached(value, schemas, found)
      else if (value.startsWith(REFERENCE) && !found.has(value.slice(REFERENCE.length))) {
        const name = value.slice(REFERENCE.length)
        found.add(name)
        reached(schemas[name] ?? null, schemas, found)
      }
    }
  return found
}

function collect(part: Json, key: string, found: Json[] = []): Json[] {
  if (Array.isArray(part)) for (const one of part) collect(one, key, found)
  else if (part !== null && typeof part === 'object')
    for (const [name, value] of Object.entries(part)) {
      if (name === key) found.push(value)
      else collect(value, key, found)
    }
  return found
}

/** What has a default is always in an answer, and may be left out of a request: so requests are told of no defaults. */
function forgetDefaultsOfRequests(document: Json, schemas: Schemas): void {
  const answered = reached(collect(document, 'responses'), schemas)
  for (const name of reached(collect(document, 'requestBody'), schemas)) {
    const schema = schemas[name]
    if (answered.has(name) || schema === null || typeof schema !== 'object' || Array.isArray(schema)) continue
    for (const property of Object.values((schema.properties ?? {}) as Record<string, Record<string, Json>>))
      delete property.default
  }
}

const document = JSON.parse(readFileSync(SOURCE, 'utf8')) as Json & { components: { schemas: Schemas } }
forgetDefaultsOfRequests(document, document.components.schemas)
const written = FIRST + astToString(await openapiTS(document as unknown as OpenAPI3, { alphabetize: false }))
if (!process.argv.includes('--check')) writeFileSync(TARGET, written)
else if (readFileSync(TARGET, 'utf8') !== written) {
  process.stderr.write('src/api/schema.d.ts is not what openapi.json says: run `make openapi`\n')
  process.exitCode = 1
}
