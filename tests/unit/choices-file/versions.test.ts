import { expect, it } from 'vitest'
import { isLater } from '../../../src/choices-file/versions.ts'

const IN_ORDER = [
  '0.0.9',
  '0.1.0-alpha',
  '0.1.0-alpha.1',
  '0.1.0-alpha.beta',
  '0.1.0-beta.2',
  '0.1.0-beta.11',
  '0.1.0-rc-1',
  '0.1.0',
  '0.9.0',
  '0.10.0',
  '1.0.0',
  '10.0.0',
]

it('a version is later than those before it, and no other is', () => {
  for (const [index, version] of IN_ORDER.entries()) {
    for (const [other, before] of IN_ORDER.entries()) {
      expect([version, before, isLater(version, before)]).toEqual([version, before, index > other])
    }
  }
})

it('is as late as another build of it', () => {
  expect(isLater('1.0.0+2', '1.0.0+1')).toBe(false)
})
