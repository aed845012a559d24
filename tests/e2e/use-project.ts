import { afterAll, beforeAll } from 'vitest'
import { makeProjectBy, removeProject } from './project.ts'

/**
 * Makes a project of its own for the tests of a `describeInElectron`, as a user would.
 *
 * @param env  As `describeInElectron` gives it.
 * @returns how to read the project's path, within a test.
 */
export function useProject(topologies: string[], env: () => Record<string, string>): () => string {
  return useProjectBy(['--topology', topologies.join(',')], env)
}

/** The same, made by any flags. */
export function useProjectBy(flags: string[], env: () => Record<string, string>): () => string {
  let project = ''
  beforeAll(async () => {
    project = await makeProjectBy(flags, env())
  }, 300_000)
  afterAll(() => removeProject(project))
  return () => project
}
