import { fireEvent, screen } from '@testing-library/react'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { DurationInput, unitOf } from '../src/components/DurationInput'
import { renderInside } from './rendering'

function Field({ first, onChange }: { first: number | null; onChange: (seconds: number | null) => void }) {
  const [value, setValue] = useState(first)
  const change = (seconds: number | null) => {
    setValue(seconds)
    onChange(seconds)
  }
  return <DurationInput label="Hold" value={value} onChange={change} />
}

test('a duration is told in the largest unit that fits', () => {
  expect([null, 0, 45, 90, 300, 5_400, 7_200, 172_800].map(one => unitOf(one))).toEqual([
    'min',
    'min',
    's',
    's',
    'min',
    'min',
    'h',
    'd',
  ])
})

test('number and unit become seconds, and an empty field nothing', () => {
  const found: (number | null)[] = []
  renderInside(<Field first={300} onChange={value => found.push(value)} />)
  fireEvent.change(screen.getByLabelText('Hold'), { target: { value: '2' } })
  fireEvent.change(screen.getByLabelText('Unit of Hold'), { target: { value: 'h' } })
  fireEvent.change(screen.getByLabelText('Hold'), { target: { value: '' } })
  expect(found).toEqual([120, 7_200, null])
})
