/** Figures for people. */

export function inBytes(bytes: number): string {
  if (bytes < 1000) return `${Math.round(bytes)} B`
  const units = ['kB', 'MB', 'GB', 'TB']
  let [value, unit] = [bytes / 1000, 0]
  for (; value >= 999.5 && unit < units.length - 1; unit++) value /= 1000
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}

export function inCount(count: number): string {
  if (count < 10_000) return Math.round(count).toLocaleString('en')
  return `${count < 100_000 ? (count / 1000).toFixed(1) : Math.round(count / 1000).toLocaleString('en')} k`
}

/** A rate: one digit where it is small. */
export function perSecond(rate: number): string {
  return `${rate > 0 && rate < 10 ? rate.toFixed(1) : inCount(rate)} /s`
}

export function inMilliseconds(time: number | undefined): string {
  if (time === undefined) return '–'
  if (time < 10) return `${time.toFixed(2)} ms`
  return time < 10_000 ? `${Math.round(time)} ms` : `${(time / 1000).toFixed(1)} s`
}

export function inClock(at: number): string {
  const date = new Date(at)
  const milliseconds = String(date.getMilliseconds()).padStart(3, '0')
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${milliseconds}`
}

export function nameOf({ node, key }: { node: string; key?: string | undefined }): string {
  return key === undefined ? node : `${node} ${key}`
}

/** JSON as one would write it: names without quotes, and what JSON does not know without them too. */
export function inShort(json: string): string {
  return json
    .replace(/"([A-Za-z_$][\w$]*)": ?/g, '$1: ')
    .replace(/"(‹[^"]*›)"/g, '$1')
    .replace(/,(?=\S)/g, ', ')
}

function two(part: number): string {
  return String(part).padStart(2, '0')
}
