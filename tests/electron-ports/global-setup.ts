import type { TestProject } from 'vitest/node'
import setUpElectron from '../electron/global-setup.ts'
import { oncePerRun } from '../once-per-run.ts'
import { buildApp } from './build-app.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The folder of the built app of `app/`. */
    portsApp: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  project.provide('portsApp', await oncePerRun('ports app', buildApp))
  return setUpElectron(project)
}
