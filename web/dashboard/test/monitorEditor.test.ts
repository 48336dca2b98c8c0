import { expect, describe as group, test } from 'vitest'
import {
  assertionInput,
  assertionValues,
  jsonText,
  jsonValue,
  newAssertion,
} from '../src/screens/monitors/editor/assertions'
import { secretsIn, secretsInput } from '../src/screens/monitors/editor/secrets'
import { formPath, inputOf, newValues, valuesOf } from '../src/screens/monitors/editor/values'
import type { Spec } from '../src/screens/monitors/words'
import { monitor, SPECS } from './monitorSpecs'

group('the editor', () => {
  test.each(SPECS.map(spec => [spec.kind, spec] as const))('%s comes out as it went in', (_, spec) => {
    expect(inputOf(valuesOf(monitor(spec), 'UTC'), undefined).spec).toEqual(spec)
  })

  test('what else is set comes out as it went in, and empty is null', () => {
    const [http] = SPECS
    const input = inputOf(valuesOf(monitor(http as Spec), 'UTC'), undefined)
    expect(input).toMatchObject({
      interval_seconds: 300,
      timeout_seconds: 5,
      quorum: 2,
      regions: ['eu-west-1', 'private:l1'],
    })
    expect(inputOf({ ...valuesOf(monitor(http as Spec), 'UTC'), quorum: '', regions: null }, undefined)).toMatchObject({
      quorum: null,
      regions: null,
    })
  })

  test('a heartbeat is checked from nowhere', () => {
    const input = inputOf({ ...newValues('heartbeat', 'Europe/Berlin', 's1'), name: ' backup ' }, undefined)
    expect(input.regions).toBeUndefined()
    expect(input.name).toBe('backup')
    expect(input.spec).toEqual({
      kind: 'heartbeat',
      interval_seconds: 86_400,
      time_zone: 'UTC',
      grace_seconds: 3_600,
      slug: null,
      methods: 'any',
    })
  })

  test('errors of the API find their fields', () => {
    expect(formPath('spec.url', 'http')).toBe('specs.http.url')
    expect(formPath('spec.assertions.0.codes.1', 'http')).toBe('specs.http.assertions.0.codes')
    expect(formPath('spec.certificate.warn_days.2', 'tls')).toBe('specs.tls.certificate.warn_days')
    expect(formPath('regions.1', 'http')).toBe('regions')
    expect(formPath('secrets.token', 'http')).toBe('secrets.token')
  })

  test('a value in JSON is what it looks like, and text where it is quoted', () => {
    expect(['ok', '5', 'true', 'null', '"5"', '{"a":1}', ''].map(jsonValue)).toEqual([
      'ok',
      5,
      true,
      null,
      '5',
      '{"a":1}',
      '',
    ])
    for (const value of ['ok', '5', 'true', 5, false, null]) expect(jsonValue(jsonText(value))).toBe(value)
  })

  test('a comparison with nothing sends nothing', () => {
    const values = { ...newAssertion('json'), comparison: 'exists', value: 'left over' }
    expect(assertionInput(values)).toEqual({ type: 'json', path: '$.status', comparison: 'exists', value: null })
    expect(assertionValues({ type: 'status', codes: ['2xx'] }).codes).toEqual(['2xx'])
  })
})

group('secrets', () => {
  test('are found wherever their names stand, each once', () => {
    expect(secretsIn(SPECS[0] as Spec)).toEqual(['path', 'key', 'password'])
  })

  test('stay where nothing is typed, and are all named where something is', () => {
    expect(secretsInput(['a', 'b'], ['b', 'a'], {})).toBeUndefined()
    expect(secretsInput(['a', 'b'], ['a', 'b'], { a: 'new' })).toEqual({ a: 'new', b: null })
    expect(secretsInput(['a'], ['a', 'gone'], {})).toEqual({ a: null })
    expect(secretsInput(['fresh'], [], {})).toEqual({ fresh: '' })
    expect(secretsInput([], [], {})).toBeUndefined()
  })
})
