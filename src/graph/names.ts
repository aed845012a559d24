/** Makes `worker-window` a name in code: `workerWindow`. */
export function inCamelCase(name: string): string {
  return name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}

/** Makes `worker-window` the name of a type: `WorkerWindow`. */
export function inPascalCase(name: string): string {
  return inCamelCase(`-${name}`)
}

/** What addresses begin with that are not the project's: `app` is that of its own pages. */
const FOREIGN_SCHEMES =
  /^(about|app|blob|chrome|data|devtools|file|ftp|https?|javascript|mailto|wss?)$/

/** Makes the name of a project one that its links can begin with: `7_apps` is `app-7-apps`. */
export function toScheme(name: string): string {
  const scheme = name.toLowerCase().replaceAll(/[^a-z0-9+.-]/g, '-')
  return /^[a-z]/.test(scheme) && !FOREIGN_SCHEMES.test(scheme) ? scheme : `app-${scheme}`
}

/** The same object with its keys in order. */
export function sortKeys<Value>(record: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(record).toSorted(([one], [other]) => (one < other ? -1 : 1)),
  )
}
