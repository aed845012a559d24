/// <reference types="vite/types/importMeta.d.ts" />
import { PortError, type PortErrorCode } from '../errors'
import { isPlainObject } from './plain'
import { type ErrorData, MAX_CAUSES } from './protocol'
import { checkForProcess } from './to-process'

/** What of an error does not travel among its own fields. */
const KNOWN = ['name', 'message', 'stack', 'cause']

/** How much of an error is taken from the other end: characters of a text, fields, and errors in it. */
const MAX_TEXT = 100_000
const MAX_FIELDS = 100
const MAX_ERRORS = 1000

/** The errors in an AggregateError may have it, and each other, in them: each is as deep as so many causes. */
const LEVEL = 3

/**
 * Turns anything thrown into data. Structured clone alone would lose `code`, a custom `name` and
 * the error's own fields. Its `cause` travels with it, and in development its stack: elsewhere that
 * would tell the other process about files here.
 *
 * Never throws, and what it returns can always be posted: whoever waits must learn of the failure.
 */
export function encodeError(thrown: unknown, causes = MAX_CAUSES): ErrorData {
  try {
    if (!(thrown instanceof Error)) return { thrown: cloneOf(thrown) }
    const { name, message, cause } = thrown
    const errors = thrown instanceof AggregateError ? thrown.errors : undefined
    return {
      name: String(name),
      message: String(message),
      fields: fieldsOf(thrown),
      errors: forEachError(errors, causes, encodeError),
      ...(import.meta.env?.DEV && { stack: stackOf(thrown) }),
      ...(cause !== undefined && causes > 0 && { cause: encodeError(cause, causes - 1) }),
    }
  } catch {
    return { thrown: wordsOf(thrown) }
  }
}

/**
 * Makes of {@link encodeError}'s data what the handler threw, as near as another process can. Never
 * throws either, and takes little time, though anyone may have sent the data.
 *
 * @param left  How many more errors may be made: of the same data a hostile end could have any number.
 */
export function decodeError(
  data: ErrorData,
  causes = MAX_CAUSES,
  left = { errors: MAX_ERRORS },
): unknown {
  try {
    if ('thrown' in data) return data.thrown
    const { name, message, fields, stack, cause, errors } = data
    left.errors -= 1
    // Nobody sees what is thrown here: whoever reads the rest says that it cannot be read.
    if (left.errors < 0) throw new TypeError()
    const hasCause = cause !== undefined && causes > 0
    const options = hasCause ? { cause: decodeError(cause, causes - 1, left) } : {}
    const many = forEachError(errors, causes, (each, deep) => decodeError(each, deep, left))
    const error =
      name === 'PortError'
        ? new PortError(fields['code'] as PortErrorCode, textOf(message), options)
        : many
          ? new AggregateError(many, textOf(message), options)
          : new Error(textOf(message), options)
    if (error.name !== name) define(error, 'name', textOf(name), false)
    if (stack) define(error, 'stack', textOf(stack), false)
    // Of bytes or a text every part would be a field.
    const keys = isPlainObject(fields) ? Object.keys(fields).slice(0, MAX_FIELDS) : []
    for (const key of keys) if (!KNOWN.includes(key)) define(error, key, fields[key], true)
    return error
  } catch {
    return new Error('What was thrown cannot be read.')
  }
}

/** Changes as many as there may be fields, and none of those that are in one of them in turn. */
function forEachError<One, Other>(
  errors: One[] | undefined,
  causes: number,
  change: (error: One, causes: number) => Other,
): Other[] | undefined {
  if (causes < LEVEL) return undefined
  return errors?.slice(0, MAX_FIELDS).map((each) => change(each, causes - LEVEL))
}

/** To put anything but a text into words may take as long as it likes. */
function textOf(said: unknown): string {
  if (typeof said !== 'string') throw new TypeError()
  return said.slice(0, MAX_TEXT)
}

/** Never runs a setter: the other end chose the key. */
function define(error: Error, key: string, value: unknown, enumerable: boolean): Error {
  const attributes = { value, enumerable, configurable: true, writable: true }
  return Object.defineProperty(error, key, attributes)
}

/** It is put together when it is first read, which may fail. */
function stackOf(error: Error): string | undefined {
  try {
    return error.stack
  } catch {
    return undefined
  }
}

/** The fields of an error that can cross; `code` may be inherited. */
function fieldsOf(error: Error): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const key of new Set([...Object.keys(error), 'code'])) {
    if (KNOWN.includes(key)) continue
    try {
      const value = cloneOf(Reflect.get(error, key))
      if (value !== undefined) fields[key] = value
    } catch {
      // It stays here: the rest of the error says more than a failure to send it.
    }
  }
  return fields
}

function wordsOf(thrown: unknown): string {
  try {
    return String(thrown)
  } catch {
    return 'What was thrown cannot be read.'
  }
}

/** Whoever is at the other end: an error that does not arrive is worse than one without a field. */
function cloneOf(value: unknown): unknown {
  checkForProcess([value], [])
  return structuredClone(value)
}
