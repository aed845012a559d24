import type { Subject } from '../subject.ts'

/**
 * In the order of the table. Each is loaded where it is needed and nowhere else: not every page can
 * load every library.
 */
const loaders: Record<string, () => Promise<Subject>> = {
  raw: async () => (await import('./raw.ts')).raw,
  ours: async () => (await import('./ours.ts')).ours,
  comlink: async () => (await import('./comlink.ts')).comlink,
  birpc: async () => (await import('./birpc.ts')).birpc,
  capnweb: async () => (await import('./capnweb.ts')).capnweb,
  'async-call-rpc': async () => (await import('./async-call-rpc.ts')).asyncCallRpc,
  orpc: async () => (await import('./orpc.ts')).orpc,
}

export const subjects: readonly string[] = Object.keys(loaders)

/** @throws when there is no subject of that name, or it does not run here. */
export async function loadSubject(name: unknown): Promise<Subject> {
  const load = loaders[String(name)]
  if (!load) throw new Error(`There is no subject "${String(name)}".`)
  return load()
}
