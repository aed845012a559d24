import { expect, it } from 'vitest'
import {
  CancelledError,
  describeError,
  errorToJson,
  exitCodeOf,
  FailedError,
  UsageError,
} from '../../src/errors.ts'

it('gives each kind of error its exit code', () => {
  expect(exitCodeOf(new FailedError('The disk is full.'))).toBe(1)
  expect(exitCodeOf(new Error('a bug'))).toBe(1)
  expect(exitCodeOf(new UsageError('The flag is wrong.'))).toBe(2)
  expect(exitCodeOf(new CancelledError())).toBe(130)
})

it('shows only the sentence of an error that is meant for the user', () => {
  expect(describeError(new FailedError('The disk is full.'), false)).toBe('The disk is full.')
})

it('shows the reason of any other error, and how to learn more', () => {
  expect(describeError(new TypeError('x is not a function'), false)).toBe(
    'Unexpected error: x is not a function\nRun again with --debug to see where it came from.',
  )
})

it('shows stack and cause when asked to', () => {
  const error = new FailedError('The disk is full.', 'write-failed', { cause: new Error('ENOSPC') })
  const text = describeError(error, true)
  expect(text).toContain('errors.test.ts')
  expect(text).toContain('[cause]: Error: ENOSPC')
})

it('names what a program may want to know', () => {
  expect(errorToJson(new UsageError('The flag is wrong.'))).toEqual({
    code: 'usage',
    message: 'The flag is wrong.',
  })
  expect(errorToJson(new TypeError('x is not a function'))).toEqual({
    code: 'unexpected',
    message: 'x is not a function',
  })
})
