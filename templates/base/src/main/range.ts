/** A part of a file, in bytes. Both ends belong to it. */
export interface Range {
  start: number
  end: number
}

/**
 * What the header `Range` of a request asks for (RFC 9110, 14.2).
 *
 * @param size  Of the file, in bytes.
 * @returns undefined for all of it: without the header, or where that is malformed or asks for several parts;
 *   'none' where the file has no such part.
 */
export function rangeOf(header: string | null, size: number): Range | 'none' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (first === '' && last === '') return undefined
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined
  // `-500` are the last 500 bytes.
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  return start < size ? { start, end } : 'none'
}
