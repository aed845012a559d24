/** Makes `worker-window` a name in code: `workerWindow`. */
export function inCamelCase(name: string): string {
  return name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}

/** Makes `worker-window` the name of a type: `WorkerWindow`. */
export function inPascalCase(name: string): string {
  return inCamelCase(`-${name}`)
}

/** The same object with its keys in order. */
export function sortKeys<Value>(record: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(record).toSorted(([one], [other]) => (one < other ? -1 : 1)),
  )
}
