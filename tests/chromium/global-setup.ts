import type { TestProject } from 'vitest/node'
import { isInCI } from '../is-in-ci.ts'
import { type FoundChromium, findChromium } from './find-chromium.ts'
import { type ServedSite, serveSite } from './serve-site.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The Chromium to test with, or why there is none. */
    chromium: FoundChromium
    /** The pages of `site/`. */
    portsSite: ServedSite
  }
}

/**
 * Gets Chromium and its pages ready, once for all tests in it. Where that cannot be done they are
 * skipped and one line says why; in CI (`CI=true`) it is a failure instead.
 */
export default async function setup(project: TestProject): Promise<() => void> {
  const chromium = await findChromium()
  if ('missing' in chromium) {
    const reason = `The Chromium tests are skipped: ${chromium.missing}`
    if (isInCI()) throw new Error(reason)
    console.log(reason)
  } else {
    console.log(`The Chromium tests run in ${chromium.version}, "${chromium.execPath}".`)
  }
  const { site, stop } = await serveSite()
  project.provide('chromium', chromium)
  project.provide('portsSite', site)
  return stop
}
