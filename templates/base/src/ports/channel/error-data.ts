/// <reference types="vite/client" />
import { PortError, type PortErrorCode } from '../errors'
import { UNREADABLE } from '../printable'
import { objectsIn, partsOf } from './parts'
import { isPlainObject } from './plain'
import { type ErrorData, MAX_CAUSES } from './protocol'
import { checkForProcess } from './to-process'

/** What of an error does not travel among its own fields. */
const KNOWN = ['name', 'message', 'stack', 'cause']

/** How much of an error is taken from the other end: characters of a text, fields, and those of all errors in it together. */
const MAX_TEXT = 100_000
const MAX_FIELDS = 100
const MAX_PARTS = 10_000

/** The errors in an AggregateError may have it, and each other, in them: each is as deep as so many causes. */
const LEVEL = 3

/**
 * Turns anything thrown into data. Structured clone alone would lose `code`, a custom `name` and
 * the error's own fields. Its `cause` travels with it, and in development its stack: elsewhere that
 * would tell the other process about files here.
 *
 * Never throws, and what it returns can always be posted: whoever waits must learn of the failure.
 *
 * @param isWhole  Whether errors among its fields keep theirs as well. They may have each other, so theirs do not.
 */
export function encodeError(thrown: unknown, causes = MAX_CAUSES, isWhole = true): ErrorData {
  try {
    if (!isError(thrown)) return { thrown: cloneOf(thrown, isWhole) }
    const { name, message, cause } = thrown
    const errors = thrown instanceof AggregateError ? thrown.errors : undefined
    return {
      name: String(name),
      message: String(message),
      fields: fieldsOf(thrown, isWhole),
      errors: forEachError(errors, causes, (each, deep) => encodeError(each, deep, isWhole)),
      ...(import.meta.env?.DEV && { stack: stackOf(thrown) }),
      ...(cause !== undefined && causes > 0 && { cause: encodeError(cause, causes - 1, isWhole) }),
    }
  } catch {
    return { thrown: wordsOf(thrown) }
  }
}

/**
 * Makes of {@link encodeError}'s data what the handler threw, as near as another process can. Never
 * throws either, and takes little time, though anyone may have sent the data.
 *
 * @param left  How many more errors and fields may be made: of the same data a hostile end could have any number.
 */
export function decodeError(
  data: ErrorData,
  causes = MAX_CAUSES,
  left = { parts: MAX_PARTS },
): unknown {
  try {
    if ('thrown' in data) return data.thrown
    const message = textOf(data.message)
    if (data.name === 'PortError') {
      const { code } = data.fields
      return restore(new PortError(code as PortErrorCode, message), data, causes, left)
    }
    const error = data.errors ? new AggregateError([], message) : new Error(message)
    return restore(error, data, causes, left)
  } catch {
    return new Error(UNREADABLE)
  }
}

/** The data of the errors in a value, in the order in which {@link restoreErrorsIn} finds them in its clone. */
export function encodeErrorsIn(value: unknown): ErrorData[] {
  return errorsIn(value).map((error) => encodeError(error, MAX_CAUSES, false))
}

/** Gives the errors in a clone what it has lost of them. One whose data cannot be read stays as it came. */
export function restoreErrorsIn<Value>(value: Value, data: unknown[]): Value {
  const left = { parts: MAX_PARTS }
  for (const [at, error] of errorsIn(value).slice(0, MAX_PARTS).entries()) {
    try {
      restore(error, data[at] as ErrorData, MAX_CAUSES, left)
    } catch {
      // It is an error all the same.
    }
  }
  return value
}

/** Not those in errors: a clone has lost them. */
function errorsIn(value: unknown): Error[] {
  const objects = objectsIn([value], (object) => (isError(object) ? [] : partsOf(object)))
  return [...objects].filter(isError)
}

function isError(value: unknown): value is Error {
  return value instanceof Error
}

function restore(error: Error, data: ErrorData, causes: number, left: { parts: number }): Error {
  // Nobody sees what is thrown here: whoever reads the rest says that it cannot be read.
  if ('thrown' in data) throw new TypeError()
  const { name, fields, stack, cause, errors } = data
  // Of bytes or a text every part would be a field.
  const keys = isPlainObject(fields) ? Object.keys(fields).slice(0, MAX_FIELDS) : []
  left.parts -= 1 + keys.length
  if (left.parts < 0) throw new TypeError()
  if (error.name !== name) define(error, 'name', textOf(name), false)
  if (stack && import.meta.env?.DEV) define(error, 'stack', textOf(stack), false)
  if (cause !== undefined && causes > 0) {
    define(error, 'cause', decodeError(cause, causes - 1, left), false)
  }
  const many = forEachError(errors, causes, (each, deep) => decodeError(each, deep, left))
  if (many) define(error, 'errors', many, false)
  for (const key of keys) if (!KNOWN.includes(key)) define(error, key, fields[key], true)
  return error
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
function fieldsOf(error: Error, isWhole: boolean): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const key of new Set([...Object.keys(error), 'code'])) {
    if (KNOWN.includes(key)) continue
    try {
      const value = cloneOf(Reflect.get(error, key), isWhole)
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
    return UNREADABLE
  }
}

/** Whoever is at the other end: an error that does not arrive is worse than one without a field. */
function cloneOf(value: unknown, isWhole: boolean): unknown {
  checkForProcess([value], [])
  const clone: unknown = structuredClone(value)
  return isWhole ? restoreErrorsIn(clone, encodeErrorsIn(value)) : clone
}
