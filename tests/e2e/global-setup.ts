import type { TestProject } from 'vitest/node'
import { electronEnv } from '../electron/electron-env.ts'
import setUpElectron from '../electron/global-setup.ts'
import { makeProject, removeProject } from './project.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The path of a built project with the topology `worker-window`. */
    workerWindowProject: string
  }
}

/** Makes the projects that the tests drive, once. Without an Electron the tests are skipped, and need none. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const tearDownElectron = await setUpElectron(project)
  const { electron, display } = project.getProvidedContext()
  if ('missing' in electron) return tearDownElectron

  const path = await makeProject(['worker-window'], electronEnv(electron, display))
  project.provide('workerWindowProject', path)
  return async () => {
    await removeProject(path)
    await tearDownElectron()
  }
}
