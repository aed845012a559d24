import type { Payloads } from '../contract'
import { REDACTED, isSecret, withoutSecrets } from './secrets'

/** What is left of a value that is large: characters of a text, fields of an object, levels, and characters in all. */
const MOST = { text: 1000, fields: 100, levels: 6, characters: 4000 }

/**
 * A value as JSON, small enough to look at. What JSON does not know stands in angle brackets: `"‹undefined›"`.
 *
 * @returns an empty text when it is not to be seen.
 */
export function toText(value: unknown, payloads: Payloads): string {
  if (payloads === 'none') return ''
  try {
    return JSON.stringify(new Reader(payloads === 'redacted').read(value, 0))
  } catch {
    return '"‹unreadable›"' // a getter threw
  }
}

class Reader {
  readonly #redacts: boolean
  #left = MOST.characters

  constructor(redacts: boolean) {
    this.#redacts = redacts
  }

  read(value: unknown, level: number): unknown {
    if (typeof value === 'string') return this.#readText(value)
    this.#left -= 8
    if (value === null || typeof value === 'boolean') return value
    if (typeof value === 'number' && Number.isFinite(value)) return value
    if (typeof value !== 'object') return named(value)
    return this.#readObject(value, level)
  }

  #readText(text: string): string {
    // Before it is cut: the cut may go through a secret, which would no longer be known as one.
    const whole = this.#redacts ? withoutSecrets(text.slice(0, 2 * MOST.text)) : text
    const room = Math.max(0, Math.min(MOST.text, this.#left))
    this.#left -= Math.min(whole.length, room)
    if (whole.length <= room && text.length <= 2 * MOST.text) return whole
    return `${whole.slice(0, room)}‹… of ${text.length} characters›`
  }

  #readObject(value: object, level: number): unknown {
    if (value instanceof Date) return named(value)
    if (value instanceof Error) return `‹${this.#readText(`${value.name}: ${value.message}`)}›`
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return named(value)
    if (level === MOST.levels || this.#left <= 0) return '‹…›'
    if (Array.isArray(value)) return this.#readAll(value, level)
    if (value instanceof Set) return { '‹Set›': this.#readAll([...value], level) }
    if (value instanceof Map) return this.#readFields([...value], level, '‹Map› ')
    return this.#readFields(Object.entries(value), level)
  }

  #readAll(values: unknown[], level: number): unknown[] {
    const read: unknown[] = []
    for (const value of values) {
      if (read.length === MOST.fields || this.#left <= 0) {
        return [...read, `‹… ${values.length - read.length} more›`]
      }
      read.push(this.read(value, level + 1))
    }
    return read
  }

  #readFields(fields: [unknown, unknown][], level: number, mark = ''): Record<string, unknown> {
    const read: Record<string, unknown> = {}
    let count = 0
    for (const [key, value] of fields) {
      if (count === MOST.fields || this.#left <= 0) {
        return { ...read, '‹…›': `‹${fields.length - count} more›` }
      }
      count += 1
      const name = this.#readText(String(key))
      const isHidden = this.#redacts && isSecret(String(key))
      read[mark + name] = isHidden ? REDACTED : this.read(value, level + 1)
    }
    return read
  }
}

function named(value: unknown): string {
  if (typeof value === 'bigint') return `‹${value}n›`
  if (value instanceof Date) return `‹Date ${Number.isNaN(+value) ? '' : value.toISOString()}›`
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
    const size = value.byteLength === 0 ? 'moved, or empty' : `of ${value.byteLength} bytes`
    return `‹${value.constructor.name} ${size}›`
  }
  return typeof value === 'function' || typeof value === 'symbol'
    ? `‹${typeof value}›`
    : `‹${value}›`
}
