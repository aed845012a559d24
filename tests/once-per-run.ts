const made = ((globalThis as { madeOncePerRun?: Map<string, Promise<unknown>> }).madeOncePerRun ??=
  new Map())

/**
 * Makes what the global setups of several projects share. They run in one process, but each has modules
 * of its own.
 */
export function oncePerRun<Thing>(name: string, make: () => Promise<Thing>): Promise<Thing> {
  if (!made.has(name)) made.set(name, make())
  return made.get(name) as Promise<Thing>
}
