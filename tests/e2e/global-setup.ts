import type { TestProject } from 'vitest/node'
import { electronEnv } from '../electron/electron-env.ts'
import setUpElectron from '../electron/global-setup.ts'
import { oncePerRun } from '../once-per-run.ts'
import { install, removeFolder } from './installation.ts'
import type { Installation } from './installation.ts'
import { makeProject, removeProject } from './project.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    installation: Installation
    /** The path of a built project with the topology `worker-window`, for tests that do not change it. */
    workerWindowProject: string
  }
}

/** Installs and builds what the tests drive, once. Without an Electron they are skipped, and need none. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const tearDownElectron = await setUpElectron(project)
  const { electron, displays } = project.getProvidedContext()
  if ('missing' in electron) return tearDownElectron

  const env = electronEnv(electron, displays[0])
  const installation = await oncePerRun('installation', () => install(env))
  const workerWindow = await makeProject(['worker-window'], env, installation)
  project.provide('installation', installation)
  project.provide('workerWindowProject', workerWindow)
  return async () => {
    await removeProject(workerWindow)
    await removeFolder(installation.folder)
    await tearDownElectron()
  }
}
